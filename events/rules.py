"""Who may do what with news. Default is refusal."""

from dataclasses import dataclass

from events.models import Announcement
from networks.models.agencies import Person


@dataclass(frozen=True)
class AnnouncementAbilities:
    edit: bool = False
    publish: bool = False
    take_back: bool = False


def announcement_abilities(person: Person, announcement: Announcement) -> AnnouncementAbilities:
    """The agency's own team, and the operator."""
    if not person.is_authenticated:
        return AnnouncementAbilities()
    mine = Announcement.objects.curated_by(person).filter(pk=announcement.pk).exists()
    draft = announcement.state == Announcement.State.DRAFT
    return AnnouncementAbilities(
        edit=mine,
        publish=mine and not announcement.is_public,
        take_back=mine and not draft,
    )
