"""Agencies, regions, districts."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Announcement
from networks.models import Agency, Attribution, Company, District, Membership, Municipality, Network, Region


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert (response.status_code, dict(response.cookies)) == (200, {})
    return response.content.decode()


def test_an_agency_shows_a_function_its_networks_and_companies_never_its_staff(
    cast: SimpleNamespace, client: Client
) -> None:
    text = text_of(client, cast.west.agency.get_absolute_url())
    for shown in (
        "Geschäftsstelle",
        "info@westland.example.org",
        "Robotik für KMU",
        "Hellweg Robotik",
        "Kreis Westland",
    ):
        assert shown in text
    for hidden in ("Verborgen Metall", "Neu am Ort", "Teuto Sensorik", "curator-west@example.org", "Curator-West"):
        assert hidden not in text
    assert "/unternehmen/?district=kreis-westland" in text
    assert "2 Unternehmen in ihrer Obhut" in text


def test_an_agency_without_a_region_has_a_page(db: None, client: Client) -> None:
    Agency.objects.create(slug="nachbarn", official_name="Nachbarn GmbH", short_name="Nachbarn", associated=True)
    assert "assoziiert" in text_of(client, "/wirtschaftsfoerderungen/nachbarn/")
    assert "Über die Regionen hinaus" in text_of(client, "/wirtschaftsfoerderungen/")


def test_the_list_of_agencies_is_ordered_by_side(cast: SimpleNamespace, client: Client) -> None:
    Agency.objects.create(slug="a-west", official_name="A West", short_name="A West", region=cast.west.region)
    Agency.objects.create(slug="b-ost", official_name="B Ost", short_name="B Ost", region=cast.east.region)
    text = text_of(client, "/wirtschaftsfoerderungen/")
    sides = [text.index(name) for name in (">A West<", ">WF Westland<", ">B Ost<", ">WF Ostland<")]
    assert sides == sorted(sides)
    assert text.count('<h2 class="of-region">') == 2


def test_a_region_adds_up_its_districts(cast: SimpleNamespace, client: Client) -> None:
    District.objects.filter(region=cast.west.region).update(population=375_432, area_km2=1421.0)
    District.objects.create(
        ags="05002",
        slug="kreis-nord",
        region=cast.west.region,
        name="Kreis Nord",
        short_name="Nord",
        population=1_000,
        area_km2=9.0,
    )
    text = text_of(client, cast.west.region.get_absolute_url())
    assert ("376.432" in text, "1.430" in text, "Kreis Nord" in text) == (True, True, True)
    assert ("Robotik für KMU" in text, "autOS" in text) == (True, False)
    assert ("Hellweg Robotik" in text, "Teuto Sensorik" in text, "Verborgen Metall" in text) == (True, False, False)


def test_maps_and_figures_name_their_sources(cast: SimpleNamespace, client: Client) -> None:
    Attribution.objects.create(key="k", topics=["places"], text="Zensus 2022", licence="dl-de/by-2-0")
    for path in ("/regionen/westland/", "/kreise/kreis-westland/"):
        text = text_of(client, path)
        assert ("Zensus 2022 (dl-de/by-2-0)" in text, "GeoBasis-DE" in text, "Münster: 2 Unternehmen" in text) == (
            True,
        ) * 3


def test_a_district_shows_networks_that_reach_it(cast: SimpleNamespace, client: Client) -> None:
    path = cast.east.district.get_absolute_url()
    assert "Robotik für KMU" not in text_of(client, path)
    Membership.objects.create(
        company=cast.company_east, network=cast.network, state=Membership.State.ACTIVE, joined_at=timezone.now()
    )
    text = text_of(client, path)
    assert ("Robotik für KMU" in text, "Teuto Sensorik" in text, "WF Ostland" in text) == (True, True, True)


@pytest.mark.parametrize("path", ["/wirtschaftsfoerderungen/x/", "/regionen/x/", "/kreise/x/"])
def test_unknown_places_are_404(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/wirtschaftsfoerderungen/",
        "/wirtschaftsfoerderungen/wf-westland/",
        "/regionen/westland/",
        "/kreise/kreis-westland/",
    ],
)
def test_one_row_or_many_the_same_number_of_queries(
    cast: SimpleNamespace,
    client: Client,
    make_company: Callable[..., Company],
    django_assert_max_num_queries: Any,
    path: str,
) -> None:
    announce(cast, "erste")
    client.get(path)
    with django_assert_max_num_queries(40) as few:
        client.get(path)
    for number in range(3):
        announce(cast, f"weitere-{number}")
        company = make_company(f"West {number}", cast.west)
        network = Network.objects.create(
            slug=f"n{number}", name=f"N{number}", short_name="N", agency=cast.west.agency, state=Network.State.PUBLISHED
        )
        Membership.objects.create(
            company=company, network=network, state=Membership.State.ACTIVE, joined_at=timezone.now()
        )
        Municipality.objects.create(ags=f"x{number}", name=f"Ort {number}", district=cast.west.district, lat=52, lon=7)
        agency = Agency.objects.create(slug=f"a{number}", official_name="A", short_name="A", region=cast.west.region)
        agency.districts.add(cast.west.district)
        District.objects.create(
            ags=f"y{number}",
            slug=f"d{number}",
            region=cast.west.region,
            name="D",
            short_name="D",
            home_agency=cast.west.agency,
        )
    with django_assert_max_num_queries(40) as many:
        client.get(path)
    assert len(many) == len(few)


def announce(cast: SimpleNamespace, slug: str) -> None:
    Announcement.objects.create(
        slug=slug, title=slug, summary="x", body="x", agency=cast.west.agency, state=Announcement.State.PUBLISHED
    )


def test_a_third_region_appears_everywhere(cast: SimpleNamespace, client: Client) -> None:
    third = Region.objects.create(slug="twente", name_de="Twente", state="NL-OV", order=3)
    Agency.objects.create(slug="wf-twente", official_name="Twente", short_name="WF Twente", region=third)
    assert "Twente" in text_of(client, "/regionen/twente/")
    assert '<a href="/regionen/twente/">Twente</a>' in text_of(client, "/wirtschaftsfoerderungen/")
