from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.my_area import overview


@require_safe
def my_area(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/my_area.html", {"mine": overview(request.user)})
