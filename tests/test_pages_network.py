"""A network's page and the list of networks."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from networks.models import Company, CompanyMember, Membership, Network, NetworkSlug, TwinAgency
from networks.models.company_people import Visibility

ClientOf = Callable[[User | None], Client]


def join(company: Company, network: Network) -> None:
    Membership.objects.create(company=company, network=network, state=Membership.State.ACTIVE, joined_at=timezone.now())


def page(client: Client, network: Network) -> str:
    response = client.get(network.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_aims_leads_share_and_how_to_join(cast: SimpleNamespace, client: Client) -> None:
    TwinAgency.objects.create(network=cast.network, region=cast.east.region, agency=cast.east.agency)
    join(cast.company_east, cast.network)
    text = page(client, cast.network)
    assert "<p>Voneinander lernen.</p>" in text
    assert "Westland: leitet das Netzwerk" in text
    assert "Ostland: Kontakt auf dieser Seite" in text
    assert "Offen für Unternehmen der Region Ostland seit" in text
    assert 'data-figure="active" data-value="2"' in text
    assert 'data-figure="foreign" data-value="1"' in text
    assert 'data-figure="mixing" data-value="0.3333"' in text
    assert ("Hellweg Robotik" in text, "Teuto Sensorik" in text) == (True, True)


def test_hidden_companies_and_open_requests_are_no_members(cast: SimpleNamespace, client: Client) -> None:
    join(cast.hidden_company, cast.network)
    Membership.objects.create(company=cast.unclaimed, network=cast.network, state=Membership.State.REQUESTED)
    text = page(client, cast.network)
    assert "Hellweg Robotik" in text
    assert "Verborgen Metall" not in text
    assert "Baumberge Verpackung" not in text


def test_guests_stand_apart(cast: SimpleNamespace, client: Client, make_company: Callable[..., Company]) -> None:
    join(make_company("Twente Tech", None, caring_agency=cast.west.agency, guest_place="Enschede"), cast.network)
    text = page(client, cast.network)
    assert "Gäste aus anderen Regionen" in text
    assert "Twente Tech" in text
    assert 'data-figure="active" data-value="1"' in text


@pytest.mark.parametrize(
    ("who", "status"),
    [(None, 404), ("owner", 404), ("curator_east", 404), ("curator_west", 200), ("operator", 200)],
)
def test_a_draft_is_for_its_curators(cast: SimpleNamespace, client_of: ClientOf, who: str | None, status: int) -> None:
    response = client_of(getattr(cast, who) if who else None).get(cast.draft.get_absolute_url())
    assert response.status_code == status
    assert ("Diese Seite sieht nur das Team" in response.content.decode()) == (status == 200)


def test_an_archived_network_is_gone_and_a_renamed_one_moved(cast: SimpleNamespace, client: Client) -> None:
    NetworkSlug.objects.create(slug="frueher", network=cast.network)
    response = client.get("/netzwerke/frueher/")
    assert (response.status_code, response["Location"]) == (301, cast.network.get_absolute_url())
    Network.objects.filter(pk=cast.network.pk).update(state=Network.State.ARCHIVED)
    assert client.get("/netzwerke/frueher/").status_code == 410
    assert client.get(cast.network.get_absolute_url()).status_code == 410
    assert client.get("/netzwerke/nirgends/").status_code == 404


def test_an_old_address_does_not_betray_a_draft(cast: SimpleNamespace, client: Client) -> None:
    NetworkSlug.objects.create(slug="frueher", network=cast.draft)
    assert client.get("/netzwerke/frueher/").status_code == 404


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        (None, False),
        ("new", False),
        ("owner_east", False),
        ("curator_east", False),
        ("editor", True),
        ("curator_west", True),
    ],
)
def test_contacts_are_for_members_and_curators(
    cast: SimpleNamespace, client_of: ClientOf, who: str | None, sees: bool
) -> None:
    CompanyMember.objects.filter(person=cast.owner, company=cast.company).update(
        name_visibility=Visibility.MEMBERS, email_visibility=Visibility.MEMBERS
    )
    text = page(client_of(getattr(cast, who) if who else None), cast.network)
    assert ("Ihre Kontakte im Netzwerk" in text) == sees
    assert (cast.owner.email in text) == sees


def test_who_agreed_to_nothing_is_not_even_named_to_members(cast: SimpleNamespace, client_of: ClientOf) -> None:
    text = page(client_of(cast.editor), cast.network)
    assert cast.owner.email not in text
    assert "Ihre Kontakte im Netzwerk" not in text


def test_the_list_shows_published_networks_with_their_share(cast: SimpleNamespace, client: Client) -> None:
    text = client.get("/netzwerke/").content.decode()
    assert ("Robotik für KMU" in text, "autOS Automotive" in text) == (True, True)
    assert cast.draft.get_absolute_url() not in text
    assert 'data-figure="active" data-value="1"' in text


def test_an_empty_list_is_friendly(client: Client, db: None) -> None:
    response = client.get("/netzwerke/")
    assert (response.status_code, "Die ersten Netzwerke entstehen gerade" in response.content.decode()) == (200, True)


@pytest.mark.parametrize("path", ["/netzwerke/", "/netzwerke/robotik-kmu/"])
def test_one_member_or_many_the_same_number_of_queries(
    cast: SimpleNamespace,
    client: Client,
    make_company: Callable[..., Company],
    django_assert_max_num_queries: Any,
    path: str,
) -> None:
    join(cast.company_east, cast.network)
    TwinAgency.objects.create(network=cast.network, region=cast.east.region, agency=cast.east.agency)
    client.get(path)
    with django_assert_max_num_queries(40) as few:
        client.get(path)
    for number in range(3):
        join(make_company(f"Ost {number}", cast.east), cast.network)
        join(make_company(f"West {number}", cast.west), cast.network)
        extra = Network.objects.create(
            slug=f"n{number}", name=f"N{number}", short_name="N", agency=cast.east.agency, state=Network.State.PUBLISHED
        )
        TwinAgency.objects.create(network=extra, region=cast.west.region, agency=cast.west.agency)
    with django_assert_max_num_queries(40) as many:
        client.get(path)
    assert len(many) == len(few)
