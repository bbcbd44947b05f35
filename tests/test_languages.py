"""German at the root, English and Dutch below their code: the address alone says which language is spoken."""

import os
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.addresses import in_language
from accounts.mails import Letter, send
from accounts.models import OutboxMail, User
from accounts.outbox import deliver
from portal.catalogues import compile_catalogues
from tests.conftest import PASSWORD
from tests.test_access import PUBLIC, ROWS, address, arguments, world  # noqa: F401 - a fixture

ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([\w-]+)" href="https?://[^/]+([^"]*)">')
SWITCH = re.compile(r'<li><a href="([^"]*)" hreflang="(\w+)" lang="\w+"( aria-current="true")?>')
ONE_ADDRESS = (
    "gallery",
    "mailbox",
    "mailbox-mail",
    "healthz",
    "readyz",
    "media",
    "sitemap",
    "sitemap-section",
    "robots",
)
PAGES = [
    pytest.param(name, names, id=f"{name} {names}".strip())
    for name, rows in ROWS.items()
    for names, get, _post in rows
    if get == PUBLIC and name not in (*ONE_ADDRESS, "security", "networks:region-colours")
]


@pytest.fixture(autouse=True)
def _pages(db: None) -> None:
    call_command("load_pages", verbosity=0)


def alternates(page: str) -> dict[str, str]:
    return dict(ALTERNATE.findall(page))


@pytest.mark.parametrize(("name", "names"), PAGES)
def test_a_public_page_and_its_translations_name_each_other(
    name: str,
    names: str,
    world: SimpleNamespace,  # noqa: F811 - the fixture
    client: Client,
) -> None:
    german = address(name, arguments(world, names))
    first = client.get(german)
    if "html" not in first["Content-Type"]:
        return
    known = alternates(first.content.decode())
    assert known["de"] == known["x-default"] == german
    assert known["en"].startswith("/en/")
    assert known["nl"].startswith("/nl/")
    for language in ("en", "nl"):
        page = client.get(known[language])
        text = page.content.decode()
        assert page.status_code == 200
        assert page["Content-Language"] == language
        assert f'<html lang="{language}">' in text
        assert alternates(text) == known
        assert f'{known[language]}">' in text.split('rel="canonical"')[1][:200]
        assert not page.cookies or "csrftoken" in page.cookies


@pytest.mark.parametrize(
    ("german", "english", "dutch"),
    [
        ("/", "/en/", "/nl/"),
        ("/unternehmen/", "/en/companies/", "/nl/bedrijven/"),
        ("/netzwerke/robotik-kmu/", "/en/networks/robotik-kmu/", "/nl/netwerken/robotik-kmu/"),
        ("/impressum/", "/en/imprint/", "/nl/colofon/"),
        ("/konto/login/", "/en/account/login/", "/nl/account/login/"),
        ("/mein-bereich/", "/en/my-area/", "/nl/mijn-omgeving/"),
        ("/healthz", "/healthz", "/healthz"),
        ("/admin/", "/admin/", "/admin/"),
        ("/gibt/es/nicht/", "/gibt/es/nicht/", "/gibt/es/nicht/"),
    ],
)
def test_words_of_an_address_are_translated(german: str, english: str, dutch: str) -> None:
    everything = {"de": german, "en": english, "nl": dutch}
    for path in everything.values():
        assert {language: in_language(path, language) for language in everything} == everything


def test_every_address_differs_from_every_other_in_each_language() -> None:
    for language in ("de", "en", "nl"):
        with translation.override(language):
            routes = [reverse(name) for name, rows in ROWS.items() if not rows[0][0] and name != "media"]
        assert len(set(routes)) == len(routes)


