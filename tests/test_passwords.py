"""Passwords and who has an account: nothing to guess, by word or by time."""

import socket
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import hashers
from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import OutboxMail, User
from portal import settings as real
from tests.conftest import PASSWORD

NEW = {"name": "Neu", "password1": "ein-guter-satz-26", "terms": "on", "privacy": "on"}


class Counting(Argon2PasswordHasher):
    """Argon2 as in real life, and how often it was asked: that is the time that can be seen from outside."""

    work = 0

    def encode(self, password: str, salt: str) -> str:
        Counting.work += 1
        return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        Counting.work += 1
        return super().verify(password, encoded)

    def harden_runtime(self, password: str, encoded: str) -> None:
        raise AssertionError("Argon2 has no cheaper form to make up for")


@pytest.fixture
def hashed(settings: Any) -> Iterator[Callable[[Callable[[], Any]], tuple[Any, int]]]:
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    hashers.get_hashers.cache_clear()
    hashers.get_hashers_by_algorithm.cache_clear()

    def count(act: Callable[[], Any]) -> tuple[Any, int]:
        Counting.work = 0
        answer = act()
        return answer, Counting.work

    yield count
    hashers.get_hashers.cache_clear()
    hashers.get_hashers_by_algorithm.cache_clear()


@pytest.fixture
def known(hashed: Any, make_person: Callable[..., User]) -> User:
    person = make_person("bekannt@example.org")
    person.set_password(PASSWORD)
    person.save()
    return person


def shape(answer: Any, email: str) -> tuple[int, str, str]:
    """What somebody sees; without their own words, and without what is drawn anew each time."""
    text = answer.content.decode().replace(email, "…")
    marks = ("csrfmiddlewaretoken", 'name="drawn"')
    return (
        answer.status_code,
        answer.get("Location", ""),
        "\n".join(line for line in text.splitlines() if not any(mark in line for mark in marks)),
    )


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("account_login", {"password": "falsch-geraten"}),
        ("account_reset_password", {}),
        ("account_signup", NEW),
    ],
)
def test_nobody_learns_who_has_an_account(known: User, hashed: Any, path: str, data: dict[str, str]) -> None:
    field = "login" if path == "account_login" else "email"
    seen = []
    for email in (known.email, "unbekannt@example.org"):
        answer, work = hashed(lambda email=email: Client().post(reverse(path), {**data, field: email}))
        seen.append((shape(answer, email), work))
    assert seen[0] == seen[1]
    if path != "account_reset_password":
        assert seen[0][1] == 1


def test_an_account_that_is_switched_off_looks_like_none(known: User, hashed: Any) -> None:
    known.is_active = False
    known.save()
    guess = {"password": "falsch-geraten"}
    seen = []
    for email in (known.email, "unbekannt@example.org"):
        answer, work = hashed(lambda email=email: Client().post("/konto/login/", {**guess, "login": email}))
        seen.append((shape(answer, email), work))
    assert seen[0] == seen[1]


def test_each_of_them_gets_one_mail(known: User) -> None:
    for path in ("/konto/password/reset/", "/konto/signup/"):
        for email in (known.email, f"neu-{len(path)}@example.org"):
            before = OutboxMail.objects.count()
            Client().post(path, {**NEW, "email": email})
            assert OutboxMail.objects.count() == before + 1


# -- what is kept, what is refused -------------------------------------------------------------
@pytest.fixture
def argon2(settings: Any) -> None:
    """As in real life, where the other tests take a quick one."""
    settings.PASSWORD_HASHERS = real.PASSWORD_HASHERS


def test_passwords_are_hashed_with_argon2(argon2: None, client: Client, db: None) -> None:
    client.post("/konto/signup/", {**NEW, "email": "neu@example.org"})
    assert User.objects.get().password.startswith("argon2$argon2id$")


def test_an_older_hash_is_replaced_at_the_next_sign_in(argon2: None, make_person: Callable[..., User]) -> None:
    person = make_person("bekannt@example.org")
    User.objects.update(password=make_password(PASSWORD, hasher="pbkdf2_sha256"))
    assert Client().post("/konto/login/", {"login": person.email, "password": PASSWORD}).status_code == 302
    person.refresh_from_db()
    assert person.password.startswith("argon2$")


def test_long_passwords_count_to_their_last_character(argon2: None) -> None:
    long = "ä" * 199 + "x"
    validate_password(long)
    kept = make_password(long)
    assert (check_password(long, kept), check_password("ä" * 199 + "y", kept)) == (True, False)


