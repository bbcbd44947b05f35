"""The page of the directory: markup, parameters, cache, and that nothing breaks it."""

import re
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from networks import indexing
from networks.directory import FACETS
from networks.maps import map_districts
from networks.models import Company, DirectoryVersion

URL = "/unternehmen/"
ANYTHING = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def listed(cast, vocabulary):
    cast.company.competences.set([vocabulary.robots])
    cast.company_east.competences.set([vocabulary.welding])
    Company.objects.filter(pk=cast.company.pk).update(size="10-49", industry=vocabulary.machines)
    indexing.reindex_all(Company.objects.all())
    return cast


def page(query: str = "", client: Client | None = None) -> str:
    answer = (client or Client()).get(URL + query)
    assert answer.status_code == 200
    return answer.content.decode()


def slugs(html: str) -> list[str]:
    return re.findall(r'<article[^>]* data-slug="([^"]+)"', html)


def counts(html: str) -> dict[tuple[str, str], int]:
    tags = re.findall(r'data-facet="([^"]+)" data-value="([^"]+)" data-count="(\d+)"', html)
    return {(facet, value): int(count) for facet, value, count in tags}


def test_lists_published_companies_by_name(listed):
    html = page()
    assert reverse("networks:company-list") == URL
    assert slugs(html) == ["baumberge-verpackung", "hellweg-robotik", "teuto-sensorik"]
    assert 'data-total="3"' in html
    assert "data-match" not in html


def test_options_carry_their_counts(listed):
    assert counts(page("?region=westland")) == {
        ("region", "westland"): 2,
        ("region", "ostland"): 1,
        ("district", "kreis-westland"): 2,
        ("district", "kreis-ostland"): 0,
        ("network", "robotik-kmu"): 1,
        ("competence", "industrial-robots"): 1,
        ("competence", "welding"): 0,
        ("industry", "28"): 1,
        ("size", "10-49"): 1,
    }


def test_or_within_a_facet_and_between(listed):
    assert len(slugs(page("?region=westland&region=ostland"))) == 3
    assert slugs(page("?region=westland&competence=industrial-robots")) == ["hellweg-robotik"]
    assert slugs(page("?region=ostland&competence=industrial-robots")) == []


def test_results_say_why_they_matched(listed):
    html = page("?q=roboter")
    assert re.findall(r'data-slug="([^"]+)" data-match="([^"]+)"', html) == [("hellweg-robotik", "name")]
    html = page("?q=industrieroboter")
    assert re.findall(r'data-slug="([^"]+)" data-match="([^"]+)"', html) == [("hellweg-robotik", "competence")]
    assert "<mark>Industrieroboter</mark>" in html
    assert 'data-match="text"' in page("?q=Satz")


def test_marks_do_not_let_markup_through(listed, west, make_company):
    indexing.reindex(make_company("<script>Bohrer</script>", west, slug="boese-firma", summary="<b>Bohrer</b> & mehr"))
    html = page("?q=bohrer")
    assert "&lt;b&gt;<mark>Bohrer</mark>&lt;/b&gt; &amp; mehr" in html
    assert "<script>Bohrer" not in html


def test_a_misspelt_word_gets_a_suggestion_that_keeps_the_filters(listed):
    html = page("?q=Robotick&region=westland")
    assert 'data-total="0"' in html
    assert '<a href="?q=Robotik&amp;region=westland" data-suggestion>„Robotik“</a>' in html


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?region=nirgends", "Region „nirgends“"),
        ("?region=westland&region=x", "Region „x“"),
        ("?sort=schoen", "Sortierung „schoen“"),
        ("?view=3d", "Ansicht „3d“"),
        ("?page=0", "Seite „0“"),
        ("?page=99", "Seite „99“"),
        ("?page=viele", "Seite „viele“"),
        ("?size=1000", "Mitarbeitende „1000“"),
        ("?q=" + "x" * 201, "Suche „xxxx"),
    ],
)
def test_a_wrong_value_is_ignored_and_said(listed, query, said):
    html = page(query)
    assert said in html
    assert slugs(html) == slugs(page("?region=westland") if "westland" in query else page())


