"""Meetings beside the rhythm, and what people do with all of them: register, answer, agree, promise."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from events.actions.polls import moment
from events.almanac import last_held, search
from events.models import (
    ActionItem,
    AgendaItem,
    CalendarFeed,
    DatePoll,
    DateProposal,
    Decision,
    Invitation,
    Meeting,
    MeetingMove,
    MeetingSeries,
    MinutesVersion,
    PollAnswer,
    PollOption,
    PollParticipant,
    Registration,
    RegistrationPlan,
    SeriesMember,
)
from portal.demo.people import Crowd
from portal.demo.scene import Scene, at, read

State = Registration.State
TOLD = ("slug", "state", "visibility", "city", "title", "summary", "body", "venue", "street", "online_url")
THURSDAY = 3
ANSWERS = ("yes", "yes", "yes", "if_need_be", "no")
REPLIES = (Invitation.Answer.ACCEPTED, Invitation.Answer.TENTATIVE, Invitation.Answer.DECLINED, Invitation.Answer.NONE)
STILL_SILENT = 4
NEAR = timedelta(days=40)


@dataclass
class Gatherings:
    scene: Scene
    crowd: Crowd

    def create(self) -> None:
        told = read("gatherings")
        for entry in told["gatherings"]:
            self._gathering(entry)
        for entry in told["records"]:
            self._record(entry)
        self._poll()
        CalendarFeed.objects.create(person=self.crowd.accounts["owner_west"], token=self.scene.token())

    # -- meetings ------------------------------------------------------------------------------
    def _gathering(self, entry: dict[str, Any]) -> None:
        agencies, day = self.scene.agencies, self._thursday(entry["in_days"])
        meeting = Meeting.objects.create(
            **{name: entry[name] for name in (*TOLD, *Meeting.WORDINGS) if name in entry},
            host=agencies[entry["host"]],
            co_host=agencies.get(entry.get("co_host", "")),
            co_host_state=entry.get("co_host_state", Meeting.CoHost.ASKED),
            co_host_note="An dem Tag sind wir auf einer Messe." if entry.get("co_host_state") == "declined" else "",
            state_note=entry.get("why", ""),
            starts_at=moment(day, time(14)),
            ends_at=moment(day, time(17)),
            updated_at=at(self.scene.today, time(8)),
        )
        town = next((town for town in self.scene.towns if town.name == entry["city"]), None)
        if town:
            meeting.lat, meeting.lon = town.lat, town.lon
            meeting.save(update_fields=["lat", "lon"])
        meeting.networks.set(self.scene.networks[slug] for slug in entry["networks"])
        self._moved(meeting, entry)
        self._agenda(meeting, [(*row, "", "open") for row in entry.get("agenda", [])])
        if "people" in entry:
            self._registrations(meeting, entry)
            self._invitations(meeting)

    def _thursday(self, in_days: int) -> date:
        day = self.scene.today + timedelta(days=in_days)
        return day + timedelta(days=(THURSDAY - day.weekday()) % 7)

    def _moved(self, meeting: Meeting, entry: dict[str, Any]) -> None:
        if "moved_from" in entry:
            before = timedelta(days=entry["moved_from"])
            MeetingMove.objects.create(
                meeting=meeting,
                starts_at=meeting.starts_at - before,
                ends_at=meeting.ends_at - before,
                reason=entry["moved_why"],
                at=self.scene.ago(3, 9),
            )

    def _registrations(self, meeting: Meeting, entry: dict[str, Any]) -> None:
        """As many as there are places have one, the others wait; after the meeting it is known who came."""
        capacity = entry.get("capacity")
        RegistrationPlan.objects.create(
            meeting=meeting, capacity=capacity, guests=entry.get("guests", False), questions=entry.get("questions", "")
        )
        regions, over = self.scene.regions, meeting.state == Meeting.State.HELD
        for number in range(entry["people"]):
            place = State.REGISTERED if capacity is None or number < capacity else State.WAITING
            if over:
                place = State.NO_SHOW if number % 4 == 3 else State.ATTENDED
            self._registration(meeting, place, number + 1, regions[number % len(regions)])
        self._registration(meeting, State.CANCELLED, entry["people"] + 1, regions[0])
        if entry.get("guests") and not over:
            self._registration(meeting, State.UNCONFIRMED, None, None)

    def _registration(self, meeting: Meeting, state: str, ticket: int | None, region: Any) -> None:
        scene, name = self.scene, self.scene.names.person()
        Registration.objects.create(
            meeting=meeting,
            name=name,
            email=f"anmeldung-{meeting.pk}-{ticket or 0}@example.org",
            region=region,
            organisation=scene.rng.choice(("Werkstatt Nord", "Teile und mehr", "Büro Klarsicht", "Hallenbau Süd")),
            state=state,
            ticket=ticket,
            token=scene.token(),
            listed=scene.rng.random() < 0.6,
            diet="" if meeting.is_over else scene.rng.choice(("", "", "vegetarisch", "ohne Nüsse")),
            created_at=scene.ago(0, 2) if state == State.UNCONFIRMED else scene.ago(3, 20),
            changed_at=scene.ago(0, 2),
        )

    def _invitations(self, meeting: Meeting) -> None:
        members = meeting.series.members.all() if meeting.series else self._directors()
        for number, member in enumerate(members):
            answer = REPLIES[number % len(REPLIES)]
            Invitation.objects.create(
                meeting=meeting,
                name=member.name,
                email=member.email,
                agency=member.agency,
                region=member.side,
                token=self.scene.token(),
                answer=answer,
                invited_by=self.crowd.curators.get(meeting.host_id),
                created_at=self.scene.ago(5, 15),
                answered_at=None if answer == Invitation.Answer.NONE else self.scene.ago(1, 4),
            )

    def _directors(self) -> list[Any]:
        upcoming = Meeting.objects.exclude(series=None).select_related("series").first()
        return list(upcoming.series.members.all()) if upcoming and upcoming.series else []

    # -- what was written down -----------------------------------------------------------------
    def _agenda(self, meeting: Meeting, rows: list[tuple[Any, ...]]) -> list[AgendaItem]:
        return [
            AgendaItem.objects.create(
                meeting=meeting,
                order=order,
                title=title,
                minutes=minutes,
                presenter=presenter,
                network=self.scene.networks.get(network),
                outcome=outcome,
            )
            for order, (title, minutes, presenter, network, outcome) in enumerate(rows, start=1)
        ]

    def _record(self, entry: dict[str, Any]) -> None:
        meeting = Meeting.objects.of_day(entry["day"]).exclude(series=None).first()
        if meeting is None:
            return
        items = self._agenda(meeting, [tuple(row) for row in entry["agenda"]])
        day = timezone.localdate(meeting.starts_at)
        by, written = self.crowd.curators.get(meeting.host_id), moment(day, time(16))
        MinutesVersion.objects.create(item=items[1], number=1, text="Stichworte folgen.", by=by, at=written)
        MinutesVersion.objects.create(item=items[1], number=2, text=entry["minutes"], by=by, at=written)
        for text, public in entry["decisions"]:
            decision = Decision.objects.create(meeting=meeting, text=text, decided_on=day, public=public)
            decision.agencies.set(agency for agency in self.scene.agencies.values() if agency.region)
        for text, agency, in_days, state in entry["tasks"]:
            ActionItem.objects.create(
                meeting=meeting,
                text=text,
                owner=self.scene.names.person(),
                email=f"leitung@{agency}.example.org",
                agency=self.scene.agencies[agency],
                due=self.scene.today + timedelta(days=in_days),
                state=state,
            )

    # -- the date of the next meeting ----------------------------------------------------------
    def _poll(self) -> None:
        """Where dates are being looked for, most have answered; an earlier poll is long decided."""
        meeting = Meeting.objects.filter(state=Meeting.State.POLLED).select_related("series").first()
        if meeting is None or meeting.series is None:
            return
        day = timezone.localdate(meeting.starts_at)
        window = (day - NEAR, day + NEAR)
        for found in search(meeting.series, window, last_held(meeting.series, day)).proposals(4):
            why = "Anders geht es in diesem Halbjahr nicht." if found.rejected else ""
            DateProposal.objects.create(
                meeting=meeting, day=found.day, cost=found.cost, rejected=found.rejected, why_anyway=why
            )
        poll = self._asked(meeting, meeting.series, at(self.scene.today + timedelta(days=10), time(20)))
        for person in poll.participants.all()[: max(1, poll.participants.count() - STILL_SILENT)]:
            self._answer(person, poll)
        self._decided(meeting.series)

    def _asked(self, meeting: Meeting, series: MeetingSeries, deadline: datetime) -> DatePoll:
        poll = DatePoll.objects.create(
            meeting=meeting,
            starts=time(10),
            ends=time(13),
            deadline=deadline,
            message="Der Rundgang durch die Werkhalle geht nur vormittags.",
            quorum=series.quorum,
            minimum=series.least_per_region,
            created_at=self.scene.ago(4, 9),
        )
        for proposal in DateProposal.objects.of_meeting(meeting):
            PollOption.objects.create(
                poll=poll,
                day=proposal.day,
                cost=proposal.cost,
                rejected=proposal.rejected,
                why_anyway=proposal.why_anyway,
            )
        for member in series.members.all():
            self._guest(poll, member)
        return poll

    def _guest(self, poll: DatePoll, member: SeriesMember) -> None:
        if member.side:
            PollParticipant.objects.create(
                poll=poll,
                name=member.name,
                email=member.email,
                agency=member.agency,
                region=member.side,
                required=member.is_required,
                token=self.scene.token(),
            )

    def _answer(self, person: PollParticipant, poll: DatePoll) -> None:
        for option in poll.options.all():
            answer = "yes" if person.required else self.scene.rng.choice(ANSWERS)
            PollAnswer.objects.create(participant=person, option=option, answer=answer)
        person.answered_at = self.scene.ago(1, 3)
        person.save(update_fields=["answered_at"])

    def _decided(self, series: MeetingSeries) -> None:
        """How the day of the last meeting was found, and one poll that led nowhere."""
        last = (
            Meeting.objects.exclude(series=None).past().exclude(state=Meeting.State.CANCELLED).select_related("series")
        )
        for meeting, state in zip(last[:2], (DatePoll.State.DECIDED, DatePoll.State.WITHDRAWN), strict=False):
            day = timezone.localdate(meeting.starts_at)
            DateProposal.objects.create(meeting=meeting, day=day)
            DateProposal.objects.create(meeting=meeting, day=day + timedelta(days=7), cost=3)
            poll = self._asked(meeting, series, at(day - timedelta(days=120), time(20)))
            for person in poll.participants.all():
                self._answer(person, poll)
            poll.state = state
            if state == DatePoll.State.DECIDED:
                poll.chosen, poll.decided_at = poll.options.get(day=day), at(day - timedelta(days=118), time(9))
            poll.save()
