"""How often and how much: every limit with its real value. The last that passes, and the first that does not."""

import io
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.core.internal.ratelimit import parse_rates
from django.conf import settings as real
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from PIL import Image

from accounts.limits import sender_key
from accounts.models import OutboxMail
from accounts.sheets.reading import LARGEST, MOST_LINES, Unreadable, read_table
from networks.forms.images import MAX_BYTES, PictureField
from portal.forms import BarrierForm, ContactForm, OutdatedForm
from tests.conftest import PASSWORD
from tests.test_access import ROWS, address, arguments, world  # noqa: F401 - a fixture

Send = Callable[[Client], Any]
LETTER = {"name": "Rike", "email": "rike@example.org", "message": "Guten Tag"}
PATIENCE = ("in einer Stunde", "Das waren gerade sehr viele Versuche", "Zu viele")


def refused(answer: Any) -> bool:
    """In words, whatever the number."""
    return any(words in answer.content.decode() for words in PATIENCE)


def count_refusals(client: Client, send: Send, times: int) -> list[bool]:
    return [refused(send(client)) for _time in range(times)]


@pytest.fixture
def gathering(world: Any) -> Any:  # noqa: F811 - pytest's way
    return world


FORMS: dict[str, Send] = {
    "contact": lambda client: client.post("/wirtschaftsfoerderungen/wf-westland/kontakt/", LETTER),
    "outdated": lambda client: client.post("/hinweis/?seite=/unternehmen/hellweg-robotik/", {"message": "Alt."}),
    "barrier": lambda client: client.post("/barriere-melden/", {"message": "Kein Fokus."}),
}


@pytest.mark.parametrize("what", FORMS)
def test_a_form_for_visitors(cast: SimpleNamespace, client: Client, what: str) -> None:
    send, most = FORMS[what], real.PER_HOUR[what]
    assert count_refusals(client, send, most + 1) == [False] * most + [True]
    assert send(client).status_code == 429
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert not refused(send(elsewhere))


def test_guests_who_register(gathering: Any, client: Client) -> None:
    path, most = reverse("events:registration-new", args=[gathering.meeting.slug]), real.PER_HOUR["registration"]
    answers = [client.post(path, {"name": "Gast", "email": f"gast-{number}@example.org"}) for number in range(most + 1)]
    assert [refused(answer) for answer in answers] == [False] * most + [True]


def test_an_answer_handed_on(gathering: Any, client: Client) -> None:
    most = real.PER_HOUR["hand-on"]
    path = reverse("events:poll-hand-on", args=[gathering.asked.token])
    fill(client.get(path).wsgi_request, "hand-on", most - 1)
    passed = client.post(path, {"name": "Kim", "email": "kim@example.org"})
    assert not refused(passed)
    follower = gathering.poll.participants.order_by("pk")[1]
    again = client.post(
        reverse("events:poll-hand-on", args=[follower.token]), {"name": "Kim", "email": "kim2@example.org"}
    )
    assert refused(again)


def test_colleagues_behind_one_address_do_not_wait_for_each_other(
    cast: SimpleNamespace, client: Client, client_of: Any
) -> None:
    send, most = FORMS["contact"], real.PER_HOUR["contact"]
    owner = client_of(cast.owner)
    assert count_refusals(owner, send, most + 1) == [False] * most + [True]
    assert not refused(send(client_of(cast.editor)))
    assert not refused(send(client))
    assert refused(client_of(cast.owner).post("/wirtschaftsfoerderungen/wf-ostland/kontakt/", LETTER))


def test_a_household_of_ipv6_is_one_sender() -> None:
    def key(address: str) -> str:
        request = RequestFactory(REMOTE_ADDR=address).get("/")
        request.user = SimpleNamespace(is_authenticated=False)
        return sender_key(request, "contact")

    assert key("2001:db8:1:2::1") == key("2001:db8:1:2:ffff::9") != key("2001:db8:1:3::1")
    assert key("192.0.2.1") != key("192.0.2.2")


def test_who_sent_is_not_kept(cast: SimpleNamespace, client: Client) -> None:
    request = client.get("/impressum/").wsgi_request
    assert "127.0.0.1" not in sender_key(request, "contact")


