"""The portal's addresses, and two more: the floor of the directory and its naive twin."""

from types import SimpleNamespace
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from benchmarks.naive import NaiveList
from networks import page_cache
from networks.directory import for_person
from networks.directory_page import DirectoryPage
from networks.filters import DirectoryFilter

SHOWN = (
    *(
        "all_companies",
        "chips",
        "facets",
        "found_by_words",
        "ignored",
        "page",
        "query",
        "results",
        "sort",
        "sorts",
        "total",
    ),
    *("unfiltered_url", "view", "views"),
)
_at_hand: dict[str, Any] = {}


@login_not_required
def floor(request: HttpRequest) -> HttpResponse:
    """Everything that the page shows has been found out before."""
    page_cache.normalise(request, DirectoryFilter.base_filters)
    key = request.GET.urlencode()
    if key not in _at_hand:
        page = DirectoryPage(request.GET, for_person(request.user))
        _at_hand[key] = SimpleNamespace(**{name: getattr(page, name) for name in SHOWN})
    return render(request, "networks/company_list.html", {"directory": _at_hand[key]})


urlpatterns = [path("floor/", floor), path("naive/", NaiveList.as_view()), path("", include("portal.urls"))]
