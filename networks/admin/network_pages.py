"""A network's own pages at the desk: its members in their order, and inviting many at once. Twins work here, too."""

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.admin.scoped import person_of
from accounts.errors import ActionRefused
from accounts.models import User
from networks.actions import members as arranging
from networks.actions.bulk_invitations import MOST, Round, invite_companies, plan_invitations
from networks.filters import words_of
from networks.forms.bulk_invitations import CandidateForm, ChosenForm, MessageForm
from networks.models import Company, Membership, Network, Region
from networks.models.memberships import MembershipQuerySet
from networks.rules import invitable_companies

PER_PAGE = 50
SHOWN = 100
NAMED = 8
VERBS: dict[str, Callable[..., None]] = {
    "first": arranging.put_first,
    "up": arranging.move_up,
    "down": arranging.move_down,
    "back": arranging.put_back,
}


def _found(request: HttpRequest, object_id: str) -> Network:
    if not object_id.isdecimal():
        raise Http404
    return get_object_or_404(Network.objects.on_the_desk_of(person_of(request)).with_leads(), pk=object_id)


TITLES = {
    "admin/networks/network/members.html": gettext_lazy("Mitglieder"),
    "admin/networks/network/invite.html": gettext_lazy("Unternehmen einladen"),
    "admin/networks/network/invite_preview.html": gettext_lazy("Unternehmen einladen"),
}


def _page(request: HttpRequest, template: str, network: Network, **context: Any) -> HttpResponse:
    curates = Network.objects.curated_by(person_of(request)).filter(pk=network.pk).exists()
    shared = {"opts": Network._meta, "network": network, "curates": curates, "title": f"{network}: {TITLES[template]}"}
    return TemplateResponse(request, template, {**admin.site.each_context(request), **shared, **context})


# -- members -------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def members_page(request: HttpRequest, object_id: str) -> HttpResponse:
    network = _found(request, object_id)
    members = _members(network, person_of(request))
    if request.method == "POST":
        return _arrange(request, network, members)
    text = words_of(request)
    rest = members.unplaced().called(text).in_order().with_parties()
    return _page(
        request,
        "admin/networks/network/members.html",
        network,
        sides=_sides(members),
        page=Paginator(rest, PER_PAGE).get_page(request.GET.get("page")),
        q=text,
    )


@require_safe
def members_print_page(request: HttpRequest, object_id: str) -> HttpResponse:
    """The list on paper: names, places, since when; no ways to reach anybody."""
    network = _found(request, object_id)
    rows = _members(network, person_of(request)).in_order().with_parties()
    context = {"network": network, "rows": rows, "today": timezone.localdate()}
    return TemplateResponse(request, "admin/networks/network/members_print.html", context)


def _members(network: Network, person: User) -> MembershipQuerySet:
    """Whom this person looks after in this network, as far as the public sees them."""
    return Membership.objects.decidable_by(person).active().of_published_companies().in_network(network)


def _sides(members: MembershipQuerySet) -> list[tuple[Region | None, list[Membership]]]:
    """Those that stand first, side by side."""

    def side(membership: Membership) -> tuple[int, int]:
        region = membership.company.region
        return (region.order, region.pk) if region else (1000, 0)

    first = sorted(members.placed().in_order().with_parties(), key=side)
    groups = [list(group) for _key, group in groupby(first, key=side)]
    return [(group[0].company.region, group) for group in groups]


def _arrange(request: HttpRequest, network: Network, members: MembershipQuerySet) -> HttpResponse:
    verb = next((name for name in VERBS if name in request.POST), None)
    if verb is None or not request.POST[verb].isdecimal():
        raise BadRequest
    membership = get_object_or_404(members, pk=request.POST[verb][:18])
    try:
        VERBS[verb](membership, by=person_of(request))
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    url = reverse("admin:networks_network_members", args=[network.pk])
    return redirect(f"{url}{query}#m{membership.pk}")


# -- inviting many -------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def invite_page(request: HttpRequest, object_id: str) -> HttpResponse:
    network = _found(request, object_id)
    candidates = invitable_companies(person_of(request), network)
    search = CandidateForm(request.GET)
    matches = search.narrow(candidates.published()).by_name()
    if request.method != "POST":
        return _search_page(request, network, search, matches)
    chosen = ChosenForm(candidates.with_place(), _choice(request, matches))
    if not chosen.is_valid():
        return _search_page(request, network, search, matches, chosen=chosen)
    return _preview_or_invite(request, network, chosen.cleaned_data["company"].by_name())


def _choice(request: HttpRequest, matches: QuerySet[Company]) -> dict[str, list[Any]]:
    """The ticked ones, or everything that was found."""
    everything = list(matches.values_list("pk", flat=True)[: MOST + 1]) if "all" in request.POST else []
    return {"company": everything or request.POST.getlist("company")}


def _search_page(
    request: HttpRequest, network: Network, search: CandidateForm, matches: Any, chosen: ChosenForm | None = None
) -> HttpResponse:
    shown = list(matches.with_place()[:SHOWN])
    standing = Membership.objects.open().in_network(network).states_of(Company.objects.among(shown))
    context = {
        "search": search,
        "rows": [
            (company, Membership.State(standing[company.pk]).label if company.pk in standing else "")
            for company in shown
        ],
        "count": matches.count(),
        "chosen": chosen,
        "most": MOST,
    }
    return _page(request, "admin/networks/network/invite.html", network, **context)


def _in_words(state: str | None) -> str:
    return str(Membership.State(state).label) if state else ""


def _preview_or_invite(request: HttpRequest, network: Network, companies: QuerySet[Company]) -> HttpResponse:
    sending = request.POST.get("step") == "send"
    form = MessageForm(request.POST if sending else None)
    if sending and form.is_valid():
        done = invite_companies(network, companies, by=person_of(request), message=form.cleaned_data["message"])
        _summarise(request, done)
        return redirect("admin:networks_network_invite", network.pk)
    plan = plan_invitations(network, companies)
    return _page(request, "admin/networks/network/invite_preview.html", network, plan=plan, form=form)


def _summarise(request: HttpRequest, done: Round) -> None:
    n = len(done.invited)
    messages.success(
        request, ngettext("{n} Unternehmen ist eingeladen.", "{n} Unternehmen sind eingeladen.", n).format(n=n)
    )
    for reason, _count in done.reasons:
        names = [str(company) for company, why in done.skipped if why == reason]
        more = _(" und {n} weitere").format(n=len(names) - NAMED) if len(names) > NAMED else ""
        messages.warning(
            request,
            _("Übersprungen, {reason}: {names}").format(reason=reason, names=", ".join(names[:NAMED]) + more),
        )
