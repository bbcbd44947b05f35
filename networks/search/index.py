"""The directory in memory: immutable, rows in name order, one bitmap per option and per word."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import chain, islice

from pyroaring import BitMap

from networks.search.facets import Chosen, Counts, Facets, Options
from networks.search.text import Asked, Hits, TextIndex

COLUMNS = ("name", "competence", "text")
NAME, COMPETENCE, TEXT = range(3)


class Sort(StrEnum):
    RELEVANCE = "relevance"
    NAME = "name"
    NEWEST = "newest"


@dataclass(frozen=True)
class Selection:
    query: str = ""
    chosen: Chosen = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE


@dataclass(frozen=True)
class Hit:
    """A result: its row, that row's key, and the column that it was found by."""

    row: int
    key: int
    match: str


@dataclass(frozen=True)
class Index:
    """`keys` by row, `newest` the rows by age, `places` the rows of each place."""

    keys: Sequence[int]
    newest: Sequence[int]
    facets: Facets
    places: Options
    text: TextIndex

    @cached_property
    def everything(self) -> BitMap:
        return BitMap(range(len(self.keys)))

    def search(self, selection: Selection) -> "Found":
        asked = self.text.ask(selection.query)
        hits = self.text.find(asked)
        found = hits.everything if asked else self.everything
        return Found(self, selection, asked, hits, found)


@dataclass(frozen=True)
class Found:
    """The answer to a selection; each part is worked out when asked for."""

    index: Index
    selection: Selection
    asked: tuple[Asked, ...]
    hits: Hits
    by_text: BitMap

    @cached_property
    def rows(self) -> BitMap:
        return self.index.facets.rows(self.by_text, self.selection.chosen)

    @property
    def total(self) -> int:
        return len(self.rows)

    @cached_property
    def counts(self) -> Counts:
        return self.index.facets.counts(self.by_text, self.selection.chosen)

    @cached_property
    def places(self) -> Mapping[str, int]:
        counted = ((place, self.rows.intersection_cardinality(rows)) for place, rows in self.index.places.items())
        return {place: count for place, count in counted if count}

    def page(self, start: int, size: int) -> list[Hit]:
        keys = self.index.keys
        return [Hit(row, keys[row], self._match(row)) for row in self._slice(start, size)]

    def _match(self, row: int) -> str:
        return COLUMNS[self.hits.column(row)] if self.asked else ""

    def _slice(self, start: int, size: int) -> Iterable[int]:
        if self.selection.sort is Sort.NEWEST:
            newest = (row for row in self.index.newest if row in self.rows)
            return islice(newest, start, start + size)
        if self.selection.sort is Sort.RELEVANCE and self.asked:
            return _cut([tier & self.rows for tier in self.hits.tiers], start, size)
        return self.rows[start : start + size]

    @cached_property
    def suggestion(self) -> str:
        """Another spelling to try when the words find nothing at all."""
        return "" if self.by_text else self.index.text.suggestion(self.asked)


def _cut(tiers: Iterable[BitMap], start: int, size: int) -> Iterator[int]:
    """A page out of tiers that follow each other, without listing what comes before it."""
    pieces = []
    for tier in tiers:
        pieces.append(tier[start : start + size] if start < len(tier) else BitMap())
        size -= len(pieces[-1])
        start = max(0, start - len(tier))
    return chain.from_iterable(pieces)
