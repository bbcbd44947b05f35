from typing import Any

from django.db.models import Func, IntegerField, QuerySet, Subquery


def rows_in(found: QuerySet[Any]) -> Subquery:
    """How many rows, as a column of the outer query. Ungrouped: cheaper to ask, and nothing found is 0."""
    return Subquery(found.order_by().values(n=Func("pk", function="COUNT", output_field=IntegerField())))
