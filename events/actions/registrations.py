"""Places at a meeting: taken, waited for, given back. Whoever changes their number holds the plan's lock."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.errors import ActionRefused
from accounts.models import User
from events.mails import registrations as mails
from events.models import Meeting, Registration, RegistrationPlan
from events.places import places_of
from networks.life_cycle import require_step
from networks.models import Company, Region
from networks.tokens import new_token

State = Registration.State


@dataclass(frozen=True)
class Wish:
    """What somebody says about themselves when they register."""

    name: str
    email: str
    organisation: str = ""
    company: Company | None = None
    region: Region | None = None
    language: str = "de"
    listed: bool = False
    diet: str = ""
    access: str = ""
    answers: dict[str, str] = field(default_factory=dict)


def _lock_plan(meeting: Meeting) -> RegistrationPlan:
    return RegistrationPlan.objects.select_for_update(of=("self",)).select_related("meeting").get(meeting=meeting)


def _lock_open_plan(meeting: Meeting) -> RegistrationPlan:
    plan = _lock_plan(meeting)
    if not plan.is_open:
        raise ActionRefused(_("Anmelden ist nicht mehr möglich."))
    return plan


@transaction.atomic
def register(meeting: Meeting, wish: Wish, *, by: User) -> Registration:
    """Somebody with an account: a place at once, or one in the queue."""
    plan = _lock_open_plan(meeting)
    known = Registration.objects.of_meeting(meeting).current().with_address(wish.email).first()
    if known and not known.is_unconfirmed:
        raise ActionRefused(_("Sie sind schon eingetragen."))
    if known:
        known.delete()
    registration = _written(meeting, wish, person=by)
    _give_place_or_wait(plan, registration)
    record(by=by, verb=f"registration.{registration.state}", on=meeting)
    return registration


@transaction.atomic
def register_guest(meeting: Meeting, wish: Wish) -> None:
    """Somebody without an account: nothing counts before they confirm. New and known addresses hear the same."""
    plan = _lock_open_plan(meeting)
    if not plan.guests:
        raise ActionRefused(_("Für dieses Treffen melden sich nur Mitglieder an."))
    known = Registration.objects.of_meeting(meeting).current().with_address(wish.email).with_meeting().first()
    if known and not known.is_unconfirmed:
        mails.already_there(known)
        return
    if known:
        known.delete()
    mails.please_confirm(_written(meeting, wish, person=None))


def _written(meeting: Meeting, wish: Wish, *, person: User | None) -> Registration:
    known = {**vars(wish), "email": wish.email.lower()}
    return Registration.objects.create(meeting=meeting, person=person, token=new_token(), **known)


def _give_place_or_wait(plan: RegistrationPlan, registration: Registration) -> None:
    last = Registration.objects.of_meeting(plan.meeting).aggregate(last=Max("ticket"))["last"] or 0
    places = places_of(plan)
    registration.ticket = last + 1
    registration.state = State.REGISTERED if places.has_room_for(registration.region_id) else State.WAITING
    registration.changed_at = timezone.now()
    registration.save(update_fields=["ticket", "state", "changed_at"])
    (mails.registered if registration.has_a_place else mails.waiting)(registration)


@transaction.atomic
def confirm(registration: Registration) -> Registration:
    """The guest meant it; from now on it counts. Twice does nothing more."""
    plan = _lock_open_plan(registration.meeting)
    locked = _lock(registration)
    if locked.has_expired or locked.state == State.CANCELLED:
        raise ActionRefused(_("Dieser Link gilt nicht mehr. Bitte melden Sie sich noch einmal an."))
    if locked.is_unconfirmed:
        _give_place_or_wait(plan, locked)
        record(by=None, verb=f"registration.{locked.state}", on=locked.meeting)
    return locked


def _lock(registration: Registration) -> Registration:
    return Registration.objects.select_for_update(of=("self",)).with_meeting().get(pk=registration.pk)


@transaction.atomic
def cancel(registration: Registration, *, by: User | None = None) -> Registration:
    """Give the place, or the place in the queue, back; the next one moves up."""
    plan = _lock_plan(registration.meeting)
    locked = _lock(registration)
    if locked.state == State.CANCELLED:
        return locked
    had_a_place = locked.has_a_place
    _step(locked, State.CANCELLED)
    record(by=by, verb="registration.cancelled", on=locked.meeting)
    mails.cancelled(locked)
    if had_a_place:
        promote(plan)
    return locked


def _step(registration: Registration, target: str) -> None:
    require_step(registration, target)
    registration.state, registration.changed_at = target, timezone.now()
    registration.save(update_fields=["state", "changed_at"])


def promote(plan: RegistrationPlan) -> int:
    """As many of the queue as there is room for: each time the first one whose region has room."""
    if not plan.meeting.takes_registrations:
        return 0
    moved = 0
    places = places_of(plan)
    for registration in Registration.objects.of_meeting(plan.meeting).waiting().with_meeting():
        if places.free == 0:
            break
        if places.has_room_for(registration.region_id):
            _step(registration, State.REGISTERED)
            places.taken[registration.region_id] += 1
            mails.promoted(registration)
            moved += 1
    return moved


@transaction.atomic
def change_plan(meeting: Meeting, values: Mapping[str, Any], quotas: Mapping[Region, int | None], *, by: User) -> None:
    """How many places there are, until when, for whom. More places than before bring people from the queue."""
    RegistrationPlan.objects.get_or_create(meeting=meeting)
    plan = _lock_plan(meeting)
    for name, value in values.items():
        setattr(plan, name, value)
    plan.save()
    for region, most in quotas.items():
        if most is None:
            plan.quotas.filter(region=region).delete()
        else:
            plan.quotas.update_or_create(region=region, defaults={"most": most})
    record(by=by, verb="meeting.changed_places", on=meeting, capacity=plan.capacity)
    promote(plan)


@transaction.atomic
def check_in(registration: Registration, state: str, *, by: User) -> Registration:
    """Somebody came, did not come, or that was a mistake. Said twice it counts once."""
    if state not in Registration.WITH_A_PLACE:
        raise ActionRefused(_("Das geht nicht."))
    locked = _lock(registration)
    if locked.state != state:
        _step(locked, state)
        record(by=by, verb=f"registration.{state}", on=locked.meeting)
    return locked


@transaction.atomic
def close_attendance(meeting: Meeting, *, by: User) -> int:
    """Whoever was not checked in did not come."""
    missing = Registration.objects.of_meeting(meeting).still_expected()
    count = missing.update(state=State.NO_SHOW, changed_at=timezone.now())
    record(by=by, verb="meeting.closed_attendance", on=meeting, missing=count)
    return count


def forget_needs(*, before: datetime) -> int:
    """What people need is nobody's business after the meeting."""
    return Registration.objects.of_meetings_before(before).with_needs().update(diet="", access="", answers={})


def forget_unconfirmed(*, before: datetime) -> int:
    return Registration.objects.unconfirmed_since(before).delete()[0]
