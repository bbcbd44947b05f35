"""Every answer carries the headers that keep a page to itself: pages, errors, redirects, files, feeds, calendars."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.http import HttpResponse
from django.test import Client

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
ADDRESSES = {
    "/": 200,
    "/unternehmen/": 200,
    "/gibt-es-nicht/": 404,
    "/mein-bereich/": 302,
    "/konto/login/": 200,
    "/mitteilungen/feed/": 200,
    "/treffen/kalender.ics": 200,
    "/sitemap.xml": 200,
    "/robots.txt": 200,
    "/healthz": 200,
    "/readyz": 200,
    "/admin/": 302,
    "/unternehmen/?q=%00": 200,
}


def assert_kept_to_itself(answer: HttpResponse) -> None:
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "camera=()" in answer.headers["Permissions-Policy"]


@pytest.mark.parametrize(("address", "status"), ADDRESSES.items())
def test_answers_to_visitors(cast: SimpleNamespace, client: Client, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert_kept_to_itself(answer)


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "POST", "OPTIONS", "HEAD"])
def test_answers_to_any_method(cast: SimpleNamespace, client: Client, method: str) -> None:
    assert_kept_to_itself(client.generic(method, "/unternehmen/"))


def test_answers_to_people_who_are_refused(cast: SimpleNamespace, client_of: Any) -> None:
    for address, status in (("/admin/", 403), ("/admin/networks/company/0/change/", 403)):
        answer = client_of(cast.owner).get(address)
        assert answer.status_code == status
        assert_kept_to_itself(answer)
    assert_kept_to_itself(client_of(cast.curator_west).get("/admin/networks/company/0/change/"))


def test_answers_to_what_is_no_request(cast: SimpleNamespace, client: Client) -> None:
    answer = client.get("/", headers={"host": "boese.example.org:99999"})
    assert answer.status_code == 400
    assert_kept_to_itself(answer)


def test_an_error_of_ours(cast: SimpleNamespace, client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE portal_sitepage RENAME TO gone")
    client.raise_request_exception = False
    answer = client.get("/impressum/")
    assert answer.status_code == 500
    assert_kept_to_itself(answer)


def test_static_files(cast: SimpleNamespace, client: Client, settings: Any) -> None:
    assert finders.find("icons/brand.svg")
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    answer = Client().get("/static/icons/brand.svg")
    assert answer.status_code == 200
    assert_kept_to_itself(answer)
    answer.close()
