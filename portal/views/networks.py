from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from networks.attributions import attributions
from networks.contacts import network_contacts
from networks.models import Network
from networks.rules import network_abilities
from networks.shares import network_shares, overall_share
from networks.sides import network_sides
from networks.structured_data import organization_of_network
from portal.views.errors import gone

NEWS = 3
MEETINGS = 4


@login_not_required
@require_safe
def network_list(request: HttpRequest) -> HttpResponse:
    networks = list(Network.objects.published().with_leads())
    shares = network_shares(networks)
    rows = [(network, shares.get(network.pk)) for network in networks]
    return render(request, "portal/network_list.html", {"rows": rows, "overall": overall_share()})


@login_not_required
@require_safe
def network(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        found = Network.objects.visible_to(request.user).with_leads().get(slug=slug)
    except Network.DoesNotExist:
        return network_elsewhere(request, slug)
    may = network_abilities(request.user, found)
    context = {
        "network": found,
        "may": may,
        "share": network_shares([found]).get(found.pk),
        "sides": network_sides(found),
        "circles": found.circles.with_members(),
        "competences": found.competences.all(),
        "meetings": found.meetings.public().with_hosts()[:MEETINGS],
        "news": found.announcements.published().latest_first().with_agency()[:NEWS],
        "contacts": network_contacts(found, request.user) if may.see_contacts else (),
        "sources": attributions("networks"),
        "data": organization_of_network(found),
    }
    return render(request, "portal/network.html", context)


def network_elsewhere(request: HttpRequest, slug: str) -> HttpResponse:
    """Renamed: 301. Archived: 410. A draft is not for these eyes."""
    former = Network.objects.called(slug).first()
    if former is None:
        raise Http404
    if former.state == Network.State.ARCHIVED:
        return gone(request)
    return redirect(get_object_or_404(Network.objects.visible_to(request.user), pk=former.pk), permanent=True)
