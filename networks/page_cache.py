"""Visitors share a page: it is drawn once per version of the directory, and sent again only when it has changed."""

import zlib
from collections.abc import Callable, Iterable
from hashlib import sha256

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language

SECONDS = 300
Stored = tuple[bytes, str]


def normalise(request: HttpRequest, names: Iterable[str]) -> None:
    """Only the page's own parameters, in one order: a shared page must not repeat what one visitor made up."""
    clean = QueryDict(mutable=True)
    for name in names:
        if values := list(filter(None, request.GET.getlist(name))):
            clean.setlist(name, values)
    request.GET = QueryDict(clean.urlencode())


def shared(request: HttpRequest, version: int, draw: Callable[[], HttpResponse]) -> HttpResponse:
    """Drawn for each person who is known, or has a message waiting; for everybody else out of the cache."""
    if request.user.is_authenticated or settings.SESSION_COOKIE_NAME in request.COOKIES:
        return draw()
    content, etag = _stored(request, version, draw)
    response = HttpResponse(content)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache"
    answer = get_conditional_response(request, etag=etag, response=response)
    return answer if isinstance(answer, HttpResponse) else response


def _stored(request: HttpRequest, version: int, draw: Callable[[], HttpResponse]) -> Stored:
    parts = (version, request.get_host(), request.path, request.GET.urlencode(), get_language())
    key = f"page:{sha256(repr(parts).encode()).hexdigest()}"
    found: Stored | None = caches["pages"].get(key)
    if found is None:
        content = draw().content
        # A page of 60 kB is kept as 8: two thousand of them fit into every process.
        found = zlib.compress(content, 1), f'"{sha256(content).hexdigest()[:32]}"'
        caches["pages"].set(key, found, SECONDS)
        return content, found[1]
    return zlib.decompress(found[0]), found[1]
