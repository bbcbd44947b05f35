"""One box finds everything a person may see; the map says in words what it draws."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.models import Announcement, Meeting
from networks import indexing
from networks.models import Company, Membership


@pytest.fixture
def everything(cast):
    now = timezone.now()
    fields = {
        "host": cast.west.agency,
        "city": "Münster",
        "starts_at": now + timedelta(days=9),
        "ends_at": now + timedelta(days=9, hours=3),
    }
    Meeting.objects.create(slug="treffen", title="Treffen zur Robotik", state=Meeting.State.ANNOUNCED, **fields)
    Meeting.objects.create(slug="geheim", title="Geheimes Robotiktreffen", **fields)
    news = {"agency": cast.west.agency, "summary": "Neues.", "body": "Es geht um Schweißroboter in der Praxis."}
    Announcement.objects.create(
        slug="neu", title="Neues aus den Netzwerken", state=Announcement.State.PUBLISHED, **news
    )
    Announcement.objects.create(slug="entwurf", title="Entwurf zur Robotik", **news)
    indexing.reindex_all(Company.objects.all())
    return cast


def found(query: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(reverse("search"), {"q": query})
    assert answer.status_code == 200
    return answer.content.decode()


def test_address():
    assert (reverse("search"), reverse("map")) == ("/suche/", "/karte/")


def test_finds_companies_networks_agencies_meetings_and_news(everything):
    html = found("Robotik")
    assert 'data-slug="hellweg-robotik"' in html
    assert 'href="/netzwerke/robotik-kmu/"' in html
    assert 'href="/treffen/treffen/"' in html
    assert "<mark>Schweißroboter</mark>" in found("Roboterschweißen") + found("Schweißroboter")
    assert 'href="/wirtschaftsfoerderungen/wf-westland/"' in found("Westland")


def test_nothing_leaks(everything, client_of):
    for secret in ("geheim", "/mitteilungen/entwurf/", "/netzwerke/entwurf/", "verborgen-metall", "neu-am-ort"):
        assert secret not in found("Robotik") + found("Entwurf") + found("Metall") + found("Ort")
    assert "/treffen/geheim/" in found("Robotik", client_of(everything.curator_west))


def test_suggests_another_spelling(everything):
    assert "„Robotik“" in found("Robotikk")
    assert "data-suggestion" not in found("Robotik")


def test_an_empty_question_is_answered_kindly(everything):
    assert "data-total" not in found("")
    assert "Dazu haben wir nichts gefunden" in found("…")


def test_long_and_strange_questions(everything):
    for query in ("x" * 5000, "\0", "<script>", "\u202e", "a " * 500):
        assert "<script>alert" not in found(query)


def test_the_number_of_queries_is_constant(everything, make_company):
    def queries() -> int:
        found("Robotik")  # builds the index
        with CaptureQueriesContext(connection) as asked:
            found("Robotik")
        return len(asked)

    few = queries()
    assert 0 < few <= 8
    for number in range(3):
        indexing.reindex(make_company(f"Robotik {number}", everything.west))
    assert queries() == few


def test_the_map_draws_and_names_what_crosses_the_border(everything):
    agency = everything.east.agency
    agency.lat, agency.lon, agency.city = 52.2, 8.4, "Melle"
    agency.save()
    Membership.objects.create(
        company=everything.company,
        network=everything.network_east,
        state=Membership.State.ACTIVE,
        joined_at=timezone.now(),
    )
    html = Client().get("/karte/").content.decode()
    assert "Münster – Melle" in html
    assert "Münster: 2 Unternehmen" in html
    assert len(re.findall(r'pathLength="1"', html)) == 1


def test_the_map_of_an_empty_portal(db):
    assert "Noch keine Unternehmen eingetragen." in Client().get("/karte/").content.decode()
