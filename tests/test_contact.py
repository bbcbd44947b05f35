"""A visitor writes to an agency, or says that a page is out of date."""

import email
import re
import time
from email import policy
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

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


# -- barriers ----------------------------------------------------------------------------------
BARRIER = "/barriere-melden/"


def report(client: Client, page: str, **more: str) -> OutdatedNote:
    assert client.post(BARRIER, {"page": page, "message": "Kein Fokus.", **more}).status_code == 302
    return OutdatedNote.objects.get()


def test_every_page_leads_to_the_form_and_names_itself(cast: SimpleNamespace, client: Client) -> None:
    for path in ("/", "/unternehmen/hellweg-robotik/", "/konto/login/"):
        assert f'href="{BARRIER}?seite={quote(path, safe="")}"' in client.get(path).content.decode()
    assert BARRIER in client.get("/barrierefreiheit/").content.decode()
    form = client.get(f"{BARRIER}?seite=/netzwerke/").content.decode()
    assert 'name="page" value="/netzwerke/"' in form


def test_a_barrier_is_read_by_the_operator_and_by_who_looks_after_the_page(
    cast: SimpleNamespace, client: Client, client_of: Any
) -> None:
    note = report(client, "/unternehmen/hellweg-robotik/", email="rike@example.org")
    assert (note.kind, note.agency, note.label) == ("barrier", cast.west.agency, "Hellweg Robotik")
    readers = {cast.operator.email, cast.curator_west.email, cast.manager_west.email}
    assert set(OutboxMail.objects.values_list("recipient", flat=True)) == readers
    mails = list(OutboxMail.objects.all())
    assert all("Kein Fokus." in text_of(mail) and "rike@" not in text_of(mail) for mail in mails)
    review = f"/admin/networks/outdatednote/{note.pk}/pruefen/"
    assert all(review in text_of(mail) for mail in mails)
    for person in (cast.operator, cast.curator_west):
        assert "rike@example.org" in client_of(person).get(review).content.decode()
    assert client_of(cast.curator_east).get(review).status_code == 404


@pytest.mark.parametrize(
    ("said", "page", "label"),
    [
        ("/", "/", "/"),
        ("http://testserver/netzwerke/?q=x", "/netzwerke/", "/netzwerke/"),
        ("", "", "ohne Angabe der Seite"),
        ("Beim Anmelden, ganz unten", "", "Beim Anmelden, ganz unten"),
        ("javascript:alert(1)", "", "javascript:alert(1)"),
        ("//böse.example/x", "", "//böse.example/x"),
        ("http://[", "", "http://["),
        ("/termin/geheimer-schluessel/", "", "eine persönliche Seite"),
        ("/en/companies/", "/en/companies/", "/en/companies/"),
    ],
)
def test_what_belongs_to_nobody_alone_is_the_operators(
    cast: SimpleNamespace, client: Client, client_of: Any, said: str, page: str, label: str
) -> None:
    note = report(client, said)
    assert (note.agency, note.page, note.label) == (None, page, label)
    assert OutboxMail.objects.get().recipient == cast.operator.email
    review = f"/admin/networks/outdatednote/{note.pk}/pruefen/"
    answer = client_of(cast.operator).get(review)
    assert answer.status_code == 200
    assert 'href="javascript' not in answer.content.decode()
    assert client_of(cast.curator_west).get(review).status_code == 404


def test_an_address_that_opens_by_itself_is_not_passed_on(
    cast: SimpleNamespace, make_poll: Any, client: Client
) -> None:
    token = make_poll("bald", cast.west, cast.east).participants.first().token
    page = client.get(f"/termin/{token}/").content.decode()
    assert f'href="{BARRIER}"' in page
    assert "seite=" not in page.split("site-footer")[1]


def test_machines_report_no_barriers(cast: SimpleNamespace, client: Client) -> None:
    assert client.post(BARRIER, {"message": "Kaufen", "homepage": "x"}).status_code == 302
    assert OutdatedNote.objects.count() == 0


# -- who is too quick --------------------------------------------------------------------------
def drawn_in(page: str) -> str:
    found = re.search(r'name="drawn" value="([^"]+)"', page)
    assert found
    return found[1]


def test_who_sends_in_a_moment_is_asked_to_send_again(
    cast: SimpleNamespace, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FORM_SECONDS = 2
    drawn = drawn_in(client.get(CONTACT).content.decode())
    again = client.post(CONTACT, {**LETTER, "drawn": drawn})
    assert "Das ging sehr schnell" in again.content.decode()
    assert LETTER["name"] in again.content.decode()
    assert OutboxMail.objects.count() == 0
    clock = time.time() + 3
    monkeypatch.setattr(time, "time", lambda: clock)
    assert client.post(CONTACT, {**LETTER, "drawn": drawn_in(again.content.decode())}).status_code == 302


@pytest.mark.parametrize("drawn", ["", "nichts", "0:1abcde:x", "1\x002"])
def test_a_forged_mark_counts_as_none(cast: SimpleNamespace, client: Client, settings: Any, drawn: str) -> None:
    settings.FORM_SECONDS = 2
    page = client.post(CONTACT, {**LETTER, "drawn": drawn}).content.decode()
    assert OutboxMail.objects.count() == 0
    assert drawn_in(page) != drawn


def test_who_left_the_page_open_for_days_sends_twice(
    cast: SimpleNamespace, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FORM_SECONDS = 2
    drawn, now = drawn_in(client.get(CONTACT).content.decode()), time.time()
    monkeypatch.setattr(time, "time", lambda: now + 2 * 24 * 3600)
    page = client.post(CONTACT, {**LETTER, "drawn": drawn}).content.decode()
    monkeypatch.setattr(time, "time", lambda: now + 2 * 24 * 3600 + 3)
    assert client.post(CONTACT, {**LETTER, "drawn": drawn_in(page)}).status_code == 302
