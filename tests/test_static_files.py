"""What collectstatic hands out: one stylesheet with hashed addresses, everything it names is there."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.utils.functional import empty


@pytest.fixture
def collected(settings: Any, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "portal.storage.ModuleManifestStorage"}}
    staticfiles_storage._wrapped = empty  # type: ignore[attr-defined]
    call_command("collectstatic", interactive=False, verbosity=0)
    yield tmp_path
    staticfiles_storage._wrapped = empty  # type: ignore[attr-defined]


def test_the_stylesheet_is_joined_in_its_layers(collected: Path) -> None:
    css = (collected / staticfiles_storage.stored_name("css/main.css")).read_text(encoding="utf-8")
    assert "@import" not in css
    assert css.index("@layer reset, tokens") < css.index("@layer reset {") < css.index("@layer utilities {")
    assert "@media print {\n@layer utilities {" in css
    addresses = re.findall(r'url\("([^"#]+)"\)', css)
    assert len(addresses) == 4
    assert [address for address in addresses if not (collected / "css" / address).exists()] == []


def test_every_component_is_imported() -> None:
    folder = Path(__file__).parent.parent / "static" / "css"
    entry = (folder / "main.css").read_text(encoding="utf-8")
    files = [str(path.relative_to(folder)) for path in (folder / "components").glob("*.css")]
    assert [file for file in files if f'"{file}"' not in entry] == []


def test_stylesheets_stay_short_and_polite() -> None:
    folder = Path(__file__).parent.parent / "static" / "css"
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.rglob("*.css")}
    assert [name for name, text in texts.items() if len(text.splitlines()) > 150] == []
    assert [name for name, text in texts.items() if "!important" in text] == []
