"""Which date of a poll suits best: nobody indispensable is missing, no side stays away, then the most people come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from fractions import Fraction
from functools import cached_property


class Answer(StrEnum):
    YES = "yes"
    IF_NEED_BE = "if_need_be"
    NO = "no"


class Standing(IntEnum):
    """Better first."""

    OK = 0
    PENDING = 1
    OUT = 2


class Column(StrEnum):
    """What options are compared by, in this order."""

    STANDING = "standing"
    MISSING = "missing"
    YES = "yes"
    SHARE = "share"
    COST = "cost"
    DAY = "day"


@dataclass(frozen=True)
class Voter:
    key: int
    region: str
    required: bool = False


@dataclass(frozen=True)
class PollRules:
    """`minimum` per region: also of one that has no voter at all."""

    quorum: int = 0
    minimum: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Option:
    """`cost` is the date finder's; who is not in `answers` is silent."""

    day: date
    cost: int = 0
    answers: Mapping[int, Answer] = field(default_factory=dict)


@dataclass(frozen=True)
class Tally:
    """One option, counted."""

    option: Option
    voters: Sequence[Voter]
    rules: PollRules

    def _saying(self, *answers: Answer | None) -> list[Voter]:
        return [voter for voter in self.voters if self.option.answers.get(voter.key) in answers]

    @cached_property
    def yes(self) -> list[Voter]:
        return self._saying(Answer.YES)

    @cached_property
    def able(self) -> list[Voter]:
        """Who can come, gladly or if need be."""
        return self._saying(Answer.YES, Answer.IF_NEED_BE)

    @cached_property
    def refusing(self) -> list[Voter]:
        return self._saying(Answer.NO)

    @cached_property
    def silent(self) -> list[Voter]:
        return self._saying(None)

    @cached_property
    def coming(self) -> dict[str, tuple[int, int]]:
        """Per region: how many can come, of how many."""
        able = [voter.region for voter in self.able]
        everybody = [voter.region for voter in self.voters]
        return {region: (able.count(region), everybody.count(region)) for region in dict.fromkeys(everybody)}

    @cached_property
    def share(self) -> Fraction:
        """The smallest share of those who can come over the regions."""
        return min((Fraction(able, of) for able, of in self.coming.values()), default=Fraction(0))

    @cached_property
    def standing(self) -> Standing:
        if any(voter.required for voter in self.refusing) or not self._enough([*self.able, *self.silent]):
            return Standing.OUT
        if any(voter.required for voter in self.silent) or not self._enough(self.able):
            return Standing.PENDING
        return Standing.OK

    def _enough(self, people: Sequence[Voter]) -> bool:
        regions = [voter.region for voter in people]
        return len(people) >= self.rules.quorum and all(
            regions.count(region) >= least for region, least in self.rules.minimum.items()
        )

    @cached_property
    def rank(self) -> tuple[Standing, int, int, Fraction, int, date]:
        """Smallest first, in the order of `Column`."""
        missing = len(self.refusing) + len(self.silent)
        return self.standing, missing, -len(self.yes), -self.share, self.option.cost, self.option.day

    def if_silent_said(self, answer: Answer) -> "Tally":
        answers = {**self.option.answers, **{voter.key: answer for voter in self.silent}}
        return Tally(Option(self.option.day, self.option.cost, answers), self.voters, self.rules)


def ranked(options: Iterable[Option], voters: Sequence[Voter], rules: PollRules) -> list[Tally]:
    """The options, best first."""
    return sorted((Tally(option, voters, rules) for option in options), key=lambda tally: tally.rank)


def loses_in(tally: Tally, best: Tally) -> Column:
    """The first column in which an option is worse than the best one."""
    pairs = zip(Column, tally.rank, best.rank, strict=True)
    return next(column for column, own, other in pairs if own != other)


def is_decided(tallies: Sequence[Tally]) -> bool:
    """Whether no answer that is still missing can change the winner. `tallies` as `ranked` gives them."""
    if not tallies:
        return False
    worst = tallies[0].if_silent_said(Answer.NO)
    rivals = (tally.if_silent_said(Answer.YES) for tally in tallies[1:])
    return worst.standing is Standing.OK and all(worst.rank < rival.rank for rival in rivals)