# -- every form --------------------------------------------------------------------------------
def fill(request: Any, what: str, times: int) -> None:
    cache.set(sender_key(request, what), times, 3600)


def public_posts(things: Any) -> list[str]:
    """Where a visitor's POST reaches a form."""
    return [
        address(name, arguments(things, names))
        for name, rows in ROWS.items()
        for names, _get, post in rows
        if post[0] not in "sxn"
    ]


def without_limit(things: Any, client: Client) -> list[str]:
    fill(client.get("/impressum/").wsgi_request, "visitor", real.PER_HOUR["visitor"])
    return [path for path in public_posts(things) if client.post(path, {}).status_code != 429]


def test_no_public_form_is_without_a_limit(gathering: Any, client: Client) -> None:
    assert len(public_posts(gathering)) > 10
    assert without_limit(gathering, client) == []


def test_a_form_without_one_would_be_found(gathering: Any, client: Client, settings: Any) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name != "portal.middleware.patient"]
    assert without_limit(gathering, client) == public_posts(gathering)


@pytest.mark.parametrize("who", ["visitor", "owner"])
def test_anything_that_is_sent(cast: SimpleNamespace, client_of: Any, who: str) -> None:
    client = client_of(getattr(cast, who, None))
    what = "visitor" if who == "visitor" else "person"
    fill(client.get("/impressum/").wsgi_request, what, real.PER_HOUR[what] - 1)
    assert client.post("/impressum/").status_code == 405
    answer = client.post("/impressum/")
    assert (answer.status_code, answer["Retry-After"], refused(answer)) == (429, "3600", True)
    assert client.get("/impressum/").status_code == 200


# -- accounts ----------------------------------------------------------------------------------
def rates(name: str) -> dict[str, int]:
    known = {**real.ACCOUNT_RATE_LIMITS, **real.MFA_RATE_LIMITS}
    return {rate.per: rate.amount for rate in parse_rates(known[name])}


ACCOUNT: dict[str, tuple[str, str, Callable[[int], dict[str, str]]]] = {
    "login": ("visitor", "account_login", lambda n: {"login": f"a{n}@example.org"}),
    "signup": ("visitor", "account_signup", lambda n: {"email": f"a{n}@example.org"}),
    "reset_password": ("visitor", "account_reset_password", lambda n: {"email": f"a{n}@example.org"}),
    "change_password": ("owner", "account_change_password", lambda n: {"oldpassword": "x"}),
    "manage_email": ("owner", "account_email", lambda n: {"action_add": "", "email": "keine"}),
    "reauthenticate": ("owner", "account_reauthenticate", lambda n: {"password": PASSWORD}),
    "webauthn_login": ("visitor", "mfa_login_webauthn", lambda n: {"credential": "{}"}),
}


@pytest.mark.parametrize("name", ACCOUNT)
def test_accounts(cast: SimpleNamespace, client_of: Any, name: str) -> None:
    who, path, data = ACCOUNT[name]
    client, most = client_of(getattr(cast, who, None)), max(rates(name).values())
    answers = [client.post(reverse(path), data(number)) for number in range(most + 1)]
    assert [refused(answer) for answer in answers] == [False] * most + [True]


def test_a_password_that_is_guessed(cast: SimpleNamespace, client: Client) -> None:
    """Five times for one account, from wherever; then not even the right one opens it."""
    most = rates("login_failed")["key"]
    for number in range(most):
        guess = {"login": cast.owner.email, "password": f"falsch-{number}"}
        assert not refused(Client(REMOTE_ADDR=f"192.0.2.{number}").post("/konto/login/", guess))
    right = {"login": cast.owner.email, "password": PASSWORD}
    assert refused(client.post("/konto/login/", right))
    assert client.post("/konto/login/", right | {"login": cast.editor.email}).status_code == 302


def test_passwords_of_many_guessed_from_one_address(cast: SimpleNamespace, client: Client) -> None:
    most = rates("login_failed")["ip"]
    answers = [
        client.post("/konto/login/", {"login": f"a{number}@example.org", "password": "falsch"})
        for number in range(most + 1)
    ]
    assert [refused(answer) for answer in answers] == [False] * most + [True]


