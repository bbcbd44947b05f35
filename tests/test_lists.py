"""The desk's lists: kept as filtered; the same few questions however long they are."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import SavedView
from networks.models import Membership

COMPANIES = "/admin/networks/company/"


@pytest.fixture
def curator(cast: SimpleNamespace, client_of: Any) -> Client:
    client: Client = client_of(cast.curator_west)
    return client


def told(answer: Any) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


# -- titles and views ----------------------------------------------------------------------------------
@pytest.mark.parametrize("model", sorted(admin.site._registry, key=lambda model: model._meta.label))
def test_list_has_a_human_title_and_few_questions(cast, client_of, model):
    meta = model._meta
    client = client_of(cast.operator)
    url = reverse(f"admin:{meta.app_label}_{meta.model_name}_changelist")
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(url)
    assert "auswählen" not in page.context["title"]
    assert len(asked) <= 25


def test_view_is_kept_under_a_name_and_is_an_address(curator, cast):
    curator.post(f"{COMPANIES}ansichten/", {"name": "Verborgene", "query": "state__exact=hidden&p=3"})
    page = curator.get(COMPANIES)
    assert [(view.name, view.query) for view in page.context["saved_views"]] == [("Verborgene", "state__exact=hidden")]
    assert '<a href="?state__exact=hidden">Verborgene</a>' in page.content.decode()
    chosen = curator.get(f"{COMPANIES}?state__exact=hidden").content.decode()
    assert 'href="?state__exact=hidden" aria-current="true"' in chosen


def test_view_is_replaced_renamed_and_forgotten(curator):
    for query in ("state__exact=hidden", "state__exact=pending"):
        curator.post(f"{COMPANIES}ansichten/", {"name": "Meine", "query": query})
    view = SavedView.objects.get()
    assert view.query == "state__exact=pending"
    curator.post(f"{COMPANIES}ansichten/", {"name": "Warten", "rename": str(view.pk), "query": ""})
    view.refresh_from_db()
    assert (view.name, view.query) == ("Warten", "state__exact=pending")
    curator.post(f"{COMPANIES}ansichten/", {"forget": str(view.pk), "query": ""})
    assert not SavedView.objects.exists()


def test_views_of_others_are_not_mine(curator, cast, client_of):
    client_of(cast.operator).post(f"{COMPANIES}ansichten/", {"name": "Fremd", "query": ""})
    view = SavedView.objects.get()
    assert not curator.get(COMPANIES).context["saved_views"]
    for step in ({"forget": str(view.pk)}, {"rename": str(view.pk), "name": "X"}):
        assert curator.post(f"{COMPANIES}ansichten/", step | {"query": ""}).status_code == 404
    assert SavedView.objects.get().name == "Fremd"


@pytest.mark.parametrize("data", [{"name": ""}, {"name": "x" * 61}, {"name": "x", "query": "q=" + "ä" * 900}])
def test_view_without_a_fitting_name_is_refused_in_words(curator, data):
    answer = curator.post(f"{COMPANIES}ansichten/", data)
    assert "höchstens 60 Zeichen" in told(answer)
    assert not SavedView.objects.exists()


def test_list_asks_the_same_for_three_rows_and_for_sixty(curator, cast, make_company):
    def asked() -> int:
        curator.get(COMPANIES)
        with CaptureQueriesContext(connection) as queries:
            curator.get(COMPANIES)
        return len(queries)

    few = asked()
    for number in range(60):
        company = make_company(f"Firma {number}", cast.west)
        Membership.objects.create(
            company=company, network=cast.network_east, state="active", joined_at=company.created_at
        )
    assert asked() == few <= 25


def test_dates_are_drilled_by_year_month_and_day(curator, cast):
    """From the first with something in it to the last, each a link that narrows the list."""
    for company, moment in ((cast.company, "2024-11-05T10:00Z"), (cast.hidden_company, "2026-02-03T10:00Z")):
        type(company).objects.filter(pk=company.pk).update(updated_at=moment)
    type(cast.company).objects.exclude(pk=cast.company.pk).update(updated_at="2026-02-03T10:00Z")

    def drill(query: str) -> str:
        return str(curator.get(f"{COMPANIES}?{query}").content.decode().partition('class="toplinks"')[2][:900])

    for year in ("2024", "2025", "2026"):
        assert f"?updated_at__year={year}" in drill("")
    inside = drill("updated_at__year=2024")
    assert "Alle Daten" in inside
    assert "updated_at__day=5&amp;updated_at__month=11&amp;updated_at__year=2024" in inside
    exact = "updated_at__year=2024&updated_at__month=11&updated_at__day=5"
    assert curator.get(f"{COMPANIES}?{exact}").context["cl"].queryset.get() == cast.company
    assert "5. November" in drill(exact)
