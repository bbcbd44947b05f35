"""What companies and networks say in three languages; what they leave out is shown in German, and marked."""

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from events.models import Announcement, Meeting
from networks.indexing import reindex
from networks.models import Agency, Company, Network
from portal.models import SitePage

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


# -- what agencies write -------------------------------------------------------------------------------
@pytest.fixture
def news(cast: SimpleNamespace) -> Announcement:
    return Announcement.objects.create(
        slug="neu",
        title="Neues",
        title_en="News",
        summary="Kurz.",
        summary_en="In short.",
        body="Mehr dazu.",
        body_en="**More** of it.",
        agency=cast.west.agency,
        state=Announcement.State.PUBLISHED,
        publish_at=timezone.now(),
    )


def test_an_announcement_speaks_the_language_of_the_page(news: Announcement, client: Client) -> None:
    page, everything = read(client, "/en/news/neu/"), read(client, "/en/news/")
    assert "<h1>News</h1>" in page
    assert "<title>News" in page
    assert '<meta name="description" content="In short.">' in page
    assert "<strong>More</strong> of it." in page
    assert '"headline": "News"' in page.replace('":"', '": "')
    assert "In short." in everything
    assert "only in German" not in page
    assert '<span lang="de">Neues</span>' in read(client, "/nl/nieuws/neu/")
    assert "<h1>Neues</h1>" in read(client, "/mitteilungen/neu/")


def test_feeds_speak_their_language(news: Announcement, client: Client) -> None:
    with override("en"):
        address = reverse("events:announcement-feed")
    feed = client.get(address).content.decode()
    assert "<title>News</title>" in feed
    assert "In short." in feed
    assert "<title>Neues</title>" in client.get(reverse("events:announcement-feed")).content.decode()


def test_a_meeting_and_an_agency_speak_too(cast: SimpleNamespace, client: Client) -> None:
    met = Meeting.objects.create(
        slug="herbst",
        title="Herbsttreffen",
        city="Melle",
        host=cast.west.agency,
        state=Meeting.State.ANNOUNCED,
        starts_at=timezone.now(),
        ends_at=timezone.now() + timedelta(hours=1),
        visibility=Meeting.Visibility.PUBLIC,
        summary="Kurz.",
        summary_nl="Kort.",
        body="Viel.",
        body_nl="Veel.",
    )
    Agency.objects.filter(pk=cast.west.agency.pk).update(about="Wir helfen.", about_nl="Wij helpen.")
    with override("nl"):
        meeting, agency = met.get_absolute_url(), cast.west.agency.get_absolute_url()
    dutch = read(client, meeting)
    assert '<p class="lead">Kort.</p>' in dutch
    assert "<p>Veel.</p>" in dutch
    assert '<p class="lead">Wij helpen.</p>' in read(client, agency)


@pytest.mark.parametrize("word", ["Neues", "News"])
def test_the_search_finds_what_agencies_write_in_any_language(news: Announcement, client: Client, word: str) -> None:
    assert "/mitteilungen/neu/" in read(client, f"/suche/?q={word}")


def test_staff_write_in_three_languages(cast: SimpleNamespace, client_of: ClientOf, news: Announcement) -> None:
    page = read(client_of(cast.curator_west), f"/admin/events/announcement/{news.pk}/change/")
    agency = read(client_of(cast.manager_west), f"/admin/networks/agency/{cast.west.agency.pk}/change/")
    assert all(f'name="{name}"' in page for name in Announcement.WORDINGS)
    assert 'lang="nl"' in page.split('name="title_nl"')[1].split(">")[0]
    assert all(f'name="{name}"' in agency for name in Agency.WORDINGS)


def test_the_operator_writes_pages_in_three_languages(
    cast: SimpleNamespace, client: Client, client_of: ClientOf
) -> None:
    call_command("load_pages", verbosity=0)
    page = SitePage.objects.get(slug="impressum")
    form = read(client_of(cast.operator), f"/admin/portal/sitepage/{page.pk}/change/")
    assert all(f'name="{name}"' in form for name in SitePage.WORDINGS)
    SitePage.objects.filter(pk=page.pk).update(title_en="Imprint", body_en="We are [[name]].", title_nl="Colofon")
    with override("en"):
        english = read(client, page.get_absolute_url())
    assert "<h1>Imprint</h1>" in english
    assert "We are" in english
    assert "only in German" not in english
    with override("nl"):
        dutch = read(client, page.get_absolute_url())
    assert "<h1>Colofon</h1>" in dutch
    assert '<div lang="de">' in dutch
    assert "alleen in het Duits" in dutch
