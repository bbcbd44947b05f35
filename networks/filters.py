"""The directory's parameters: their names, what they accept, and what was ignored."""

from collections.abc import Container, Iterable
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from networks.directory import FACETS, Directory
from networks.models import Company
from networks.search.fold import tidy
from networks.search.index import Selection, Sort

LONGEST_QUERY = 200
LONGEST_QUOTE = 60
MOST_PAGES = 1_000_000
SORTS = ((Sort.RELEVANCE.value, _("Relevanz")), (Sort.NAME.value, _("Name")), (Sort.NEWEST.value, _("Neueste zuerst")))
VIEWS = (("list", _("Liste")), ("map", _("Karte")))


class SearchField(forms.CharField):
    """Words from anywhere: what cannot be shown or stored is left out."""

    def to_python(self, value: Any) -> str:
        return tidy(str(value or "")).replace("\0", "").strip()


def words_of(request: HttpRequest) -> str:
    """What somebody searches for, short enough for any database."""
    return SearchField().to_python(request.GET.get("q"))[:LONGEST_QUERY]


class KnownValues(forms.MultipleChoiceField):
    """Values out of `known`. `250+` arrives as `250 ` when somebody types the address."""

    def __init__(self, *, known: Container[str] = (), **options: Any) -> None:
        super().__init__(**options)
        self.known = known

    def to_python(self, value: Any) -> list[str]:
        given = (tidy(text) for text in super().to_python(value))
        return list(dict.fromkeys(text if text in self.known else text.replace(" ", "+") for text in given if text))

    def valid_value(self, value: str) -> bool:
        return value in self.known


class Parameter(django_filters.Filter):
    """Named and validated here, answered by the index instead of the database."""

    def filter(self, queryset: QuerySet[Company], value: Any) -> QuerySet[Company]:
        return queryset


class Words(Parameter):
    field_class = SearchField


class Values(Parameter):
    field_class = KnownValues


class Number(Parameter):
    field_class = forms.IntegerField


class OneOf(Parameter):
    field_class = forms.ChoiceField


class DirectoryForm(forms.Form):
    """Never fails as a whole: a value that nobody knows is dropped and named."""

    def clean(self) -> dict[str, Any]:
        self.ignored = [(name, value[:LONGEST_QUOTE]) for name in list(self.errors) for value in self._dropped(name)]
        return self.cleaned_data

    def _dropped(self, name: str) -> Iterable[str]:
        field, given = self.fields[name], self.data.getlist(name) if isinstance(self.data, QueryDict) else []
        if not isinstance(field, KnownValues):
            return [tidy(value) for value in given[-1:]]
        values = field.to_python(given)
        self.cleaned_data[name] = [value for value in values if field.valid_value(value)]
        return [value for value in values if not field.valid_value(value)]


class DirectoryFilter(django_filters.FilterSet):
    q = Words(max_length=LONGEST_QUERY, label=_("Suche"))
    region = Values(label=_("Region"))
    district = Values(label=_("Kreis"))
    network = Values(label=_("Netzwerk"))
    competence = Values(label=_("Kompetenz"))
    industry = Values(label=_("Branche"))
    size = Values(label=_("Mitarbeitende"))
    sort = OneOf(choices=SORTS, label=_("Sortierung"))
    page = Number(min_value=1, max_value=MOST_PAGES, label=_("Seite"))
    view = OneOf(choices=VIEWS, label=_("Ansicht"))

    class Meta:
        model = Company
        fields: tuple[str, ...] = ()
        form = DirectoryForm

    def __init__(self, data: QueryDict, directory: Directory) -> None:
        super().__init__(data, Company.objects.published())
        for facet in FACETS:
            self.filters[facet].extra["known"] = directory.index.facets.options[facet]

    @property
    def values(self) -> dict[str, Any]:
        self.form.is_valid()
        return dict(self.form.cleaned_data)

    @property
    def ignored(self) -> list[tuple[str, str]]:
        """What was asked for and is not known, with the parameter's label."""
        return [(str(self.filters[name].label), value) for name, value in self.form.ignored]


def facet_labels() -> dict[str, str]:
    return {facet: str(DirectoryFilter.base_filters[facet].label) for facet in FACETS}


def selection(values: dict[str, Any]) -> Selection:
    chosen = {facet: tuple(values[facet]) for facet in FACETS if values.get(facet)}
    return Selection(values.get("q", ""), chosen, Sort(values.get("sort") or default_sort(values)))


def default_sort(values: dict[str, Any]) -> Sort:
    return Sort.RELEVANCE if values.get("q") else Sort.NAME
