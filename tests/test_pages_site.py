"""Legal and help pages, and the files that machines look for."""

from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from networks.models import Attribution
from portal.models import SitePage, SiteState
from portal.pages_loader import BLANK, BLANKS, SLUGS, load_pages, shipped
from tests.conftest import show_second_factor

MUST_CONTAIN = {
    "impressum": ["§ 5", "DDG", "§ 18", "MStV", "Vertreten durch", "Telefon", "Register"],
    "datenschutz": [
        "Artikel 26 DSGVO",
        "Heimat-Wirtschaftsförderung",
        "csrftoken",
        "Ihre Rechte",
        "beschweren",
        "30 Tagen",
    ],
    "barrierefreiheit": [
        "teilweise vereinbar",
        "Eine Barriere melden",
        "Nordrhein-Westfalen",
        "Niedersachsen",
        "WCAG 2.2",
    ],
    "leichte-sprache": ["Leichte Sprache", "Wie benutze ich die Seite?"],
    "nutzungsbedingungen": ["Freigabe", "kostenlos", "deutsches Recht"],
    "hilfe": ["Wie trage ich mein Unternehmen ein?", "Für Wirtschaftsförderungen"],
    "hilfe-schreibtisch": ["Morgenrunde", "Öffnung vorschlagen", "Einladungen verschicken", "Ich bin wieder da"],
    "kontakt": ["E-Mail"],
}


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("loaded", [True, False])
def test_each_page_says_what_it_must_with_or_without_a_row(db: None, client: Client, slug: str, loaded: bool) -> None:
    if loaded:
        load_pages()
    response = client.get(f"/{slug}/")
    text = response.content.decode()
    assert (response.status_code, dict(response.cookies)) == (200, {})
    assert [part for part in MUST_CONTAIN[slug] if part not in text] == []
    assert "[[" not in text


def test_blanks_ask_the_operator_and_the_demo_answers(db: None, client: Client) -> None:
    assert "<strong>Bitte ergänzen: Name des Betreibers</strong>" in client.get("/impressum/").content.decode()
    SiteState.declare_demo()
    text = client.get("/impressum/").content.decode()
    assert ("(erfunden)" in text, "Bitte ergänzen" in text) == (True, False)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_blank_has_a_question(slug: str) -> None:
    assert set(BLANK.findall(shipped(slug).body)) - {"domain"} <= set(BLANKS)


def test_loading_again_leaves_what_the_operator_wrote(db: None, client: Client) -> None:
    call_command("load_pages")
    SitePage.objects.filter(slug="impressum").update(body="Eigener <script>alert(1)</script> Text", version="2027-01")
    assert load_pages() == 0
    text = client.get("/impressum/").content.decode()
    assert "Eigener &lt;script&gt;alert(1)&lt;/script&gt; Text" in text
    assert "Fassung 2027-01" in text


def test_the_imprint_names_every_source(db: None, client: Client) -> None:
    Attribution.objects.create(key="k", topics=["map"], text="© Vermessung", licence="CC BY", url="https://example.org")
    assert "© Vermessung" in client.get("/impressum/").content.decode()


def test_the_contact_page_leads_to_every_agency(cast: SimpleNamespace, client: Client) -> None:
    text = client.get("/kontakt/").content.decode()
    assert "/wirtschaftsfoerderungen/wf-westland/kontakt/" in text
    assert "/wirtschaftsfoerderungen/wf-ostland/kontakt/" in text


def test_only_the_operator_is_led_to_the_text(cast: SimpleNamespace, client: Client) -> None:
    load_pages()
    client.force_login(cast.curator_west, backend="allauth.account.auth_backends.AuthenticationBackend")
    show_second_factor(client, cast.curator_west)
    assert "Text bearbeiten" not in client.get("/hilfe/").content.decode()


def test_robots_of_a_demo_stay_outside(db: None, client: Client) -> None:
    assert "Disallow: /admin/\n" in client.get("/robots.txt").content.decode()
    SiteState.declare_demo()
    assert client.get("/robots.txt").content.decode().splitlines()[:2] == ["User-agent: *", "Disallow: /"]


def test_security_txt_is_valid_for_months(client: Client, db: None) -> None:
    lines = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines())
    left = datetime.fromisoformat(lines["Expires"]) - timezone.now()
    assert timedelta(days=90) < left < timedelta(days=366)
    assert lines["Contact"].endswith("/kontakt/")


def test_the_sitemap_lists_public_things_only(cast: SimpleNamespace, client: Client) -> None:
    index = client.get("/sitemap.xml").content.decode()
    assert index.count("<sitemap>") == 8
    companies = client.get("/sitemap-unternehmen.xml").content.decode()
    assert ("hellweg-robotik" in companies, "verborgen-metall" in companies, "neu-am-ort" in companies) == (
        True,
        False,
        False,
    )
    networks = client.get("/sitemap-netzwerke.xml").content.decode()
    assert ("robotik-kmu" in networks, "entwurf" in networks) == (True, False)
    assert client.get("/sitemap-nichts.xml").status_code == 404


def test_every_address_in_the_sitemap_answers(cast: SimpleNamespace, client: Client) -> None:
    for section in ("seiten", "wirtschaftsfoerderungen", "regionen", "kreise", "netzwerke", "unternehmen"):
        text = client.get(f"/sitemap-{section}.xml").content.decode()
        paths = [part.split("</loc>")[0].split("testserver")[1] for part in text.split("<loc>")[1:]]
        assert paths
        assert [path for path in paths if client.get(path).status_code != 200] == []


def test_every_shipped_page_has_an_address() -> None:
    folder = Path(__file__).parent.parent / "portal" / "pages"
    assert {file.stem for file in folder.glob("*.md")} == set(SLUGS)
