"""Counts that follow a selection: one bitmap of rows per option."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyroaring import BitMap

Options = Mapping[str, BitMap]
Chosen = Mapping[str, tuple[str, ...]]
Counts = dict[str, dict[str, int]]


@dataclass(frozen=True)
class Facets:
    """OR within a facet, AND between facets."""

    options: Mapping[str, Options]

    def rows(self, found: BitMap, chosen: Chosen) -> BitMap:
        return BitMap.intersection(found, *self._selections(chosen).values())

    def counts(self, found: BitMap, chosen: Chosen) -> Counts:
        """Per option: the rows if it alone were chosen in its facet, all else as it is."""
        selections = self._selections(chosen)
        return {
            facet: dict(_counts(self._without(facet, found, selections), options))
            for facet, options in self.options.items()
        }

    def values(self, facet: str, rows: BitMap) -> dict[int, list[str]]:
        """For each of a few rows the options that it has, in their order."""
        found: dict[int, list[str]] = {row: [] for row in rows}
        for value, having in self.options[facet].items():
            for row in having & rows:
                found[row].append(value)
        return found

    def _selections(self, chosen: Chosen) -> dict[str, BitMap]:
        return {facet: self._any_of(facet, values) for facet, values in chosen.items() if values}

    def _any_of(self, facet: str, values: tuple[str, ...]) -> BitMap:
        options = self.options[facet]
        return BitMap.union(*(options[value] for value in values))

    def _without(self, facet: str, found: BitMap, selections: Mapping[str, BitMap]) -> BitMap:
        others = (rows for name, rows in selections.items() if name != facet)
        return BitMap.intersection(found, *others)


def _counts(base: BitMap, options: Options) -> Iterator[tuple[str, int]]:
    return ((value, base.intersection_cardinality(rows)) for value, rows in options.items())
