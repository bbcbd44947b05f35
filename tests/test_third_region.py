"""No code or text knows of two regions: a third one, in the Netherlands, walks the whole portal."""

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.models import OutboxMail, User
from networks.actions.companies import approve_company, submit_company
from networks.actions.memberships import approve_membership, request_membership
from networks.models import (
    Agency,
    AgencyStaff,
    Company,
    District,
    Membership,
    Municipality,
    Network,
    Opening,
    Region,
    TwinAgency,
)
from networks.rules import membership_abilities
from networks.shares import network_shares, overall_share

ROOT = settings.BASE_DIR
FIRST_INSTALLATION = re.compile(
    r"Münster(land|isch)|Osnabrück|muensterland|osnabruecker|DE-N[WI]\b|Nordrhein|Niedersachsen"
)


@pytest.fixture
def twente(cast: SimpleNamespace, make_person: Callable[..., User]) -> SimpleNamespace:
    """Two districts, an agency with a curator, a network open to everybody, a company in it."""
    region = Region.objects.create(
        slug="twente", name_de="Twente", state="NL-OV", state_name_de="Overijssel", order=3, colour_light="#5b3a8c"
    )
    agency = Agency.objects.create(
        slug="oost",
        official_name="Oost-Nederland NV",
        short_name="Oost",
        region=region,
        lat=52.22,
        lon=6.89,
        city="Enschede",
    )
    kinds = [
        ("NL-T1", "twente-noord", "Twente-Noord", "M-90 5L-80 9Z"),
        ("NL-T2", "twente-zuid", "Twente-Zuid", "M-90 9L-80 15Z"),
    ]
    districts = [
        District.objects.create(
            ags=ags,
            slug=slug,
            region=region,
            name=name,
            short_name=name,
            home_agency=agency,
            path=path,
            label_x=0,
            label_y=0,
        )
        for ags, slug, name, path in kinds
    ]
    agency.districts.set(districts)
    town = Municipality.objects.create(ags="NL0153", name="Enschede", district=districts[1], lat=52.22, lon=6.89)
    curator = make_person("curator-twente@example.org", is_staff=True)
    AgencyStaff.objects.create(agency=agency, person=curator)
    network = Network.objects.create(
        slug="textiel", name="Slimme Textiel", short_name="Textiel", agency=agency, state=Network.State.PUBLISHED
    )
    for side in (cast.west, cast.east):
        Opening.objects.create(
            network=network, region=side.region, since=timezone.localdate(), state=Opening.State.CONFIRMED
        )
    Opening.objects.create(
        network=cast.network, region=region, since=timezone.localdate(), state=Opening.State.CONFIRMED
    )
    TwinAgency.objects.create(network=cast.network, region=region, agency=agency)
    owner = make_person("owner-twente@example.org")
    answers = {"name": "Weverij Twente", "legal_form": "BV", "summary": "Weeft slim.", "municipality": town}
    company = approve_company(submit_company(answers, by=owner), by=curator)
    return SimpleNamespace(
        region=region,
        agency=agency,
        districts=districts,
        town=town,
        curator=curator,
        network=network,
        owner=owner,
        company=company,
    )


def test_directory_counts_the_third_region(twente: SimpleNamespace, client: Client) -> None:
    page = client.get("/unternehmen/?region=twente").content.decode()
    assert re.findall(r'article[^>]*data-slug="([^"]+)"', page) == ["weverij-twente"]
    assert re.search(r'data-facet="region" data-value="twente" data-count="1"', page)
    assert re.search(r'data-facet="district" data-value="twente-zuid" data-count="1"', page)


def test_its_home_agency_approved_and_its_twin_decides_joins(cast: SimpleNamespace, twente: SimpleNamespace) -> None:
    membership = request_membership(twente.company, cast.network, by=twente.owner, message="Wij ook.")
    told = set(OutboxMail.objects.filter(subject__contains="möchte zu").values_list("recipient", flat=True))
    assert told == {cast.curator_west.email, cast.manager_west.email, twente.curator.email}
    assert not membership_abilities(cast.curator_east, membership).decide

    approve_membership(membership, by=twente.curator)

    assert Membership.objects.active().cross_border().get(company=twente.company).network == cast.network


def test_share_counts_every_other_side_as_other(cast: SimpleNamespace, twente: SimpleNamespace) -> None:
    approve_membership(
        request_membership(twente.company, cast.network, by=twente.owner, message="Wij ook."), by=twente.curator
    )
    published = Company.objects.published().in_some_region()
    outside = published.exclude(municipality__district__region=cast.west.region).count()
    share = network_shares([cast.network])[cast.network.pk]

    assert (share.active, share.foreign, share.outside, share.companies) == (2, 1, outside, published.count())
    assert (overall_share().active, overall_share().foreign) == (2, 1)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/", "Twente"),
        ("/karte/", "Enschede"),
        ("/netzwerke/textiel/", "Oost"),
        ("/regionen/twente/", "Twente-Zuid"),
        ("/kreise/twente-zuid/", "Weverij Twente"),
        ("/wirtschaftsfoerderungen/oost/", "Textiel"),
        ("/unternehmen/weverij-twente/", "Twente"),
        ("/suche/?q=weverij", "/unternehmen/weverij-twente/"),
    ],
)
def test_its_pages_are_there(path: str, said: str, twente: SimpleNamespace, client: Client) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert said in page.content.decode()


def test_its_colours_are_served(twente: SimpleNamespace, client: Client) -> None:
    address = re.search(r'href="(/regionen/farben-[^"]+)"', client.get("/").content.decode())
    assert address
    answer = client.get(address.group(1))
    assert '[data-region="twente"]' in answer.content.decode()
    assert "#5b3a8c" in answer.content.decode()


def test_no_code_and_no_page_names_the_first_installation() -> None:
    folders = ("accounts", "networks", "events", "portal", "templates", "static")
    files = [path for folder in folders for path in sorted((ROOT / folder).rglob("*")) if is_ours(path)]
    assert len(files) > 200
    assert [str(path.relative_to(ROOT)) for path in files if FIRST_INSTALLATION.search(path.read_text("utf-8"))] == []


def is_ours(path: Path) -> bool:
    data = {"data", "demo", "pages"} & set(path.relative_to(ROOT).parts)
    return path.suffix in {".py", ".html", ".js", ".css", ".txt"} and not data
