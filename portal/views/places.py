from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from networks.attributions import attributions
from networks.maps import company_places, map_districts
from networks.models import Company, District, Membership, Network, Region
from networks.places import district_figures, region_figures
from networks.shares import network_shares

COMPANIES = 6


@login_not_required
@require_safe
def region(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Region, slug=slug)
    companies = Company.objects.published().in_region(found)
    networks = list(Network.objects.published().of_region(found).with_leads())
    shares = network_shares(networks)
    counts = Company.objects.published().count_by_district()
    context = {
        "region": found,
        "outlines": map_districts(),
        "districts": [(district, counts.get(district.pk, 0)) for district in found.districts.all()],
        "figures": region_figures(found),
        "agencies": found.agencies.with_districts(),
        "networks": [(network, shares.get(network.pk)) for network in networks],
        "company_count": companies.count(),
        "places": company_places(companies),
        "sources": attributions("places"),
        "companies": companies.with_place().newest_first()[:COMPANIES],
    }
    return render(request, "portal/region.html", context)


@login_not_required
@require_safe
def district(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(District.objects.select_related("region", "home_agency__region"), slug=slug)
    companies = Company.objects.published().in_district(found)
    memberships = Membership.objects.shown().of_companies(companies)
    networks = list(Network.objects.published().in_memberships(memberships).with_leads())
    shares = network_shares(networks)
    context = {
        "district": found,
        "outlines": [found] if found.path else [],
        "places": company_places(companies),
        "sources": attributions("places"),
        "figures": district_figures(found),
        "agencies": found.agencies.with_districts(),
        "municipalities": found.municipalities.all(),
        "networks": [(network, shares.get(network.pk)) for network in networks],
        "company_count": companies.count(),
        "companies": companies.with_place().newest_first()[:COMPANIES],
    }
    return render(request, "portal/district.html", context)
