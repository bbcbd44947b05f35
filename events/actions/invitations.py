"""Inviting people to a meeting, each with an entry for their calendar."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.errors import ActionRefused
from accounts.models import User
from events.actions.polls import Guest
from events.mails import meetings as mails
from events.models import CalendarFeed, Invitation, Meeting
from networks.tokens import new_token


@transaction.atomic
def invite(meeting: Meeting, guests: Iterable[Guest], *, by: User) -> int:
    """Invite who is not invited yet; returns how many."""
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not locked.is_fixed or locked.is_over:
        raise ActionRefused(_("Einladen können Sie, sobald der Termin feststeht."))
    known = set(Invitation.objects.of_meeting(locked).values_list("email", flat=True))
    new = {guest.email.lower(): guest for guest in guests if guest.email.lower() not in known}
    for email, guest in new.items():
        invitation = Invitation.objects.create(
            meeting=locked,
            name=guest.name,
            email=email,
            agency=guest.agency,
            region=guest.region,
            language=guest.language,
            token=new_token(),
            invited_by=by,
        )
        mails.invited(invitation)
    record(by=by, verb="meeting.invited", on=locked, people=len(new))
    return len(new)


@transaction.atomic
def answer_invitation(invitation: Invitation, answer: str) -> Invitation:
    locked = Invitation.objects.select_for_update(of=("self",)).with_meeting().get(pk=invitation.pk)
    if locked.meeting.is_over:
        raise ActionRefused(_("Auf diese Einladung kann man nicht mehr antworten."))
    locked.answer, locked.answered_at = answer, timezone.now()
    locked.save(update_fields=["answer", "answered_at"])
    return locked


@transaction.atomic
def make_feed(person: User) -> CalendarFeed:
    """A new address for one's own calendar; the one before ends."""
    feed, _created = CalendarFeed.objects.update_or_create(
        person=person, defaults={"token": new_token(), "created_at": timezone.now()}
    )
    record(by=person, verb="calendar.made")
    return feed


@transaction.atomic
def end_feed(person: User) -> None:
    CalendarFeed.objects.filter(person=person).delete()
    record(by=person, verb="calendar.ended")
