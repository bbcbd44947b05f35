"""The portal's addresses, and under /floor/ the desk's with everything found out before."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import include, path, resolve

_at_hand: dict[tuple[Any, str], tuple[Any, dict[str, Any]]] = {}


def floor(request: HttpRequest, rest: str) -> HttpResponse:
    key = (request.user.pk, request.get_full_path())
    if key not in _at_hand:
        found = resolve(f"/admin/{rest}")
        request.path = request.path_info = f"/admin/{rest}"
        page: Any = found.func(request, *found.args, **found.kwargs)
        page.render()
        context = dict(page.context_data)
        if "cl" in context:
            context["cl"].date_hierarchy = None  # its tag asks the database while the page is drawn
        _at_hand[key] = (page.template_name, context)
    template, context = _at_hand[key]
    return TemplateResponse(request, template, {**context, "csrf_token": ""})


urlpatterns = [path("floor/<path:rest>", floor), path("floor/", floor, {"rest": ""}), path("", include("portal.urls"))]
