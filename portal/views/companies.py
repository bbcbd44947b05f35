from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from networks.contacts import shown_contacts
from networks.maps import map_districts
from networks.models import Company, Membership, Network
from networks.rules import company_abilities
from networks.spots import company_spot
from networks.structured_data import organization_of_company
from portal.views.errors import gone

NEIGHBOURS = 6


@login_not_required
@require_safe
def company(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        found = Company.objects.visible_to(request.user).unmerged().with_place().get(slug=slug)
    except Company.DoesNotExist:
        return company_elsewhere(request, slug)
    across = Company.objects.in_memberships(Membership.objects.across_from(found))
    context = {
        "company": found,
        "may": company_abilities(request.user, found),
        "contacts": shown_contacts(found, request.user),
        "claimed": found.people.exists(),
        "competences": _competences(found),
        "networks": _networks(found),
        "images": found.images.all(),
        "across": across.with_place().by_name()[:NEIGHBOURS],
        "districts": map_districts(),
        "places": company_spot(found),
        "data": organization_of_company(found),
    }
    return render(request, "portal/company.html", context)


def company_elsewhere(request: HttpRequest, slug: str) -> HttpResponse:
    """Renamed or merged: 301. Archived: 410, if it was public once. Everything else is not for these eyes."""
    former = Company.objects.called(slug).first()
    if former is None:
        raise Http404
    if former.heir.state == Company.State.ARCHIVED and former.heir.published_at:
        return gone(request)
    heir = get_object_or_404(Company.objects.visible_to(request.user), pk=former.heir.pk)
    return redirect(heir, permanent=True)


def _competences(company: Company) -> list[tuple[str, str]]:
    """Each leads to everybody who can do it."""
    listed = company.competences.select_related("group").order_by("group__order", "order")
    return [(str(one), reverse("networks:company-list") + "?" + urlencode({"competence": one.code})) for one in listed]


def _networks(company: Company) -> QuerySet[Network]:
    return Network.objects.published().in_memberships(company.memberships.active()).with_leads()
