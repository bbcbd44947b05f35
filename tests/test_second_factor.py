"""Signing in in two steps: for everybody who wants to, and for all who work for an agency."""

import time
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import vault
from accounts.models import AuditEntry, OutboxMail, User
from networks.models import AgencyStaff
from tests.conftest import PASSWORD
from tests.test_admin_scope import OPERATED, SCOPED

LOGIN, DESK, SET_UP = "/konto/login/", "/admin/", "/konto/2fa/"
TOTP_PERIOD = 30  # seconds, as allauth has it
LAW = ["/impressum/", "/datenschutz/", "/barrierefreiheit/"]


def code_of(secret: str) -> str:
    """The code in the app now; as people do, one that is about to change is left to pass."""
    left = TOTP_PERIOD - timezone.now().timestamp() % TOTP_PERIOD
    if left < 5:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // TOTP_PERIOD))


def with_app(person: User) -> str:
    """The secret of the person's authenticator app."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def signed_in_by_password(person: User) -> Client:
    client = Client()
    client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    return client


@pytest.fixture(autouse=True)
def _pages(db: None) -> None:
    call_command("load_pages", verbosity=0)


def test_a_company_signs_in_with_its_password_alone(cast: SimpleNamespace) -> None:
    assert signed_in_by_password(cast.owner).get("/mein-bereich/").status_code == 200


@pytest.mark.parametrize("role", ["curator_west", "manager_west", "operator"])
def test_staff_without_a_second_step_are_led_to_setting_one_up(cast: SimpleNamespace, role: str) -> None:
    client = signed_in_by_password(getattr(cast, role))
    for path in (DESK, "/", "/unternehmen/", cast.pending_company.get_absolute_url(), "/mein-bereich/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"]) == (302, SET_UP), path
    page = client.get(SET_UP).content.decode()
    assert "Richten Sie jetzt einen Weg ein" in page


def test_staff_without_a_second_step_see_no_page_of_the_desk(cast: SimpleNamespace) -> None:
    client = signed_in_by_password(cast.curator_west)
    for model in (*SCOPED, *OPERATED):
        path = reverse(f"admin:{model.replace('.', '_')}_changelist") if "." in model else f"/admin/{model}/"
        for ask in (client.get, client.post):
            assert ask(path)["Location"] == SET_UP, path


@pytest.mark.parametrize("path", LAW)
def test_what_the_law_wants_stays_open(cast: SimpleNamespace, path: str) -> None:
    assert signed_in_by_password(cast.curator_west).get(path).status_code == 200


def test_who_becomes_staff_needs_a_second_step_at_once(cast: SimpleNamespace) -> None:
    client = signed_in_by_password(cast.new)
    assert client.get("/mein-bereich/").status_code == 200
    AgencyStaff.objects.create(agency=cast.west.agency, person=cast.new)
    User.objects.update(is_staff=True)
    assert client.get("/mein-bereich/")["Location"] == SET_UP


def test_password_and_code_open_the_desk(cast: SimpleNamespace) -> None:
    secret = with_app(cast.curator_west)
    client = Client()
    answer = client.post(LOGIN, {"login": cast.curator_west.email, "password": PASSWORD})
    assert answer["Location"] == reverse("mfa_authenticate")
    assert client.get(DESK)["Location"] == f"/admin/login/?next={DESK}", "the password alone signs nobody in"

    assert "Falscher Code" in client.post(answer["Location"], {"code": "000000"}).content.decode()
    assert client.post(answer["Location"], {"code": code_of(secret)})["Location"] == DESK
    assert client.get(DESK).status_code == 200
    refused = AuditEntry.objects.filter(verb="account.second_factor_refused")
    assert refused.count() == 1
    assert secret not in str(refused.values())


def test_a_code_works_once(cast: SimpleNamespace) -> None:
    secret = with_app(cast.owner)
    code = code_of(secret)
    assert sign_in_with(cast.owner, code)["Location"] == "/mein-bereich/"
    assert sign_in_with(cast.owner, code).status_code == 200


def sign_in_with(person: User, code: str) -> Any:
    client = signed_in_by_password(person)
    return client.post(reverse("mfa_authenticate"), {"code": code})


def test_five_wrong_codes_are_enough(cast: SimpleNamespace) -> None:
    secret = with_app(cast.owner)
    client = signed_in_by_password(cast.owner)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    page = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert page.status_code == 200
    assert "Zu viele" in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_opens_the_desk_and_tells_by_mail(cast: SimpleNamespace) -> None:
    client = signed_in_by_password(cast.curator_west)
    address = reverse("mfa_activate_totp")
    assert client.get(address)["Location"].startswith(reverse("account_reauthenticate"))
    client.post(client.get(address)["Location"], {"password": PASSWORD})
    secret = client.get(address).context["form"].secret

    assert client.post(address, {"code": code_of(secret)})["Location"] == reverse("mfa_view_recovery_codes")
    assert "10 Codes sind noch übrig" in client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert client.get(DESK).status_code == 200
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored
    assert vault.unlock(stored) == secret
    subjects = set(OutboxMail.objects.values_list("subject", flat=True))
    assert "Anmelden in zwei Schritten ist eingeschaltet" in subjects
    assert AuditEntry.objects.filter(verb="account.second_factor_added", by=cast.curator_west).exists()


def test_a_recovery_code_replaces_a_lost_phone_once(cast: SimpleNamespace) -> None:
    client = signed_in_by_password(cast.owner)
    address = reverse("mfa_activate_totp")
    client.post(client.get(address)["Location"], {"password": PASSWORD})
    client.post(address, {"code": code_of(client.get(address).context["form"].secret)})
    code = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]

    assert sign_in_with(cast.owner, code)["Location"] == "/mein-bereich/"
    assert sign_in_with(cast.owner, code).status_code == 200


def test_staff_keep_their_last_second_step_and_companies_need_not(cast: SimpleNamespace, client_of: Any) -> None:
    for person, left in ((cast.curator_west, 1), (cast.owner, 0)):
        with_app(person)
        client = client_of(person)
        address = reverse("mfa_deactivate_totp")
        client.post(client.get(address)["Location"], {"password": PASSWORD})
        client.post(address)
        assert Authenticator.objects.filter(user=person).count() == left


def test_a_second_key_may_go(cast: SimpleNamespace, client_of: Any) -> None:
    with_app(cast.curator_west)
    key = Authenticator.objects.create(user=cast.curator_west, type="webauthn", data={"name": "Laptop"})
    client = client_of(cast.curator_west)
    address = reverse("mfa_remove_webauthn", args=[key.pk])
    client.post(client.get(address)["Location"], {"password": PASSWORD})
    client.post(address)
    assert list(Authenticator.objects.values_list("type", flat=True)) == ["totp"]


def test_nobody_sees_or_removes_a_foreign_key(cast: SimpleNamespace, client_of: Any) -> None:
    key = Authenticator.objects.create(user=cast.curator_east, type="webauthn", data={"name": "Fremd"})
    client = client_of(cast.owner)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        assert client.get(reverse(name, args=[key.pk])).status_code == 404
        assert client.post(reverse(name, args=[key.pk]), {"name": "Mein"}).status_code == 404
    assert Authenticator.objects.get().wrap().name == "Fremd"


def test_after_a_new_secret_key_no_code_fits_and_the_operator_helps(cast: SimpleNamespace, settings: Any) -> None:
    secret = with_app(cast.curator_west)
    settings.SECRET_KEY = "anders"
    assert sign_in_with(cast.curator_west, code_of(secret)).status_code == 200

    here = signed_in_by_password(cast.owner)
    call_command("reset_second_factor", cast.curator_west.email, verbosity=0)
    assert not Authenticator.objects.exists()
    assert signed_in_by_password(cast.curator_west).get(DESK)["Location"] == SET_UP
    assert here.get("/mein-bereich/").status_code == 200
    mail = OutboxMail.objects.get(recipient=cast.curator_west.email)
    assert mail.subject == "Ihr zweiter Schritt beim Anmelden ist zurückgesetzt"
    with pytest.raises(CommandError, match="Nobody"):
        call_command("reset_second_factor", "niemand@example.org")


def test_an_older_secret_key_still_opens_the_vault(settings: Any) -> None:
    sealed = vault.lock("geheim")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "neu", [settings.SECRET_KEY]
    assert vault.unlock(sealed) == "geheim"


def test_one_sees_where_one_is_signed_in_and_signs_out_elsewhere(cast: SimpleNamespace) -> None:
    firefox = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
    there = Client(headers={"user-agent": firefox})
    there.post(LOGIN, {"login": cast.owner.email, "password": PASSWORD})
    here = signed_in_by_password(cast.owner)
    page = here.get("/konto/sessions/").content.decode()
    assert "Firefox, Windows" in page
    assert page.count("dieses Gerät") == 1

    here.post("/konto/sessions/")
    assert here.get("/mein-bereich/").status_code == 200
    assert there.get("/mein-bereich/").status_code == 302


def test_a_wrong_passkey_is_refused_in_words(cast: SimpleNamespace, client: Client) -> None:
    options = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    assert "challenge" in str(options.json())
    for credential in ("", "{", "[]", "{}", '{"id": "x", "rawId": 5, "type": "public-key", "response": {}}'):
        answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential}, follow=True)
        assert answer.status_code == 200
        assert client.get("/mein-bereich/").status_code == 302
