"""Whom a mail about a company or a network reaches."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from networks.models import Absence, Agency, AgencyStaff, Company, CompanyMember


def people_of_company(company: Company) -> QuerySet[User]:
    return User.objects.filter(is_active=True, companies__company=company).order_by("pk")


def owners_of(company: Company) -> QuerySet[User]:
    owners = CompanyMember.objects.responsible_for(company)
    return User.objects.filter(is_active=True, companies__in=owners).order_by("pk")


def staff_of(agencies: list[Agency], day: date | None = None) -> QuerySet[User]:
    """Everybody who works for one of these agencies now, once. Who is away is not disturbed: a colleague is there."""
    team = AgencyStaff.objects.active().of_agencies(agencies)
    return _reached(team, team.without(_away(day)), agencies)


def leads_of(agencies: list[Agency], day: date | None = None) -> QuerySet[User]:
    """Who leads these teams; for a manager who is away, whoever deputises."""
    team, away = AgencyStaff.objects.active().of_agencies(agencies), _away(day)
    managers = team.managers()
    return _reached(managers, team.standing_in_for(managers, away).without(away), agencies)


def _away(day: date | None) -> QuerySet[Absence]:
    return Absence.objects.on(day or timezone.localdate())


def _reached(wanted: QuerySet[AgencyStaff], present: QuerySet[AgencyStaff], agencies: list[Agency]) -> QuerySet[User]:
    """Where nobody is there, everybody is told after all."""
    reached = set(present.values_list("agency", flat=True))
    all_away = wanted.filter(agency__in=[agency for agency in agencies if agency.pk not in reached])
    return User.objects.filter(Q(employments__in=present) | Q(employments__in=all_away)).order_by("pk").distinct()
