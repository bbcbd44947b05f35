"""The bridge between the database and the search index: one index per process, rebuilt when a version row says so."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Any

from django.db import connection
from django.db.models import F
from pyroaring import BitMap

from networks.models import Company, Competence, DirectoryVersion, District, Industry, Membership, Municipality, Network, Region
from networks.models.agencies import Person
from networks.search.facets import Facets
from networks.search.fold import fold
from networks.search.index import COLUMNS, Index
from networks.search.text import TextBuilder, TextIndex

# A directory of this size takes about 100 ms to build: too long for a visitor's request.
SLOW_ROWS = 5_000
CHUNK = 5_000
FACETS = ("region", "district", "network", "competence", "industry", "size")

Rows = Mapping[Hashable, BitMap]
Row = Mapping[int, int]


@dataclass(frozen=True)
class Choice:
    """An option of a facet; `heading` stands above the first one of its group."""

    value: str
    label: str
    heading: str = ""


@dataclass(frozen=True)
class Directory:
    version: int
    index: Index
    choices: Mapping[str, tuple[Choice, ...]]

    @property
    def is_slow(self) -> bool:
        return len(self.index.keys) >= SLOW_ROWS


# -- building ----------------------------------------------------------------------------------
def build() -> Directory:
    """The version is read first: what changes meanwhile raises it again."""
    version = DirectoryVersion.current()
    companies = Company.objects.published().order_by()
    facts = sorted(companies.values_list("name_sort", "pk", "municipality", "industry", "size"))
    row = {pk: number for number, (_, pk, *_) in enumerate(facts)}
    towns, industries, sizes = (_grouped(enumerate(fact[place] for fact in facts)) for place in (2, 3, 4))
    competences = _grouped(_numbered(Company.competences.through._default_manager.values_list("company_id", "competence_id"), row))
    networks = _grouped(_numbered(Membership.objects.shown().order_by().values_list("company_id", "network_id"), row))
    options, choices = _facets(towns, {"network": networks, "competence": competences, "industry": industries, "size": sizes})
    age = companies.order_by(F("published_at").desc(nulls_last=True), "-pk").values_list("pk", flat=True)
    index = Index(
        keys=[fact[1] for fact in facts],
        newest=[row[pk] for pk in age if pk in row],
        facets=Facets(options),
        places={ags: towns[pk] for ags, pk in Municipality.objects.values_list("ags", "pk") if pk in towns},
        text=_text(row),
    )
    return Directory(version, index, choices)


def _numbered(pairs: Any, row: Row) -> Iterable[tuple[int, int]]:
    """(row, key) of the published ones among (company, key)."""
    return ((row[company], key) for company, key in pairs.iterator(CHUNK) if company in row)


def _grouped(pairs: Iterable[tuple[int, Hashable]]) -> dict[Hashable, BitMap]:
    numbers: defaultdict[Hashable, list[int]] = defaultdict(list)
    for number, key in pairs:
        numbers[key].append(number)
    return {key: BitMap(rows) for key, rows in numbers.items() if key}


def _text(row: Row) -> TextIndex:
    columns = Company.objects.published().order_by().values_list("pk", "search_name", "search_competences", "search_text")
    builder = TextBuilder(len(COLUMNS))
    for pk, *texts in columns.iterator(CHUNK):
        if pk in row:
            builder.add(row[pk], texts)
    return builder.build()


def _facets(towns: Rows, keyed: Mapping[str, Rows]) -> tuple[dict[str, dict[str, BitMap]], dict[str, tuple[Choice, ...]]]:
    """Every option there is, with its rows; those that no company has keep an empty bitmap."""
    districts = list(District.objects.select_related("region"))
    in_district = _joined(towns, dict(Municipality.objects.values_list("pk", "district")))
    in_region = _joined(in_district, {district.pk: district.region_id for district in districts})
    sources: dict[str, tuple[list[tuple[Hashable, Choice]], Rows]] = {
        "region": ([(region.pk, Choice(region.slug, str(region))) for region in Region.objects.all()], in_region),
        "district": (_by_label((one.pk, Choice(one.slug, one.name)) for one in districts), in_district),
        "network": (_by_label((one.pk, Choice(one.slug, one.short_name)) for one in Network.objects.published()), keyed["network"]),
        "competence": (_competences(), keyed["competence"]),
        "industry": ([(one.pk, Choice(one.code, str(one.name))) for one in Industry.objects.all()], keyed["industry"]),
        "size": ([(size.value, Choice(size.value, str(size.label))) for size in Company.Size], keyed["size"]),
    }
    options = {
        facet: {choice.value: rows.get(key, BitMap()) for key, choice in found} for facet, (found, rows) in sources.items()
    }
    return options, {facet: tuple(choice for _, choice in found) for facet, (found, _) in sources.items()}


def _joined(parts: Rows, whole_of: Mapping[Any, Hashable]) -> Rows:
    """The rows of the parts (towns), together for each whole (district)."""
    joined: defaultdict[Hashable, BitMap] = defaultdict(BitMap)
    for part, rows in parts.items():
        joined[whole_of[part]] |= rows
    return joined


def _by_label(found: Iterable[tuple[Hashable, Choice]]) -> list[tuple[Hashable, Choice]]:
    return sorted(found, key=lambda keyed: fold(keyed[1].label))


def _competences() -> list[tuple[Hashable, Choice]]:
    found: list[tuple[Hashable, Choice]] = []
    group = None
    for competence in Competence.objects.select_related("group").order_by("group__order", "group__code", "order", "code"):
        heading = "" if competence.group_id == group else str(competence.group)
        found.append((competence.pk, Choice(competence.code, str(competence.name), heading)))
        group = competence.group_id
    return found


# -- keeping -----------------------------------------------------------------------------------
class _Shelf:
    """The process's directory. Visitors may get the one before while a big one is being rebuilt."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._directory: Directory | None = None
        self._thread: Thread | None = None

    def fresh(self) -> Directory:
        found = self._directory
        if found is None or found.version != DirectoryVersion.current():
            found = self._rebuilt()
        return found

    def at_hand(self) -> Directory:
        found = self._directory
        if found is None or not found.is_slow:
            return self.fresh()
        if found.version != DirectoryVersion.current():
            self._rebuild_aside()
        return found

    def _rebuilt(self) -> Directory:
        with self._lock:
            found = self._directory
            if found is None or found.version != DirectoryVersion.current():
                found = self._directory = build()
            return found

    def _rebuild_aside(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = Thread(target=self._work_aside, name="directory", daemon=True)
            self._thread.start()

    def _work_aside(self) -> None:
        try:
            self._rebuilt()
        finally:
            connection.close()

    def clear(self) -> None:
        self._directory = None


_shelf = _Shelf()


def for_person(person: Person) -> Directory:
    """Who is signed in may just have changed something and sees it at once."""
    return _shelf.fresh() if person.is_authenticated else _shelf.at_hand()


def forget() -> None:
    """For tests: each begins with other data under the same version."""
    _shelf.clear()
