"""Who hosts next: the sides take turns, and in a side its agencies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Side:
    """A region and its agencies, in the order of the series."""

    region: str
    agencies: tuple[str, ...]


@dataclass(frozen=True, order=True)
class Turn:
    """A meeting that was held, or is going to be."""

    day: date
    agency: str


@dataclass(frozen=True)
class Swap:
    """Out of turn: who hosts the meeting that follows the one of the day `after`."""

    after: date | None
    agency: str


def next_host(sides: Sequence[Side], turns: Iterable[Turn], swaps: Sequence[Swap] = ()) -> str | None:
    """By swap, the latest one first in line; else by turn. None: nobody takes part."""
    turns = sorted(turns)
    agreed = [swap.agency for swap in swaps if swap.after == latest(turns)]
    return agreed[-1] if agreed else host_by_turn(sides, turns)


def host_by_turn(sides: Sequence[Side], turns: Iterable[Turn]) -> str | None:
    """Longest ago, or never: first the side, then in it the agency. The order of the series decides between equals."""
    last = {turn.agency: turn.day for turn in sorted(turns)}
    with_agencies = [side for side in sides if side.agencies]
    if not with_agencies:
        return None
    side = min(with_agencies, key=lambda side: max(last.get(agency, date.min) for agency in side.agencies))
    return min(side.agencies, key=lambda agency: last.get(agency, date.min))


def latest(turns: Sequence[Turn]) -> date | None:
    return max((turn.day for turn in turns), default=None)


def would_host_twice(agency: str, turns: Iterable[Turn]) -> bool:
    """Nobody hosts two meetings in a row, unless people say so."""
    last = max(turns, default=None)
    return last is not None and last.agency == agency
