"""The index against a naive recount: 500 random selections, before and after everything that changes what it shows."""

import random
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from networks import directory, indexing
from networks.actions import companies as company_actions
from networks.actions import memberships as membership_actions
from networks.directory import FACETS
from networks.models import Company, Competence, CompetenceGroup, DirectoryVersion, Industry, Membership, Network
from networks.search.index import Selection, Sort

WORDS = ("Stahl", "Roboter", "Schweißen", "Sensor", "Münster", "Blech", "Holz", "Melle", "Anlagen", "xyz")
SELECTIONS = 500


@dataclass(frozen=True)
class Plain:
    """A company as the naive count sees it."""

    pk: int
    values: dict[str, set[str]]


def plain_companies() -> list[Plain]:
    """Straight from the models, one by one."""
    return [Plain(company.pk, values_of(company)) for company in Company.objects.published()]


def values_of(company: Company) -> dict[str, set[str]]:
    town = company.municipality
    networks = [each.network for each in company.memberships.all() if each.state == "active"]
    return {
        "region": {town.district.region.slug} if town else set(),
        "district": {town.district.slug} if town else set(),
        "network": {network.slug for network in networks if network.state == "published"},
        "competence": {competence.code for competence in company.competences.all()},
        "industry": {company.industry.code} if company.industry else set(),
        "size": {company.size} - {""},
    }


def fits(company: Plain, chosen: dict[str, tuple[str, ...]]) -> bool:
    return all(company.values[facet] & set(values) for facet, values in chosen.items() if values)


def check(selection: Selection, companies: Iterable[Plain]) -> None:
    index = _fresh().index
    found = index.search(selection)
    by_text = {index.keys[row] for row in found.by_text}
    candidates = [company for company in companies if company.pk in by_text]
    assert {index.keys[row] for row in found.rows} == {each.pk for each in candidates if fits(each, selection.chosen)}
    for facet in FACETS:
        for value, count in found.counts[facet].items():
            alone = {**selection.chosen, facet: (value,)}
            assert count == sum(fits(each, alone) for each in candidates), (selection, facet, value)


def _fresh() -> directory.Directory:
    return directory._shelf.fresh()


def check_many(chance: random.Random, number: int) -> None:
    companies = plain_companies()
    options = {facet: sorted(values) for facet, values in _fresh().index.facets.options.items()}
    for _ in range(number):
        chosen = {
            facet: tuple(chance.sample(options[facet], min(len(options[facet]), chance.choice((0, 0, 1, 1, 2, 3)))))
            for facet in FACETS
        }
        query = " ".join(chance.sample(WORDS, chance.choice((0, 0, 1, 2))))
        check(Selection(query, chosen, chance.choice(list(Sort))), companies)


@pytest.fixture
def chance() -> random.Random:
    return random.Random(20160915)


@pytest.fixture
def crowd(cast, chance):
    """Sixty companies of every kind, some of them guests, some not public."""
    group = CompetenceGroup.objects.create(code="alle", name_de="Alle")
    skills = [Competence.objects.create(code=f"k{i}", group=group, name_de=f"{WORDS[i]}bau", order=i) for i in range(6)]
    industries = [Industry.objects.create(code=f"{i}", section="C", name_de=f"Branche {i}") for i in range(10, 14)]
    for number in range(60):
        side = chance.choice((cast.west, cast.east, cast.west, cast.east, None))
        company = Company.objects.create(
            slug=f"crowd-{number}",
            name=f"{chance.choice(WORDS)} {number}",
            name_sort="",
            summary=" ".join(chance.sample(WORDS, 3)),
            description=f"{chance.choice(WORDS)} und mehr",
            municipality=side.town if side else None,
            caring_agency=None if side else cast.west.agency,
            guest_place="" if side else "Enschede",
            industry=chance.choice((*industries, None)),
            size=chance.choice(("", *Company.Size.values)),
            published_at=timezone.now(),
            state=chance.choice(("published",) * 5 + ("pending", "hidden")),
        )
        company.competences.set(chance.sample(skills, chance.randint(0, 3)))
        for network in chance.sample([cast.network, cast.network_east, cast.draft], chance.randint(0, 2)):
            state = chance.choice(("active", "active", "requested"))
            Membership.objects.create(company=company, network=network, state=state, joined_at=timezone.now())
    indexing.reindex_all(Company.objects.all())
    return cast


