"""The home page: real crossings, figures with denominators, kind words where there is nothing yet."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Announcement, Meeting
from networks.colours import version
from networks.maps import MAP, company_places, crossings, drawn
from networks.models import Agency, Company, District, Membership, Network, Region
from portal.models import SiteState


def join(company: Company, network: Network) -> Membership:
    return Membership.objects.create(
        company=company, network=network, state=Membership.State.ACTIVE, joined_at=timezone.now()
    )


@pytest.fixture
def crossing(cast: SimpleNamespace) -> Membership:
    """A company of the east in a network of the west whose agency has a seat on the map."""
    Agency.objects.filter(pk=cast.west.agency.pk).update(city="Ahaus", lat=52.08, lon=7.01)
    return join(cast.company_east, cast.network)


def announce(cast: SimpleNamespace, number: int) -> None:
    Announcement.objects.create(
        slug=f"mitteilung-{number}",
        title=f"Mitteilung {number}",
        summary="Neues.",
        body="Neues.",
        agency=cast.west.agency,
        state=Announcement.State.PUBLISHED,
    )


def meet(cast: SimpleNamespace, number: int) -> None:
    start = timezone.now() + timedelta(days=number)
    Meeting.objects.create(
        slug=f"treffen-{number}",
        title=f"{number}. Netzwerktreffen",
        starts_at=start,
        ends_at=start + timedelta(hours=3),
        city="Münster",
        host=cast.west.agency,
        state=Meeting.State.ANNOUNCED,
    )


def test_an_empty_portal_says_what_will_be_here(db: None, client: Client) -> None:
    html = client.get("/").content.decode()
    expected = [
        "Die ersten Netzwerke entstehen gerade",
        "Noch keine Mitteilungen",
        "Noch zählen wir nichts",
        "gerade gefunden",
    ]
    assert [words for words in expected if words not in html] == []


def test_a_visitor_gets_no_cookie(cast: SimpleNamespace, client: Client) -> None:
    answer = client.get("/")
    assert (answer.status_code, dict(answer.cookies)) == (200, {})


def test_figures_carry_denominators_and_day(crossing: Membership, client: Client) -> None:
    html = client.get("/").content.decode()
    assert "1 von 2 Mitgliedschaften in Netzwerken gehen über die Grenze" in html
    assert "50\N{NO-BREAK SPACE}%" in html
    assert f"Stand {timezone.localdate().day}." in html


def test_arcs_are_real_memberships_that_cross(crossing: Membership) -> None:
    (found,) = crossings()
    assert (found.town.name, found.seat.name, found.count) == ("Melle", "Ahaus", 1)
    places, arcs = drawn([found])
    assert [(place.name, place.labelled) for place in places] == [("Melle", False), ("Ahaus", True)]
    assert len(arcs) == 1


@pytest.mark.parametrize("state", [Company.State.HIDDEN, Company.State.ARCHIVED])
def test_what_is_hidden_draws_no_arc(crossing: Membership, state: str) -> None:
    assert len(crossings()) == 1
    Company.objects.filter(pk=crossing.company_id).update(state=state)
    assert crossings() == []


def test_an_agency_without_a_place_draws_no_arc(crossing: Membership) -> None:
    Agency.objects.update(lat=None, lon=None)
    assert crossings() == []


def test_towns_are_placed_by_their_degrees(cast: SimpleNamespace) -> None:
    places = company_places(Company.objects.published())
    assert [(place.name, place.title) for place in places] == [
        ("Münster", "Münster: 2 Unternehmen"),
        ("Melle", "Melle: 1 Unternehmen"),
    ]
    assert (places[0].x, places[0].y) == MAP.place(52.1, 8.0)
    assert places[0].url == "/kreise/kreis-westland/"


def test_home_shows_the_next_meeting_and_the_latest_news(cast: SimpleNamespace, client: Client) -> None:
    for number in (1, 2):
        meet(cast, number)
    for number in range(5):
        announce(cast, number)
    html = client.get("/").content.decode()
    assert ("1. Netzwerktreffen" in html, "2. Netzwerktreffen" in html) == (True, False)
    assert [number for number in range(5) if f"Mitteilung {number}" in html] == [2, 3, 4]


def test_the_network_in_which_most_crosses_comes_first(crossing: Membership, client: Client) -> None:
    assert [network.slug for network, _ in client.get("/").context["front"].networks] == ["robotik-kmu", "autos"]


def test_the_most_used_competences_are_offered(
    cast: SimpleNamespace, vocabulary: SimpleNamespace, client: Client
) -> None:
    cast.company.competences.set([vocabulary.robots, vocabulary.welding])
    cast.company_east.competences.set([vocabulary.welding])
    cast.hidden_company.competences.set([vocabulary.robots])
    assert client.get("/").context["front"].competences == [
        ("Schweißen", "welding"),
        ("Industrieroboter", "industrial-robots"),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_home_asks_the_same_number_of_queries(
    crossing: Membership,
    cast: SimpleNamespace,
    client: Client,
    make_company: Callable[..., Company],
    django_assert_num_queries: Any,
    rows: int,
) -> None:
    for number in range(rows):
        announce(cast, number)
        meet(cast, number + 1)
        network = Network.objects.create(
            slug=f"n{number}",
            name=f"N{number}",
            short_name=f"N{number}",
            agency=cast.west.agency,
            state=Network.State.PUBLISHED,
        )
        join(make_company(f"Firma {number}", cast.east), network)
    client.get("/")
    with django_assert_num_queries(QUERIES):
        client.get("/")


QUERIES = 15


def test_the_demo_says_so_and_asks_not_to_be_listed(cast: SimpleNamespace, client: Client) -> None:
    assert "Erfundene Vorführdaten" not in client.get("/").content.decode()
    SiteState.declare_demo()
    html = client.get("/").content.decode()
    assert "Erfundene Vorführdaten" in html
    assert '<meta name="robots" content="noindex">' in html


@pytest.mark.parametrize(
    ("who", "expected"),
    [(None, "Anmelden"), ("new", "Mein Bereich"), ("curator_west", "Schreibtisch"), ("operator", "Schreibtisch")],
)
def test_the_header_knows_who_is_there(
    cast: SimpleNamespace, client_of: Callable[..., Client], who: str | None, expected: str
) -> None:
    html = client_of(getattr(cast, who) if who else None).get("/").content.decode()
    assert [word for word in ("Anmelden", "Mein Bereich", "Schreibtisch") if f">{word}</a>" in html] == [expected]


def test_link_previews_say_what_the_page_says(cast: SimpleNamespace, client: Client) -> None:
    html = client.get("/netzwerke/").content.decode()
    title = html.split("<title>")[1].split(" ·")[0]
    assert f'<meta property="og:title" content="{title}">' in html
    assert html.count('<meta property="og:') == 7


@pytest.mark.parametrize("path", ["/", "/netzwerke/", "/unternehmen/", "/treffen/", "/mitteilungen/"])
def test_the_menu_leads_somewhere(db: None, client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


def test_the_gallery_is_for_developers(cast: SimpleNamespace, client: Client) -> None:
    assert client.get("/demo/bausteine/").status_code == 404
    SiteState.declare_demo()
    assert client.get("/demo/bausteine/").status_code == 200


def test_a_third_region_widens_map_colours_and_words(
    crossing: Membership, cast: SimpleNamespace, client: Client
) -> None:
    third = Region.objects.create(slug="twente", name_de="Twente", state="NL-OV", order=3, colour_light="#5b3a8c")
    District.objects.create(
        ags="NL213", slug="twente", region=third, name="Twente", short_name="Twente", path="M-90 5L-80 9Z"
    )
    html = client.get("/").content.decode()
    assert 'viewBox="-116.0 -26.0 152.0 62.0"' in html
    assert "Westland, Ostland und Twente" in html
    assert html.count('data-region="twente"') >= 3
    assert "--bank-b: #5b3a8c" in client.get(f"/regionen/farben-{version(Region.in_order())}.css").content.decode()
