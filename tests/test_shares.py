"""The share of the other side: what SQL says equals a recount by hand."""

import random
from types import SimpleNamespace

import pytest
from django.utils import timezone

from networks.models import Agency, Company, District, Membership, Municipality, Network, Region
from networks.shares import Share, network_shares, overall_share


def _world(dice: random.Random) -> None:
    """Three regions, one agency without a region, guests, every state of companies, networks and memberships."""
    towns, agencies = [], [Agency.objects.create(slug="frei", official_name="Frei", short_name="Frei")]
    for number in range(3):
        region = Region.objects.create(slug=f"r{number}", name_de=f"R{number}", state="DE-NW", order=number)
        agencies.append(
            Agency.objects.create(slug=f"a{number}", official_name="A", short_name=f"A{number}", region=region)
        )
        district = District.objects.create(ags=f"{number}", slug=f"d{number}", region=region, name="D", short_name="D")
        towns.append(Municipality.objects.create(ags=f"{number}1", name="T", district=district, lat=52, lon=7))
    companies = [
        Company.objects.create(
            slug=f"c{number}",
            name=f"C{number}",
            summary="Ein Satz.",
            municipality=dice.choice([*towns, None]),
            caring_agency=agencies[1],
            state=dice.choice([*([Company.State.PUBLISHED] * 4), Company.State.HIDDEN, Company.State.PENDING]),
        )
        for number in range(dice.randint(0, 24))
    ]
    networks = [
        Network.objects.create(
            slug=f"n{number}",
            name="N",
            short_name=f"N{number}",
            agency=dice.choice(agencies),
            state=dice.choice([*([Network.State.PUBLISHED] * 3), Network.State.DRAFT, Network.State.ARCHIVED]),
        )
        for number in range(5)
    ]
    now = timezone.now()
    for network in networks:
        for company in companies:
            if dice.random() < 0.5:
                state = dice.choice([*([Membership.State.ACTIVE] * 4), *Membership.State])
                Membership.objects.create(company=company, network=network, state=state, joined_at=now, ended_at=now)


def _region(company: Company) -> Region | None:
    return company.municipality.district.region if company.municipality else None


def _by_hand(networks: list[Network]) -> tuple[dict[int, Share], Share]:
    regions = [
        region
        for company in Company.objects.all()
        if company.state == "published" and (region := _region(company)) is not None
    ]
    shares, active, foreign, weighted = {}, 0, 0, 0.0
    for network in networks:
        home = network.agency.region
        if home is None:
            continue
        members = [
            _region(membership.company)
            for membership in Membership.objects.all()
            if membership.network_id == network.pk
            and membership.state == "active"
            and membership.company.state == "published"
        ]
        counted = [region for region in members if region is not None]
        crossing = sum(region != home for region in counted)
        outside = sum(region != home for region in regions)
        mixing = outside / len(regions) if regions else 0.0
        shares[network.pk] = Share(len(counted), crossing, outside, len(regions), mixing)
        if network.state == "published":
            active, foreign, weighted = active + len(counted), foreign + crossing, weighted + len(counted) * mixing
    overall = weighted / active if active else 0.0
    return shares, Share(active, foreign, round(overall * len(regions)), len(regions), overall)


@pytest.mark.parametrize("seed", range(25))
def test_sql_equals_a_recount(db: None, seed: int) -> None:
    _world(random.Random(seed))  # dice for rows, not for secrets
    networks = list(Network.objects.select_related("agency__region"))
    shares, overall = _by_hand(networks)
    assert network_shares(networks) == shares
    counted = overall_share()
    assert (counted.active, counted.foreign, counted.companies) == (overall.active, overall.foreign, overall.companies)
    assert counted.mixing == pytest.approx(overall.mixing)


@pytest.mark.parametrize("count", [1, 3])
def test_two_queries_for_any_number(cast: SimpleNamespace, django_assert_num_queries: object, count: int) -> None:
    networks = list(Network.objects.select_related("agency__region")[:count])
    with django_assert_num_queries(2):  # type: ignore[operator]
        network_shares(networks)
