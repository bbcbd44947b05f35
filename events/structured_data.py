"""News and meetings in the words of schema.org."""

from typing import Any

from accounts.wordings import wording
from events.models import Announcement, Meeting, MeetingMove
from networks.models import Agency
from networks.structured_data import absolute, filled, postal_address

SCHEMA = "https://schema.org"


def publisher(agency: Agency) -> dict[str, Any]:
    return {"@type": "Organization", "name": agency.official_name, "url": absolute(agency.get_absolute_url())}


def news_article(announcement: Announcement) -> dict[str, Any]:
    return filled(
        **{"@type": "NewsArticle"},
        headline=wording(announcement, "title").text,
        description=wording(announcement, "summary").text,
        url=absolute(announcement.get_absolute_url()),
        datePublished=announcement.publish_at.isoformat(),
        dateModified=max(announcement.publish_at, announcement.updated_at).isoformat(),
        image=absolute(announcement.image.url) if announcement.image else "",
        author=publisher(announcement.agency),
        publisher=publisher(announcement.agency),
    )


def event(meeting: Meeting) -> dict[str, Any]:
    hosts, former = meeting.hosts, list(meeting.moves.all())
    place = filled(
        **{"@type": "Place"},
        name=meeting.venue or meeting.city,
        address=postal_address(meeting.street, meeting.postcode, meeting.city),
    )
    return filled(
        **{"@type": "Event"},
        name=meeting.title,
        description=wording(meeting, "summary").text,
        url=absolute(meeting.get_absolute_url()),
        startDate=meeting.starts_at.isoformat(),
        endDate=meeting.ends_at.isoformat(),
        eventStatus=f"{SCHEMA}/{_status(meeting, former)}",
        previousStartDate=[move.starts_at.isoformat() for move in former],
        eventAttendanceMode=f"{SCHEMA}/{'Mixed' if meeting.online_url else 'Offline'}EventAttendanceMode",
        location=place,
        organizer=[publisher(host) for host in hosts],
    )


def _status(meeting: Meeting, former: list[MeetingMove]) -> str:
    if meeting.state == Meeting.State.CANCELLED:
        return "EventCancelled"
    return "EventRescheduled" if former else "EventScheduled"
