"""Meetings as calendar files (RFC 5545) and invitations (RFC 5546). Public files name nobody."""

from collections.abc import Iterable
from datetime import datetime
from email.utils import parseaddr
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from accounts.words import moment_in_words
from events.models import Invitation, Meeting, MeetingMove, PollOption, Registration

ZONE = ZoneInfo(settings.TIME_ZONE)
PARTSTAT = {
    Invitation.Answer.NONE: "NEEDS-ACTION",
    Invitation.Answer.ACCEPTED: "ACCEPTED",
    Invitation.Answer.TENTATIVE: "TENTATIVE",
    Invitation.Answer.DECLINED: "DECLINED",
}


def host_name() -> str:
    return urlsplit(settings.BASE_URL).hostname or "localhost"


def uid(meeting: Meeting) -> str:
    """The same for ever: only by it do calendars know what to move or delete."""
    return f"treffen-{meeting.pk}@{host_name()}"


def address(meeting: Meeting) -> str:
    town = f"{meeting.postcode} {meeting.city}".strip()
    return ", ".join(part for part in (meeting.venue, meeting.street, town) if part)


def event(meeting: Meeting) -> Event:
    """What everybody may know of a meeting."""
    entry = Event()
    entry.add("uid", uid(meeting))
    entry.add("sequence", meeting.sequence)
    entry.add("dtstamp", meeting.updated_at)
    entry.add("last-modified", meeting.updated_at)
    entry.add("dtstart", meeting.starts_at.astimezone(ZONE))
    entry.add("dtend", meeting.ends_at.astimezone(ZONE))
    entry.add("summary", meeting.title)
    entry.add("description", "\n\n".join((meeting.summary, *map(moved_in_words, meeting.moves.all()))).strip())
    entry.add("location", address(meeting))
    entry.add("url", f"{settings.BASE_URL}{meeting.get_absolute_url()}")
    if meeting.lat is not None and meeting.lon is not None:
        entry.add("geo", (meeting.lat, meeting.lon))
    entry.add("status", _status(meeting))
    return entry


def moved_in_words(move: MeetingMove) -> str:
    return _("Verschoben, bisher: {when}. {reason}").format(
        when=moment_in_words(move.starts_at, move.ends_at), reason=move.reason
    )


def _status(meeting: Meeting) -> str:
    if meeting.state == Meeting.State.CANCELLED:
        return "CANCELLED"
    return "CONFIRMED" if meeting.is_fixed else "TENTATIVE"


def calendar(entries: Iterable[Event], *, name: str, method: str = "") -> bytes:
    found = Calendar()
    found.add("prodid", f"-//Brückenschlag//{host_name()}//DE")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    if method:
        found.add("method", method)
    else:
        found.add("x-wr-calname", name)
        found.add("name", name)
    for entry in entries:
        found.add_component(entry)
    found.add_missing_timezones()
    return bytes(found.to_ical())


def public_calendar(meetings: Iterable[Meeting], *, name: str) -> bytes:
    return calendar((event(meeting) for meeting in meetings), name=name)


def invitation_file(invitation: Invitation) -> tuple[str, bytes]:
    """The method, and the entry for one person: with their address and no other."""
    meeting = invitation.meeting
    method = "CANCEL" if meeting.state == Meeting.State.CANCELLED else "REQUEST"
    entry = event(meeting)
    organizer = vCalAddress(f"MAILTO:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["CN"] = vText(meeting.host.short_name)
    entry.add("organizer", organizer)
    attendee = vCalAddress(f"MAILTO:{invitation.email}")
    attendee.params["CN"] = vText(invitation.name)
    attendee.params["PARTSTAT"] = vText(PARTSTAT[Invitation.Answer(invitation.answer)])
    attendee.params["RSVP"] = vText("FALSE")
    entry.add("attendee", attendee)
    return method, calendar([entry], name=meeting.title, method=method)


def personal_calendar(
    meetings: Iterable[Meeting], registrations: Iterable[Registration], options: Iterable[PollOption], *, name: str
) -> bytes:
    """One's own: waiting is said to be waiting, a day in a poll is said to be a proposal."""
    own = {registration.meeting_id: registration for registration in registrations}
    entries = [_own(meeting, own.get(meeting.pk)) for meeting in meetings]
    return calendar([*entries, *map(_proposal, options)], name=name)


def _own(meeting: Meeting, registration: Registration | None) -> Event:
    entry = event(meeting)
    if registration and registration.is_waiting:
        entry["summary"] = vText(_("Warteliste: {meeting}").format(meeting=meeting))
        entry["status"] = vText("TENTATIVE")
    return entry


def _proposal(option: PollOption) -> Event:
    poll = option.poll
    entry = Event()
    entry.add("uid", f"vorschlag-{option.pk}@{host_name()}")
    entry.add("dtstamp", poll.created_at)
    entry.add("dtstart", datetime.combine(option.day, poll.starts, ZONE))
    entry.add("dtend", datetime.combine(option.day, poll.ends, ZONE))
    entry.add("summary", _("Terminvorschlag: {meeting}").format(meeting=poll.meeting))
    entry.add("status", "TENTATIVE")
    entry.add("transp", "TRANSPARENT")
    return entry
