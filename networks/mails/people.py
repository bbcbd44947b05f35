"""Whom a mail about a company or a network reaches."""

from django.db.models import QuerySet

from accounts.models import User
from networks.models import Agency, Company


def people_of_company(company: Company) -> QuerySet[User]:
    return User.objects.filter(is_active=True, companies__company=company).order_by("pk")


def staff_of(agencies: list[Agency]) -> QuerySet[User]:
    """Everybody who works for one of these agencies now, once."""
    return (
        User.objects.filter(is_active=True, employments__left_at=None, employments__agency__in=agencies)
        .order_by("pk")
        .distinct()
    )
