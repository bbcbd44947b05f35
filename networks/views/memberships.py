"""What a company does with its memberships: ask, answer, accept, step back, leave."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.errors import ActionRefused
from accounts.models import User
from networks.actions import memberships as actions
from networks.forms.memberships import AnswerForm, MembershipRequestForm
from networks.models import Company, Membership, Network
from networks.rules import MembershipAbilities, membership_abilities


@require_http_methods(["GET", "HEAD", "POST"])
def membership_request(request: HttpRequest, slug: str) -> HttpResponse:
    network = get_object_or_404(Network.objects.visible_to(request.user).with_leads(), slug=slug)
    mine = Company.objects.of_person(request.user).published().with_place().by_name()
    taken = Membership.objects.open().in_network(network)
    companies = list(mine.outside_memberships(taken))
    if request.method == "POST" and not companies:
        raise PermissionDenied
    form = MembershipRequestForm(network, companies, request.POST if request.method == "POST" else None)
    if form.is_valid() and (membership := _request(request, network, form)):
        return redirect("networks:membership-detail", membership.pk)
    context = {
        "network": network,
        "form": form,
        "companies": companies,
        "open": taken.of_companies(mine).with_parties(),
        "closed_to": [company for company in companies if not network.is_open_to(company.region)],
    }
    return render(request, "networks/membership_request.html", context)


def _request(request: HttpRequest, network: Network, form: MembershipRequestForm) -> Membership | None:
    data = form.cleaned_data
    try:
        membership = actions.request_membership(data["company"], network, by=_person(request), message=data["message"])
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, ADMITTED if membership.state == Membership.State.ACTIVE else REQUESTED)
    return membership


ADMITTED = _("Willkommen! Ihr Unternehmen ist jetzt Mitglied.")
REQUESTED = _("Ihre Anfrage ist unterwegs. Die Antwort kommt per E-Mail.")


@require_safe
def membership_detail(request: HttpRequest, pk: int) -> HttpResponse:
    membership = _membership(request, pk)
    may = membership_abilities(request.user, membership)
    return render(request, "networks/membership_detail.html", {"membership": membership, "may": may})


@require_http_methods(["GET", "HEAD", "POST"])
def membership_answer(request: HttpRequest, pk: int) -> HttpResponse:
    membership = _membership(request, pk)
    if not membership_abilities(request.user, membership).answer:
        raise PermissionDenied
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.answer_question(membership, by=_person(request), message=form.cleaned_data["message"])
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Vielen Dank! Ihre Antwort ist unterwegs."))
            return redirect("networks:membership-detail", membership.pk)
    return render(request, "networks/membership_answer.html", {"membership": membership, "form": form})


@dataclass(frozen=True)
class Step:
    """A step that needs nothing but a yes: what is asked, what the button says, what is told afterwards."""

    allowed: Callable[[MembershipAbilities], bool]
    act: Callable[..., Membership]
    title: str | Promise
    text: str | Promise
    button: str | Promise
    done: str | Promise
    tone: str = ""


WITHDRAW = Step(
    lambda may: may.withdraw,
    actions.withdraw_membership,
    _("Anfrage zurückziehen"),
    _("Niemand muss mehr über Ihre Anfrage entscheiden. Sie können später wieder anfragen."),
    _("Anfrage zurückziehen"),
    _("Ihre Anfrage ist zurückgezogen."),
    "bad",
)
LEAVE = Step(
    lambda may: may.leave,
    actions.leave_network,
    _("Netzwerk verlassen"),
    _("Ihr Unternehmen steht dann nicht mehr bei den Mitgliedern. Sie können später wieder anfragen."),
    _("Netzwerk verlassen"),
    _("Ihr Unternehmen ist nicht mehr Mitglied."),
    "bad",
)
ACCEPT = Step(
    lambda may: may.accept,
    actions.accept_invitation,
    _("Einladung annehmen"),
    _("Ihr Unternehmen ist dann sofort Mitglied und steht öffentlich bei den Mitgliedern des Netzwerks."),
    _("Einladung annehmen"),
    ADMITTED,
    "good",
)
DECLINE = Step(
    lambda may: may.accept,
    actions.decline_invitation,
    _("Einladung ablehnen"),
    _("Das Netzwerk erfährt, dass Sie zurzeit nicht dabei sein möchten."),
    _("Einladung ablehnen"),
    _("Sie haben die Einladung abgelehnt."),
    "bad",
)


@require_http_methods(["GET", "HEAD", "POST"])
def membership_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    return _confirm(request, pk, WITHDRAW)


@require_http_methods(["GET", "HEAD", "POST"])
def membership_leave(request: HttpRequest, pk: int) -> HttpResponse:
    return _confirm(request, pk, LEAVE)


@require_http_methods(["GET", "HEAD", "POST"])
def membership_accept(request: HttpRequest, pk: int) -> HttpResponse:
    return _confirm(request, pk, ACCEPT)


@require_http_methods(["GET", "HEAD", "POST"])
def membership_decline(request: HttpRequest, pk: int) -> HttpResponse:
    return _confirm(request, pk, DECLINE)


def _confirm(request: HttpRequest, pk: int, step: Step) -> HttpResponse:
    membership = _membership(request, pk)
    if not step.allowed(membership_abilities(request.user, membership)):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "networks/membership_confirm.html", {"membership": membership, "step": step})
    try:
        step.act(membership, by=_person(request))
    except ActionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(step.done))
    return redirect("networks:membership-detail", membership.pk)


def _membership(request: HttpRequest, pk: int) -> Membership:
    return get_object_or_404(Membership.objects.visible_to(request.user).with_parties(), pk=pk)


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):  # LoginRequiredMiddleware keeps visitors out
        raise PermissionDenied
    return request.user
