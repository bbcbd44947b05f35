"""The help names buttons that are really there."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from portal.pages_loader import FOLDER

ROOT = Path(settings.BASE_DIR)
SOURCES = [
    path.read_text("utf-8")
    for folder in ("accounts", "networks", "events", "portal", "templates")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in {".py", ".html"}
]
# Django's own words, in its translation; and words of the page itself that are no buttons.
ELSEWHERE = {"Speichern", "Ändern"}


def quoted() -> list[str]:
    text = (FOLDER / "hilfe-schreibtisch.md").read_text("utf-8")
    return sorted({words.rstrip(",.") for words in re.findall("„([^“]+)“", text)} - ELSEWHERE)


@pytest.mark.parametrize("words", quoted())
def test_what_the_desk_help_quotes_is_written_somewhere(words: str) -> None:
    assert any(re.search(rf"\b{re.escape(words)}\b", source) for source in SOURCES)


def test_the_desk_leads_to_its_help() -> None:
    assert "hilfe-schreibtisch" in (ROOT / "templates/admin/base_site.html").read_text("utf-8")
