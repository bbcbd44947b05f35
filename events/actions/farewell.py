"""Names go from meetings and polls; places, votes and numbers stay."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from accounts.personal_data import Somebody
from accounts.sweeping import FORMER
from events.actions.registrations import cancel
from events.models import DatePoll, PollParticipant, Registration
from events.models.agenda import ActionItemQuerySet
from events.models.polls import PollParticipantQuerySet
from events.models.registrations import RegistrationQuerySet
from networks.tokens import new_token

State = Registration.State
NOWHERE = "@ehemalig.invalid"  # nobody can ever have such an address (RFC 2606)


def leave_meetings(rows: RegistrationQuerySet, who: Somebody) -> None:
    """Places ahead go to the next in the queue; of past meetings only the number stays."""
    ahead = rows.filter(meeting__ends_at__gte=timezone.now()).with_meeting()
    for registration in ahead:
        if registration.can_cancel:
            cancel(registration, by=who.person)
    rows.filter(meeting__ends_at__gte=timezone.now()).delete()
    forget_who_came(rows)


def forget_who_came(rows: RegistrationQuerySet) -> int:
    """Who cancelled or never confirmed is forgotten, who came or stayed away becomes a number."""
    deleted, _models = rows.filter(state__in=[State.CANCELLED, State.UNCONFIRMED, State.WAITING]).delete()
    named = list(rows.named())
    for registration in named:
        registration.person = None
        registration.diet = registration.access = ""
        registration.answers = {}
        registration.listed = False
    _make_anonymous(named)
    fields = ["person", "diet", "access", "answers", "listed", "name", "email", "token"]
    Registration.objects.bulk_update(named, fields, batch_size=200)
    return deleted + len(named)


def leave_polls(rows: PollParticipantQuerySet, who: Somebody) -> None:
    rows.filter(poll__state=DatePoll.State.OPEN).delete()
    forget_who_voted(rows)


def forget_who_voted(rows: PollParticipantQuerySet) -> int:
    """The votes stay as they were decided upon."""
    named = list(rows.named())
    for participant in named:
        participant.comment = ""
    _make_anonymous(named)
    PollParticipant.objects.bulk_update(named, ["name", "email", "token", "comment"], batch_size=200)
    return len(named)


def _make_anonymous(rows: Iterable[Any]) -> None:
    for row in rows:
        row.name, row.email, row.token = FORMER, f"{row.pk}{NOWHERE}", new_token()


def leave_tasks(rows: ActionItemQuerySet, who: Somebody) -> None:
    """What is to be done stays to be done."""
    rows.update(owner=FORMER, email="")
