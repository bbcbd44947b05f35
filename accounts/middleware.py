from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts import second_factor

# The way to a second factor and out again, and what the law wants everybody to be able to read.
OPEN = ("account_", "mfa_", "usersessions_")
OPEN_PAGES = {"page"}


class SecondFactorMiddleware:
    """Who works for an agency sees more on every page, so none opens before the second step of signing in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: Any, kwargs: Any) -> HttpResponse | None:
        if _is_open(request) or not second_factor.is_missing(request):
            return None
        return redirect("mfa_index")


def _is_open(request: HttpRequest) -> bool:
    name = (request.resolver_match and request.resolver_match.url_name) or ""
    return name.startswith(OPEN) or name in OPEN_PAGES
