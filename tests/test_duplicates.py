"""Is it one of these? What counts as the same company, and who sees how much of it."""

from types import SimpleNamespace

import pytest

from networks.actions.companies import edit_company
from networks.duplicates import name_key, possible_duplicates, published_suspects, website_domain
from networks.models import Company


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller GmbH", "Mueller"),
        ("Müller GmbH & Co. KG", "MÜLLER"),
        ("Weiß Metallbau e. K.", "Weiss Metallbau"),
        ("Jansen B.V.", "Jansen"),
        ("  Meyer   und Söhne ", "Meyer Söhne"),
    ],
)
def test_names_are_compared_without_legal_form_and_spelling(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


def test_a_name_of_nothing_but_a_legal_form_is_still_a_name() -> None:
    assert name_key("GmbH") == "gmbh"


@pytest.mark.parametrize(
    ("website", "domain"),
    [
        ("https://www.Ems.example.org/ueber", "ems.example.org"),
        ("http://ems.example.org:8080", "ems.example.org"),
        ("http://[kaputt", ""),
        ("", ""),
    ],
)
def test_websites_are_compared_by_their_domain(website: str, domain: str) -> None:
    assert website_domain(website) == domain


@pytest.fixture
def entered(cast: SimpleNamespace) -> Company:
    return edit_company(
        cast.unclaimed,
        {
            "name": "Baumberge Verpackung",
            "legal_form": "GmbH",
            "website": "https://baumberge.example.org",
            "postcode": "48143",
        },
        by=cast.operator,
    )


@pytest.mark.parametrize(
    ("name", "website", "postcode", "is_found"),
    [
        ("Baumberge Verpackung GmbH", "", "", True),
        ("Ganz anders", "https://www.baumberge.example.org/", "", True),
        ("Baumberg Verpackungen", "", "48143", True),
        ("Baumberg Verpackungen", "", "49324", False),
        ("Ganz anders", "", "48143", False),
    ],
)
def test_found_by_name_domain_or_a_similar_name_next_door(
    name: str, website: str, postcode: str, is_found: bool, entered: Company
) -> None:
    assert (entered in published_suspects(name, "", website, postcode)) == is_found


def test_the_reviewer_reads_every_reason(cast: SimpleNamespace, entered: Company) -> None:
    edit_company(
        cast.pending_company,
        {"name": "Baumberge Verpackung", "legal_form": "G.m.b.H.", "website": entered.website, "postcode": "48143"},
        by=cast.pending,
    )
    cast.pending_company.refresh_from_db()
    (suspect,) = possible_duplicates(cast.pending_company, cast.curator_west)
    assert suspect.company == entered
    assert suspect.reasons == ("gleicher Name", "gleiche Website", "gleiche Rechtsform", "gleiche Postleitzahl")
    assert suspect.in_full


def test_of_another_agencys_unpublished_company_little_is_seen(cast: SimpleNamespace) -> None:
    edit_company(cast.hidden_company, {"name": "Teuto Sensorik"}, by=cast.operator)
    edit_company(cast.company_east, {"name": "Teuto Sensorik"}, by=cast.operator)
    (seen_east,) = possible_duplicates(cast.company_east, cast.curator_east)
    (seen_west,) = possible_duplicates(cast.company_east, cast.curator_west)
    assert (seen_east.in_full, seen_west.in_full) == (False, True)


def test_archived_ones_are_past(entered: Company) -> None:
    Company.objects.filter(pk=entered.pk).update(state=Company.State.ARCHIVED)
    assert published_suspects("Baumberge Verpackung", "", "", "") == []
