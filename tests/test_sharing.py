"""Two clicks: the page carries no link to a network; the second click goes through our own address."""

import pytest
from django.template import RequestContext, Template
from django.test import Client, RequestFactory

from accounts.sharing import SERVICES, instance_host

HOSTS = ("linkedin.com", "xing.com", "bsky.app", "facebook.com")


def panel() -> str:
    request = RequestFactory().get("/mitteilungen/auftakt/")
    return Template('{% share_panel "Über die <Grenze>" %}').render(RequestContext(request))


def test_the_page_carries_no_network_host() -> None:
    html = panel()
    assert [service.key for service in SERVICES.values() if f'data-service="{service.key}"' not in html] == []
    assert [host for host in HOSTS if host in html] == []


def test_every_service_says_before_any_click_where_data_goes() -> None:
    html = panel()
    assert [
        service.name for service in SERVICES.values() if f"<li>{service.name}: {service.country}</li>" not in html
    ] == []


def test_the_title_is_escaped_in_the_mail_link() -> None:
    assert "subject=%C3%9Cber%20die%20%3CGrenze%3E" in panel()


@pytest.mark.parametrize(
    "service", [one for one in SERVICES.values() if not one.asks_instance], ids=lambda one: one.key
)
def test_the_second_click_goes_on_to_the_service(db: None, client: Client, service: object) -> None:
    answer = client.get("/teilen/", {"dienst": service.key, "ziel": "/mitteilungen/auftakt/"})  # type: ignore[attr-defined]
    assert answer.status_code == 302
    assert answer["Location"].startswith(service.address.split("{")[0])  # type: ignore[attr-defined]
    assert "%2Fmitteilungen%2Fauftakt%2F" in answer["Location"]
    assert not answer.cookies


def test_a_script_asks_for_the_address(db: None, client: Client) -> None:
    answer = client.get(
        "/teilen/", {"dienst": "xing", "ziel": "/netzwerke/autos/"}, headers={"accept": "application/json"}
    )
    assert answer.json()["link"].startswith("https://www.xing.com/")


@pytest.mark.parametrize(
    ("service", "path"),
    [
        ("linkedin", "https://boese.example/"),
        ("linkedin", "//boese.example/"),
        ("linkedin", "/\\boese.example"),
        ("linkedin", ""),
        ("unbekannt", "/"),
        ("", "/"),
    ],
)
def test_only_own_pages_are_shared_and_only_by_known_services(
    db: None, client: Client, service: str, path: str
) -> None:
    assert client.get("/teilen/", {"dienst": service, "ziel": path}).status_code == 404


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("mastodon.social", "mastodon.social"),
        (" https://Chaos.social/@jemand ", "chaos.social"),
        ("@jemand@norden.social", "norden.social"),
        ("localhost", ""),
        ("boese.example:99", ""),
        ("a b.de", ""),
        ("", ""),
        ("x" * 300 + ".de", ""),
    ],
)
def test_an_instance_is_a_host(typed: str, host: str) -> None:
    assert instance_host(typed) == host


def test_mastodon_asks_for_the_instance_and_shows_where_it_leads(db: None, client: Client) -> None:
    asked = client.get("/teilen/", {"dienst": "mastodon", "ziel": "/"})
    assert (asked.status_code, asked.context["link"]) == (200, "")
    shown = client.get("/teilen/", {"dienst": "mastodon", "ziel": "/", "instanz": "norden.social"})
    assert 'href="https://norden.social/share?text=' in shown.content.decode()


def test_a_wrong_instance_gets_the_form_again(db: None, client: Client) -> None:
    answer = client.get("/teilen/", {"dienst": "mastodon", "ziel": "/", "instanz": '"><script>'})
    assert answer.status_code == 400
    assert 'aria-invalid="true"' in answer.content.decode()
    assert "<script>" not in answer.content.decode()


def test_sharing_changes_nothing_and_takes_no_post(db: None, client: Client) -> None:
    assert client.post("/teilen/", {"dienst": "xing", "ziel": "/"}).status_code == 405
