from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from networks.attributions import attributions
from networks.models import Agency, Company, Network
from networks.shares import network_shares
from networks.structured_data import organization_of_agency

COMPANIES = 6
NEWS = 3


@login_not_required
@require_safe
def agency_list(request: HttpRequest) -> HttpResponse:
    agencies = Agency.objects.visible_to(request.user).with_districts().by_side()
    return render(request, "portal/agency_list.html", {"agencies": agencies})


@login_not_required
@require_safe
def agency(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Agency.objects.visible_to(request.user).with_districts(), slug=slug)
    companies = Company.objects.published().cared_for_by(found)
    networks = list(Network.objects.published().looked_after_by(found).with_leads())
    shares = network_shares(networks)
    home = list(found.home_districts.all())
    context = {
        "agency": found,
        "home_districts": home,
        "networks": [(network, shares.get(network.pk)) for network in networks],
        "company_count": companies.count(),
        "companies": companies.with_place().newest_first()[:COMPANIES],
        "directory_query": urlencode([("district", district.slug) for district in home]),
        "news": found.announcements.published().latest_first().with_agency()[:NEWS],
        "sources": attributions("agencies"),
        "data": organization_of_agency(found),
    }
    return render(request, "portal/agency.html", context)
