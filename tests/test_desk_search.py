"""Search at the desk: what is mine, by any part of its name, in one page without scripts."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from events.models import Announcement, Meeting
from networks.models import Company, CompanyMember, Membership
from portal.desk_search import SHOWN, SOURCES, search

ClientOf = Callable[[User | None], Client]


@pytest.fixture
def world(cast: SimpleNamespace) -> SimpleNamespace:
    """Something of each kind on both sides whose name says "Treffpunkt"."""
    now = timezone.now()
    for side, company, network in (
        (cast.west, cast.company, cast.network),
        (cast.east, cast.company_east, cast.network_east),
    ):
        here = side.region.name
        Company.objects.filter(pk=company.pk).update(name=f"Treffpunkt {here}", name_key=f"treffpunkt {here.lower()}")
        type(network).objects.filter(pk=network.pk).update(name=f"Netz Treffpunkt {here}")
        Membership.objects.get_or_create(company=company, network=network)
        Announcement.objects.create(
            slug=f"m-{side.region.slug}",
            title=f"Treffpunkt: Neues {here}",
            summary="Neu",
            body="Neu",
            agency=side.agency,
        )
        Meeting.objects.create(
            slug=f"t-{side.region.slug}", title=f"Am Treffpunkt {here}", city="Ort", host=side.agency,
            starts_at=now, ends_at=now + timedelta(hours=2),
        )  # fmt: skip
    User.objects.filter(pk=cast.owner.pk).update(name="Treffpunkt Westland")
    User.objects.filter(pk=cast.owner_east.pk).update(name="Treffpunkt Ostland")
    User.objects.filter(pk=cast.curator_west.pk).update(name="Treffpunkt Kuratorin")
    return cast


def found(query: str, person: User) -> dict[str, list[str]]:
    return {str(group.label): [item.title for item in group.items] for group in search(query, person)}


MINE = {
    "Unternehmen": ["Treffpunkt Westland GmbH"],
    "Netzwerke": ["Netz Treffpunkt Westland"],
    "Personen": ["Treffpunkt Westland", "Treffpunkt Westland"],
    "Mitgliedschaften": ["Treffpunkt Westland GmbH"],
    "Mitteilungen": ["Treffpunkt: Neues Westland"],
    "Treffen": ["Am Treffpunkt Westland"],
}


def test_curator_finds_what_is_hers(world: SimpleNamespace) -> None:
    assert found("treffpunkt", world.curator_west) == MINE


def test_manager_finds_the_team_too_and_operator_everything(world: SimpleNamespace) -> None:
    assert found("treffpunkt", world.manager_west) == MINE | {"Team": ["Treffpunkt Kuratorin"]}
    assert {len(items) for items in found("treffpunkt", world.operator).values()} == {1, 2, 3}


@pytest.mark.parametrize("query", ["ostland", "Teuto", "autOS", "owner-east@example.org", "m-ostland"])
def test_nothing_of_the_other_side_is_found(world: SimpleNamespace, client_of: ClientOf, query: str) -> None:
    assert found(query, world.curator_west) == {}
    page = client_of(world.curator_west).get("/admin/suche/", {"q": query}).content.decode()
    assert "ist nichts dabei" in page
    assert found("ostland", world.curator_east)


def test_twin_finds_the_network_and_what_it_decides(world: SimpleNamespace) -> None:
    world.network.twins.create(agency=world.east.agency, region=world.east.region)
    assert "Netz Treffpunkt Westland" in found("westland", world.curator_east)["Netzwerke"]
    assert set(found("westland", world.curator_east)) == {"Netzwerke"}


@pytest.mark.parametrize(
    "query", ["MÖLLER", "möller", "Moeller", "moller", "48143 möl", "münster MÖLLER", "moeller.example"]
)
def test_however_it_is_spelt(cast: SimpleNamespace, make_company: Any, query: str) -> None:
    make_company(
        "Möller Technik", cast.west, slug="moeller", name_key="moller technik", postcode="48143",
        website_domain="moeller.example.org",
    )  # fmt: skip
    assert found(query, cast.curator_west)["Unternehmen"] == ["Möller Technik"]


def test_each_result_opens(world: SimpleNamespace, client_of: ClientOf) -> None:
    manager = client_of(world.manager_west)
    for group in search("treffpunkt", world.manager_west):
        for item in group.items:
            assert manager.get(item.url).status_code == 200, item


def test_many_lead_to_the_list(cast: SimpleNamespace, client_of: ClientOf, make_company: Any) -> None:
    for number in range(SHOWN + 1):
        make_company(f"Fabrik {number}", cast.west)
    (group,) = search("fabrik", cast.curator_west)
    assert len(group.items) == SHOWN
    listed = client_of(cast.curator_west).get(group.more_url).context["cl"].queryset
    assert listed.count() == SHOWN + 1


def test_one_query_for_each_kind(world: SimpleNamespace, make_company: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(len(SOURCES)):
        search("treffpunkt", world.manager_west)
    for number in range(4):
        company = make_company(f"Treffpunkt {number}", world.west)
        CompanyMember.objects.create(company=company, person=world.owner)
        Membership.objects.create(company=company, network=world.network)
    with django_assert_num_queries(len(SOURCES)):
        search("treffpunkt", world.manager_west)


@pytest.mark.parametrize("query", ["", " ", "\0", "x", "%", "_", "'", "a" * 5000, "a b c d e f g h i j", "\ud83d"])
def test_anything_may_be_typed(cast: SimpleNamespace, client_of: ClientOf, query: str) -> None:
    assert client_of(cast.curator_west).get("/admin/suche/", {"q": query.encode("utf-8", "replace")}).status_code == 200


def test_a_single_letter_is_too_little(world: SimpleNamespace, client_of: ClientOf) -> None:
    page = client_of(world.curator_west).get("/admin/suche/", {"q": "t"}).content.decode()
    assert "Bitte noch ein Buchstabe." in page


# -- where one is ----------------------------------------------------------------------------------
LISTS = [
    f"networks_{name}"
    for name in ("company", "network", "membership", "claim", "outdatednote", "absence", "opening", "staffinvitation")
]


@pytest.mark.parametrize("name", [*LISTS, "events_meeting", "events_announcement", "events_planningtask"])
def test_lists_say_where_one_is_and_offer_the_search(world: SimpleNamespace, client_of: ClientOf, name: str) -> None:
    page = client_of(world.manager_west).get(reverse(f"admin:{name}_changelist")).content.decode()
    assert 'class="breadcrumbs"' in page
    assert 'href="/admin/suche/"' in page


def test_every_page_of_a_thing_says_where_one_is(world: SimpleNamespace, client_of: ClientOf) -> None:
    manager = client_of(world.manager_west)
    things = {"company": world.company, "network": world.network, "membership": world.membership}
    urls = [reverse(f"admin:networks_{name}_history", args=[thing.pk]) for name, thing in things.items()]
    urls += [reverse(f"admin:networks_{name}_review", args=[things[name].pk]) for name in ("company", "membership")]
    urls += [reverse(f"admin:networks_company_{page}", args=[world.company.pk]) for page in ("change", "move", "merge")]
    urls += [
        reverse(f"admin:networks_network_{page}", args=[world.network.pk]) for page in ("change", "members", "invite")
    ]
    urls += [reverse("admin:networks_absence_add"), reverse("admin:app_list", args=["networks"]), "/admin/suche/"]
    for url in urls:
        page = manager.get(url).content.decode()
        assert 'class="breadcrumbs"' in page, url
        assert page.split('class="breadcrumbs"', 1)[1].split("</div>", 1)[0].count('href="/admin/"') == 1, url
