"""What companies and networks say in three languages; what they leave out is shown in German, and marked."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from events.models import Announcement
from networks.indexing import reindex
from networks.models import Company, Network

ClientOf = Callable[[User | None], Client]
EDIT = "/mein-bereich/unternehmen/hellweg-robotik/bearbeiten/"


def read(client: Client, path: str) -> str:
    """White space before a closing tag means nothing."""
    return re.sub(r"\s+</", "</", client.get(path).content.decode())


@pytest.fixture
def speaking(cast: SimpleNamespace) -> Company:
    """In English only the sentence, in Dutch everything."""
    company: Company = cast.company
    company.summary = "Greifer für kleine Serien."
    company.description = "Wir bauen Greifer.\n\nSeit 1998."
    company.summary_en = "Grippers for small series."
    company.summary_nl = "Grijpers voor kleine series."
    company.description_nl = "Wij bouwen grijpers."
    company.save()
    reindex(company)
    return company


def test_a_page_says_it_in_its_language(speaking: Company, client: Client) -> None:
    german, english, dutch = (
        read(client, path)
        for path in (
            "/unternehmen/hellweg-robotik/",
            "/en/companies/hellweg-robotik/",
            "/nl/bedrijven/hellweg-robotik/",
        )
    )
    assert '<p class="lead">Greifer für kleine Serien.</p>' in german
    assert '<p class="lead">Grippers for small series.</p>' in english
    assert '<p class="lead">Grijpers voor kleine series.</p>' in dutch
    assert '<meta name="description" content="Grippers for small series.">' in english
    assert "Wij bouwen grijpers." in dutch
    assert "Greifer" not in dutch
    assert 'lang="de"' not in dutch.split("<main")[1]


def test_what_is_missing_stands_in_german_and_says_so(speaking: Company, client: Client) -> None:
    english = read(client, "/en/companies/hellweg-robotik/")
    assert '<div lang="de"><p>Wir bauen Greifer.</p>' in english
    assert "only in German" in english
    german = read(client, "/unternehmen/hellweg-robotik/")
    assert "<p>Wir bauen Greifer.</p>" in german
    assert "nur auf" not in german


def test_a_card_tells_machines_alone(cast: SimpleNamespace, client: Client) -> None:
    page = read(client, "/en/companies/")
    assert '<span lang="de">Hellweg Robotik in einem Satz.</span>' in page
    assert "only in German" not in page


def test_a_network_says_it_in_three_languages_too(cast: SimpleNamespace, client: Client) -> None:
    Network.objects.filter(pk=cast.network.pk).update(summary_nl="Waar het om gaat.", aims_en="- Learning together")
    dutch = read(client, "/nl/netwerken/robotik-kmu/")
    assert '<p class="lead">Waar het om gaat.</p>' in dutch
    assert '<div lang="de"><p>Voneinander lernen.</p>' in dutch
    assert "alleen in het Duits" in dutch
    english = read(client, "/en/networks/robotik-kmu/")
    assert "<li>Learning together</li>" in english


@pytest.mark.parametrize("word", ["Greifer", "Grippers", "grijpers"])
def test_the_search_finds_every_language(speaking: Company, client: Client, word: str) -> None:
    for path in ("/unternehmen/", "/en/companies/"):
        assert "Hellweg" in read(client, f"{path}?q={word}").split("<main")[1]


def test_whoever_keeps_the_page_writes_in_three_languages(cast: SimpleNamespace, client_of: ClientOf) -> None:
    owner = client_of(cast.owner)
    page = read(owner, EDIT)
    assert '<details class="form-section">' in page
    assert '<input type="text" name="summary_en" lang="en" maxlength="220"' in page
    given = {
        "name": "Hellweg Robotik",
        "legal_form": "GmbH",
        "summary": "Kurz.",
        "summary_nl": "Kort.",
        "municipality": cast.west.town.pk,
        "email_visibility": "nobody",
        "phone_visibility": "nobody",
    }
    assert owner.post(EDIT, given).status_code == 302
    assert Company.objects.get(pk=cast.company.pk).summary_nl == "Kort."
    assert '<details class="form-section" open>' in read(owner, EDIT)
    history = read(owner, "/mein-bereich/unternehmen/hellweg-robotik/verlauf/")
    assert "In einem Satz, auf Niederländisch" in history


def test_too_long_a_text_opens_the_group_and_keeps_what_was_typed(cast: SimpleNamespace, client_of: ClientOf) -> None:
    answer = client_of(cast.owner).post(EDIT, {"name": "Hellweg", "summary": "Kurz.", "summary_en": "x" * 221})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert '<details class="form-section" open>' in page
    assert "x" * 221 in page
    assert 'href="#id_summary_en"' in page


def test_nothing_that_was_typed_becomes_markup(speaking: Company, client: Client) -> None:
    evil = "<script>alert(1)</script>"
    Company.objects.filter(pk=speaking.pk).update(summary_nl=evil, description=evil, description_nl="")
    for path in ("/unternehmen/hellweg-robotik/", "/nl/bedrijven/hellweg-robotik/", "/nl/bedrijven/"):
        assert evil not in read(client, path)


def test_what_agencies_write_in_german_alone_is_marked_too(cast: SimpleNamespace, client: Client) -> None:
    Announcement.objects.create(
        slug="neu",
        title="Neues",
        summary="Kurz.",
        body="Mehr dazu.",
        agency=cast.west.agency,
        state=Announcement.State.PUBLISHED,
        publish_at=timezone.now(),
    )
    page = client.get("/en/news/neu/").content.decode()
    assert '<h1><span lang="de">Neues</span></h1>' in page
    assert '<div lang="de"><p>Mehr dazu.</p>' in page
    assert "only in German" in page
    assert '<span lang="de">Kurz.</span>' in client.get("/en/news/").content.decode()
    assert "lang=" not in client.get("/mitteilungen/neu/").content.decode().split("<main")[1].split("</main")[0]
