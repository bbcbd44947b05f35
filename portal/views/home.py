from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from networks.maps import drawn, map_districts
from portal.frontpage import front


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    found = front()
    places, arcs = drawn(found.crossings)
    return render(
        request, "portal/home.html", {"front": found, "districts": map_districts(), "places": places, "arcs": arcs}
    )
