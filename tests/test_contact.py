"""A visitor writes to an agency, or says that a page is out of date."""

import email
from email import policy
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEntry, OutboxMail
from networks.models import Agency, AgencyStaff, District, OutdatedNote
from portal.forms import ContactForm, OutdatedForm

CONTACT = "/wirtschaftsfoerderungen/wf-westland/kontakt/"
NOTE = "/hinweis/?seite=/unternehmen/hellweg-robotik/"
LETTER = {
    "name": "Rike Beispiel",
    "email": "rike@example.org",
    "message": "Guten Tag,\n\nwer kann Robotern das Schweißen beibringen?",
}
BAD = {
    "empty": "",
    "blank": "   \n\t ",
    "overlong": "x" * 100_000,
    "null": "a\x00b",
    "half a pair": "a\ufffdb\x00",
}
ODD = [
    "😀" * 50,
    "\u202eabc\u2066",
    "<script>alert(1)</script>",
    "{{ 7*7 }} {% load i18n %}",
    "Zeile\r\nBcc: alle@example.org",
]


@pytest.fixture(autouse=True)
def _mail_goes_to_the_outbox(settings: Any) -> None:
    """The test runner would put another backend in its place."""
    settings.EMAIL_BACKEND = "accounts.outbox.OutboxBackend"


def read(mail: OutboxMail) -> Any:
    return email.message_from_bytes(bytes(mail.source), policy=policy.default)


def text_of(mail: OutboxMail) -> str:
    return str(read(mail).get_body(("plain",)).get_content())


def test_the_agency_gets_the_mail_and_can_simply_answer(cast: SimpleNamespace, client: Client) -> None:
    response = client.post(CONTACT, LETTER, follow=True)
    assert "Ihre Nachricht ist unterwegs" in response.content.decode()
    mail = OutboxMail.objects.get()
    assert (mail.recipient, read(mail)["Reply-To"]) == ("info@westland.example.org", "rike@example.org")
    assert "wer kann Robotern das Schweißen beibringen?" in text_of(mail)
    entry = AuditEntry.objects.get(verb="agency.written_to")
    assert (entry.object_id, entry.data) == (str(cast.west.agency.pk), {})


def test_without_a_public_address_the_team_reads_it(cast: SimpleNamespace, client: Client) -> None:
    Agency.objects.update(contact_email="")
    client.post(CONTACT, LETTER)
    team = {cast.curator_west.email, cast.manager_west.email}
    assert set(OutboxMail.objects.values_list("recipient", flat=True)) == team


def test_without_a_team_the_operator_reads_it(cast: SimpleNamespace, client: Client) -> None:
    Agency.objects.update(contact_email="")
    AgencyStaff.objects.all().delete()
    client.post(CONTACT, LETTER)
    assert OutboxMail.objects.get().recipient == cast.operator.email


def test_the_page_with_the_form_sets_only_the_csrf_cookie(cast: SimpleNamespace, client: Client) -> None:
    assert set(client.get(CONTACT).cookies) == {"csrftoken"}
    assert set(client.get(NOTE).cookies) == {"csrftoken"}


@pytest.mark.parametrize("field", ["name", "email", "message"])
@pytest.mark.parametrize("value", BAD.values(), ids=BAD.keys())
def test_bad_input_comes_back_with_a_reason(cast: SimpleNamespace, client: Client, field: str, value: str) -> None:
    response = client.post(CONTACT, LETTER | {field: value})
    assert (response.status_code, OutboxMail.objects.count()) == (200, 0)
    assert "Bitte prüfen Sie Ihre Angaben" in response.content.decode()


@pytest.mark.parametrize("value", ODD)
def test_odd_but_honest_input_arrives_as_text(cast: SimpleNamespace, client: Client, value: str) -> None:
    client.post(CONTACT, LETTER | {"name": value[:100], "message": value})
    mail = OutboxMail.objects.get()
    assert read(mail)["Bcc"] is None
    assert "<script>" not in str(read(mail).get_body(("html",)).get_content())
    assert value.split("\r\n")[0] in text_of(mail)