@pytest.mark.parametrize("path", ["/en/unternehmen/", "/nl/companies/", "/companies/", "/de/unternehmen/", "/fr/"])
def test_words_of_one_language_are_no_page_of_another(cast: SimpleNamespace, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def switch(page: Any) -> dict[str, tuple[str, bool]]:
    return {code: (address, bool(current)) for address, code, current in SWITCH.findall(page.content.decode())}


def test_the_switch_stays_on_the_page_with_all_that_was_chosen(cast: SimpleNamespace, client: Client) -> None:
    links = switch(client.get("/en/companies/?q=robotik&region=westland"))
    assert links == {
        "de": ("/unternehmen/?q=robotik&amp;region=westland", False),
        "en": ("/en/companies/?q=robotik&amp;region=westland", True),
        "nl": ("/nl/bedrijven/?q=robotik&amp;region=westland", False),
    }


def test_on_an_error_page_the_switch_leads_home(db: None, client: Client) -> None:
    page = client.get("/en/nothing/at/all/")
    assert page.status_code == 404
    assert "hreflang" not in page.content.decode().partition("<body")[0]
    assert {code: address for code, (address, _) in switch(page).items()} == {"de": "/", "en": "/en/", "nl": "/nl/"}


def test_neither_browser_nor_cookie_changes_the_language(cast: SimpleNamespace, client: Client) -> None:
    client.cookies["django_language"] = "en"
    page = client.get("/unternehmen/", headers={"accept-language": "nl, en;q=0.8"})
    assert page["Content-Language"] == "de"
    assert "Accept-Language" not in page.get("Vary", "")


def test_links_and_redirects_keep_the_language(cast: SimpleNamespace, client: Client) -> None:
    assert client.get("/nl/mijn-omgeving/")["Location"] == "/nl/account/login/?next=/nl/mijn-omgeving/"
    page = client.get("/en/networks/").content.decode()
    assert 'href="/en/networks/robotik-kmu/"' in page
    body = page.partition("<body")[2]
    assert (
        re.findall(r'href="(/(?!en/|static/|admin/|nl/"|")[^"#]*)"', re.sub(r'<ul class="languages".*?</ul>', "", body))
        == []
    )


def test_the_desk_speaks_the_language_of_who_works_there(
    cast: SimpleNamespace, client_of: Callable[..., Client]
) -> None:
    User.objects.filter(pk=cast.curator_west.pk).update(language="nl")
    page = client_of(User.objects.get(pk=cast.curator_west.pk)).get("/admin/")
    assert page["Content-Language"] == "nl"
    assert '<html lang="nl"' in page.content.decode()
    assert client_of(cast.curator_east).get("/admin/")["Content-Language"] == "de"


def test_a_mail_speaks_its_recipients_language_and_leads_there(db: None) -> None:
    for language in ("de", "en", "nl"):
        send(
            lambda: Letter(subject="x", paragraphs=("y",), reason="z", button="w", path=reverse("my-area")),
            f"{language}@example.org",
            language=language,
        )
        send(
            lambda: Letter(subject="x", paragraphs=("y",), reason="z", button="w", path="/mein-bereich/"),
            f"{language}@example.org",
            language=language,
        )
    deliver()
    for language, path in (("de", "/mein-bereich/"), ("en", "/en/my-area/"), ("nl", "/nl/mijn-omgeving/")):
        mails = OutboxMail.objects.filter(recipient=f"{language}@example.org")
        assert [
            f"{path}\n".encode() in bytes(mail.source) or path.encode() in bytes(mail.source) for mail in mails
        ] == [
            True,
            True,
        ]


def test_who_signs_up_in_dutch_gets_dutch_mail(db: None, client: Client) -> None:
    answers = {"name": "Mia", "email": "mia@example.org", "password1": PASSWORD, "terms": "on", "privacy": "on"}
    client.post("/nl/account/signup/", answers)
    assert User.objects.get().language == "nl"
    mail = bytes(OutboxMail.objects.get().source)
    assert b"/nl/account/confirm-email/" in mail


def test_the_site_map_lists_each_page_in_each_language(cast: SimpleNamespace, client: Client) -> None:
    text = client.get("/sitemap-netzwerke.xml").content.decode()
    for path in ("/netzwerke/robotik-kmu/", "/en/networks/robotik-kmu/", "/nl/netwerken/robotik-kmu/"):
        assert f"{path}</loc>" in text
        assert text.count(f'{path}"') == 3 + (path == "/netzwerke/robotik-kmu/") * 3, "and as x-default"


def test_search_engines_stay_out_of_private_pages_in_each_language(db: None, client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    for path in ("/konto/", "/en/account/", "/nl/account/", "/nl/mijn-omgeving/"):
        assert f"Disallow: {path}\n" in text


def test_catalogues_are_compiled_anew_only_when_they_changed(tmp_path: Any, settings: Any) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "django.po"
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Treffen"\nmsgstr "Meeting"\n'
    )
    settings.LOCALE_PATHS = [tmp_path]
    compile_catalogues()
    compiled = folder / "django.mo"
    assert b"Meeting" in compiled.read_bytes()
    compiled.write_bytes(b"kept")
    os.utime(compiled, (source.stat().st_mtime + 5,) * 2)
    compile_catalogues()
    assert compiled.read_bytes() == b"kept"


def test_who_chooses_a_language_reads_on_in_it_and_gets_mail_in_it(
    cast: SimpleNamespace, client_of: Callable[[User], Client]
) -> None:
    given = {"name": "Jonas Holt", "function": "", "language": "nl"}
    answer = client_of(cast.owner).post("/konto/angaben/", given, follow=True)
    assert answer.redirect_chain == [("/nl/mijn-omgeving/", 302)]
    assert "Uw gegevens zijn opgeslagen." in answer.content.decode()
    assert User.objects.get(pk=cast.owner.pk).language == "nl"


@pytest.mark.parametrize("language", ["", "fr", "de\0"])
def test_a_language_that_nobody_speaks_here_is_refused(
    cast: SimpleNamespace, client_of: Callable[[User], Client], language: str
) -> None:
    answer = client_of(cast.owner).post("/konto/angaben/", {"name": "Neu", "language": language})
    assert answer.status_code == 200
    assert "Bitte" in answer.content.decode() or "gültig" in answer.content.decode()
    kept = User.objects.get(pk=cast.owner.pk)
    assert (kept.language, kept.name) == ("de", cast.owner.name)
