"""The bridge between a poll's rows and the ranking."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import DatePoll, PollAnswer, PollOption, PollParticipant
from events.scheduling.polls import (
    Answer,
    Column,
    Option,
    PollRules,
    Standing,
    Tally,
    Voter,
    is_decided,
    loses_in,
    ranked,
)
from networks.models import Region

Given = dict[date, dict[int, Answer]]


@dataclass(frozen=True)
class Side:
    """How many of a region can come, of how many."""

    region: Region
    able: int
    of: int


@dataclass(frozen=True)
class Row:
    """One day of the poll as the table shows it."""

    option: PollOption
    tally: Tally
    sides: tuple[Side, ...]
    why_not: str

    @property
    def standing(self) -> str:
        return self.tally.standing.name.lower()

    @property
    def standing_in_words(self) -> str:
        words = {Standing.OK: _("passt"), Standing.PENDING: _("noch offen"), Standing.OUT: _("fällt aus")}
        return words[self.tally.standing]

    @property
    def yes(self) -> int:
        return len(self.tally.yes)

    @property
    def if_need_be(self) -> int:
        return len(self.tally.able) - self.yes

    @property
    def missing(self) -> int:
        """Who refuses or is silent."""
        return len(self.tally.refusing) + len(self.tally.silent)

    @property
    def tone(self) -> str:
        return {Standing.OK: "good", Standing.PENDING: "warn", Standing.OUT: "bad"}[self.tally.standing]


@dataclass(frozen=True)
class Result:
    """What a poll says by now; `people` are those whose link holds."""

    poll: DatePoll
    people: tuple[PollParticipant, ...]
    options: dict[date, PollOption]
    given: Given

    @cached_property
    def tallies(self) -> list[Tally]:
        voters = [Voter(person.pk, person.region.slug, person.required) for person in self.people]
        rules = PollRules(self.poll.quorum, dict.fromkeys(self.regions, self.poll.minimum))
        return ranked(
            (Option(day, option.cost, self.given.get(day, {})) for day, option in self.options.items()), voters, rules
        )

    @cached_property
    def regions(self) -> dict[str, Region]:
        return {person.region.slug: person.region for person in self.people}

    @cached_property
    def rows(self) -> list[Row]:
        """The days, the best first."""
        return [self._row(tally) for tally in self.tallies]

    def _row(self, tally: Tally) -> Row:
        sides = tuple(Side(self.regions[slug], *counts) for slug, counts in tally.coming.items())
        best = self.tallies[0]
        why_not = "" if tally is best else self._why_not(tally, best)
        return Row(self.options[tally.option.day], tally, sides, why_not)

    def _why_not(self, tally: Tally, best: Tally) -> str:
        column = loses_in(tally, best)
        if column is Column.STANDING:
            return self._why_standing(tally)
        behind = len(best.yes) - len(tally.yes)
        fewer = len(best.able) - len(tally.able)
        return {
            Column.MISSING: ngettext("{n} Person weniger kann", "{n} Personen weniger können", fewer).format(n=fewer),
            Column.YES: ngettext("eine feste Zusage weniger", "{n} feste Zusagen weniger", behind).format(n=behind),
            Column.SHARE: self._why_share(tally, best),
            Column.COST: _("der Tag liegt weniger günstig"),
            Column.DAY: _("gleich gut, aber später"),
        }[column]

    def _why_standing(self, tally: Tally) -> str:
        """Who is indispensable and missing, else which number is not reached."""
        missing = [person.name for person in self.people if person.required and self._is(person, tally.refusing)]
        if missing:
            return _("ohne {people}").format(people=", ".join(missing))
        silent = [person.name for person in self.people if person.required and self._is(person, tally.silent)]
        if silent:
            return _("noch keine Antwort von {people}").format(people=", ".join(silent))
        few = [self.regions[slug] for slug, (able, _of) in tally.coming.items() if able < self.poll.minimum]
        if few:
            return _("zu wenige aus: {regions}").format(regions=", ".join(map(str, few)))
        return _("insgesamt zu wenige")

    def _is(self, person: PollParticipant, voters: list[Voter]) -> bool:
        return any(voter.key == person.pk for voter in voters)

    def _why_share(self, tally: Tally, best: Tally) -> str:
        region = next(slug for slug, (able, of) in tally.coming.items() if able == tally.share * of)
        fewer = best.coming[region][0] - tally.coming[region][0]
        return ngettext("eine Zusage weniger aus: {region}", "{n} Zusagen weniger aus: {region}", fewer).format(
            n=fewer, region=self.regions[region]
        )

    @property
    def all_answered(self) -> bool:
        return all(person.answered_at for person in self.people)

    @cached_property
    def decided(self) -> bool:
        return is_decided(self.tallies)

    def answers_in_order(self, person: PollParticipant) -> list[tuple[PollOption, Answer | None]]:
        """Day by day as they lie in the calendar."""
        return [(option, self.given.get(day, {}).get(person.pk)) for day, option in self.options.items()]

    def said_by(self, person: PollParticipant) -> dict[int, Answer]:
        """By the day's key."""
        return {self.options[day].pk: answers[person.pk] for day, answers in self.given.items() if person.pk in answers}


def result_of(poll: DatePoll) -> Result:
    """Always three queries."""
    options = {option.day: option for option in poll.options.all()}
    people = tuple(poll.participants.asked().by_side())
    given: defaultdict[date, dict[int, Answer]] = defaultdict(dict)
    rows = PollAnswer.objects.of_people(people).values_list("option__day", "participant", "answer")
    for day, person, answer in rows:
        given[day][person] = Answer(answer)
    return Result(poll, people, options, dict(given))
