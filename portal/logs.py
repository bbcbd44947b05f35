"""One line of JSON per event, with the number of the request it belongs to, and without what names a person.

What people send stands in addresses, messages and errors of libraries; so a request is known by its route, never by
its path or its parameters, and whatever looks like an e-mail address is blanked.
"""

import json
import logging
import re
import secrets
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest

ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
GIVEN = re.compile(r"[0-9A-Za-z-]{8,64}")
FACTS = ("method", "route", "status", "ms")
_current: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    return _current.get()


def begin(given: str = "") -> str:
    """The number of a request from here on: the proxy's, or a new one."""
    number = given if GIVEN.fullmatch(given) else secrets.token_hex(8)
    _current.set(number)
    return number


def end() -> None:
    _current.set("")


def route_of(request: HttpRequest) -> str:
    """The pattern that matched: `unternehmen/<slug:slug>/`."""
    match = request.resolver_match
    return match.route if match else "(none)"


def without_addresses(text: str) -> str:
    return ADDRESS.sub("(e-mail)", text)


class Nameless(logging.Filter):
    """Django's own lines about a request name its path, in which a token may stand."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            route = route_of(request)
            record.__dict__.update(route=route, method=request.method)
            record.msg, record.args = "%s", (record.getMessage().replace(request.path, route),)
        return True


class Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request": current_request_id(),
        }
        line |= {name: getattr(record, name) for name in FACTS if hasattr(record, name)}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return without_addresses(json.dumps({name: value for name, value in line.items() if value != ""}, default=str))


class Plain(logging.Formatter):
    """For people at a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        return without_addresses(super().format(record))
