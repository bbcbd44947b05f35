"""An account: asked for, confirmed by a click on a button, used. Known and unknown addresses look the same."""

import re
from collections.abc import Callable
from email import message_from_bytes, policy

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import AuditEntry, Consent, OutboxMail, User
from tests.conftest import PASSWORD

ANSWERS = {
    "name": "Mia Neumann",
    "email": "mia@example.org",
    "password1": PASSWORD,
    "terms": "on",
    "privacy": "on",
    "homepage": "",
}


def text_of(mail: OutboxMail) -> str:
    message = message_from_bytes(bytes(mail.source), policy=policy.default)
    return str(message.get_body(("plain",)).get_content())  # type: ignore[union-attr]


def link_in(mail: OutboxMail) -> str:
    found = re.search(r"http://127\.0\.0\.1:8000(/konto/\S+)", text_of(mail))
    assert found
    return found.group(1)


def test_address_is_confirmed_by_a_button_not_by_opening_the_link(client: Client, db: None) -> None:
    client.post("/konto/signup/", ANSWERS)
    link = link_in(OutboxMail.objects.get())

    page = client.get(link)

    assert "Ja, bestätigen" in page.content.decode()
    assert not User.objects.get().emailaddress_set.filter(verified=True).exists()  # type: ignore[attr-defined]
    client.post(link)
    assert User.objects.get().emailaddress_set.filter(verified=True).exists()  # type: ignore[attr-defined]


def test_unconfirmed_person_cannot_sign_in(client: Client, db: None) -> None:
    client.post("/konto/signup/", ANSWERS)
    client.post("/konto/login/", {"login": "mia@example.org", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_both_consents_are_written_down_with_their_text(client: Client, db: None) -> None:
    client.post("/konto/signup/", ANSWERS)
    found = Consent.objects.order_by("purpose").values_list("person__email", "purpose", "text_version")
    assert list(found) == [("mia@example.org", "privacy", "2026-11"), ("mia@example.org", "terms", "2026-11")]


@pytest.mark.parametrize("missing", ["terms", "privacy", "name", "password1"])
def test_nothing_is_saved_without(missing: str, client: Client, db: None) -> None:
    page = client.post("/konto/signup/", {**ANSWERS, missing: ""})
    assert page.status_code == 200
    assert "Dieses Feld ist zwingend erforderlich." in page.content.decode()
    assert not User.objects.exists()


def test_known_address_gets_the_same_answer(client: Client, make_person: Callable[..., User]) -> None:
    unknown = client.post("/konto/signup/", ANSWERS)
    make_person("bekannt@example.org")

    known = Client().post("/konto/signup/", {**ANSWERS, "email": "bekannt@example.org"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert "Sie haben schon ein Konto" in OutboxMail.objects.get(recipient="bekannt@example.org").subject
    assert User.objects.count() == 2


def test_a_machine_that_fills_the_trap_gets_no_account(client: Client, db: None) -> None:
    answer = client.post("/konto/signup/", {**ANSWERS, "homepage": "http://spam.example.org"})
    assert answer.status_code == 302
    assert not User.objects.exists()


def test_sign_in_and_out_are_in_the_log_without_addresses(client: Client, make_person: Callable[..., User]) -> None:
    person = make_person("anna@example.org")
    client.post("/konto/login/", {"login": "anna@example.org", "password": "falsch"})
    client.post("/konto/login/", {"login": "anna@example.org", "password": PASSWORD})
    client.post("/konto/logout/")

    found = AuditEntry.objects.order_by("pk").values_list("verb", "by", "label", "data")

    assert list(found) == [
        ("account.sign_in_refused", None, "", {}),
        ("account.signed_in", person.pk, "", {}),
        ("account.signed_out", person.pk, "", {}),
    ]


def test_members_start_in_their_area_and_staff_at_the_desk(client: Client, make_person: Callable[..., User]) -> None:
    make_person("anna@example.org")
    make_person("berta@example.org", is_staff=True)
    sent = [{"login": f"{name}@example.org", "password": PASSWORD} for name in ("anna", "berta")]
    starts = [Client().post("/konto/login/", answers)["Location"] for answers in sent]
    assert starts == ["/mein-bereich/", "/admin/"]


def test_forgotten_password_is_chosen_anew(client: Client, make_person: Callable[..., User]) -> None:
    make_person("anna@example.org")
    client.post("/konto/password/reset/", {"email": "anna@example.org"})
    page = client.get(link_in(OutboxMail.objects.get()), follow=True)

    client.post(page.request["PATH_INFO"], {"password1": "ein-neues-passwort", "password2": "ein-neues-passwort"})

    assert Client().login(email="anna@example.org", password="ein-neues-passwort")
    assert OutboxMail.objects.order_by("pk").last().subject == "Ihr Passwort ist neu"  # type: ignore[union-attr]


def test_password_for_an_unknown_address_looks_the_same(client: Client, make_person: Callable[..., User]) -> None:
    make_person("anna@example.org")
    known = client.post("/konto/password/reset/", {"email": "anna@example.org"})
    unknown = client.post("/konto/password/reset/", {"email": "niemand@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert OutboxMail.objects.get(recipient="niemand@example.org").subject == "Zu dieser Adresse gibt es kein Konto"


def test_operator_chooses_a_password_by_a_link(client: Client, db: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("create_operator", "Chefin@example.org")

    operator = User.objects.get()
    assert (operator.email, operator.is_staff, operator.is_superuser) == ("chefin@example.org", True, True)
    assert link_in(OutboxMail.objects.get()) in capsys.readouterr().out
    assert client.get(link_in(OutboxMail.objects.get()), follow=True).status_code == 200
