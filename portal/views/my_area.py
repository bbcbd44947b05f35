from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.models import Registration
from networks.views.company_pages import signed_in
from portal.my_area import overview


@require_safe
def my_area(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    registrations = Registration.objects.current().of_person(person).with_meeting()
    return render(request, "portal/my_area.html", {"mine": overview(person), "registrations": registrations})
