from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from networks.directory import for_person
from networks.maps import crossings, map_districts
from networks.towns import town_places


@login_not_required
@require_safe
def map_page(request: HttpRequest) -> HttpResponse:
    index = for_person(request.user).index
    found = crossings()
    context = {
        "districts": map_districts(),
        "places": town_places({ags: len(rows) for ags, rows in index.places.items()}, companies_in),
        "arcs": [crossing.arc for crossing in found],
        "crossings": found,
        "memberships": sum(crossing.count for crossing in found),
    }
    return render(request, "portal/map.html", context)


def companies_in(town: str) -> str:
    return f"{reverse('networks:company-list')}?{urlencode({'q': town})}"
