"""Calendar files to subscribe to: public ones, and one's own behind a key."""

from hashlib import sha256

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events.actions.invitations import end_feed, make_feed
from events.calendar_files import personal_calendar, public_calendar
from events.models import CalendarFeed, Meeting, PollOption, Registration
from events.models.meetings import MeetingQuerySet
from networks.models import Agency, Network
from networks.views.company_pages import signed_in


@login_not_required
@require_safe
def public_meetings(request: HttpRequest) -> HttpResponse:
    return _public(request, Meeting.objects.public(), _("Brückenschlag: Treffen"))


@login_not_required
@require_safe
def network_meetings(request: HttpRequest, slug: str) -> HttpResponse:
    network = get_object_or_404(Network.objects.published(), slug=slug)
    return _public(request, Meeting.objects.public().of_network(network), _("Treffen: {name}").format(name=network))


@login_not_required
@require_safe
def agency_meetings(request: HttpRequest, slug: str) -> HttpResponse:
    agency = get_object_or_404(Agency.objects.visible_to(request.user), slug=slug)
    return _public(request, Meeting.objects.public().hosted_by(agency), _("Treffen: {name}").format(name=agency))


@login_not_required
@require_safe
def single_meeting(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).known(), slug=slug)
    return _public(request, Meeting.objects.only_this(meeting), meeting.title)


@login_not_required
@require_safe
def personal_meetings(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever has the key reads along, so the key can be changed."""
    person = get_object_or_404(CalendarFeed.objects.select_related("person"), token=token).person
    meetings = Meeting.objects.visible_to(person).for_calendars().with_files()
    content = personal_calendar(
        meetings,
        Registration.objects.current().of_person(person),
        PollOption.objects.asked_of(person.email),
        name=_("Meine Treffen"),
    )
    return _answer(request, content, meetings)


def _public(request: HttpRequest, meetings: MeetingQuerySet, name: str) -> HttpResponse:
    rows = meetings.with_files()
    return _answer(request, public_calendar(rows, name=name), rows)


def _answer(request: HttpRequest, content: bytes, meetings: MeetingQuerySet) -> HttpResponse:
    """A calendar that has the newest version already gets 304 and nothing else."""
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    newest = max((meeting.updated_at for meeting in meetings), default=None)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    seconds = int(newest.timestamp()) if newest else None
    if seconds is not None:
        response["Last-Modified"] = http_date(seconds)
    return get_conditional_response(request, etag=etag, last_modified=seconds, response=response) or response


@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    if request.method == "POST":
        if "end" in request.POST:
            end_feed(person)
            messages.success(request, _("Die Adresse gilt nicht mehr."))
        else:
            make_feed(person)
            messages.success(request, _("Ihr Kalender hat jetzt eine neue Adresse."))
        return redirect("events:my-calendar")
    return render(request, "events/my_calendar.html", {"feed": CalendarFeed.objects.filter(person=person).first()})
