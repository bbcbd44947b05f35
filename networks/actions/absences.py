"""Somebody is away: their queue goes to a colleague of the same team, until the last day has passed."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.errors import ActionRefused
from accounts.models import User
from networks.mails import staff as mails
from networks.models import Absence, Agency, AgencyStaff


@transaction.atomic
def enter_absence(values: Mapping[str, Any], *, by: User) -> Absence:
    """From the first to the last day; the agency's row keeps two entries from crossing."""
    Agency.objects.select_for_update().get(pk=values["employment"].agency_id)
    require_possible(values)
    absence = Absence.objects.create(**values, entered_by=by)
    record(by=by, verb="absence.entered", on=absence, until=absence.last_day.isoformat())
    mails.absence_entered(absence, by=by)
    return absence


def require_possible(values: Mapping[str, Any]) -> None:
    """A colleague of the same team who is there, in a time that is not over and not entered yet."""
    employment, deputy = values["employment"], values["deputy"]
    first, last = values["first_day"], values["last_day"]
    if last < first:
        raise ActionRefused(_("Der letzte Tag liegt vor dem ersten."))
    if last < timezone.localdate():
        raise ActionRefused(_("Diese Zeit ist schon vorbei."))
    if deputy == employment or deputy.agency_id != employment.agency_id or deputy.left_at:
        raise ActionRefused(_("Bitte wählen Sie jemand anderen aus demselben Team als Vertretung."))
    meanwhile = Absence.objects.overlapping(first, last)
    if meanwhile.filter(employment=employment).exists():
        raise ActionRefused(_("In dieser Zeit ist schon eine Abwesenheit eingetragen."))
    if meanwhile.filter(employment=deputy).exists():
        raise ActionRefused(_("{name} ist in dieser Zeit selbst nicht da.").format(name=deputy.person))


@transaction.atomic
def end_absence(absence: Absence, *, by: User) -> Absence:
    """Back earlier than thought."""
    locked = Absence.objects.select_for_update(of=("self",)).with_people().get(pk=absence.pk)
    if locked.is_over:
        raise ActionRefused(_("Diese Abwesenheit ist schon vorbei."))
    _end(locked, by=by)
    mails.absence_ended(locked, by=by)
    return locked


def _end(absence: Absence, *, by: User) -> None:
    absence.ended_at = timezone.now()
    absence.save(update_fields=["ended_at"])
    record(by=by, verb="absence.ended", on=absence)


@transaction.atomic
def replace_deputy(employment: AgencyStaff, *, by: User) -> None:
    """Somebody leaves: their own absences end, and where they deputise, who leads the team takes over."""
    today = timezone.localdate()
    ahead = Absence.objects.ahead(today).select_for_update(of=("self",))
    ahead.filter(employment=employment).update(ended_at=timezone.now())
    for absence in ahead.deputised_by(employment):
        heir = _heir_of(absence)
        if heir is None:
            _end(absence, by=by)
            mails.absence_lost_deputy(absence)
        else:
            _hand_over(absence, heir, by=by)


def _heir_of(absence: Absence) -> AgencyStaff | None:
    """A manager of the team who is there in that time."""
    meanwhile = Absence.objects.overlapping(absence.first_day, absence.last_day)
    team = AgencyStaff.objects.active().of_agencies([absence.employment.agency]).without(meanwhile)
    return (
        team.managers().exclude(pk=absence.employment_id).select_related("person", "agency").order_by("since").first()
    )


def _hand_over(absence: Absence, heir: AgencyStaff, *, by: User) -> None:
    absence.deputy = heir
    absence.save(update_fields=["deputy"])
    record(by=by, verb="absence.handed_over", on=absence)
    mails.deputy_changed(absence, by=by)
