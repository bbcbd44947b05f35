"""Two edit one company at once: the later one hears of it, and keeps what was typed."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.audit import record
from accounts.models import OutboxMail
from networks.actions.claims import claim_company, withdraw_claim
from networks.actions.companies import archive_company, decline_company, edit_company
from networks.models import Company, Membership


def page_of(cast: SimpleNamespace) -> str:
    return reverse("networks:company-edit", args=[cast.company.slug])


def desk_of(cast: SimpleNamespace) -> str:
    return reverse("admin:networks_company_change", args=[cast.company.pk])


def form_in(answer: Any) -> Any:
    return answer.context["form"] if "form" in answer.context else answer.context["adminform"].form


def filled(form: Any, **changed: Any) -> dict[str, Any]:
    return {name: form[name].value() or "" for name in form.fields} | {"competences": []} | changed


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", [page_of, desk_of])
def test_the_later_one_hears_what_changed_and_may_insist(cast: SimpleNamespace, client_of: Any, place: Any) -> None:
    url, client = place(cast), client_of(cast.owner if place is page_of else cast.curator_west)
    form = form_in(client.get(url))
    data = filled(form, description="Mein langer Text.")
    edit_company(cast.company, {"summary": "Vom Kollegen."}, by=cast.editor)

    refused = client.post(url, data)
    assert refused.status_code == 200
    page = refused.content.decode()
    assert "Inzwischen hat jemand anderes gespeichert" in page
    assert "Vom Kollegen." in page
    assert "Mein langer Text." in page
    cast.company.refresh_from_db()
    assert (cast.company.summary, cast.company.description) == ("Vom Kollegen.", "")

    again = filled(form_in(refused), description="Mein langer Text.")
    assert client.post(url, again).status_code == 302
    cast.company.refresh_from_db()
    assert cast.company.description == "Mein langer Text."
    assert cast.company.summary == "Hellweg Robotik in einem Satz."


def test_the_same_click_twice_is_no_quarrel(cast: SimpleNamespace, client_of: Any) -> None:
    client = client_of(cast.owner)
    data = filled(form_in(client.get(page_of(cast))), summary="Neu gesagt.")
    assert [client.post(page_of(cast), data).status_code for _ in range(2)] == [302, 302]


def test_a_decision_in_between_disturbs_nobody(cast: SimpleNamespace, client_of: Any) -> None:
    """The form does not show the state, so nobody overwrites it."""
    client = client_of(cast.owner)
    data = filled(form_in(client.get(page_of(cast))), summary="Neu gesagt.")
    cast.company.decision_note = "Gelesen."
    cast.company.save()
    assert client.post(page_of(cast), data).status_code == 302


def test_a_move_names_the_new_agency(cast: SimpleNamespace, client_of: Any) -> None:
    client = client_of(cast.owner)
    data = filled(form_in(client.get(page_of(cast))), municipality=cast.east.town.pk, postcode="49324")
    assert "Zuständig ist jetzt: WF Ostland" in client.post(page_of(cast), data, follow=True).content.decode()


def test_the_old_agency_gets_no_link_to_what_it_may_not_see(cast: SimpleNamespace) -> None:
    edit_company(cast.hidden_company, {"municipality": cast.east.town}, by=cast.owner)
    mails = {mail.recipient: bytes(mail.source).decode() for mail in OutboxMail.objects.all()}
    review = reverse("admin:networks_company_review", args=[cast.hidden_company.pk])
    assert review not in mails[cast.curator_west.email]
    assert cast.hidden_company.slug not in mails[cast.curator_west.email]
    assert review in mails[cast.curator_east.email]


@pytest.mark.parametrize(("before", "status"), [("company", 410), ("pending_company", 404)])
def test_archived_is_gone_only_if_it_was_public(
    cast: SimpleNamespace, client_of: Any, before: str, status: int
) -> None:
    company = getattr(cast, before)
    if company.state == Company.State.PENDING:
        decline_company(company, by=cast.curator_west, reason="Nein.")
    archive_company(company, by=cast.curator_west, reason="Zu.")
    assert client_of(None).get(company.get_absolute_url()).status_code == status


def test_the_home_agency_hears_of_a_claim_taken_back(cast: SimpleNamespace) -> None:
    claim = claim_company(cast.unclaimed, by=cast.new, message="Ich.")
    OutboxMail.objects.all().delete()
    withdraw_claim(claim, by=cast.new)
    told = set(OutboxMail.objects.values_list("recipient", flat=True))
    assert told == {cast.curator_west.email, cast.manager_west.email}


def test_a_network_reads_no_address_of_who_asked(cast: SimpleNamespace, client_of: Any) -> None:
    from_east = Membership.objects.create(company=cast.company_east, network=cast.network, requested_by=cast.owner_east)
    cast.owner_east.name = ""
    cast.owner_east.save()
    record(by=cast.owner_east, verb="membership.requested", on=from_east)
    from_east_url = reverse("admin:networks_membership_review", args=[from_east.pk])
    page = client_of(cast.curator_west).get(from_east_url).content.decode()
    assert "jemand ohne Namen" in page
    assert cast.owner_east.email not in page


# -- a move at the desk ----------------------------------------------------------------------------
def move_of(company: Company) -> str:
    return reverse("admin:networks_company_move", args=[company.pk])


@pytest.mark.django_db(transaction=True)
def test_a_move_says_first_who_is_responsible_then(cast: SimpleNamespace, client_of: Any) -> None:
    staff, url = client_of(cast.curator_west), move_of(cast.company)
    data = filled(form_in(staff.get(url)), municipality=cast.east.town.pk, postcode="49324")
    page = staff.post(url, {**data, "preview": "1"})
    assert "Danach zuständig: WF Ostland" in page.content.decode()
    cast.company.refresh_from_db()
    assert cast.company.municipality == cast.west.town

    assert staff.post(url, {**data, "move": "1"}).url == reverse("admin:index")
    cast.company.refresh_from_db()
    assert cast.company.home_agency == cast.east.agency
    assert staff.get(url).status_code == 404
    told = set(OutboxMail.objects.values_list("recipient", flat=True))
    assert told == {cast.curator_west.email, cast.manager_west.email, cast.curator_east.email}


def test_a_move_within_the_district_tells_nobody(cast: SimpleNamespace, client_of: Any) -> None:
    staff, url = client_of(cast.curator_west), move_of(cast.company)
    data = filled(form_in(staff.get(url)), street="Neue Straße 1", postcode="48143")
    assert "Zuständig bleibt" in staff.post(url, {**data, "preview": "1"}).content.decode()
    answer = staff.post(url, {**data, "move": "1"})
    assert answer.url == reverse("admin:networks_company_review", args=[cast.company.pk])
    assert not OutboxMail.objects.exists()


def test_a_wrong_postcode_is_said(cast: SimpleNamespace, client_of: Any) -> None:
    staff, url = client_of(cast.curator_west), move_of(cast.company)
    data = filled(form_in(staff.get(url)), municipality=cast.east.town.pk, postcode="48143")
    assert "gehört zu: Münster" in staff.post(url, {**data, "move": "1"}).content.decode()
    cast.company.refresh_from_db()
    assert cast.company.municipality == cast.west.town


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_moves_a_foreign_company(cast: SimpleNamespace, client_of: Any, method: str) -> None:
    data = {"municipality": cast.west.town.pk, "move": "1"}
    for person, status in ((cast.curator_west, 404), (cast.owner_east, 403), (None, 302)):
        assert getattr(client_of(person), method)(move_of(cast.company_east), data).status_code == status
    cast.company_east.refresh_from_db()
    assert cast.company_east.municipality == cast.east.town


def test_the_desk_links_to_no_foreign_agency(cast: SimpleNamespace, client_of: Any, make_company: Any) -> None:
    guest = make_company("Gast", None, guest_place="Enschede", caring_agency=cast.west.agency)
    page = client_of(cast.curator_west).get(reverse("admin:networks_company_change", args=[guest.pk])).content.decode()
    assert "Enschede" in page
    assert cast.west.agency.short_name in page
    assert reverse("admin:networks_agency_change", args=[cast.west.agency.pk]) not in page
