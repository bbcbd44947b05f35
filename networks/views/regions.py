from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from networks import colours
from networks.models import Region


@require_safe
@login_not_required
def region_colours(request: HttpRequest, version: str) -> HttpResponse:
    """A page kept somewhere may still ask for older colours: it gets the present ones."""
    regions = Region.in_order()
    if version != colours.version(regions):
        return redirect("networks:region-colours", version=colours.version(regions))
    response = HttpResponse(colours.stylesheet(regions), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
