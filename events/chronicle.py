"""Meetings as a wave from side to side: on which bank each one was, and how the line runs there."""

from collections.abc import Sequence
from dataclasses import dataclass

from events.models import Meeting
from networks.models import Region

HEIGHT = 100


@dataclass(frozen=True)
class Wave:
    """One meeting on the wave. `path` runs from the bank before to this one, 100 wide and 100 high."""

    meeting: Meeting
    path: str
    top: bool
    level: int


def chronicle(meetings: Sequence[Meeting], regions: Sequence[Region]) -> list[Wave]:
    """Oldest first. The first region is the upper bank, the last the lower one; who has no region swims between."""
    levels = {region.pk: round(HEIGHT * place / max(len(regions) - 1, 1)) for place, region in enumerate(regions)}
    waves: list[Wave] = []
    before: int | None = None
    for meeting in meetings:
        level = levels.get(meeting.host.region_id or 0, HEIGHT // 2)
        waves.append(Wave(meeting, path(level if before is None else before, level), level < HEIGHT / 2, level))
        before = level
    return waves


def path(start: int, end: int) -> str:
    return f"M0 {start}C50 {start} 50 {end} 100 {end}"
