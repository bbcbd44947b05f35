"""Every link of the demo leads somewhere, for a visitor and for each demo login."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import urldefrag, urlsplit

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils.translation import override

from accounts.addresses import language_of
from accounts.models import User
from portal.demo.build import Wish, build
from tests.conftest import show_second_factor

LINK = re.compile(r"""<a\b[^>]*\bhref="([^"]+)\"""")
ROLES = (
    *("operator", "manager_west", "curator_west", "curator_east", "owner_west"),
    *("owner_east", "editor_west", "pending", "new"),
)
EACH = {"de": 3, "en": 1, "nl": 1}  # instances of one address pattern
WITH_OTHER_LANGUAGES = ("visitor", "owner_west")
# Signing out ends the walk, and sharing leads to other hosts.
LEFT_OUT = {"account_logout", "share"}


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One demo for all walks; it is taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", verbosity=0)
        call_command("load_pages", verbosity=0)
        build(Wish(companies=120, seed=2016, today=date(2026, 11, 23)), lambda what, done: None)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as autovacuum does in real life: without figures PostgreSQL plans badly
        yield
        transaction.set_rollback(True)


def pattern_of(path: str) -> tuple[str, str]:
    language = language_of(path)
    try:
        with override(language):
            return language, resolve(path).view_name or path
    except Resolver404:
        return language, path


def links_of(page: Any, path: str) -> list[str]:
    if not page.get("Content-Type", "").startswith("text/html"):
        return []
    found = []
    for raw in LINK.findall(page.content.decode()):
        parts = urlsplit(urldefrag(unescape(raw)).url)
        if parts.scheme or parts.netloc or not (parts.path or parts.query):
            continue
        found.append(f"{parts.path or path}?{parts.query}" if parts.query else parts.path)
    return found


def walk(client: Client, each: dict[str, int]) -> dict[str, int]:
    """Pages that answer with an error, each under the link that led there."""
    waiting, seen, visits, wrong = [("/", "")], {"/"}, defaultdict[tuple[str, str], int](int), {}
    while waiting:
        link, source = waiting.pop()
        path = urlsplit(link).path
        page = client.get(link, follow=True)
        if page.status_code >= 400:
            wrong[f"{source} → {link}"] = page.status_code
        for found in links_of(page, path) if page.status_code < 400 else []:
            pattern = language, name = pattern_of(urlsplit(found).path)
            if found not in seen and name not in LEFT_OUT and visits[pattern] < each.get(language, 0):
                visits[pattern] += 1
                seen.add(found)
                waiting.append((found, link))
    return wrong


@pytest.mark.parametrize("role", ["visitor", *ROLES])
def test_no_link_is_dead(role: str, demo: None, db: None, client: Client) -> None:
    if role != "visitor":
        person = User.objects.get(email=f"{role.replace('_', '-')}@example.org")
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        show_second_factor(client, person)
    client.raise_request_exception = False

    each = EACH if role in WITH_OTHER_LANGUAGES else {"de": EACH["de"]}
    assert walk(client, each) == {}
