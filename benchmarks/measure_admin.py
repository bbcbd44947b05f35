"""Measures the desk on one database; called by the benchmark in a process of its own."""

import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.cache import caches

RUNS = 40
WAITING = 300
TIMED = {
    "desk": "",
    "desk, anew": "?anew",
    "companies": "networks/company/",
    "companies, filtered": "networks/company/?state__exact=pending",
    "companies, searched": "networks/company/?q=hydraulik",
    "companies, last page": "networks/company/?p=last",
    "memberships": "networks/membership/",
    "networks": "networks/network/",
}


def main(arguments: Sequence[str]) -> int:
    size, result = int(arguments[0]), Path(arguments[1])
    django.setup()
    settings.ROOT_URLCONF = "benchmarks.admin_urls"
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    from benchmarks import bulk  # noqa: PLC0415 - models exist only after setup

    bulk.fill(size)
    people = _people()
    rows = [row for role, person in people.items() for row in _timed_pages(role, person, size)]
    result.write_text(json.dumps([*rows, *_counted_lists(people["operator"])]))
    return 0


def _people() -> dict[str, Any]:
    """The operator, who sees all, and the curator of the agency with most companies; and things that wait."""
    from accounts.models import User  # noqa: PLC0415 - models exist only after setup
    from networks.models import Agency, AgencyStaff, Company, Membership  # noqa: PLC0415 - the same

    Company.objects.filter(pk__lte=WAITING).update(state=Company.State.PENDING, published_at=None)
    some = Membership.objects.order_by("-pk").values("pk")[:WAITING]
    Membership.objects.filter(pk__in=list(some.values_list("pk", flat=True))).update(state="requested", joined_at=None)
    operator = User.objects.create_user("betrieb@example.org", None, is_staff=True, is_superuser=True)
    curator = User.objects.create_user("kuratorin@example.org", None, is_staff=True)
    largest = max(Agency.objects.all(), key=lambda agency: Company.objects.cared_for_by(agency).count())
    AgencyStaff.objects.create(agency=largest, person=curator)
    return {"operator": operator, "curator": curator}


def _timed_pages(role: str, person: Any, size: int) -> Iterator[dict[str, Any]]:
    client = _client(person)
    for name, address in TIMED.items():
        if "last" in address:
            address = address.replace("last", str(size // 50 if role == "operator" else 2))
        yield {"page": f"{name} ({role})", **_page(client, address)}


def _page(client: Any, address: str) -> dict[str, Any]:
    """Floor and page take turns, so that a noisy moment meets both."""
    page, floor = f"/admin/{address}", f"/floor/{address}"
    queries = _queries(client, page)
    drawn, bare = len(_get(client, page)), len(_get(client, floor))
    # Without the dates to drill down the floor is a little smaller, never larger.
    assert 0.9 * drawn < bare <= 1.01 * drawn, f"The floor of {page} draws another page: {bare} of {drawn} bytes"
    pages, floors = [], []
    for _ in range(RUNS):
        floors.append(_clock(lambda: client.get(floor)))
        if "anew" in address:
            caches["pages"].clear()  # as after anything that anybody did
        pages.append(_clock(lambda: client.get(page)))
    ms, least = _p25(pages), _p25(floors)
    return {"queries": queries, "ms_p25": ms, "floor_ms_p25": least, "ratio": round(ms / least, 3)}


def _counted_lists(person: Any) -> Iterator[dict[str, Any]]:
    from django.contrib import admin  # noqa: PLC0415 - apps exist only after setup
    from django.urls import reverse  # noqa: PLC0415 - the same

    client = _client(person)
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        yield {"page": name, "queries": _queries(client, reverse(f"admin:{name}_changelist"))}


def _client(person: Any) -> Any:
    from allauth.account.internal.flows.login import record_authentication  # noqa: PLC0415 - settings exist only after setup
    from django.http import HttpRequest  # noqa: PLC0415 - the same
    from django.test import Client  # noqa: PLC0415 - the same

    client = Client(SERVER_NAME="localhost")
    client.force_login(person)
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, person, "mfa", type="totp")
    request.session.save()
    return client


def _queries(client: Any, address: str) -> int:
    from django.db import connection  # noqa: PLC0415 - settings exist only after setup
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - the same

    _get(client, address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def _get(client: Any, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return bytes(answer.content)


def _clock(action: Callable[[], Any]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def _p25(times: Sequence[float]) -> float:
    return round(statistics.quantiles(times, n=4, method="inclusive")[0], 3)
