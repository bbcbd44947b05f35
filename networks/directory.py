"""The bridge between the database and the search index: one index per process, rebuilt when a version row says so."""

import gc
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Any

from django.db import connection
from pyroaring import BitMap

from networks.models import (
    Company,
    Competence,
    DirectoryVersion,
    District,
    Industry,
    Membership,
    Municipality,
    Network,
    Region,
)
from networks.models.agencies import Person
from networks.search.facets import Facets
from networks.search.fold import fold
from networks.search.index import COLUMNS, COMPETENCE, TEXT, Index
from networks.search.text import TextBuilder, TextIndex, bitmaps
from networks.search.words import column

# A directory of this size takes about 100 ms to build: too long for a visitor's request.
SLOW_ROWS = 5_000
CHUNK = 5_000
FACETS = ("region", "district", "network", "competence", "industry", "size")

Rows = Mapping[Hashable, BitMap]
Row = Mapping[int, int]
COMPETENCES = Company.competences.through


@dataclass(frozen=True)
class Choice:
    """An option of a facet; `heading` stands above the first one of its group."""

    value: str
    label: str
    heading: str = ""


Keyed = list[tuple[Hashable, Choice]]
Sources = Mapping[str, tuple[Keyed, Rows]]
Towns = Mapping[Any, Municipality]


@dataclass(frozen=True)
class Directory:
    version: int
    index: Index
    choices: Mapping[str, tuple[Choice, ...]]
    towns: Mapping[int, Municipality]
    industries: Mapping[int, Industry]

    def labels(self, facet: str, rows: BitMap) -> dict[int, list[str]]:
        """The names of what these rows have of a facet."""
        names = {choice.value: choice.label for choice in self.choices[facet]}
        return {
            row: [names[value] for value in values] for row, values in self.index.facets.values(facet, rows).items()
        }

    def placed(self, company: Company) -> Company:
        """With its town and industry at hand: a few hundred objects for all companies instead of six joined tables."""
        company.municipality = self.towns.get(company.municipality_id or 0)
        company.industry = self.industries.get(company.industry_id or 0)
        return company

    @property
    def is_slow(self) -> bool:
        return len(self.index.keys) >= SLOW_ROWS


# -- building ----------------------------------------------------------------------------------
def build() -> Directory:
    """Millions of small objects and no cycles: the collector would only look at them again and again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _built()
    finally:
        if collecting:
            gc.enable()


def _built() -> Directory:
    """The version is read first: what changes meanwhile raises it again."""
    version = DirectoryVersion.current()
    companies = Company.objects.published().order_by()
    facts = sorted(companies.values_list("name_sort", "pk", "municipality", "industry", "size"))
    row = {pk: number for number, (_, pk, *_) in enumerate(facts)}
    towns = Municipality.objects.select_related("district__region").defer("district__path").in_bulk()
    industries = Industry.objects.in_bulk()
    in_town, in_industry, of_size = (_by_key(((fact[1], fact[place]) for fact in facts), row) for place in (2, 3, 4))
    sources: Sources = {
        "region": (_regions(), _joined(in_town, lambda pk: towns[pk].district.region_id)),
        "district": (_districts(), _joined(in_town, lambda pk: towns[pk].district_id)),
        "network": (_networks(), _by_key(_links(Membership.objects.shown().order_by(), "network"), row)),
        "competence": (_competences(), _by_key(_links(COMPETENCES.objects, "competence"), row)),
        "industry": (_industries(industries.values()), in_industry),
        "size": ([(size.value, Choice(size.value, str(size.label))) for size in Company.Size], of_size),
    }
    index = Index(
        keys=[fact[1] for fact in facts],
        newest=[row[pk] for pk in companies.newest_keys() if pk in row],
        facets=Facets({facet: _options(keyed, rows) for facet, (keyed, rows) in sources.items()}),
        places={towns[pk].ags: rows for pk, rows in in_town.items()},
        text=_text(row, _shared(towns, in_town, sources)),
    )
    choices = {facet: tuple(choice for _, choice in keyed) for facet, (keyed, _) in sources.items()}
    return Directory(version, index, choices, towns, industries)


def _by_key(pairs: Iterable[tuple[int, Hashable]], row: Row) -> Rows:
    """Rows by what companies have; companies that are not published, and those that have nothing, are left out."""
    rows: defaultdict[Hashable, list[int]] = defaultdict(list)
    for company, key in pairs:
        if company in row:
            rows[key].append(row[company])
    return {key: bitmap for key, bitmap in bitmaps(rows) if key}


def _links(links: Any, key: str) -> Iterator[tuple[int, int]]:
    pairs: Iterator[tuple[int, int]] = links.values_list("company", key).iterator(CHUNK)
    return pairs


def _text(row: Row, shared: Iterable[tuple[int, str, BitMap]]) -> TextIndex:
    """What each company says of itself, and what it shares with others: town, industry, competences."""
    builder = TextBuilder(len(COLUMNS))
    columns = Company.objects.published().order_by().values_list("pk", "search_name", "search_text")
    for pk, name, text in columns.iterator(CHUNK):
        if pk in row:
            builder.add(row[pk], (name, "", text))
    for place, words, rows in shared:
        builder.share(place, words, rows)
    return builder.build()


def _shared(towns: Towns, in_town: Rows, sources: Sources) -> Iterator[tuple[int, str, BitMap]]:
    for pk, rows in in_town.items():
        yield TEXT, column(towns[pk].name, towns[pk].district.name), rows
    for facet, place in (("industry", TEXT), ("competence", COMPETENCE)):
        keyed, having = sources[facet]
        yield from (
            (place, column(choice.label, everything=place != TEXT), having[key])
            for key, choice in keyed
            if key in having
        )


def _options(keyed: Keyed, rows: Rows) -> dict[str, BitMap]:
    """Every option there is; one that no company has keeps an empty bitmap."""
    return {choice.value: rows.get(key, BitMap()) for key, choice in keyed}


def _joined(parts: Rows, whole_of: Callable[[Any], Hashable]) -> Rows:
    """The rows of the parts (towns), together for each whole (district)."""
    joined: defaultdict[Hashable, BitMap] = defaultdict(BitMap)
    for part, rows in parts.items():
        joined[whole_of(part)] |= rows
    return joined


# -- options, with the key that companies know them by -----------------------------------------
def _regions() -> Keyed:
    return [(region.pk, Choice(region.slug, str(region))) for region in Region.objects.all()]


def _districts() -> Keyed:
    return _by_label(
        [(district.pk, Choice(district.slug, district.name)) for district in District.objects.defer("path")]
    )


def _networks() -> Keyed:
    return _by_label(
        [(network.pk, Choice(network.slug, network.short_name)) for network in Network.objects.published()]
    )


def _industries(industries: Iterable[Industry]) -> Keyed:
    return [(one.pk, Choice(one.code, str(one.name))) for one in sorted(industries, key=lambda one: one.code)]


def _competences() -> Keyed:
    found: Keyed = []
    group = None
    for competence in Competence.objects.select_related("group").order_by(
        "group__order", "group__code", "order", "code"
    ):
        heading = "" if competence.group_id == group else str(competence.group)
        found.append((competence.pk, Choice(competence.code, str(competence.name), heading)))
        group = competence.group_id
    return found


def _by_label(keyed: Keyed) -> Keyed:
    return sorted(keyed, key=lambda one: fold(one[1].label))


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
