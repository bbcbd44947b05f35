"""What the log says: which request, which route, how it ended; never who."""

import json
import logging
from smtplib import SMTPRecipientsRefused
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.mail import send_mail
from django.test import Client
from django.urls import path

from accounts.models import OutboxMail
from accounts.outbox import deliver
from portal import logs
from portal.urls import handler404, handler500  # noqa: F401 - Django looks for handlers here
from portal.urls import urlpatterns as real_urls

TOKEN = "geheim-4711-geheim"


@login_not_required
def breaks(request: Any, token: str) -> None:
    raise ValueError("Nachricht an anna.auer@example.org")


urlpatterns = [path("bricht/<str:token>/", breaks), *real_urls]


@pytest.fixture
def lines(settings: Any) -> Any:
    """What would stand in the log, line by line."""
    written: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(self.format(record))

    handler = Kept()
    handler.addFilter(logs.Nameless())
    handler.setFormatter(logs.Json())
    root, requests = logging.getLogger(), logging.getLogger("portal.requests")
    level = requests.level
    root.addHandler(handler)
    requests.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in written]
    root.removeHandler(handler)
    requests.setLevel(level)


def test_a_request_is_one_line_with_its_number(client: Client, db: None, lines: Any) -> None:
    answer = client.get("/netzwerke/?q=anna.auer@example.org")
    (line,) = lines()
    assert line["request"] == answer["X-Request-ID"]
    assert (line["method"], line["route"], line["status"]) == ("GET", "netzwerke/", 200)
    assert "anna" not in json.dumps(line)


def test_a_page_that_is_not_there_is_not_named(client: Client, db: None, lines: Any) -> None:
    client.get(f"/unternehmen/{TOKEN}/")
    assert TOKEN not in json.dumps(lines())
    assert {line["route"] for line in lines()} == {"unternehmen/<slug:slug>/"}
    client.get(f"/{TOKEN}/")
    assert TOKEN not in json.dumps(lines())


@pytest.mark.urls("tests.test_logs")
def test_an_error_carries_the_number_that_the_page_shows(db: None, lines: Any) -> None:
    client = Client(raise_request_exception=False)
    answer = client.get(f"/bricht/{TOKEN}/")
    number = answer["X-Request-ID"]
    assert answer.status_code == 500
    assert f"<code>{number}</code>" in answer.content.decode()
    assert {line["request"] for line in lines()} == {number}
    (error,) = [line for line in lines() if line["level"] == "ERROR"]
    assert "ValueError" in error["traceback"]
    assert "anna" not in json.dumps(lines())
    assert TOKEN not in json.dumps(lines())


def test_the_proxys_number_is_taken_and_a_strangers_is_not(client: Client, db: None) -> None:
    assert client.get("/healthz", headers={"x-request-id": "von-nginx-12345"})["X-Request-ID"] == "von-nginx-12345"
    stranger = client.get("/healthz", headers={"x-request-id": "fremd-12345"}, REMOTE_ADDR="192.0.2.1")
    assert stranger["X-Request-ID"] != "fremd-12345"
    for odd in ("kurz", "x" * 65, "böse-zeile-12", "a b c d e f g h"):
        assert client.get("/healthz", headers={"x-request-id": odd})["X-Request-ID"] != odd


def test_signing_in_leaves_neither_address_nor_password(cast: SimpleNamespace, client: Client, lines: Any) -> None:
    client.post("/konto/login/", {"login": cast.owner.email, "password": "falsch-und-geheim"})
    client.post("/konto/password/reset/", {"email": cast.owner.email})
    text = json.dumps(lines())
    assert len(lines()) >= 2
    assert cast.owner.email not in text
    assert "falsch-und-geheim" not in text


class Refuses:
    def send(self, mail: OutboxMail) -> None:
        raise SMTPRecipientsRefused({mail.recipient: (550, f"{mail.recipient} unknown".encode())})


def test_a_mail_that_nobody_takes_is_known_by_its_number(db: None, lines: Any, settings: Any) -> None:
    settings.EMAIL_BACKEND = "accounts.outbox.OutboxBackend"
    send_mail("Für Anna Auer", "Text.", None, ["anna.auer@example.org"])
    deliver(carrier=Refuses())
    (line,) = lines()
    assert str(OutboxMail.objects.get().pk) in line["message"]
    assert "SMTPRecipientsRefused" in line["message"]
    assert "anna" not in json.dumps(line).lower()


def test_a_form_that_is_refused_leaves_nothing_of_it(db: None, lines: Any) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.post("/konto/login/", {"login": "anna.auer@example.org", "password": TOKEN})
    form = {"content_type": "application/x-www-form-urlencoded; charset=utf-16"}
    Client().generic("POST", f"/konto/signup/?{TOKEN}", "email=anna.auer@example.org", **form)
    text = json.dumps(lines())
    assert {line["status"] for line in lines() if "status" in line} == {403, 400}
    assert "anna" not in text
    assert TOKEN not in text
