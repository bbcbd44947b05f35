"""Who may do what with news, planning and polls. Default is refusal."""

from dataclasses import dataclass
from datetime import date

from events.hosts import next_host
from events.models import Announcement, DatePoll, Meeting, MeetingSeries, Registration
from networks.models import Agency
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


@dataclass(frozen=True)
class PlanningAbilities:
    read: bool = False
    swap: bool = False
    edit: bool = False
    choose: bool = False


def planning_abilities(
    person: Person, series: MeetingSeries, meeting: Meeting | None = None, day: date | None = None
) -> PlanningAbilities:
    """All who take part read, swap and keep the series; days are chosen by the host of the plan, or the next one."""
    if not MeetingSeries.objects.visible_to(person).filter(pk=series.pk).exists():
        return PlanningAbilities()
    return PlanningAbilities(read=True, swap=True, edit=True, choose=_hosts(person, series, meeting, day))


def _hosts(person: Person, series: MeetingSeries, meeting: Meeting | None, day: date | None) -> bool:
    if person.is_superuser:
        return True
    if meeting is not None:
        return Meeting.objects.curated_by(person).filter(pk=meeting.pk).exists()
    host = next_host(series, day) if day else None
    return host is not None and Agency.objects.of_staff(person).filter(pk=host.pk).exists()


@dataclass(frozen=True)
class MeetingAbilities:
    edit: bool = False
    follow: bool = False
    answer_co_hosting: bool = False
    see_link: bool = False


def meeting_abilities(person: Person, meeting: Meeting) -> MeetingAbilities:
    """Host, accepted co-host and operator change it; the link to an online meeting is for who is registered, too."""
    if not person.is_authenticated:
        return MeetingAbilities()
    registered = meeting.online_url and Registration.objects.of_meeting(meeting).of_person(person).taking_a_place()
    if not person.is_staff:
        return MeetingAbilities(see_link=bool(registered))
    this = Meeting.objects.filter(pk=meeting.pk)
    mine = this.curated_by(person).exists()
    return MeetingAbilities(
        edit=mine,
        follow=mine or this.followed_by(person).exists(),
        answer_co_hosting=bool(meeting.co_host_id) and this.asking(person).exists(),
        see_link=mine or bool(registered),
    )
