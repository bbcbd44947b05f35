"""Pages behind a link that is somebody's own."""

from django.http import HttpResponse


def unheard(response: HttpResponse) -> HttpResponse:
    """The address is a key: no other page learns it."""
    response["Referrer-Policy"] = "no-referrer"
    return response
