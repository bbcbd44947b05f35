"""The portal's addresses, and below /floor/ the same pages with everything found out before."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from events.views import meetings, planning

_at_hand: dict[str, tuple[Any, ...]] = {}


def kept(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """What a view has found out is drawn, and kept for its floor."""
    _at_hand[f"/floor{request.path}"] = (template, context)
    return render(request, template, context)


@login_not_required
def floor(request: HttpRequest, rest: str) -> HttpResponse:
    template, context = _at_hand[request.path]
    return render(request, template, context)


planning.render = meetings.render = kept
urlpatterns = [path("floor/<path:rest>", floor), path("", include("portal.urls"))]
