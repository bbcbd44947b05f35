"""What somebody may ask of the portal about themselves: everything it knows, and to forget it."""

from collections.abc import Callable

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audit import record
from accounts.erasure import erase_person
from accounts.errors import ActionRefused
from accounts.forms import EraseForm
from accounts.identity import identity_of
from accounts.models import User
from accounts.own_data import as_json, sections_about
from accounts.personal_data import obstacles, outlook

View = Callable[[HttpRequest], HttpResponse]
just_proven: Callable[[View], View] = reauthentication_required
FILE = "brueckenschlag-meine-daten.json"


def signed_in(request: HttpRequest) -> User:
    """The middleware let nobody else through."""
    assert isinstance(request.user, User)  # noqa: S101
    return request.user


@require_safe
@never_cache
@just_proven
def data(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    sections = sections_about(identity_of(person))
    record(by=person, verb="account.exported")
    return render(request, "accounts/data.html", {"sections": sections})


@require_safe
@never_cache
@just_proven
def data_file(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    known = as_json(sections_about(identity_of(person)))
    record(by=person, verb="account.exported")
    answer = JsonResponse(known, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="{FILE}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@just_proven
def erase(request: HttpRequest) -> HttpResponse:
    """First what will happen, word for word; then it happens."""
    person = signed_in(request)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            erase_person(person, by=person)
        except ActionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _goodbye(request)
    context = {
        "form": form,
        "reasons": obstacles(person),
        "sections": sections_about(identity_of(person)),
        "outlook": outlook(person),
    }
    return render(request, "accounts/erase.html", context)


def _goodbye(request: HttpRequest) -> HttpResponse:
    """Nobody is left to sign out: the session simply ends."""
    request.session.flush()
    request.user = AnonymousUser()
    return redirect("accounts:erased")


@login_not_required
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/erased.html")
