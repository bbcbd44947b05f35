"""News and meetings in the words of schema.org."""

from typing import Any

from events.models import Announcement, Meeting
from networks.models import Agency
from networks.structured_data import absolute, filled, postal_address

STATUS = {Meeting.State.CANCELLED: "https://schema.org/EventCancelled"}


def publisher(agency: Agency) -> dict[str, Any]:
    return {"@type": "Organization", "name": agency.official_name, "url": absolute(agency.get_absolute_url())}


def news_article(announcement: Announcement) -> dict[str, Any]:
    return filled(
        **{"@type": "NewsArticle"},
        headline=announcement.title,
        description=announcement.summary,
        url=absolute(announcement.get_absolute_url()),
        datePublished=announcement.publish_at.isoformat(),
        dateModified=max(announcement.publish_at, announcement.updated_at).isoformat(),
        image=absolute(announcement.image.url) if announcement.image else "",
        author=publisher(announcement.agency),
        publisher=publisher(announcement.agency),
    )


def event(meeting: Meeting) -> dict[str, Any]:
    hosts = meeting.hosts
    place = filled(
        **{"@type": "Place"},
        name=meeting.venue or meeting.city,
        address=postal_address(meeting.street, meeting.postcode, meeting.city),
    )
    return filled(
        **{"@type": "Event"},
        name=meeting.title,
        description=meeting.summary,
        url=absolute(meeting.get_absolute_url()),
        startDate=meeting.starts_at.isoformat(),
        endDate=meeting.ends_at.isoformat(),
        eventStatus=STATUS.get(Meeting.State(meeting.state), "https://schema.org/EventScheduled"),
        eventAttendanceMode="https://schema.org/OfflineEventAttendanceMode",
        location=place,
        organizer=[publisher(host) for host in hosts],
    )
