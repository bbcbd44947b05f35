"""Which days to propose: the best first, and not five of one week."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from .calendars import Calendars, days_between
from .judging import Reason, Rules, judge

WANTED = 5
SPREAD = 6


@dataclass(frozen=True)
class Candidate:
    day: date
    reasons: tuple[Reason, ...]
    from_ideal: int = 0

    @cached_property
    def rejected(self) -> bool:
        return any(reason.rejects for reason in self.reasons)

    @cached_property
    def cost(self) -> int:
        return sum(reason.cost for reason in self.reasons)

    @property
    def rank(self) -> tuple[bool, int, int, date]:
        return (self.rejected, self.cost, self.from_ideal, self.day)


def rank(
    window: tuple[date, date], calendars: Calendars, rules: Rules | None = None, last: date | None = None
) -> list[Candidate]:
    """Every day of the window, the best first."""
    rules = rules or Rules()
    ideal = rules.ideal(last)
    candidates = (
        Candidate(day, judge(day, calendars, rules, last), abs((day - ideal).days) if ideal else 0)
        for day in days_between(*window)
    )
    return sorted(candidates, key=lambda candidate: candidate.rank)


def propose(ranked: Sequence[Candidate], wanted: int = WANTED, spread: int = SPREAD) -> list[Candidate]:
    """Greedily from the best; rejected days come last by rank, and so only when free ones are too few."""
    chosen: list[Candidate] = []
    for candidate in ranked:
        if len(chosen) >= wanted:
            break
        if all(abs((candidate.day - other.day).days) >= spread for other in chosen):
            chosen.append(candidate)
    return chosen


def free(candidates: Iterable[Candidate]) -> int:
    return sum(not candidate.rejected for candidate in candidates)
