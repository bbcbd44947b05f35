"""Every page in a language that nobody speaks: what is not marked there was never given to the translators."""

import re
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db.models import Model
from django.test import Client
from django.utils.translation import trans_real

from accounts.addresses import in_language
from accounts.models import User
from tests.browser.pages.test_walk import admin, portal
from tests.interface_text import LANGUAGE, complaints, data, pseudo  # noqa: F401 - a fixture
from tests.test_access import world  # noqa: F401 - a fixture
from tests.test_admin_scope import reference, things  # noqa: F401 - fixtures


def test_no_page_says_what_translators_never_saw(
    pseudo: None,  # noqa: F811
    world: SimpleNamespace,  # noqa: F811
    things: dict[str, tuple[Model, Model]],  # noqa: F811
    reference: dict[str, Model],  # noqa: F811
    just_proven: Callable[[User], Client],
) -> None:
    call_command("load_pages", verbosity=0)
    User.objects.update(language=LANGUAGE)
    written = data()
    clients: dict[str, Client] = {"visitor": Client()}
    found, read = {}, 0
    for place in [*portal(world), *admin(things, reference)]:
        who = place.people[-1]
        if who not in clients:
            clients[who] = just_proven(User.objects.get(pk=getattr(world, who).pk))
        page = clients[who].get(in_language(place.path, LANGUAGE) if place.translated else place.path)
        text = page.content.decode()
        read += "⟦" in text
        if wrong := complaints(text, written):
            found[f"{place.name} ({who})"] = sorted(wrong)
    assert found == {}
    assert read > 250


def test_what_has_no_translation_is_found_on_its_page(pseudo: None, cast: SimpleNamespace, client: Client) -> None:  # noqa: F811
    address = in_language("/unternehmen/", LANGUAGE)
    for catalogue in trans_real._translations[LANGUAGE]._catalog._catalogs:
        catalogue.pop("Zum Seitenanfang", None)
    assert complaints(client.get(address).content.decode(), data()) == {"Zum Seitenanfang"}


@pytest.mark.parametrize(
    ("page", "wrong"),
    [
        ("<p>⟦Bedrijven⟧ Greifer und Söhne</p>", set()),
        ("<p>Abmelden</p>", {"Abmelden"}),
        ('<img alt="Abmelden">', {"Abmelden"}),
        ("<p>⟦Er zijn <b>3⟧</b> Abmelden</p>", {"Abmelden"}),
        ("<p>⟦Er zijn <b>Abmelden</b>⟧</p>", set()),
        ("<code>Abmelden</code>", set()),
    ],
)
def test_a_text_without_the_mark_is_found(page: str, wrong: set[str]) -> None:
    assert complaints(page, re.compile("Greifer")) == wrong
