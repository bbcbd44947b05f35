"""Reference data: loaded once, loaded again, extended by a third region, and never against staff."""

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from networks.attributions import attributions
from networks.models import (
    Agency,
    Attribution,
    Competence,
    DirectoryVersion,
    District,
    Industry,
    Municipality,
    Network,
    Opening,
    Postcode,
    Region,
)
from networks.reference import SHIPPED, WrongReference, load_reference

pytestmark = pytest.mark.django_db


def load(directory: Path = SHIPPED) -> dict[str, Any]:
    return load_reference(directory, at=timezone.now())


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The shipped files, to be changed as an update would."""
    for path in SHIPPED.rglob("*"):
        if path.is_file():
            target = tmp_path / path.relative_to(SHIPPED)
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
    return tmp_path


def write_csv(path: Path, *lines: dict[str, Any]) -> None:
    path.parent.mkdir(exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)


@pytest.fixture
def dutch(tmp_path: Path) -> Path:
    """A third region in the same format."""
    folder = tmp_path / "twente"
    folder.mkdir()
    region = {"slug": "twente", "name": {"de": "Twente", "nl": "Twente"}, "state": "NL-OV", "order": 3}
    colours = {
        "colour_light": "#3d5a1e",
        "background_light": "#eaf1e1",
        "colour_dark": "#a5d070",
        "background_dark": "#1f2d14",
    }
    (folder / "regions.json").write_text(json.dumps({"regions": [region | colours]}), encoding="utf-8")
    district = {
        "region": "twente",
        "kind": "Regio",
        "nuts3": "NL213",
        "car_plates": "",
        "population": 630000,
        "area_km2": 1502.7,
        "as_of": "2025-01-01",
        "home_agency": "twente-board",
    }
    write_csv(
        folder / "districts.csv",
        district
        | {"ags": "NL-T1", "slug": "twente-noord", "name": "Twente-Noord", "short_name": "Noord", "seat": "Almelo"},
        district
        | {"ags": "NL-T2", "slug": "twente-zuid", "name": "Twente-Zuid", "short_name": "Zuid", "seat": "Enschede"},
    )
    town = {"population": "", "area_km2": "", "as_of": ""}
    write_csv(
        folder / "municipalities.csv",
        town | {"ags": "GM0141", "name": "Almelo", "district": "NL-T1", "lat": 52.35, "lon": 6.66},
        town | {"ags": "GM0153", "name": "Enschede", "district": "NL-T2", "lat": 52.22, "lon": 6.89},
    )
    agency = {
        "slug": "twente-board",
        "official_name": "Stichting Twente Board",
        "short_name": "Twente Board",
        "region": "twente",
        "districts": ["NL-T1", "NL-T2"],
        "as_of": "2026-11-22",
    }
    (folder / "agencies.json").write_text(json.dumps({"agencies": [agency]}), encoding="utf-8")
    (folder / "networks.toml").write_text(
        'as_of = 2026-11-22\n[[networks]]\nslug = "slim-maken"\nname = "Slim maken"\nshort_name = "Slim maken"\n'
        'agency = "twente-board"\nstate = "published"\ncompetences = ["robotics"]\n'
        'openings = [{ region = "muensterland", since = 2026-01-01 }]\n'
        'twins = [{ region = "muensterland", agency = "wfg-borken" }]\n'
        'circles = [{ name = "Lassen", purpose = "Schweißen" }]\n',
        encoding="utf-8",
    )
    return folder


def test_everything_is_loaded() -> None:
    load()
    counts = [
        model.objects.count()
        for model in (Region, District, Municipality, Postcode, Agency, Network, Competence, Industry)
    ]
    assert counts == [2, 7, 101, 129, 11, 25, 100, 87]
    assert {d.ags: d.home_agency.slug for d in District.objects.all() if d.home_agency} == {
        "05515": "wfm-muenster",
        "05554": "wfg-borken",
        "05558": "wfc-coesfeld",
        "05566": "west-steinfurt",
        "05570": "gfw-warendorf",
        "03404": "wfo-osnabrueck",
        "03459": "wigos",
    }
    assert not District.objects.filter(path="").exists()


def test_the_first_two_networks_are_open_to_the_other_side() -> None:
    load()
    openings = Opening.objects.filter(network__slug__in=["robotik-kmu", "autos"])
    assert set(openings.values_list("network__slug", "region__slug", "since")) == {
        ("robotik-kmu", "osnabruecker-land", date(2016, 3, 2)),
        ("autos", "muensterland", date(2016, 3, 2)),
    }


def test_doubtful_facts_are_not_published() -> None:
    load()
    doubtful, seen = Agency.objects.get(slug="wfc-coesfeld"), Agency.objects.get(slug="wfm-muenster")
    assert (doubtful.street, doubtful.postcode) == ("", "")
    assert (seen.street, seen.postcode) == ("Steinfurter Straße 60a", "48149")


def test_loading_again_changes_nothing() -> None:
    load()
    version = DirectoryVersion.current()
    again = load()
    assert {(c.created, c.updated, c.left_alone) for c in again.values()} == {(0, 0, 0)}
    assert DirectoryVersion.current() == version


def test_an_update_reaches_what_staff_left_alone(copied: Path) -> None:
    load()
    agency = Agency.objects.get(slug="wfm-muenster")
    agency.short_name = "Wirtschaftsförderung MS"
    agency.save()
    file = copied / "agencies.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    entry = next(entry for entry in content["agencies"] if entry["slug"] == "wfm-muenster")
    entry.update(short_name="WFM neu", street="Neue Straße 1")
    file.write_text(json.dumps(content), encoding="utf-8")
    counts = load(copied)["networks.agency"]
    agency.refresh_from_db()
    assert (agency.short_name, agency.street) == ("Wirtschaftsförderung MS", "Neue Straße 1")
    assert (counts.updated, counts.left_alone) == (1, 1)


def test_lists_that_staff_edited_survive_too() -> None:
    load()
    network = Network.objects.get(slug="autos")
    network.competences.clear()
    load()
    assert not network.competences.exists()


def test_an_updated_list_is_taken_over(copied: Path) -> None:
    load()
    file = copied / "networks.toml"
    text = file.read_text(encoding="utf-8").replace(
        'competences = ["automotive", "metal", "plastics"]', 'competences = ["surface"]'
    )
    file.write_text(text, encoding="utf-8")
    load(copied)
    assert {c.group.code for c in Network.objects.get(slug="autos").competences.all()} == {"surface"}


def test_what_staff_deleted_stays_deleted() -> None:
    load()
    Network.objects.get(slug="fpi").delete()
    Opening.objects.all().delete()
    load()
    assert not Network.objects.filter(slug="fpi").exists()
    assert not Opening.objects.exists()


def test_a_row_made_by_hand_is_completed_but_not_overwritten() -> None:
    Region.objects.create(slug="muensterland", name_de="Unser Münsterland", state="DE-NW")
    load()
    region = Region.objects.get(slug="muensterland")
    assert (region.name_de, region.name_en, region.order) == ("Unser Münsterland", "Münsterland", 1)


def test_a_third_region_comes_beside_the_others(dutch: Path) -> None:
    load()
    load(dutch)
    assert [region.slug for region in Region.objects.in_display_order()] == [
        "muensterland",
        "osnabruecker-land",
        "twente",
    ]
    network = Network.objects.with_leads().get(slug="slim-maken")
    twin = network.twin_for(Region.objects.get(slug="muensterland"))
    assert twin is not None
    assert twin.slug == "wfg-borken"
    assert network.is_open_to(Region.objects.get(slug="muensterland"))
    assert not network.is_open_to(Region.objects.get(slug="osnabruecker-land"))
    assert Municipality.objects.get(name="Enschede").district.home_agency == network.agency
    assert [circle.name for circle in network.circles.all()] == ["Lassen"]


def test_attributions_name_their_topics() -> None:
    load()
    assert [each.text for each in attributions("map")] == ["© GeoBasis-DE / BKG 2017 (Daten verändert)", "GeoNames"]
    assert len(attributions()) == Attribution.objects.count() == 9
    assert all(each.as_of for each in attributions())


def test_a_wrong_name_in_a_file_is_told_and_nothing_is_loaded(dutch: Path) -> None:
    file = dutch / "municipalities.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("NL-T2", "NL-T9"), encoding="utf-8")
    with pytest.raises(WrongReference, match="NL-T9"):
        load(dutch)
    with pytest.raises(CommandError, match="NL-T9"):
        call_command("load_reference", directory=dutch)


def test_the_command_reports(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_reference")
    assert "networks.region: 2 created, 0 updated, 0 unchanged" in capsys.readouterr().out


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("load_reference", directory=tmp_path / "nowhere")


def test_history_names_the_moment_of_loading() -> None:
    moment = datetime(2026, 11, 23, 6, tzinfo=UTC)
    load_reference(SHIPPED, at=moment)
    assert set(Network.history.values_list("history_date", flat=True)) == {moment}
