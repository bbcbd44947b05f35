"""Everybody reads, takes along and deletes what the portal knows of them; nobody else can."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.models import AuditEntry, Consent, User
from networks.models import AgencyStaff, CompanyMember
from tests.conftest import PASSWORD
from tests.test_query_counts import queries

JustProven = Callable[[User], Client]
DATA, FILE, ERASE = "/konto/daten/", "/konto/daten.json", "/konto/loeschen/"


@pytest.mark.parametrize("path", [DATA, FILE, ERASE])
def test_the_password_is_asked_for_once_more(cast: SimpleNamespace, path: str) -> None:
    client = Client()
    client.post("/konto/login/", {"login": cast.owner.email, "password": PASSWORD})
    assert client.get("/mein-bereich/").status_code == 200
    asked = client.get(path)
    assert asked["Location"] == f"/konto/reauthenticate/?next={path.replace('/', '%2F')}"
    answer = client.post(asked["Location"], {"password": PASSWORD})
    assert answer["Location"] == path
    assert client.get(path).status_code == 200


def test_the_page_says_what_is_known_and_who_answers_for_it(cast: SimpleNamespace, just_proven: JustProven) -> None:
    member = CompanyMember.objects.get(company=cast.company, person=cast.owner)
    member.phone = "0251 112233"
    member.save()
    Consent.objects.create(person=cast.owner, purpose=Consent.Purpose.CONTACT, text_version="2026-11")
    answer = just_proven(cast.owner).get(DATA)
    page = answer.content.decode()
    for said in ("owner@example.org", "0251 112233", "Hellweg Robotik", "als Ansprechperson gezeigt werden", "2026-11"):
        assert said in page
    assert "Verantwortlich: der Betrieb des Portals" in page
    assert "Verantwortlich: WF Westland" in page
    assert "editor@example.org" not in page
    assert "no-store" in answer["Cache-Control"]


def test_the_file_says_the_same_and_is_no_page(cast: SimpleNamespace, just_proven: JustProven) -> None:
    answer = just_proven(cast.owner).get(FILE)
    assert answer["Content-Disposition"] == 'attachment; filename="brueckenschlag-meine-daten.json"'
    assert "no-store" in answer["Cache-Control"]
    sections = {section["key"]: section["entries"] for section in answer.json()["sections"]}
    assert sections["accounts.user"][0]["email"] == "owner@example.org"
    assert {entry["company"] for entry in sections["networks.companymember"]} == {"Hellweg Robotik", "Verborgen Metall"}
    assert AuditEntry.objects.filter(by=cast.owner, verb="account.exported").count() == 1


def test_a_long_section_is_whole_in_the_file(cast: SimpleNamespace, just_proven: JustProven) -> None:
    AuditEntry.objects.bulk_create(AuditEntry(by=cast.owner, verb="company.published") for _ in range(60))
    client = just_proven(cast.owner)
    assert "Die ersten 50 von 61; alle stehen in der Datei." in client.get(DATA).content.decode()
    sections = {section["key"]: section["entries"] for section in client.get(FILE).json()["sections"]}
    assert len(sections["log"]) == 62


def test_three_companies_cost_no_more_queries_than_one(
    cast: SimpleNamespace, just_proven: JustProven, make_company: Callable[..., object]
) -> None:
    client = just_proven(cast.owner)
    before = queries(client, DATA)
    for number in (1, 2):
        CompanyMember.objects.create(company=make_company(f"Weitere {number}", cast.west), person=cast.owner)
    assert queries(client, DATA) == before


def test_what_will_happen_is_said_first(cast: SimpleNamespace, just_proven: JustProven) -> None:
    page = just_proven(cast.owner).get(ERASE).content.decode()
    assert "Für Hellweg Robotik wird Editor verantwortlich." in page
    assert "Für Verborgen Metall spricht dann niemand mehr." in page
    assert "Sie sprechen nicht mehr für das Unternehmen; sein Eintrag bleibt." in page
    assert "ehemaliges Mitglied" in page
    assert User.objects.filter(pk=cast.owner.pk).exists()


def test_without_the_tick_nothing_happens(cast: SimpleNamespace, just_proven: JustProven) -> None:
    answer = just_proven(cast.owner).post(ERASE, {})
    assert answer.status_code == 200
    assert User.objects.filter(pk=cast.owner.pk).exists()


def test_with_it_the_account_is_gone_and_every_device_signed_out(
    cast: SimpleNamespace, just_proven: JustProven, client_of: Callable[[User], Client]
) -> None:
    phone, client = client_of(cast.owner), just_proven(cast.owner)
    answer = client.post(ERASE, {"sure": "on"})
    assert answer["Location"] == "/konto/geloescht/"
    assert answer.cookies["sessionid"]["max-age"] == 0
    page = client.get("/konto/geloescht/")
    assert "Ihr Konto ist gelöscht" in page.content.decode()
    assert not User.objects.filter(pk=cast.owner.pk).exists()
    assert phone.get("/mein-bereich/").status_code == 302
    assert not Session.objects.exists()


def test_who_leads_a_team_alone_reads_why_not(cast: SimpleNamespace, just_proven: JustProven) -> None:
    client = just_proven(cast.manager_west)
    page = client.get(ERASE).content.decode()
    assert "Sie leiten das Team von WF Westland allein." in page
    assert "Konto jetzt löschen" not in page
    assert "Sie leiten das Team" in client.post(ERASE, {"sure": "on"}).content.decode()
    assert AgencyStaff.objects.filter(person=cast.manager_west).exists()


def test_both_are_linked_from_my_area(cast: SimpleNamespace, client_of: Callable[[User], Client]) -> None:
    for person in (cast.owner, cast.curator_west):
        page = client_of(person).get("/mein-bereich/").content.decode()
        assert f'href="{DATA}">Meine Daten<' in page
        assert f'href="{ERASE}">Konto löschen<' in page
    desk = client_of(cast.curator_west).get("/admin/").content.decode()
    assert 'href="/mein-bereich/#account-title"' in desk
