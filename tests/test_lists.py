"""The desk's lists: kept as filtered; the same few questions however long they are."""

import re
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.admin import lists
from accounts.models import SavedView
from events.models import Announcement, Meeting
from networks.models import Claim, Company, CompanyImport, Membership, Network, OutdatedNote

COMPANIES = "/admin/networks/company/"
SCRIPT = re.compile(r'<script[^>]* src="/static/([^"]+)"')


@pytest.fixture
def curator(cast: SimpleNamespace, client_of: Any) -> Client:
    client: Client = client_of(cast.curator_west)
    return client


def script(name: str) -> str:
    found = finders.find(name)
    assert isinstance(found, str), name
    return Path(found).read_text()


def told(answer: Any) -> str:
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


# -- what may be asked --------------------------------------------------------------------------------
def test_a_search_that_is_too_long_is_refused_in_words(curator):
    page = curator.get(COMPANIES, {"q": "x" * 70_000})
    assert page.status_code == 200
    assert "höchstens 200 Zeichen" in told(page)


@pytest.mark.parametrize("lookup", ["name__regex", "name__startswith", "editorial_key__contains", "home__name__regex"])
def test_nobody_guesses_letter_by_letter_what_a_list_does_not_show(curator, lookup):
    answer = curator.get(COMPANIES, {lookup: "("})
    assert answer.status_code in {302, 400}
    assert curator.get(COMPANIES, {"state__exact": "hidden"}).status_code == 200


def test_operator_cannot_guess_passwords(cast, client_of):
    answer = client_of(cast.operator).get("/admin/accounts/user/", {"password__startswith": "argon2"})
    assert answer.status_code == 400


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
    assert not [name for name in SCRIPT.findall(page.content.decode()) if "Storage" in script(name)]


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


def rows_of_everything(cast: SimpleNamespace, numbers: range) -> None:
    now, agency = timezone.now(), cast.west.agency
    for n in numbers:
        company = Company.objects.create(
            slug=f"firma-{n}", name=f"Firma {n}", summary="Eine.", municipality=cast.west.town, state="published"
        )
        network = Network.objects.create(slug=f"netz-{n}", name=f"Netz {n}", short_name=f"Netz {n}", agency=agency)
        Membership.objects.create(company=company, network=network, message="Bitte")
        Membership.objects.create(company=company, network=cast.network, state="active", joined_at=now)
        Claim.objects.create(company=company, person=cast.new, message="Unseres")
        OutdatedNote.objects.create(agency=agency, label=f"Seite {n}", message="Alt")
        CompanyImport.objects.create(agency=agency, file_name=f"liste-{n}.csv", begun_by=cast.curator_west)
        texts = {"title": f"Neues {n}", "summary": "Neu.", "body": "Neu."}
        Announcement.objects.create(slug=f"neues-{n}", agency=agency, publish_at=now, **texts)
        met = {"host": agency, "city": "Münster", "starts_at": now, "ends_at": now + timedelta(hours=2)}
        Meeting.objects.create(slug=f"treffen-{n}", title=f"Treffen {n}", **met)


@pytest.mark.parametrize(
    "model",
    [
        "networks_company",
        "networks_network",
        "networks_membership",
        "networks_claim",
        "networks_outdatednote",
        "networks_companyimport",
        "events_announcement",
        "events_meeting",
        "accounts_auditentry",
    ],
)
@pytest.mark.parametrize("who", ["curator_west", "operator"])
def test_sixty_rows_cost_no_more_queries_than_three(cast, client_of, model, who):
    def asked() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    rows_of_everything(cast, range(3))
    client, url = client_of(vars(cast)[who]), reverse(f"admin:{model}_changelist")
    with_three = asked()
    rows_of_everything(cast, range(3, 60))
    assert asked() == with_three <= 25


@pytest.mark.parametrize("near", [0, 500])
def test_pages_show_every_row_once_and_in_order(curator, cast, make_company, monkeypatch, near):
    """Also where far pages are fetched from the nearer end."""
    monkeypatch.setattr(lists, "NEAR", near)
    for number in range(170):
        make_company(f"Firma {number:03}", cast.west)
    expected = list(
        Company.objects.curated_by(cast.curator_west).order_by("name_sort", "pk").values_list("pk", flat=True)
    )
    shown = []
    for page in range(1, 5):
        shown += [row.pk for row in curator.get(COMPANIES, {"p": page}).context["cl"].result_list]
    assert shown == expected
    everything = curator.get(COMPANIES, {"all": ""}).context["cl"].result_list
    assert [row.pk for row in everything] == expected
