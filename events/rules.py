"""Who may do what with news and polls. Default is refusal."""

from dataclasses import dataclass

from events.models import Announcement, DatePoll
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


@dataclass(frozen=True)
class PollAbilities:
    run: bool = False


def poll_abilities(person: Person, poll: DatePoll) -> PollAbilities:
    """Host and co-host run and decide; the others who take part read along."""
    mine = DatePoll.objects.curated_by(person).filter(pk=poll.pk).exists()
    return PollAbilities(run=mine and poll.is_open)
