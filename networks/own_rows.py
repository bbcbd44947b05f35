"""Rows of this app that are somebody's own, and what becomes of them when the person goes."""

from typing import Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from accounts.personal_data import Rows, Somebody, found_by, operator
from networks.actions.farewell import hand_over_companies, hand_over_team
from networks.models import (
    Absence,
    AgencyStaff,
    Claim,
    Company,
    CompanyInvitation,
    CompanyMember,
    ImportLine,
    OutdatedNote,
    Reminder,
    StaffInvitation,
)

DELETED = _("Wird gelöscht.")
HOME = ("company__municipality__district__home_agency", "company__caring_agency")


def _home_of(row: Any) -> str:
    return str(row.company.home_agency or operator(row))


def _agency_of(row: Any) -> str:
    return str(row.agency or operator(row))


def _listed_contacts(who: Somebody) -> QuerySet[Company]:
    """Somebody's own address beside their own name; a guest is known by the address alone."""
    found = Company.objects.filter(who.has_address("email")).exclude(contact_person="")
    return (found.filter(contact_person__in=who.names) if who.person else found).with_place()


def lines_with_address(who: Somebody) -> QuerySet[ImportLine]:
    lines = ImportLine.objects.annotate(said=Cast("cells", TextField())).select_related("run__agency")
    mentioned = Q(pk=None)
    for email in who.emails:
        mentioned |= Q(said__icontains=f'"{email}"')
    return lines.filter(mentioned)


def _leave_to_sweep(rows: QuerySet[Any], who: Somebody) -> None:
    """The sweep takes name, address and number out, here and in every earlier version."""


def _without_address(rows: QuerySet[Any], who: Somebody) -> None:
    rows.update(email="")


ROWS = (
    Rows(
        CompanyMember,
        _("Unternehmen, für die Sie sprechen"),
        found_by(CompanyMember, account="person", related=HOME),
        ("company", "role", "since", "phone", "name_visibility", "email_visibility", "phone_visibility"),
        _("Sie sprechen nicht mehr für das Unternehmen; sein Eintrag bleibt."),
        forget=hand_over_companies,
        accounts=("person",),
        own=("phone",),
        phoned="phone",
        responsible=_home_of,
    ),
    Rows(
        Claim,
        _("Übernahmen von Einträgen"),
        found_by(Claim, account="person", related=HOME),
        ("company", "message", "state", "decision_note", "created_at", "decided_at"),
        DELETED,
        accounts=("person",),
        responsible=_home_of,
    ),
    Rows(
        CompanyInvitation,
        _("Einladungen in ein Unternehmen"),
        found_by(CompanyInvitation, address="email", related=HOME),
        ("company", "email", "role", "created_at", "expires_at", "accepted_at"),
        DELETED,
        own=("email",),
        responsible=_home_of,
    ),
    Rows(
        StaffInvitation,
        _("Einladungen in ein Team"),
        found_by(StaffInvitation, address="email", related=("agency",)),
        ("agency", "email", "role", "created_at", "expires_at", "accepted_at"),
        DELETED,
        own=("email",),
        responsible=_agency_of,
    ),
    Rows(
        AgencyStaff,
        _("Teams, zu denen Sie gehören"),
        found_by(AgencyStaff, account="person", related=("agency",)),
        ("agency", "role", "since", "left_at"),
        _("Sie gehören nicht mehr zum Team; wen Sie vertreten, den vertritt die Leitung."),
        forget=hand_over_team,
        accounts=("person",),
        responsible=_agency_of,
    ),
    Rows(
        Absence,
        _("Abwesenheiten"),
        found_by(Absence, account="employment__person", related=("employment__agency",)),
        ("first_day", "last_day", "entered_at", "ended_at"),
        DELETED,
        responsible=lambda row: str(row.employment.agency),
    ),
    Rows(
        Reminder,
        _("Erinnerungen an Sie"),
        found_by(Reminder, account="person"),
        ("step", "begun", "sent_at"),
        DELETED,
        accounts=("person",),
    ),
    Rows(
        OutdatedNote,
        _("Ihre Hinweise auf veraltete Angaben und Barrieren"),
        found_by(OutdatedNote, address="email", related=("agency",)),
        ("page", "message", "email", "created_at", "done_at"),
        _("Ihre Adresse wird entfernt; der Hinweis bleibt."),
        forget=_without_address,
        own=("email",),
        responsible=_agency_of,
    ),
    Rows(
        Company,
        _("Ansprechperson aus einer Liste"),
        _listed_contacts,
        ("name", "contact_person", "email", "phone"),
        _("Ihr Name, Ihre Adresse und Ihre Nummer werden aus dem Eintrag entfernt."),
        forget=_leave_to_sweep,
        responsible=lambda row: str(row.home_agency),
    ),
    Rows(
        ImportLine,
        _("Zeilen eingelesener Listen mit Ihrer Adresse"),
        lines_with_address,
        ("run", "number", "cells"),
        _("Ihr Name, Ihre Adresse und Ihre Nummer werden aus der Zeile entfernt."),
        forget=_leave_to_sweep,
        responsible=lambda row: str(row.run.agency),
    ),
)
