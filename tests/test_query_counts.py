"""A list asks the same number of queries for one row and for three."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from networks.actions.companies import edit_company
from networks.models import Company, CompanyMember, Membership, Network

ClientOf = Callable[[User | None], Client]
MakeCompany = Callable[..., Company]


def queries(client: Client, path: str) -> int:
    assert client.get(path).status_code == 200  # warms what a process keeps
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(path)
    return len(asked)


def more_of_everything(cast: SimpleNamespace, make_company: MakeCompany, make_person: Callable[..., User]) -> None:
    """Two more companies, networks, memberships, colleagues and changes."""
    for number in (1, 2):
        company = make_company(f"Hellweg Robotik {number}", cast.west, search_name=f"Hellweg Robotik {number}")
        CompanyMember.objects.create(company=company, person=cast.owner)
        CompanyMember.objects.create(company=cast.company, person=make_person(f"kollege{number}@example.org"))
        network = Network.objects.create(
            slug=f"netz-{number}", name=f"Netz {number}", short_name=f"Netz {number}",
            agency=cast.east.agency, state=Network.State.PUBLISHED,
        )  # fmt: skip
        Membership.objects.create(
            company=company, network=network, state=Membership.State.ACTIVE, joined_at=timezone.now()
        )
        edit_company(cast.company, {"summary": f"Fassung {number}."}, by=cast.owner)


@pytest.mark.parametrize(
    "path",
    [
        "/mein-bereich/",
        "/mein-bereich/unternehmen/hellweg-robotik/",
        "/mein-bereich/unternehmen/hellweg-robotik/team/",
        "/mein-bereich/unternehmen/hellweg-robotik/verlauf/",
        "/suche/?q=hellweg",
        "/karte/",
        "/netzwerke/",
    ],
)
def test_three_cost_no_more_queries_than_one(
    path: str, cast: SimpleNamespace, client_of: ClientOf, make_company: MakeCompany, make_person: Callable[..., User]
) -> None:
    edit_company(cast.company, {"summary": "Erste Fassung."}, by=cast.owner)
    edit_company(cast.company, {"summary": "Zweite Fassung."}, by=cast.owner)
    client = client_of(cast.owner)
    with_one = queries(client, path)

    more_of_everything(cast, make_company, make_person)

    assert queries(client, path) == with_one