def test_half_a_character_pair_is_refused() -> None:
    assert not ContactForm(LETTER | {"message": "a\ud800b"}).is_valid()
    assert not OutdatedForm({"message": "a\udfffb"}).is_valid()


def test_a_machine_that_fills_the_bait_sends_nothing(cast: SimpleNamespace, client: Client) -> None:
    response = client.post(CONTACT, LETTER | {"homepage": "https://spam.example.org"})
    assert (response.status_code, OutboxMail.objects.count()) == (302, 0)
    client.post(NOTE, {"message": "Kaufen Sie", "homepage": "x"})
    assert OutdatedNote.objects.count() == 0


def test_after_six_letters_an_hour_it_is_enough(cast: SimpleNamespace, client: Client) -> None:
    statuses = [client.post(CONTACT, LETTER).status_code for _attempt in range(7)]
    assert statuses == [302] * 6 + [429]
    assert OutboxMail.objects.count() == 6
    assert client.post(CONTACT, LETTER, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_a_note_reaches_the_home_agencys_team(cast: SimpleNamespace, client: Client) -> None:
    response = client.post(NOTE, {"message": "Die Website ist umgezogen.", "email": "rike@example.org"}, follow=True)
    assert "Vielen Dank für Ihren Hinweis!" in response.content.decode()
    note = OutdatedNote.objects.get()
    assert (note.agency, note.page, note.label) == (
        cast.west.agency,
        "/unternehmen/hellweg-robotik/",
        "Hellweg Robotik",
    )
    assert set(OutboxMail.objects.values_list("recipient", flat=True)) == {
        cast.curator_west.email,
        cast.manager_west.email,
    }
    assert all("Die Website ist umgezogen." in text_of(mail) for mail in OutboxMail.objects.all())


def test_the_senders_address_is_in_the_note_only(cast: SimpleNamespace, client: Client) -> None:
    client.post(NOTE, {"message": "Die Website ist umgezogen.", "email": "rike@example.org"})
    assert OutdatedNote.objects.get().email == "rike@example.org"
    assert all("rike@example.org" not in read(mail).as_string() for mail in OutboxMail.objects.all())


@pytest.mark.parametrize("value", BAD.values(), ids=BAD.keys())
def test_a_note_without_sense_is_not_kept(cast: SimpleNamespace, client: Client, value: str) -> None:
    response = client.post(NOTE, {"message": value})
    assert (response.status_code, OutdatedNote.objects.count(), OutboxMail.objects.count()) == (200, 0, 0)


@pytest.mark.parametrize(
    ("path", "agency"),
    [
        ("/netzwerke/autos/", "wf-ostland"),
        ("/wirtschaftsfoerderungen/wf-ostland/", "wf-ostland"),
        ("/regionen/ostland/", "wf-ostland"),
        ("/kreise/kreis-ostland/", "wf-ostland"),
        ("/unternehmen/teuto-sensorik/", "wf-ostland"),
    ],
)
def test_every_page_has_its_agency(cast: SimpleNamespace, client: Client, path: str, agency: str) -> None:
    client.post(f"/hinweis/?seite={path}", {"message": "Veraltet."})
    assert OutdatedNote.objects.get().agency.slug == agency


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/impressum/",
        "/unternehmen/verborgen-metall/",
        "/netzwerke/entwurf/",
        "https://example.org/",
        "/admin/",
        "x" * 5000,
        "%00",
        "//a",
    ],
)
def test_no_note_about_pages_that_nobody_looks_after_or_sees(cast: SimpleNamespace, client: Client, path: str) -> None:
    response = client.post(f"/hinweis/?seite={path}", {"message": "Veraltet."})
    assert (response.status_code, OutdatedNote.objects.count()) == (404, 0)


def test_no_note_where_no_agency_is_at_home(cast: SimpleNamespace, client: Client) -> None:
    District.objects.update(home_agency=None)
    assert client.get("/hinweis/?seite=/kreise/kreis-westland/").status_code == 404
