"""What the page of the directory shows for a set of parameters."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.drawing import Place
from networks.directory import FACETS, Choice, Directory
from networks.filters import SORTS, VIEWS, DirectoryFilter, default_sort, facet_labels, selection
from networks.maps import map_districts
from networks.models import District
from networks.results import Result, results
from networks.search.index import Found
from networks.towns import town_places

PAGE_SIZE = 25
OPEN_FACETS = {"region", "network", "competence"}


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    heading: str
    count: int
    checked: bool


@dataclass(frozen=True)
class FacetBox:
    name: str
    label: str
    options: list[Option]

    @property
    def is_open(self) -> bool:
        return self.name in OPEN_FACETS or any(option.checked for option in self.options)

    @property
    def is_long(self) -> bool:
        return len(self.options) > PAGE_SIZE


@dataclass(frozen=True)
class Chip:
    label: str
    url: str


@dataclass(frozen=True)
class DirectoryPage:
    parameters: QueryDict
    directory: Directory

    @cached_property
    def _filter(self) -> DirectoryFilter:
        return DirectoryFilter(self.parameters, self.directory)

    @cached_property
    def values(self) -> dict[str, Any]:
        return self._filter.values

    @cached_property
    def found(self) -> Found:
        return self.directory.index.search(selection(self.values))

    @property
    def query(self) -> str:
        return str(self.values.get("q") or "")

    @property
    def total(self) -> int:
        return self.found.total

    @property
    def all_companies(self) -> int:
        return len(self.directory.index.keys)

    # -- what is shown -------------------------------------------------------------------------
    @cached_property
    def page(self) -> Page[int]:
        return Paginator(range(self.total), PAGE_SIZE).get_page(self.values.get("page") or 1)

    @cached_property
    def results(self) -> list[Result]:
        return results(self.directory, self.found, (self.page.number - 1) * PAGE_SIZE, PAGE_SIZE)

    @cached_property
    def ignored(self) -> list[tuple[str, str]]:
        """Unknown values, and a page behind the last one."""
        asked = self.values.get("page") or 1
        beyond = [(_("Seite"), str(asked))] if asked > self.page.paginator.num_pages else []
        return self._filter.ignored + beyond

    @property
    def view(self) -> str:
        return self.values.get("view") or "list"

    @property
    def sort(self) -> str:
        """Empty for the usual order, which a new search may change."""
        return str(self.values.get("sort") or "").removeprefix(default_sort(self.values).value)

    @property
    def sorts(self) -> Iterable[tuple[str, str]]:
        """By relevance only where there is something to be relevant to. The usual order is not named in the address."""
        usual = default_sort(self.values).value
        return [
            ("" if value == usual else value, str(label))
            for value, label in SORTS
            if self.query or value != "relevance"
        ]

    @property
    def views(self) -> list[tuple[str, str, str]]:
        return [(value, str(label), self._url(view=value)) for value, label in VIEWS]

    # -- facets --------------------------------------------------------------------------------
    @cached_property
    def facets(self) -> list[FacetBox]:
        labels = facet_labels()
        return [FacetBox(facet, labels[facet], list(self._options(facet))) for facet in FACETS]

    def _options(self, facet: str) -> Iterator[Option]:
        """Options that no company has at all are left out, unless somebody chose them."""
        counts, rows = self.found.counts[facet], self.directory.index.facets.options[facet]
        chosen = set(self.values.get(facet) or ())
        heading = ""
        for choice in self.directory.choices[facet]:
            heading = choice.heading or heading
            if rows[choice.value] or choice.value in chosen:
                yield Option(choice.value, choice.label, heading, counts[choice.value], choice.value in chosen)
                heading = ""

    @cached_property
    def chips(self) -> list[Chip]:
        """Each active filter, with the address of the page without it."""
        return [self._chip(facet, choice) for facet in FACETS for choice in self._chosen(facet)]

    def _chosen(self, facet: str) -> list[Choice]:
        chosen = self.values.get(facet) or ()
        return [choice for choice in self.directory.choices[facet] if choice.value in chosen]

    def _chip(self, facet: str, choice: Choice) -> Chip:
        others = [value for value in self.values[facet] if value != choice.value]
        return Chip(f"{facet_labels()[facet]}: {choice.label}", self._url(**{facet: others}))

    @property
    def unfiltered_url(self) -> str:
        return self._url(**dict.fromkeys(FACETS))

    @property
    def found_by_words(self) -> int:
        return len(self.found.by_text)

    # -- ways on -------------------------------------------------------------------------------
    @property
    def suggestion(self) -> str:
        return self.found.suggestion

    @property
    def suggestion_url(self) -> str:
        return self._url(q=self.suggestion)

    def _url(self, **changes: Any) -> str:
        """This page with other values; always from its first page."""
        parameters = QueryDict(mutable=True)
        for name, value in {**self.values, "page": None, **changes}.items():
            parameters.setlist(name, [value] if isinstance(value, str) and value else list(value or ()))
        return "?" + parameters.urlencode()

    # -- the map -------------------------------------------------------------------------------
    @property
    def districts(self) -> Iterable[District]:
        return map_districts()

    @cached_property
    def places(self) -> list[Place]:
        """A dot per town with results, the busiest first; each leads to the list of its companies."""
        return town_places(self.found.places, self._town_url)

    def _town_url(self, town: str) -> str:
        return self._url(q=f"{self.query} {town}".strip(), view="list", sort=None)

    @property
    def placeless(self) -> int:
        """Guests from outside all regions have no place on the map."""
        return self.total - sum(self.found.places.values())
