"""Whom a mail about a company or a network reaches."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from networks.models import Absence, Agency, AgencyStaff, Company


def people_of_company(company: Company) -> QuerySet[User]:
    return User.objects.filter(is_active=True, companies__company=company).order_by("pk")


def staff_of(agencies: list[Agency]) -> QuerySet[User]:
    """Everybody who works for one of these agencies now, once. Who is away is not disturbed: a colleague is there."""
    team = AgencyStaff.objects.active().of_agencies(agencies)
    present = team.without(Absence.objects.on(timezone.localdate()))
    reached = set(present.values_list("agency", flat=True))
    all_away = team.of_agencies([agency for agency in agencies if agency.pk not in reached])
    return User.objects.filter(Q(employments__in=present) | Q(employments__in=all_away)).order_by("pk").distinct()
