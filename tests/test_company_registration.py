"""From "enter or find" to the decision, as the applicant sees it."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from accounts.models import OutboxMail, User
from networks.actions import claims, companies
from networks.models import Claim, Company, CompanyMember, CompanySlug, DirectoryVersion

Of = Callable[[User | None], Client]
REGISTER = "/mein-bereich/eintragen/"
PLACES = ("street", "municipality", "guest_place", "caring_agency")


def entry(side: SimpleNamespace, **values: Any) -> dict[str, Any]:
    return {
        "name": "Ems Fräsen",
        "legal_form": "GmbH",
        "summary": "Wir fräsen Getriebe.",
        "postcode": side.town.postcodes.get().code,
        "municipality": side.town.pk,
        "email_visibility": "nobody",
        "phone_visibility": "nobody",
        **values,
    }


def own(company: Company, page: str = "") -> str:
    return f"/mein-bereich/unternehmen/{company.slug}/{page}"


def test_the_form_stands_in_sections(cast: SimpleNamespace, client_of: Of) -> None:
    page = client_of(cast.new).get(REGISTER).content.decode()
    places = [page.index(title) for title in ("Wer Sie sind", "Was Sie können", "Wo Sie sind", "Wie man Sie erreicht")]
    assert places == sorted(places)


def test_an_entry_waits_for_its_home_agency(cast: SimpleNamespace, client_of: Of) -> None:
    answer = client_of(cast.new).post(REGISTER, entry(cast.west, description="Seit 1950."), follow=True)

    company = Company.objects.get(name="Ems Fräsen")
    assert answer.redirect_chain == [(own(company), 302)]
    assert "Ihr Antrag wartet auf Freigabe." in answer.content.decode()
    assert (company.state, company.home_agency, company.description) == ("pending", cast.west.agency, "Seit 1950.")
    assert CompanyMember.objects.get(company=company).role == "owner"
    assert Client().get(f"/unternehmen/{company.slug}/").status_code == 404


def test_a_visitor_signs_in_first(client: Client, db: None) -> None:
    assert client.get(REGISTER)["Location"] == f"/konto/login/?next={REGISTER}"


def test_published_lookalikes_are_shown_before_anything_is_saved(cast: SimpleNamespace, client_of: Of) -> None:
    companies.edit_company(cast.unclaimed, {"name": "Baumberge Verpackung"}, by=cast.operator)
    client, asked = client_of(cast.new), entry(cast.west, name="Baumberge Verpackung", legal_form="KG")

    page = client.post(REGISTER, asked).content.decode()

    assert "Ist es eines von diesen?" in page
    assert f"/mein-bereich/uebernehmen/{cast.unclaimed.slug}/" in page
    assert not Company.objects.of_person(cast.new).exists()
    client.post(REGISTER, {**asked, "neu": "1"})
    assert Company.objects.of_person(cast.new).get().slug != cast.unclaimed.slug


def test_lookalikes_that_are_not_public_stay_unseen(cast: SimpleNamespace, client_of: Of) -> None:
    companies.edit_company(cast.hidden_company, {"name": "Verborgen Metall"}, by=cast.operator)
    answer = client_of(cast.new).post(REGISTER, entry(cast.west, name="Verborgen Metall"))
    assert answer.status_code == 302
    assert Company.objects.of_person(cast.new).exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"summary": "x" * 221}, "summary"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"postcode": "49324"}, "postcode"),
        ({"municipality": ""}, "municipality"),
        ({"municipality": "", "guest_place": "Wien"}, "caring_agency"),
        ({"municipality": "99999"}, "municipality"),
        ({"founded": "0950"}, "founded"),
        ({"name": "Ems\0Fräsen"}, "name"),
        ({"email_visibility": "jeder"}, "email_visibility"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    wrong: dict[str, str], field: str, cast: SimpleNamespace, east: SimpleNamespace, client_of: Of
) -> None:
    answer = client_of(cast.new).post(REGISTER, entry(cast.west, **wrong))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert not Company.objects.of_person(cast.new).exists()


def test_a_guest_chooses_who_cares(cast: SimpleNamespace, client_of: Of) -> None:
    values = entry(cast.west, municipality="", postcode="1010", guest_place="Wien", caring_agency=cast.east.agency.pk)
    client_of(cast.new).post(REGISTER, values)

    guest = Company.objects.of_person(cast.new).get()
    assert (guest.place, guest.region, guest.home_agency) == ("Wien", None, cast.east.agency)
    assert {mail.recipient for mail in OutboxMail.objects.all()} == {cast.curator_east.email}


def test_the_agencys_question_is_read_answered_and_sent_again(cast: SimpleNamespace, client_of: Of) -> None:
    company, client = cast.pending_company, client_of(cast.pending)
    companies.ask_back_company(company, by=cast.curator_west, message="Was genau fräsen Sie?")
    assert "Was genau fräsen Sie?" in client.get(own(company)).content.decode()
    assert "Rückfrage zu Ihrem Eintrag" in client.get("/mein-bereich/").content.decode()

    saved = client.post(own(company, "bearbeiten/"), entry(cast.west, name=company.name, summary="Getriebe."))
    client.post(own(company, "einreichen/"))

    company.refresh_from_db()
    assert saved.status_code == 302
    assert (company.state, company.summary, company.decision_note) == ("pending", "Getriebe.", "")


def test_withdrawn_and_entered_again(cast: SimpleNamespace, client_of: Of) -> None:
    client = client_of(cast.pending)
    for page, state in (("zurueckziehen/", "withdrawn"), ("einreichen/", "pending")):
        assert client.get(own(cast.pending_company, page)).status_code == 200
        client.post(own(cast.pending_company, page))
        cast.pending_company.refresh_from_db()
        assert cast.pending_company.state == state


def test_two_decisions_at_once_one_is_told_so(cast: SimpleNamespace, client_of: Of) -> None:
    client = client_of(cast.pending)
    companies.decline_company(cast.pending_company, by=cast.curator_west, reason="Kein Unternehmen.")
    assert client.post(own(cast.pending_company, "zurueckziehen/")).status_code == 403
    assert "Kein Unternehmen." in client.get(own(cast.pending_company)).content.decode()


def test_a_new_name_keeps_its_old_address_and_the_directory_notices(cast: SimpleNamespace, client_of: Of) -> None:
    version = DirectoryVersion.current()
    client_of(cast.editor).post(own(cast.company, "bearbeiten/"), entry(cast.west, name="Lippe Robotik"))

    assert DirectoryVersion.current() > version
    assert CompanySlug.objects.get(slug="hellweg-robotik").company == cast.company
    moved = Client().get("/unternehmen/hellweg-robotik/")
    assert (moved.status_code, moved["Location"]) == (301, "/unternehmen/lippe-robotik/")


def test_the_history_says_who_changed_what(cast: SimpleNamespace, client_of: Of) -> None:
    cast.company.save()
    client_of(cast.editor).post(own(cast.company, "bearbeiten/"), entry(cast.west, name=cast.company.name))
    for reader in (cast.owner, cast.curator_west):
        page = client_of(reader).get(own(cast.company, "verlauf/")).content.decode()
        assert "Wir fräsen Getriebe." in page
        assert cast.editor.name in page


def test_a_page_nobody_speaks_for_is_asked_for_and_left_again(cast: SimpleNamespace, client_of: Of) -> None:
    client, address = client_of(cast.new), f"/mein-bereich/uebernehmen/{cast.unclaimed.slug}/"
    assert address in client.get(f"/unternehmen/{cast.unclaimed.slug}/").content.decode()
    client.post(address, {"message": "Ich leite den Vertrieb."})
    claim = Claim.objects.get()
    assert {mail.recipient for mail in OutboxMail.objects.all()} == {cast.curator_west.email, cast.manager_west.email}
    again = client.post(address, {"message": "Hallo?"})
    assert "liegt schon bei der Wirtschaftsförderung" in again.content.decode()

    withdraw = f"/mein-bereich/uebernahmen/{claim.pk}/zurueckziehen/"
    assert withdraw in client.get("/mein-bereich/").content.decode()
    assert client_of(cast.pending).post(withdraw).status_code == 404
    client.post(withdraw)

    claim.refresh_from_db()
    assert claim.state == "withdrawn"
    assert client.post(withdraw).status_code == 404


def test_where_nothing_can_be_claimed_there_is_no_form(cast: SimpleNamespace, client_of: Of) -> None:
    client = client_of(cast.new)
    assert "<textarea" in client.get(f"/mein-bereich/uebernehmen/{cast.unclaimed.slug}/").content.decode()
    page = client.get(f"/mein-bereich/uebernehmen/{cast.company.slug}/").content.decode()
    assert "spricht schon jemand" in page
    assert "<textarea" not in page


def test_a_place_is_not_voluntary(cast: SimpleNamespace, client_of: Of) -> None:
    page = client_of(cast.new).get("/mein-bereich/eintragen/").content.decode()
    marks = {
        name: "(freiwillig)" in re.search(rf'<label for="id_{name}">.*?</label>', page, re.DOTALL)[0] for name in PLACES
    }
    assert marks == {"street": True, "municipality": False, "guest_place": False, "caring_agency": False}


def test_a_claimed_company_sends_people_to_its_team(cast: SimpleNamespace, client_of: Of) -> None:
    answer = client_of(cast.new).post(f"/mein-bereich/uebernehmen/{cast.company.slug}/", {"message": "Ich auch."})
    assert "spricht schon jemand" in answer.content.decode()
    assert not Claim.objects.exists()


def test_who_takes_over_hears_and_may_edit(cast: SimpleNamespace, client_of: Of) -> None:
    claim = claims.claim_company(cast.unclaimed, by=cast.new, message="Ich.")
    assert client_of(cast.new).get(own(cast.unclaimed, "bearbeiten/")).status_code == 403
    claims.approve_claim(claim, by=cast.curator_west)
    assert client_of(cast.new).get(own(cast.unclaimed, "bearbeiten/")).status_code == 200
    assert OutboxMail.objects.filter(recipient=cast.new.email).count() == 1


def test_a_declined_claim_shows_its_reason(cast: SimpleNamespace, client_of: Of) -> None:
    claim = claims.claim_company(cast.unclaimed, by=cast.new, message="Ich.")
    claims.decline_claim(claim, by=cast.curator_west, reason="Bitte rufen Sie uns an.")
    assert "Bitte rufen Sie uns an." in client_of(cast.new).get("/mein-bereich/").content.decode()
