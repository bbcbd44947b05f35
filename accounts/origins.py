"""From where somebody changes something: a page of the portal, the desk, an import, or the portal itself.

A middleware says it for requests; what works on its own says it with `acting_from`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

PORTAL, PAGE, DESK, IMPORT, MERGE = "portal", "page", "admin", "import", "merge"
_origin: ContextVar[str] = ContextVar("origin", default=PORTAL)


def current_origin() -> str:
    return _origin.get()


@contextmanager
def acting_from(origin: str) -> Iterator[None]:
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)
