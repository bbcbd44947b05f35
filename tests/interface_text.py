"""A language that nobody speaks: Dutch between ⟦ and ⟧. Whatever a page says outside of them was never translated.

Data stands outside too, and rightly: what the database holds is taken away first. What is complained of must be the
interface's own: it stands word for word in a template, in code, or in a library's catalogue.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import CharField, TextField
from django.utils.translation import get_language_info, trans_real

from networks.sheets.companies import Column

OPEN, CLOSE, HOLE = "⟦", "⟧", "\x01"
LANGUAGE = "nl"
SIGNS = " ·›→–:,.()"
SERVICES = ("Brückenschlag", "Bluesky", "Facebook", "LinkedIn", "Mastodon", "XING", "mastodon.beispiel", "https://")
SHOWN = {"title", "alt", "placeholder", "aria-label", "aria-description", "summary", "label", "data-label"}
UNREAD = {"script", "style", "code", "pre", "template"}
VOID = {"meta", "link", "img", "input", "br", "hr", "wbr", "source", "area", "col", "base"}
WORD = re.compile(r"[^\W\d_]{2,}")
TRANSLATED = re.compile(
    r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}|{%\s*comment.*?endcomment\s*%}|{#.*?#}", re.DOTALL
)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)


def pseudo_language() -> trans_real.DjangoTranslation:
    """Dutch as it is, libraries included, with each message marked; words of addresses stay."""
    spoken = trans_real.DjangoTranslation(LANGUAGE)
    for catalogue in spoken._catalog._catalogs:
        for key, text in catalogue.items():
            name = key[0] if isinstance(key, tuple) else key
            if name and text and not name.startswith("address\x04"):
                catalogue[key] = f"{OPEN}{text}{CLOSE}"
    return spoken


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch) -> None:
    trans_real.translation(LANGUAGE)
    monkeypatch.setitem(trans_real._translations, LANGUAGE, pseudo_language())


class Reader(HTMLParser):
    """All that a person can read or hear, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.silent: list[str] = []
        self.found: list[str] = []
        self.spoken: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in VOID and (self.silent or tag in UNREAD or is_foreign(given)):
            self.silent.append(tag)
        if self.silent:
            return
        names = SHOWN | ({"value"} if given.get("type") in {"submit", "button", "reset"} else set())
        self.spoken += [given[name] or "" for name in names & given.keys()]
        if given.get("name") == "description":
            self.spoken.append(given.get("content") or "")

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def is_foreign(given: dict[str, str | None]) -> bool:
    """Said to be in another language, or in none: such words are data."""
    return given.get("translate") == "no" or given.get("lang", LANGUAGE) != LANGUAGE


def read(page: str) -> tuple[str, list[str]]:
    """The text with a hole where an element begins or ends, and each attribute's."""
    reader = Reader()
    reader.feed(page)
    return HOLE.join(reader.found), reader.spoken


def unmarked(page: str) -> set[str]:
    """What stands outside the marks; a message may hold elements and other messages."""
    text, attributes = read(page)
    found: set[str] = set()
    for one in (text, *attributes):
        found |= {" ".join(piece.split()) for piece in outside(one).split(HOLE)}
    return {piece for piece in found if WORD.search(names().sub("", piece))}


def data() -> re.Pattern[str]:
    """Whatever people have written; a code that has words of its own is no such thing."""
    fields = [
        (model, field.name)
        for app in ("accounts", "networks", "events", "portal")
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField) and not field.choices
    ]
    values = {value for model, name in fields for value in model._base_manager.values_list(name, flat=True)}
    known = sorted((value for value in values if value and WORD.search(value)), key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(value)}(?!\w)" for value in known))


@cache
def names() -> re.Pattern[str]:
    """What is the same in every language."""
    lines = Path(settings.BASE_DIR, ".ci/equal.txt").read_text(encoding="utf-8").splitlines()
    own = [get_language_info(code)["name_local"].capitalize() for code, _name in settings.LANGUAGES]
    lines += [*own, *SERVICES, *(str(one.value) for one in Column)]
    known = "|".join(re.escape(line) for line in lines if line)
    return re.compile(rf"(?<!\w)(?:{known})(?!\w)")


def outside(text: str) -> str:
    depth, kept = 0, []
    for sign in text:
        depth += sign == OPEN
        kept.append(HOLE if sign in OPEN + CLOSE else "" if depth else sign)
        depth = max(0, depth - (sign == CLOSE))
    return "".join(kept)


def complaints(page: str, written: re.Pattern[str]) -> set[str]:
    """`written` finds data; between it stands what the interface says around it."""
    pieces = {piece.strip(SIGNS) for text in unmarked(page) for piece in written.sub(HOLE, text).split(HOLE)}
    pieces = {piece for piece in pieces if WORD.search(names().sub("", piece))}
    return {piece for piece in pieces if piece in said_by_code() | said_by_catalogues() or in_a_template(piece)}


def in_a_template(piece: str) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(run)}(?!\w)", piece) for run in said_by_templates())


@cache
def said_by_templates() -> frozenset[str]:
    """The words of our templates that stand outside every translation."""
    found: set[str] = set()
    for path in Path(settings.BASE_DIR, "templates").rglob("*.html"):
        if "gallery" in path.name:  # speaks with developers, in German
            continue
        source = TAG.sub(HOLE, TRANSLATED.sub(HOLE, path.read_text(encoding="utf-8")))
        found |= unmarked(source)
    return frozenset(found)


@cache
def said_by_code() -> frozenset[str]:
    """Every text in our code that is no docstring; the demo's and the migrations' is data."""
    paths = [
        path
        for app in ("accounts", "networks", "events", "portal")
        for path in Path(settings.BASE_DIR, app).rglob("*.py")
        if not {"demo", "migrations"} & set(path.parts)
    ]
    return frozenset(text for path in paths for text in constants(ast.parse(path.read_text(encoding="utf-8"))))


def constants(tree: ast.AST) -> Iterator[str]:
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield " ".join(node.value.split())


@cache
def said_by_catalogues() -> frozenset[str]:
    """All messages of ours and of the libraries, in the language they were written in."""
    keys = [
        key for language in ("de", LANGUAGE) for key, _text in trans_real.DjangoTranslation(language)._catalog.items()
    ]
    messages = (key[0] if isinstance(key, tuple) else key for key in keys)
    return frozenset(message.rpartition("\x04")[2] for message in messages)
