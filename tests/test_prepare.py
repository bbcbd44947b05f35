"""What `./dev` and an update of an installation rest on."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from networks.models import Network
from portal.models import SitePage


@pytest.fixture
def _as_installed(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "portal.storage.ModuleManifestStorage"}}


@pytest.mark.django_db
@pytest.mark.usefixtures("_as_installed")
def test_prepare_makes_an_empty_database_serve_and_may_be_repeated(client: Client, tmp_path: Path) -> None:
    assert not Network.objects.exists()
    call_command("prepare")
    rows = (Network.objects.count(), SitePage.objects.count())
    call_command("prepare")
    assert (Network.objects.count(), SitePage.objects.count()) == rows
    assert client.get("/").status_code == 200
    assert list((tmp_path / "static/css").glob("main.*.css.br"))