def test_mails_for_a_new_password_to_one_address(cast: SimpleNamespace) -> None:
    most = rates("reset_password")["key"]
    answers = [
        Client(REMOTE_ADDR=f"192.0.2.{number}").post("/konto/password/reset/", {"email": cast.owner.email})
        for number in range(most + 1)
    ]
    assert [answer.status_code for answer in answers] == [302] * most + [429]


def test_a_link_for_a_new_password_that_is_guessed(cast: SimpleNamespace, client: Client) -> None:
    most = rates("reset_password_from_key")["ip"]
    path = reverse("account_reset_password_from_key", args=["1", "x-y"])
    assert count_refusals(client, lambda one: one.post(path, {}), most + 1) == [False] * most + [True]


def test_mails_to_confirm_one_address(db: None, client: Client) -> None:
    """Who signs in unconfirmed gets the mail again, at most once in three minutes."""
    known = {"password1": "ein-guter-satz-26", "terms": "on", "privacy": "on"}
    client.post("/konto/signup/", {**known, "name": "Neu", "email": "neu@example.org"})
    for _time in range(3):
        answer = Client().post("/konto/login/", {"login": "neu@example.org", "password": known["password1"]})
        assert answer["Location"] == reverse("account_email_verification_sent")
    assert OutboxMail.objects.count() == rates("confirm_email")["key"]
    cache.clear()
    Client().post("/konto/login/", {"login": "neu@example.org", "password": known["password1"]})
    assert OutboxMail.objects.count() == 2


def test_every_limit_of_accounts_has_its_test() -> None:
    elsewhere = {"login_failed", "reset_password_from_key", "confirm_email"}
    assert set(ACCOUNT) | elsewhere == {*real.ACCOUNT_RATE_LIMITS, *real.MFA_RATE_LIMITS}


# -- sizes -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("form", "field", "most"),
    [
        (ContactForm, "name", 120),
        (ContactForm, "email", 254),
        (ContactForm, "message", 4000),
        (OutdatedForm, "message", 2000),
        (BarrierForm, "message", 2000),
        (BarrierForm, "page", 300),
    ],
)
def test_texts(db: None, form: Any, field: str, most: int) -> None:
    def errors(length: int) -> list[str]:
        found = form({field: "x" * length}).errors.get(field, [])
        return [error for error in found if str(most) in error]

    assert (errors(most), len(errors(most + 1))) == ([], 1)


def picture(size: int) -> SimpleUploadedFile:
    """Padded to the byte: readers stop at the end of the picture."""
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "PNG")
    return SimpleUploadedFile("bild.png", file.getvalue().ljust(size, b"\0"), "image/png")


def test_pictures() -> None:
    assert PictureField().clean(picture(MAX_BYTES))
    with pytest.raises(Exception, match="größer als 5 MB"):
        PictureField().clean(picture(MAX_BYTES + 1))


def test_lists() -> None:
    line = "Firma\n"
    assert len(read_table(("Name\n" + line * MOST_LINES).encode()).lines) == MOST_LINES
    with pytest.raises(Unreadable):
        read_table(("Name\n" + line * (MOST_LINES + 1)).encode())
    with pytest.raises(Unreadable, match="höchstens 10 MB"):
        read_table(b"N" * (LARGEST + 1))


@pytest.mark.parametrize(("size", "status"), [(-1000, 200), (1000, 400)])
def test_requests(cast: SimpleNamespace, client: Client, size: int, status: int) -> None:
    data = "message=" + "x" * (real.DATA_UPLOAD_MAX_MEMORY_SIZE + size)
    form = "application/x-www-form-urlencoded"
    assert client.post("/barriere-melden/", data, content_type=form).status_code == status


@pytest.mark.parametrize(("fields", "status"), [(0, 200), (1, 400)])
def test_fields(cast: SimpleNamespace, client: Client, fields: int, status: int) -> None:
    data = "&".join(f"a{number}=1" for number in range(real.DATA_UPLOAD_MAX_NUMBER_FIELDS + fields))
    form = "application/x-www-form-urlencoded"
    assert client.post("/barriere-melden/", data, content_type=form).status_code == status
