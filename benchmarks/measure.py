"""Measures one database of one size; called by the benchmark in a process of its own."""

import json
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import django
from django.conf import settings

RUNS = 60
PAGES = {
    "list": "/unternehmen/",
    "two facets": "/unternehmen/?region=muensterland&size=10-49&size=50-249",
    "search": "/unternehmen/?q=Hydraulik",
}


def main(arguments: Sequence[str]) -> int:
    size, result = int(arguments[0]), Path(arguments[1])
    django.setup()
    settings.ROOT_URLCONF = "benchmarks.urls"
    # No collected files here; an address from the manifest is a look-up in a dict.
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    from benchmarks import bulk  # noqa: PLC0415 - models exist only after setup

    bulk.fill(size)
    result.write_text(json.dumps(_rows()))
    return 0


def _rows() -> list[dict[str, Any]]:
    from django.test import Client  # noqa: PLC0415 - the same

    from networks import directory  # noqa: PLC0415 - the same

    client = Client(SERVER_NAME="localhost")
    build = _timed(directory.build, 3)
    rows = [_page(client, name, address) for name, address in PAGES.items()]
    client.get(PAGES["list"])
    cached = _timed(lambda: client.get(PAGES["list"]), RUNS)
    rows.append({"page": "cached", "ms_p25": cached, "floor_ms_p25": rows[0]["floor_ms_p25"]})
    for row in rows:
        row["ratio"] = round(row["ms_p25"] / row["floor_ms_p25"], 3)
    return [*rows, {"page": "build", "ms_p25": build}]


def _page(client: Any, name: str, address: str) -> dict[str, Any]:
    """Floor and page take turns, so that a noisy moment meets both."""
    floor_address = address.replace("/unternehmen/", "/floor/")
    pages, floors = [], []
    client.get(address), client.get(floor_address)
    _check_same(_get(client, address), _get(client, floor_address))
    for _ in range(RUNS):
        floors.append(_clock(lambda: client.get(floor_address)))
        _forget_pages()
        pages.append(_clock(lambda: client.get(address)))
    naive = _clock(lambda: _get(client, address.replace("/unternehmen/", "/naive/")))
    ms = _p25(pages)
    return {
        "page": name,
        "ms_p25": ms,
        "floor_ms_p25": _p25(floors),
        "naive_ms": naive,
        "naive_times": round(naive / ms, 1),
    }


def _get(client: Any, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return bytes(answer.content)


def _check_same(page: bytes, floor: bytes) -> None:
    assert abs(len(page) - len(floor)) < 0.01 * len(page), "The floor draws another page"


def _forget_pages() -> None:
    """Drawn pages only: what every page looks up once a minute stays known."""
    from django.core.cache import caches  # noqa: PLC0415 - settings exist only after setup

    from networks.models import Region  # noqa: PLC0415 - the same
    from portal.models import SiteState  # noqa: PLC0415 - the same

    caches["pages"].clear()
    Region.in_order()
    SiteState.is_demo()


def _timed(action: Callable[[], Any], runs: int) -> float:
    return _p25([_clock(action) for _ in range(runs)])


def _clock(action: Callable[[], Any]) -> float:
    start = time.perf_counter()
    action()
    return (time.perf_counter() - start) * 1000


def _p25(times: Sequence[float]) -> float:
    return round(statistics.quantiles(times, n=4, method="inclusive")[0], 3)
