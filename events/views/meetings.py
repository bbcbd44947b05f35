from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.models import AuditEntry
from events.agenda import timed
from events.chronicle import chronicle
from events.distances import meeting_map, seats, ways_to
from events.models import DatePoll, Decision, Meeting
from events.places import places_of, plan_of
from events.rules import meeting_abilities
from events.structured_data import event
from networks import page_cache
from networks.maps import map_districts
from networks.models import Region

IN_THE_WAVE = 5
NEWS = 6


@login_not_required
@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    mine = Meeting.objects.visible_to(request.user)
    upcoming = list(mine.upcoming().with_hosts().prefetch_related("networks"))
    past = list(mine.past().with_hosts())
    rhythm = [meeting for meeting in past if meeting.series_id] or past
    recent = [*reversed(rhythm[:IN_THE_WAVE]), *upcoming[:1]]
    context = {
        "next": upcoming[0] if upcoming else None,
        "later": upcoming[1:],
        "planning": mine.in_planning().with_hosts() if request.user.is_authenticated else (),
        "past": past,
        "waves": chronicle(recent, Region.in_order()),
    }
    return render(request, "events/meeting_list.html", context)


@login_not_required
@require_safe
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Meeting.objects.called(slug).visible_to(request.user).with_hosts())
    if found.slug != slug:
        return redirect(found, permanent=True)
    page_cache.normalise(request, ())
    return page_cache.shared(request, AuditEntry.newest(), lambda: _drawn(request, found))


def _drawn(request: HttpRequest, found: Meeting) -> HttpResponse:
    ways = ways_to(found, seats())
    places, arcs = meeting_map(found, ways)
    plan, may = plan_of(found), meeting_abilities(request.user, found)
    decisions = Decision.objects.of_meeting(found)
    context = {
        "meeting": found,
        "plan": plan,
        "seats": places_of(plan) if plan else None,
        "moves": found.moves.all(),
        "slots": timed(found),
        "decisions": (decisions if may.follow else decisions.for_the_public()).latest_first(),
        "may": may,
        "poll": DatePoll.objects.of_meeting(found).first() if may.follow else None,
        "networks": found.networks.published().with_home(),
        "announcements": found.announcements.published().latest_first().with_agency()[:NEWS],
        "ways": ways,
        "districts": map_districts() if ways else (),
        "places": places,
        "arcs": arcs,
        "data": event(found),
    }
    return render(request, "events/meeting.html", context)