@pytest.mark.parametrize("password", ["nur kleine woerter", "84619374", "ΩΩΩΩΩΩΩΩ", "a b c d "])
def test_nobody_is_told_what_to_compose_it_of(password: str) -> None:
    validate_password(password)


def test_the_3000_most_common_ones_are_refused_without_asking_anybody(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*args: Any) -> None:
        raise AssertionError("asks another host")

    monkeypatch.setattr(socket.socket, "connect", nobody)
    listed = CommonPasswordValidator().passwords
    assert len(listed) >= 3000
    for password in ("password", "123456789", "qwertyuiop", "iloveyou", "Password1"):
        with pytest.raises(ValidationError):
            validate_password(password)


@pytest.mark.parametrize("password", ["1234567", "password1", "wirtschaft@example.org"])
def test_a_weak_one_is_refused_wherever_it_is_chosen(
    make_person: Callable[..., User], client_of: Any, password: str
) -> None:
    person = make_person("wirtschaft@example.org")
    for client, path, data in (
        (Client(), "/konto/signup/", {**NEW, "email": "wirtschaft@example.org", "password1": password}),
        (client_of(person), "/konto/password/change/", {"oldpassword": PASSWORD, "password1": password}),
    ):
        answer = client.post(path, {"password2": password, **data})
        assert answer.status_code == 200
        assert 'aria-invalid="true"' in answer.content.decode()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert User.objects.count() == 1


# -- sessions ----------------------------------------------------------------------------------
def sign_in(person: User, client: Client | None = None) -> Client:
    client = client or Client()
    assert client.post("/konto/login/", {"login": person.email, "password": PASSWORD}).status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/mein-bereich/").status_code == 200


def test_signing_in_begins_a_session_that_nobody_knew_and_signing_out_ends_it(cast: SimpleNamespace) -> None:
    client = Client()
    client.post("/konto/signup/", {**NEW, "email": "erst@example.org"})
    foisted = client.session.session_key
    sign_in(cast.owner, client)
    own = client.session.session_key
    assert own != foisted
    stolen = Client()
    stolen.cookies["sessionid"] = own
    assert is_in(stolen)
    client.post("/konto/logout/")
    assert not Session.objects.filter(session_key=own).exists()
    assert not is_in(stolen)


def test_a_new_password_signs_out_everywhere_else(cast: SimpleNamespace) -> None:
    here, elsewhere = sign_in(cast.owner), sign_in(cast.owner)
    new = "ein-neuer-satz-27"
    here.post("/konto/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert not is_in(elsewhere)
    assert cast.owner.email in {mail.recipient for mail in OutboxMail.objects.all()}


def test_who_is_switched_off_is_out_at_once(cast: SimpleNamespace) -> None:
    client = sign_in(cast.owner)
    User.objects.filter(pk=cast.owner.pk).update(is_active=False)
    assert not is_in(client)


def test_signing_in_leads_to_no_other_host(cast: SimpleNamespace) -> None:
    for target in ("https://boese.example/", "//boese.example/", "/\\boese.example", "javascript:alert(1)"):
        answer = Client().post("/konto/login/", {"login": cast.owner.email, "password": PASSWORD, "next": target})
        assert answer["Location"] == "/mein-bereich/"


SENSITIVE = {
    "account_email": {"action_add": "", "email": "neu@example.org"},
    "mfa_activate_totp": {},
    "mfa_generate_recovery_codes": {},
    "mfa_add_webauthn": {},
    "accounts:data": None,
    "accounts:data-file": None,
    "accounts:erase": {"sure": "on"},
}


@pytest.mark.parametrize("name", SENSITIVE)
def test_what_matters_asks_for_the_password_once_more(cast: SimpleNamespace, client_of: Any, name: str) -> None:
    client, data = client_of(cast.owner), SENSITIVE[name]
    answer = client.get(reverse(name)) if data is None else client.post(reverse(name), data)
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert not EmailAddress.objects.filter(email="neu@example.org").exists()
    assert User.objects.filter(pk=cast.owner.pk).exists()


def test_a_new_password_asks_for_the_old_one(cast: SimpleNamespace, client_of: Any) -> None:
    new = "ein-neuer-satz-27"
    sent = {"oldpassword": "falsch", "password1": new, "password2": new}
    assert client_of(cast.owner).post("/konto/password/change/", sent).status_code == 200
    cast.owner.refresh_from_db()
    assert cast.owner.check_password(PASSWORD)
