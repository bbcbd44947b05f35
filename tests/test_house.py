"""The house's own rules that no tool knows: layers of templates, no code inside pages, every view says its methods."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import engines
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = settings.BASE_DIR
LAYERS = ("accounts", "networks", "events", "portal")
# Folders that are named for what is in them belong to the lowest app; what stands outside every folder, to the highest.
FOLDERS = dict.fromkeys(("account", "components", "forms", "mails", "mfa", "usersessions"), "accounts")
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# The gallery of components is read by those who build pages, in one language.
READ_BY_PEOPLE = [path for path in TEMPLATES if path.name != "gallery.html"]
PAGES = [path for path in TEMPLATES if "mails" not in path.parts]
LOADED = re.compile(r"{%\s*load\s+([^%]+?)\s*%}")
USED = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"']+)["']""")
CODE_INSIDE = {
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "script without a file": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "handler": re.compile(r"""<[^>]*\son[a-z]+\s*=\s*["']""", re.IGNORECASE),
    "script address": re.compile(r"""(?:href|src|action)\s*=\s*["']\s*javascript:""", re.IGNORECASE),
}
TAG_OR_COMMENT = re.compile(
    r"{%\s*block og_type.*?endblock\s*%}|{%\s*(blocktranslate|comment)\b.*?{%\s*end\1\s*%}"
    r"|{#.*?#}|<!--.*?-->|<(svg|code)\b.*?</\2>|{%.*?%}|{{.*?}}",
    re.DOTALL,
)
WORDS = re.compile(r"[A-Za-zÄÖÜäöüß]{3,}")
# Names are the same in every language.
NAMES = {"Brückenschlag", "NUTS"}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT / "templates"))


def layer_of(name: str) -> int:
    folder, inside, _ = name.partition("/")
    app = FOLDERS.get(folder, folder) if inside else "portal"
    return LAYERS.index(app) if app in LAYERS else len(LAYERS)


def libraries() -> dict[str, int]:
    """Our own tag libraries and the layer each belongs to; Django's are below all."""
    found: dict[str, str] = engines["django"].engine.libraries  # type: ignore[attr-defined]  # only DTL has them
    return {name: LAYERS.index(app) for name, place in found.items() if (app := place.partition(".")[0]) in LAYERS}


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_knows_nothing_above_it(path: Path) -> None:
    text, own, known = path.read_text("utf-8"), layer_of(name_of(path)), libraries()
    loaded = [library for group in LOADED.findall(text) for library in group.split()]
    used = [name for name in USED.findall(text) if "/" in name and (ROOT / "templates" / name).exists()]
    assert [library for library in loaded if known.get(library, 0) > own] == []
    assert [name for name in used if layer_of(name) > own] == []


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_holds_no_code(path: Path) -> None:
    text = path.read_text("utf-8")
    assert [kind for kind, pattern in CODE_INSIDE.items() if pattern.search(text)] == []


@pytest.mark.parametrize("path", READ_BY_PEOPLE, ids=name_of)
def test_what_people_read_is_marked_for_translation(path: Path) -> None:
    """Words between two elements that no translation tag holds."""
    bare = TAG_OR_COMMENT.sub(" ", path.read_text("utf-8"))
    between = re.sub(r"<[^>]*>", " ", bare)
    assert set(WORDS.findall(between)) - NAMES == set()


def views(resolver: URLResolver) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found |= views(entry) if entry.app_name != "admin" else {}
        elif isinstance(entry, URLPattern) and entry.callback.__module__.partition(".")[0] in LAYERS:
            found[f"{entry.callback.__module__}.{entry.callback.__name__}"] = entry.callback
    return found


def says_its_methods(view: Any) -> bool:
    """Some wrapper around the view comes from django.views.decorators.http."""
    while view is not None:
        if "require_http_methods" in view.__code__.co_qualname:
            return True
        view = getattr(view, "__wrapped__", None)
    return False


def test_every_view_says_its_methods() -> None:
    ours = views(get_resolver())
    assert len(ours) > 40
    assert [name for name, view in ours.items() if not says_its_methods(view)] == []


def test_no_template_prints_a_key_as_a_number_for_people() -> None:
    """From 1,000 on it would have a separator: addresses and form fields would lead nowhere."""
    found = [str(path) for path in TEMPLATES if re.search(r"\{\{\s*[\w.]+\.(pk|id)\s*\}\}", path.read_text("utf-8"))]
    assert found == []


NAMED_TEST = re.compile(r"(tests/[\w/]+\.py)(?:::(test_\w+))?")


@pytest.mark.parametrize("document", ["docs/threat-model.md", "docs/check-pages.md"])
def test_what_is_said_to_prove_something_exists(document: str) -> None:
    named = NAMED_TEST.findall((ROOT / document).read_text(encoding="utf-8"))
    missing = [
        f"{file} {test}"
        for file, test in named
        if not (ROOT / file).exists() or f"def {test}" not in (ROOT / file).read_text(encoding="utf-8")
    ]
    assert named
    assert missing == []
