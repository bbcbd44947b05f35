"""The life of a meeting: planned, polled, scheduled, announced, held; moved or called off on the way."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.errors import ActionRefused
from accounts.models import User
from accounts.words import moment_in_words
from events.actions.announcements import publish_announcement, write_announcement
from events.mails import meetings as mails
from events.mails import polls as poll_mails
from events.models import DatePoll, Invitation, Meeting, MeetingMove, MeetingSlug, Registration
from networks.life_cycle import require_step
from networks.models import Agency
from networks.slugs import slug_for

State = Meeting.State
CoHost = Meeting.CoHost
IN_THE_CALENDAR = ("title", "summary", "venue", "street", "postcode", "city", "lat", "lon")
# Addresses beside those of meetings.
# What other pages are called there, in one of the languages.
RESERVED = {
    *("planung", "reihen", "mein-kalender", "beschluesse", "aufgaben"),
    *("planning", "series", "decisions", "tasks"),
    *("reeksen", "besluiten", "taken"),
}


def _lock(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_for_update(of=("self",)).with_hosts().get(pk=meeting.pk)


def is_taken(slug: str) -> bool:
    """Used by another meeting, now or before."""
    former = MeetingSlug.objects.filter(slug=slug)
    return slug in RESERVED or former.exists() or Meeting.objects.filter(slug=slug).exists()


def _step(meeting: Meeting, target: str, *, by: User | None, note: str = "") -> None:
    """One step of the life cycle, on a locked meeting."""
    require_step(meeting, target)
    meeting.state, meeting.state_note, meeting.updated_at = target, note, timezone.now()
    meeting.save(update_fields=["state", "state_note", "updated_at"])
    record(by=by, verb=f"meeting.{target}", on=meeting, note=note)


@transaction.atomic
def poll_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """People are asked which day suits them."""
    locked = _lock(meeting)
    _step(locked, State.POLLED, by=by)
    return locked


@transaction.atomic
def plan_meeting_again(meeting: Meeting, *, by: User) -> Meeting:
    """No day was found: the search begins anew."""
    locked = _lock(meeting)
    _step(locked, State.PLANNED, by=by)
    return locked


@transaction.atomic
def schedule_meeting(meeting: Meeting, starts_at: datetime, ends_at: datetime, *, by: User) -> Meeting:
    """The date is certain; the public does not know it yet."""
    locked = _lock(meeting)
    if starts_at <= timezone.now():
        raise ActionRefused(_("Dieser Termin ist schon vorbei."))
    _step(locked, State.SCHEDULED, by=by)
    locked.starts_at, locked.ends_at, locked.sequence = starts_at, ends_at, locked.sequence + 1
    locked.save(update_fields=["starts_at", "ends_at", "sequence"])
    return locked


@transaction.atomic
def announce_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """Whoever may know of it knows; not before the co-host has agreed."""
    locked = _lock(meeting)
    if locked.co_host_id and not locked.has_co_host:
        raise ActionRefused(_("{agency} hat noch nicht zugesagt, mit einzuladen.").format(agency=locked.co_host))
    if locked.ends_at < timezone.now():
        raise ActionRefused(_("Dieser Termin ist schon vorbei."))
    _step(locked, State.ANNOUNCED, by=by)
    mails.announced(locked)
    return locked


@transaction.atomic
def hold_meeting(meeting: Meeting, *, by: User | None) -> Meeting:
    """It has taken place."""
    locked = _lock(meeting)
    if locked.starts_at > timezone.now() and by is not None:
        raise ActionRefused(_("Das Treffen hat noch nicht begonnen."))
    _step(locked, State.HELD, by=by)
    return locked


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: User, reason: str) -> Meeting:
    """It will not take place; everybody who counted on it hears it, the waiting too."""
    locked = _lock(meeting)
    was_public = locked.is_public
    _step(locked, State.CANCELLED, by=by, note=reason)
    locked.sequence += 1
    locked.save(update_fields=["sequence"])
    _end_polls(locked, by=by)
    for invitation in Invitation.objects.of_meeting(locked).with_meeting():
        mails.called_off(invitation)
    for registration in Registration.objects.of_meeting(locked).expecting().with_meeting():
        mails.tell_registered(registration)
    if was_public:
        title = _("Abgesagt: {meeting}").format(meeting=locked)
        when = moment_in_words(locked.starts_at, locked.ends_at)
        _publish(locked, title, _("Das Treffen am {when} findet nicht statt.").format(when=when), reason, by=by)
    return locked


def _end_polls(meeting: Meeting, *, by: User) -> None:
    for poll in DatePoll.objects.of_meeting(meeting).open().with_meeting():
        poll.state = DatePoll.State.WITHDRAWN
        poll.save(update_fields=["state"])
        record(by=by, verb="poll.withdrawn", on=poll)
        for person in poll.participants.asked().with_poll():
            poll_mails.withdrawn(person)


@transaction.atomic
def postpone_meeting(meeting: Meeting, starts_at: datetime, ends_at: datetime, *, by: User, reason: str) -> Meeting:
    """Another date, the state stays: calendars move the entry, and everybody who counted on it hears it."""
    locked = _lock(meeting)
    if locked.is_over:
        raise ActionRefused(_("Dieses Treffen lässt sich nicht mehr verschieben."))
    move = MeetingMove.objects.create(
        meeting=locked, starts_at=locked.starts_at, ends_at=locked.ends_at, reason=reason, by=by
    )
    locked.starts_at, locked.ends_at = starts_at, ends_at
    locked.sequence, locked.updated_at = locked.sequence + 1, timezone.now()
    locked.save(update_fields=["starts_at", "ends_at", "sequence", "updated_at"])
    record(by=by, verb="meeting.postponed", on=locked, before=move.starts_at.isoformat(), reason=reason)
    _tell_of_move(locked, move, by=by)
    return locked


def _tell_of_move(meeting: Meeting, move: MeetingMove, *, by: User) -> None:
    Invitation.objects.of_meeting(meeting).update(answer=Invitation.Answer.NONE, answered_at=None)
    for invitation in Invitation.objects.of_meeting(meeting).with_meeting():
        mails.moved(invitation, move)
    for registration in Registration.objects.of_meeting(meeting).expecting().with_meeting():
        mails.tell_registered(registration, move)
    if meeting.is_public:
        title = _("Verschoben: {meeting}").format(meeting=meeting)
        text = _("Bisher: {before}. Jetzt: {after}.").format(
            before=moment_in_words(move.starts_at, move.ends_at),
            after=moment_in_words(meeting.starts_at, meeting.ends_at),
        )
        _publish(meeting, title, text, move.reason, by=by)


def _publish(meeting: Meeting, title: str, summary: str, body: str, *, by: User) -> None:
    """News for the public and its feeds, in the host's name."""
    values = {"title": title[:160], "summary": summary[:240], "body": body, "agency": meeting.host, "meeting": meeting}
    announcement = write_announcement(values, by=by, networks=meeting.networks.all())
    publish_announcement(announcement, by=by)