def test_a_plus_typed_into_the_address_is_understood(listed):
    Company.objects.filter(pk=listed.company.pk).update(size="250+")
    DirectoryVersion.bump()
    assert slugs(page("?size=250+")) == slugs(page("?size=250%2B")) == ["hellweg-robotik"]


def test_the_map_names_the_same_places_in_words(listed):
    html = page("?view=map")
    assert "Münster: 2 Unternehmen" in html
    assert "Melle: 1 Unternehmen" in html
    assert 'data-total="3"' in html


def test_sorting(listed):
    assert slugs(page("?sort=name")) == slugs(page())
    assert slugs(page("?sort=newest"))[0] == "baumberge-verpackung"


def test_a_chip_leads_to_the_page_without_its_filter(listed):
    html = page("?q=e&region=westland&competence=industrial-robots")
    assert 'href="?q=e&amp;competence=industrial-robots">Region: Westland' in html


# -- cache -------------------------------------------------------------------------------------
def test_visitors_share_a_page_until_something_changes(listed, django_assert_num_queries):
    page("?q=robotik&region=westland")
    with django_assert_num_queries(1):
        answer = Client().get(URL + "?region=westland&utm=x&q=robotik&page=")
    again = Client().get(URL + "?q=robotik&region=westland", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    Company.objects.filter(pk=listed.company.pk).update(name="Neuer Name")
    DirectoryVersion.bump()
    assert "Neuer" in page("?region=westland")


def test_no_page_repeats_what_a_visitor_made_up(listed):
    assert "fremd" not in page("?fremd=wort&region=westland")
    assert "fremd" not in page("?region=westland")


def test_pages_of_people_are_not_shared(listed, client_of):
    answer = client_of(listed.owner).get(URL)
    assert "no-store" in answer["Cache-Control"]
    assert not answer.has_header("ETag")
    assert "Abmelden" not in page()


def test_no_cookie_for_visitors(listed):
    assert Client().get(URL).cookies == {}


def test_a_hidden_company_is_gone_although_the_index_is_old(listed):
    page()
    Company.objects.filter(pk=listed.company.pk).update(state=Company.State.HIDDEN)
    assert "hellweg-robotik" not in slugs(page("?sort=name"))


# -- constant effort ---------------------------------------------------------------------------
@pytest.mark.parametrize("query", ["", "?q=satz", "?region=westland&network=robotik-kmu", "?view=map"])
def test_the_same_number_of_queries_for_few_and_many(listed, make_company, query):
    def queries() -> int:
        page("?sort=newest")  # builds the index
        map_districts()  # looked up once a minute
        with CaptureQueriesContext(connection) as asked:
            page(query)
        return len(asked)

    few = queries()
    assert 1 < few <= 4
    for number in range(5):
        indexing.reindex(make_company(f"Firma {number}", listed.west))
    assert queries() == few


# -- anything ----------------------------------------------------------------------------------
VALUES = st.text(max_size=40) | st.sampled_from(
    ["westland", "28", "250+", "map", "newest", "-1", "1e9", "\0", "<b>", "\u202e"]
)
NAMES = st.sampled_from([*FACETS, "q", "sort", "page", "view", "utm"])


@ANYTHING
@given(st.lists(st.tuples(NAMES, VALUES), max_size=6))
def test_any_parameters_are_answered(listed, pairs):
    encoded = urlencode([(name, value.encode("utf-8", "surrogatepass")) for name, value in pairs])
    assert Client().get(f"{URL}?{encoded}").status_code == 200


@ANYTHING
@given(st.text(max_size=80))
def test_any_search_is_answered(listed, text):
    encoded = urlencode({"q": text.encode("utf-8", "surrogatepass")})
    assert Client().get(f"{URL}?{encoded}").status_code == 200
    assert Client().get(f"/suche/?{encoded}").status_code == 200
