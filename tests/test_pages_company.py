"""A company's page: who sees it, what it shows, and where an old address leads."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from networks.models import Company, CompanyMember, CompanySlug, Membership
from networks.models.company_people import Visibility

ClientOf = Callable[[User | None], Client]


def page(client: Client, company: Company) -> str:
    response = client.get(company.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def join(company: Company, network: Any) -> None:
    Membership.objects.create(company=company, network=network, state=Membership.State.ACTIVE, joined_at=timezone.now())


def test_a_visitor_reads_who_they_are_and_gets_no_cookie(cast: SimpleNamespace, client: Client) -> None:
    response = client.get(cast.company.get_absolute_url())
    text = response.content.decode()
    for shown in ("Hellweg Robotik GmbH", cast.company.summary, "Kreis Westland", "WF Westland", "Robotik für KMU"):
        assert shown in text
    assert not response.cookies


@pytest.mark.parametrize("who", [None, "owner_east", "new", "curator_east"])
@pytest.mark.parametrize("which", ["pending_company", "hidden_company"])
def test_an_unpublished_company_does_not_exist_for_others(
    cast: SimpleNamespace, client_of: ClientOf, who: str | None, which: str
) -> None:
    unpublished = getattr(cast, which)
    assert client_of(getattr(cast, who) if who else None).get(unpublished.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("who", ["pending", "curator_west", "operator"])
def test_its_people_and_its_agency_see_it_with_a_note(cast: SimpleNamespace, client_of: ClientOf, who: str) -> None:
    text = page(client_of(getattr(cast, who)), cast.pending_company)
    assert "Nicht öffentlich: wartet auf Freigabe." in text
    assert "application/ld+json" not in text
    assert "Angaben veraltet?" not in text


def test_an_old_address_leads_to_the_new_one_for_ever(cast: SimpleNamespace, client: Client) -> None:
    CompanySlug.objects.create(slug="frueher", company=cast.company)
    response = client.get("/unternehmen/frueher/")
    assert (response.status_code, response["Location"]) == (301, cast.company.get_absolute_url())


def test_an_old_address_does_not_betray_a_hidden_company(cast: SimpleNamespace, client: Client) -> None:
    CompanySlug.objects.create(slug="frueher", company=cast.hidden_company)
    assert client.get("/unternehmen/frueher/").status_code == 404


@pytest.mark.parametrize("who", [None, "curator_west"])
def test_a_merged_company_leads_to_its_last_heir(
    cast: SimpleNamespace, client_of: ClientOf, make_company: Callable[..., Company], who: str | None
) -> None:
    middle = make_company("Mitte", cast.west, state=Company.State.MERGED, merged_into=cast.company)
    first = make_company("Anfang", cast.west, state=Company.State.MERGED, merged_into=middle)
    response = client_of(getattr(cast, who) if who else None).get(first.get_absolute_url())
    assert (response.status_code, response["Location"]) == (301, cast.company.get_absolute_url())


def test_an_archived_company_is_gone(cast: SimpleNamespace, client: Client) -> None:
    Company.objects.filter(pk=cast.company.pk).update(state=Company.State.ARCHIVED)
    assert client.get(cast.company.get_absolute_url()).status_code == 410


def test_an_address_nobody_ever_had(client: Client, db: None) -> None:
    assert client.get("/unternehmen/nirgends/").status_code == 404


@pytest.mark.parametrize(("who", "expected"), [(None, 1), ("new", 1), ("owner_east", 2), ("curator_east", 2)])
def test_each_contact_field_is_shown_as_far_as_agreed(
    cast: SimpleNamespace, client_of: ClientOf, who: str | None, expected: int
) -> None:
    fields = {"nobody": Visibility.NOBODY, "members": Visibility.MEMBERS, "public": Visibility.PUBLIC}
    Company.objects.filter(pk=cast.company.pk).update(
        email="firma@hellweg.example.org",
        email_visibility=Visibility.MEMBERS,
        phone="0251 1",
        phone_visibility="public",
    )
    CompanyMember.objects.filter(person=cast.owner, company=cast.company).update(
        name_visibility=fields["public"],
        email_visibility=fields["nobody"],
        phone="0251 777",
        phone_visibility=fields["members"],
    )
    text = page(client_of(getattr(cast, who) if who else None), cast.company)
    assert (cast.owner.name in text, "0251 1" in text) == (True, True)
    assert cast.owner.email not in text
    members_only = ["firma@hellweg.example.org" in text, "0251 777" in text]
    assert members_only == [expected == 2] * 2


def test_who_shows_nothing_is_not_named(cast: SimpleNamespace, client_of: ClientOf) -> None:
    assert CompanyMember.objects.filter(company=cast.company).count() == 2
    text = page(client_of(cast.owner_east), cast.company)
    assert "Ansprechpersonen" not in text
    assert cast.owner.email not in text


def test_a_left_person_is_shown_no_more(cast: SimpleNamespace, client: Client) -> None:
    CompanyMember.objects.filter(person=cast.owner, company=cast.company).update(name_visibility=Visibility.PUBLIC)
    assert cast.owner.name in page(client, cast.company)
    User.objects.filter(pk=cast.owner.pk).update(is_active=False)
    assert "Ansprechpersonen" not in page(client, cast.company)


def test_members_of_the_other_side_in_the_same_network(cast: SimpleNamespace, client: Client) -> None:
    assert "Von der anderen Seite, im selben Netzwerk" not in page(client, cast.company)
    join(cast.company_east, cast.network)
    join(cast.unclaimed, cast.network)
    text = page(client, cast.company)
    assert "Teuto Sensorik" in text
    assert "Baumberge Verpackung" not in text


@pytest.mark.parametrize(
    ("who", "links"),
    [
        (None, []),
        ("owner_east", []),
        ("editor", ["bearbeiten/", "verlauf/"]),
        ("curator_west", ["verlauf/", "/admin/"]),
        ("curator_east", []),
    ],
)
def test_only_its_people_and_its_agency_are_led_to_the_workbench(
    cast: SimpleNamespace, client_of: ClientOf, who: str | None, links: list[str]
) -> None:
    text = page(client_of(getattr(cast, who) if who else None), cast.company).split("<main")[1]
    assert [link for link in ("bearbeiten/", "verlauf/", "/admin/") if link in text] == links


def test_a_company_nobody_speaks_for_can_be_claimed(cast: SimpleNamespace, client: Client) -> None:
    assert "Das ist unser Unternehmen" in page(client, cast.unclaimed)
    assert "Das ist unser Unternehmen" not in page(client, cast.company)


def test_a_guest_company_has_its_caring_agency(
    cast: SimpleNamespace, client: Client, make_company: Callable[..., Company]
) -> None:
    guest = make_company("Twente Tech", None, caring_agency=cast.west.agency, guest_place="Enschede")
    text = page(client, guest)
    assert "zu Gast aus einer anderen Region" in text
    assert "Betreut von" in text


def test_the_description_is_plain_text(cast: SimpleNamespace, client: Client) -> None:
    Company.objects.filter(pk=cast.company.pk).update(
        name="Böse </script><script>", description="<script>alert(1)</script>\n\n**kein Markdown**"
    )
    text = page(client, cast.company)
    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>" in text
    assert "<p>**kein Markdown**</p>" in text
    assert "</script><script>" not in text


def test_one_company_or_many_the_same_number_of_queries(
    cast: SimpleNamespace,
    client: Client,
    make_company: Callable[..., Company],
    make_person: Callable[..., User],
    django_assert_max_num_queries: Any,
) -> None:
    join(cast.company_east, cast.network)
    client.get(cast.company.get_absolute_url())
    with django_assert_max_num_queries(15) as few:
        client.get(cast.company.get_absolute_url())
    for number in range(3):
        join(make_company(f"Ost {number}", cast.east), cast.network)
        CompanyMember.objects.create(
            company=cast.company, person=make_person(f"p{number}@example.org"), name_visibility=Visibility.PUBLIC
        )
    join(cast.company, cast.network_east)
    with django_assert_max_num_queries(15) as many:
        client.get(cast.company.get_absolute_url())
    assert len(many) == len(few)
