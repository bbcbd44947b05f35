"""Error pages in the portal's voice, each with a way on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from portal.logs import current_request_id


def plain(status: int, text: str) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Plain on purpose: the request itself may be what breaks rendering (a charset nobody knows)."""
    return plain(
        400, _("Mit dieser Anfrage stimmt etwas nicht. Bitte gehen Sie zurück und versuchen Sie es noch einmal.")
    )


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string("500.html", {"number": current_request_id()}), status=500)


def gone(request: HttpRequest) -> HttpResponse:
    """For what is archived or erased."""
    return render(request, "410.html", status=410)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403.html", {"csrf_failure": True}, status=403)


def too_many(request: HttpRequest) -> HttpResponse:
    """Whoever comes too often, and the innocent behind the same address."""
    answer = render(request, "429.html", status=429)
    answer["Retry-After"] = "3600"
    return answer
