"""The directory as one would write it first: ListView, django-filter, one COUNT per option. Only to compare with."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import django_filters
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.decorators import method_decorator
from django.views.generic import ListView

from networks.directory import FACETS
from networks.directory_page import FacetBox, Option
from networks.models import Company, Competence, District, Industry, Network, Region
from networks.results import Result, _card

Values = django_filters.AllValuesMultipleFilter


class NaiveFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="search")
    region = django_filters.ModelMultipleChoiceFilter(
        queryset=Region.objects.all(), to_field_name="slug", field_name="municipality__district__region__slug"
    )
    district = django_filters.ModelMultipleChoiceFilter(
        queryset=District.objects.defer("path"), to_field_name="slug", field_name="municipality__district__slug"
    )
    network = django_filters.ModelMultipleChoiceFilter(
        queryset=Network.objects.published(), to_field_name="slug", field_name="memberships__network__slug"
    )
    competence = django_filters.ModelMultipleChoiceFilter(
        queryset=Competence.objects.all(), to_field_name="code", field_name="competences__code"
    )
    industry = django_filters.ModelMultipleChoiceFilter(
        queryset=Industry.objects.all(), to_field_name="code", field_name="industry__code"
    )
    size = django_filters.MultipleChoiceFilter(choices=Company.Size.choices)

    class Meta:
        model = Company
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Company], _name: str, value: str) -> QuerySet[Company]:
        columns = ("search_name", "competences__name_de", "search_text")
        return queryset.filter(Q.create([(f"{column}__icontains", value) for column in columns], Q.OR))


@method_decorator(login_not_required, name="dispatch")
class NaiveList(ListView):  # type: ignore[type-arg]
    template_name = "networks/company_list.html"
    paginate_by = 25

    def get_queryset(self) -> QuerySet[Company]:
        return _filtered(self.request.GET)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        total = context["paginator"].count
        page = SimpleNamespace(
            query=self.request.GET.get("q", ""),
            total=total,
            page=context["page_obj"],
            results=list(map(_result, context["page_obj"])),
            facets=[FacetBox(facet, facet, list(self._options(facet))) for facet in FACETS],
            all_companies=Company.objects.published().count(),
            view="list",
        )
        return context | {"directory": page}

    def _options(self, facet: str) -> Iterator[Option]:
        field = NaiveFilter.base_filters[facet]
        rows = (
            [(row, row) for row in Company.Size.values]
            if facet == "size"
            else [(getattr(row, field.extra["to_field_name"]), str(row)) for row in field.extra["queryset"].all()]
        )
        for value, label in rows:
            parameters = self.request.GET.copy()
            parameters.setlist(facet, [value])
            yield Option(value, label, "", _filtered(parameters).count(), value in self.request.GET.getlist(facet))


def _filtered(parameters: QueryDict) -> QuerySet[Company]:
    companies = (
        Company.objects.published()
        .select_related("municipality__district__region")
        .prefetch_related("competences")
        .by_name()
    )
    found: QuerySet[Company] = NaiveFilter(parameters, companies).qs
    return found.distinct()


def _result(company: Company) -> Result:
    return Result(_card(company), competences=[str(one) for one in company.competences.all()])
