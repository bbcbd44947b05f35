"""The life of a meeting: planned, polled, scheduled, announced, held."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from events.models import Meeting
from networks.life_cycle import require_step

State = Meeting.State


def _lock(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


def _step(meeting: Meeting, target: str, *, by: User | None) -> None:
    """One step of the life cycle, on a locked meeting that the caller saves."""
    require_step(meeting, target)
    meeting.state, meeting.updated_at = target, timezone.now()
    record(by=by, verb=f"meeting.{target}", on=meeting)


@transaction.atomic
def poll_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """People are asked which day suits them."""
    locked = _lock(meeting)
    _step(locked, State.POLLED, by=by)
    locked.save(update_fields=["state", "updated_at"])
    return locked


@transaction.atomic
def plan_meeting_again(meeting: Meeting, *, by: User) -> Meeting:
    """No day was found: the search begins anew."""
    locked = _lock(meeting)
    _step(locked, State.PLANNED, by=by)
    locked.save(update_fields=["state", "updated_at"])
    return locked


@transaction.atomic
def schedule_meeting(meeting: Meeting, starts_at: datetime, ends_at: datetime, *, by: User) -> Meeting:
    """The date is certain; the public does not know it yet."""
    locked = _lock(meeting)
    _step(locked, State.SCHEDULED, by=by)
    locked.starts_at, locked.ends_at = starts_at, ends_at
    locked.save(update_fields=["state", "starts_at", "ends_at", "updated_at"])
    return locked