def test_totals_and_counts_equal_a_naive_recount(crowd, chance):
    check_many(chance, SELECTIONS)


def approve(crowd) -> None:
    company_actions.approve_company(crowd.pending_company, by=crowd.curator_west)


def hide(crowd) -> None:
    company_actions.hide_company(crowd.company_east, by=crowd.curator_east, reason="Bitte melden Sie sich.")


def show(crowd) -> None:
    company_actions.show_company(crowd.company_east, by=crowd.curator_east)


def rename(crowd) -> None:
    company_actions.edit_company(crowd.company_east, {"name": "Umbenannt Drohnenbau"}, by=crowd.owner_east)


def join(crowd) -> None:
    request = membership_actions.request_membership(
        crowd.company_east, crowd.network, by=crowd.owner_east, message="Gern."
    )
    membership_actions.approve_membership(request, by=crowd.curator_west)


def leave(crowd) -> None:
    membership = Membership.objects.active().get(company=crowd.company_east, network=crowd.network)
    membership_actions.leave_network(membership, by=crowd.owner_east)


def test_every_change_is_counted_at_once(crowd, chance):
    for change in (approve, hide, show, rename, join, leave):
        before = DirectoryVersion.current()
        change(crowd)
        assert DirectoryVersion.current() > before, change.__name__
        check_many(chance, 40)
    names = dict(Company.objects.values_list("pk", "name"))
    found = _fresh().index.search(Selection("Drohnenbau"))
    assert [names[hit.key] for hit in found.page(0, 5)] == ["Umbenannt Drohnenbau"]
    assert crowd.hidden_company.pk not in _fresh().index.keys


def test_a_network_that_is_no_longer_published_is_no_option(crowd):
    assert "robotik-kmu" in _fresh().index.facets.options["network"]
    Network.objects.filter(pk=crowd.network.pk).update(state=Network.State.ARCHIVED)
    DirectoryVersion.bump()
    assert "robotik-kmu" not in _fresh().index.facets.options["network"]


# -- orders and pages --------------------------------------------------------------------------
def test_pages_follow_each_other_without_gap_in_every_order(crowd):
    index = _fresh().index
    for query, sort in (("", Sort.NAME), ("", Sort.NEWEST), ("Stahl", Sort.RELEVANCE), ("Stahl", Sort.NAME)):
        found = index.search(Selection(query, {}, sort))
        pages = [hit.key for start in range(0, found.total, 7) for hit in found.page(start, 7)]
        assert pages == [hit.key for hit in found.page(0, found.total)]
        assert len(set(pages)) == found.total


def test_newest_first(west, make_company):
    for day, name in enumerate(("Erste", "Zweite", "Dritte"), start=1):
        make_company(name, west, published_at=timezone.now() + timedelta(days=day))
    index = directory.build().index
    names = dict(Company.objects.values_list("pk", "name"))
    assert [names[hit.key] for hit in index.search(Selection(sort=Sort.NEWEST)).page(0, 9)] == [
        "Dritte",
        "Zweite",
        "Erste",
    ]


# -- keeping -----------------------------------------------------------------------------------
def test_the_index_is_built_once_per_version(west, make_company, django_assert_num_queries):
    indexing.reindex(make_company("Eins", west))
    first = _fresh()
    with django_assert_num_queries(1):
        assert _fresh() is first
    indexing.reindex(make_company("Zwei", west))
    assert len(_fresh().index.keys) == 2


@pytest.mark.django_db(transaction=True)
def test_visitors_do_not_wait_for_a_big_directory(cast, make_company, monkeypatch):
    """They get the one before while a thread builds; who is signed in gets the fresh one."""
    monkeypatch.setattr(directory, "SLOW_ROWS", 1)
    indexing.reindex(cast.company)
    old = directory.for_person(AnonymousUser())
    indexing.reindex(make_company("Neu", cast.west))
    assert directory.for_person(AnonymousUser()) is old
    deadline = time.monotonic() + 10
    while directory.for_person(AnonymousUser()) is old and time.monotonic() < deadline:
        time.sleep(0.02)
    assert len(directory.for_person(AnonymousUser()).index.keys) == len(old.index.keys) + 1
    indexing.reindex(make_company("Noch neuer", cast.west))
    assert len(directory.for_person(cast.owner).index.keys) == len(old.index.keys) + 2