@transaction.atomic
def edit_meeting(meeting: Meeting, values: Mapping[str, Any], *, by: User) -> Meeting:
    """Change what a meeting says; what stands in calendars is sent again, a new title brings a new address."""
    locked = _lock(meeting)
    before = {name: getattr(locked, name) for name in (*IN_THE_CALENDAR, "co_host")}
    for name, value in values.items():
        setattr(locked, name, value)
    if locked.title != before["title"]:
        MeetingSlug.objects.get_or_create(slug=locked.slug, defaults={"meeting": locked})
        locked.slug = slug_for(locked.title, is_taken)
    in_calendars = any(getattr(locked, name) != before[name] for name in IN_THE_CALENDAR)
    locked.sequence += in_calendars
    locked.updated_at = timezone.now()
    locked.save()
    record(by=by, verb="meeting.edited", on=locked, fields=sorted(values))
    if locked.co_host != before["co_host"]:
        _ask_co_host(locked, by=by)
    if in_calendars and not locked.is_over:
        for invitation in Invitation.objects.of_meeting(locked).with_meeting():
            mails.changed(invitation)
    return locked


def _ask_co_host(meeting: Meeting, *, by: User) -> None:
    meeting.co_host_state, meeting.co_host_note = CoHost.ASKED, ""
    meeting.save(update_fields=["co_host_state", "co_host_note"])
    if meeting.co_host:
        record(by=by, verb="meeting.asked_co_host", on=meeting, agency=str(meeting.co_host))
        mails.co_host_asked(meeting)


@transaction.atomic
def answer_co_hosting(meeting: Meeting, *, by: User, accept: bool, reason: str = "") -> Meeting:
    """The agency that was asked says whether it hosts together."""
    locked = _lock(meeting)
    if locked.co_host_state != CoHost.ASKED or locked.co_host not in Agency.objects.workplaces_of(by):
        raise ActionRefused(_("Das ist schon beantwortet."))
    locked.co_host_state = CoHost.ACCEPTED if accept else CoHost.DECLINED
    locked.co_host_note, locked.updated_at = reason, timezone.now()
    locked.save(update_fields=["co_host_state", "co_host_note", "updated_at"])
    record(by=by, verb=f"meeting.co_host_{locked.co_host_state}", on=locked, note=reason)
    (mails.co_host_accepted if accept else mails.co_host_declined)(locked)
    return locked
