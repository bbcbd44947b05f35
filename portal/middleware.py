"""What every answer of the portal needs and no library does."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import translation

from accounts import origins
from accounts.addresses import language_of
from accounts.limits import may_send
from portal import logs
from portal.views.errors import too_many

requests = logging.getLogger("portal.requests")
Handler = Callable[[HttpRequest], HttpResponse]
# What pages may ask of a device: nothing; a camera or a position is nobody's business here.
UNUSED = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "geolocation", "gyroscope"),
    *("magnetometer", "microphone", "midi", "payment", "usb", "xr-spatial-tracking", "browsing-topics"),
)
PERMISSIONS = ", ".join(f"{name}=()" for name in UNUSED)
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
LOOPBACK = {"127.0.0.1", "::1"}


def numbered(get_response: Handler) -> Handler:
    """Each request has a number: in its answer, in every line of the log, and on the page that says sorry."""

    def middleware(request: HttpRequest) -> HttpResponse:
        behind_proxy = request.META.get("REMOTE_ADDR") in LOOPBACK
        number = logs.begin(request.headers.get("X-Request-ID", "") if behind_proxy else "")
        begun = time.perf_counter()
        try:
            response = get_response(request)
            response["X-Request-ID"] = number
            facts = {
                "method": request.method,
                "route": logs.route_of(request),
                "status": response.status_code,
                "ms": round((time.perf_counter() - begun) * 1000),
            }
            requests.info("answered", extra=facts)
            return response
        finally:
            logs.end()

    return middleware


def kept_to_itself(get_response: Handler) -> Handler:
    """Every answer, errors and files too: other sites embed nothing of it, and it asks nothing of the device."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return middleware


def trust_loopback_proxy(get_response: Handler) -> Handler:
    """Only a proxy on this machine may say that the visitor came over TLS."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.META.get("REMOTE_ADDR") not in LOOPBACK:
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        return get_response(request)

    return middleware


def known_methods(get_response: Handler) -> Handler:
    """Nobody needs TRACE, PUT or DELETE here; libraries' views would answer them."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return get_response(request)

    return middleware


def language_of_address(get_response: Handler) -> Handler:
    """The address alone says which language is spoken: no cookie, no guess, and pages can be kept by their address."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return spoken(language_of(request.path_info), request, get_response)

    return middleware


def language_of_person(get_response: Handler) -> Handler:
    """The desk has one address; it speaks the language of who works there."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith("/admin/") and request.user.is_authenticated:
            return spoken(request.user.language, request, get_response)
        return get_response(request)

    return middleware


def spoken(language: str, request: HttpRequest, get_response: Handler) -> HttpResponse:
    with translation.override(language):
        request.LANGUAGE_CODE = language
        response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def private_pages(get_response: Handler) -> Handler:
    """Pages of somebody signed in are never kept by a browser or a proxy."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        return response

    return middleware


def where_from(get_response: Handler) -> Handler:
    """The history says whether something was changed on a page or at the desk."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with origins.acting_from(origins.DESK if request.path.startswith("/admin/") else origins.PAGE):
            return get_response(request)

    return middleware


def patient(get_response: Handler) -> Handler:
    """No form without a limit: what has none of its own still has this one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return get_response(request)
        what = "person" if request.user.is_authenticated else "visitor"
        return get_response(request) if may_send(request, what) else too_many(request)

    return middleware
