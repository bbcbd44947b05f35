"""What a person is in a team decides about many lists; it is asked once a page."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.admin.scoped import person_of
from accounts.models import User
from networks.models import Agency


def manages_a_team(request: HttpRequest) -> bool:
    return _once(request, Agency.objects.managed_by, "manages_a_team")


def works_in_a_team(request: HttpRequest) -> bool:
    return _once(request, Agency.objects.workplaces_of, "works_in_a_team")


def _once(request: HttpRequest, teams: Callable[[User], QuerySet[Any]], name: str) -> bool:
    """The request itself remembers: it ends with the page."""
    if name not in request.__dict__:
        request.__dict__[name] = teams(person_of(request)).exists()
    return bool(request.__dict__[name])
