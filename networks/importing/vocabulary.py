"""What a cell may name: towns, industries, competences, networks; looked up once for a whole list."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from rapidfuzz import fuzz, process

from networks.models import Agency, Company, Competence, Industry, Municipality, Network, Postcode
from networks.sheets.companies import title_key

LIKELY = 72


@dataclass
class Names:
    """Keys of things by every name they go by."""

    by_key: dict[str, Any] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    label_of: dict[Any, str] = field(default_factory=dict)

    @classmethod
    def of(cls, things: Iterable[tuple[Any, Iterable[str]]]) -> "Names":
        """The first name of each is the one that is proposed; where two share a name, the first thing has it."""
        names = cls()
        for thing, called in things:
            for number, name in enumerate(filter(None, called)):
                names.by_key.setdefault(title_key(name), thing)
                if not number:
                    names.labels[title_key(name)] = names.label_of[thing] = name
        return names

    def find(self, text: str) -> Any:
        return self.by_key.get(title_key(text))

    def knows(self, text: str) -> bool:
        return title_key(text) in self.by_key

    def nearest(self, text: str) -> str:
        """What may have been meant; empty when nothing is near."""
        best = process.extractOne(title_key(text), self.labels.keys(), scorer=fuzz.WRatio, score_cutoff=LIKELY)
        return self.labels[best[0]] if best else ""


class Vocabulary:
    """For the lists of one agency; `home_towns` are those of the districts whose home agency it is."""

    def __init__(self, agency: Agency) -> None:
        self.agency = agency

    @cached_property
    def towns(self) -> Mapping[str, list[Municipality]]:
        """By name; some names occur in several districts."""
        found: defaultdict[str, list[Municipality]] = defaultdict(list)
        for town in self.towns_by_pk.values():
            for name in {town.name, town.name.partition(",")[0], town.name.partition(" (")[0]}:
                found[title_key(name)].append(town)
        return found

    @cached_property
    def towns_by_pk(self) -> dict[int, Municipality]:
        towns = Municipality.objects.select_related("district__home_agency").defer("district__path")
        return towns.in_bulk()

    @cached_property
    def towns_by_postcode(self) -> Mapping[str, list[Municipality]]:
        found: defaultdict[str, list[Municipality]] = defaultdict(list)
        for code, town in Postcode.objects.order_by("pk").values_list("code", "municipality"):
            found[code].append(self.towns_by_pk[town])
        return found

    def is_home(self, town: Municipality) -> bool:
        return town.district.home_agency_id == self.agency.pk

    @cached_property
    def industries(self) -> Names:
        return Names.of(
            (row[0], [f"{row[1]} {row[2]}", row[2], row[1], row[3]])
            for row in Industry.objects.values_list("pk", "code", "name_de", "name_en")
        )

    @cached_property
    def competences(self) -> Names:
        return Names.of(
            (pk, called)
            for pk, *called in Competence.objects.values_list("pk", "name_de", "code", "name_en", "name_nl")
        )

    @cached_property
    def networks(self) -> Names:
        """All that the public sees: whether the agency may bring in members is asked of each."""
        return Names.of(
            (pk, called) for pk, *called in Network.objects.published().values_list("pk", "short_name", "name", "slug")
        )

    @cached_property
    def own_networks(self) -> set[int]:
        return set(Network.objects.published().looked_after_by(self.agency).values_list("pk", flat=True))

    @cached_property
    def sizes(self) -> Names:
        return Names.of((size.value, [str(size.label), size.value]) for size in Company.Size)
