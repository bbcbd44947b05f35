"""Reference data: which file becomes which rows. Any folder with these files describes regions; none is required."""

import csv
import json
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.cache import caches
from django.db import transaction
from django.db.models import Model

from networks.loading import Counts, Loader, Row
from networks.models import (
    Agency,
    Attribution,
    Circle,
    Competence,
    CompetenceGroup,
    DirectoryVersion,
    District,
    Industry,
    Municipality,
    Network,
    Opening,
    Postcode,
    Region,
    TwinAgency,
)

SHIPPED = Path(__file__).resolve().parent / "data"
COLOURS = ("colour_light", "background_light", "colour_dark", "background_dark")
DOUBTFUL = ("street", "postcode", "website", "founded")


class WrongReference(Exception):
    """A file names something that no file and no row knows; the message says what."""


# A higher app has files of its own in the same folder; it registers what loads them.
Part = Callable[[Path, Loader], None]
_parts: list[Part] = []


def also_load(part: Part) -> None:
    _parts.append(part)


@transaction.atomic
def load_reference(directory: Path, *, at: datetime) -> dict[str, Counts]:
    """Load all files of the folder; the numbers per model."""
    loader = Loader(at)
    Folder(directory, loader).load()
    for part in _parts:
        part(directory, loader)
    if any(counts.changed for counts in loader.counts.values()):
        DirectoryVersion.bump()
        caches["pages"].clear()
    return loader.counts


@dataclass
class Folder:
    directory: Path
    loader: Loader

    def load(self) -> None:
        load = self.loader.load
        load(Region, self._regions())
        load(District, self._districts())
        load(Municipality, self._municipalities())
        load(Postcode, self._postcodes())
        load(Agency, self._agencies())
        load(District, self._home_agencies())
        load(Industry, self._industries())
        load(CompetenceGroup, self._competence_groups())
        load(Competence, self._competences())
        load(Network, self._networks())
        load(Opening, self._openings())
        load(TwinAgency, self._twins())
        load(Circle, self._circles())
        load(Attribution, self._attributions())

    # -- places ------------------------------------------------------------------------------------
    def _regions(self) -> Iterator[Row]:
        plain = (
            "state",
            "school_calendar",
            "order",
            "colour_light",
            "background_light",
            "colour_dark",
            "background_dark",
        )
        for entry in self._json("regions.json", "regions"):
            names = translated("name", entry["name"]) | translated("state_name", entry.get("state_name", {}))
            yield Row({"slug": entry["slug"]}, names | {name: entry[name] for name in plain if name in entry})

    def _districts(self) -> Iterator[Row]:
        outlines = {path["ags"]: path for path in self._json("districts_svg.json", "paths")}
        regions = by_key(Region, "slug")
        for line in self._csv("districts.csv"):
            outline = outlines.get(line["ags"], {})
            label = outline.get("label", [None, None])
            words = {name: line[name] for name in ("slug", "name", "short_name", "kind", "nuts3", "car_plates", "seat")}
            shape = {"path": outline.get("d", ""), "label_x": label[0], "label_y": label[1]}
            region = known(regions, line["region"])
            yield Row({"ags": line["ags"]}, {**words, **shape, **figures(line), "region": region})

    def _home_agencies(self) -> Iterator[Row]:
        """Districts and agencies name each other, so the home agency comes in a second pass."""
        agencies = by_key(Agency, "slug")
        for line in self._csv("districts.csv"):
            if line["home_agency"]:
                yield Row({"ags": line["ags"]}, {"home_agency": known(agencies, line["home_agency"])})

    def _municipalities(self) -> Iterator[Row]:
        districts = by_key(District, "ags")
        for line in self._csv("municipalities.csv"):
            place = {"name": line["name"], "lat": float(line["lat"]), "lon": float(line["lon"])}
            yield Row({"ags": line["ags"]}, {**place, **figures(line), "district": known(districts, line["district"])})

    def _postcodes(self) -> Iterator[Row]:
        towns = by_key(Municipality, "ags")
        for line in self._csv("odbl/postcodes.csv"):
            yield Row({"code": line["postcode"], "municipality": known(towns, line["municipality"])}, {})

    # -- agencies and networks -----------------------------------------------------------------------
    def _agencies(self) -> Iterator[Row]:
        regions, districts = by_key(Region, "slug"), by_key(District, "ags")
        for entry in self._json("agencies.json", "agencies"):
            values = {name: value for name, value in entry.items() if name not in {"slug", "confidence", "sources"}}
            confidence = entry.get("confidence", {})
            for name in DOUBTFUL:
                if not is_sure(confidence, name):
                    values[name] = None if name == "founded" else ""
            values["region"] = known(regions, entry["region"]) if entry["region"] else None
            values["districts"] = [known(districts, ags) for ags in entry["districts"]]
            yield Row({"slug": entry["slug"]}, values | {"as_of": as_date(entry["as_of"])})

    def _networks(self) -> Iterator[Row]:
        agencies, competences = by_key(Agency, "slug"), by_key(Competence.objects.select_related("group"), "code")
        for entry, as_of in self._listed_networks():
            apart = {"slug", "agency", "competences", "openings", "twins", "circles"}
            values = {name: tidy(value) for name, value in entry.items() if name not in apart}
            values["agency"] = known(agencies, entry["agency"])
            values["competences"] = chosen(competences, entry.get("competences", []))
            yield Row({"slug": entry["slug"]}, values | {"as_of": as_of})

    def _openings(self) -> Iterator[Row]:
        """What the regions have agreed already."""
        regions = by_key(Region, "slug")
        for network, entry in self._of_networks("openings"):
            values = {"since": as_date(entry["since"]), "conditions": entry.get("conditions", "")}
            find = {"network": network, "region": known(regions, entry["region"])}
            yield Row(find, values | {"state": Opening.State.CONFIRMED})

    def _twins(self) -> Iterator[Row]:
        regions, agencies = by_key(Region, "slug"), by_key(Agency, "slug")
        for network, entry in self._of_networks("twins"):
            find = {"network": network, "region": known(regions, entry["region"])}
            yield Row(find, {"agency": known(agencies, entry["agency"])})

    def _circles(self) -> Iterator[Row]:
        for network, entry in self._of_networks("circles"):
            values = {"purpose": entry.get("purpose", ""), "order": entry.get("order", 0)}
            yield Row({"network": network, "name": entry["name"]}, values)

    def _of_networks(self, what: str) -> Iterator[tuple[Network, dict[str, Any]]]:
        networks = by_key(Network, "slug")
        for entry, _as_of in self._listed_networks():
            if entry["slug"] in networks:  # else staff deleted it
                yield from ((networks[entry["slug"]], each) for each in entry.get(what, []))

    def _listed_networks(self) -> Iterator[tuple[dict[str, Any], date | None]]:
        path = self.directory / "networks.toml"
        if path.exists():
            content = tomllib.loads(path.read_text(encoding="utf-8"))
            yield from ((entry, as_date(content.get("as_of"))) for entry in content["networks"])

    # -- vocabulary ----------------------------------------------------------------------------------
    def _industries(self) -> Iterator[Row]:
        for line in self._csv("industries.csv"):
            names = {name: line[name] for name in ("section", "name_de", "name_en")}
            yield Row({"code": line["code"]}, names)

    def _competence_groups(self) -> Iterator[Row]:
        groups = {line["group"]: line for line in self._csv("competences.csv")}
        for order, (code, line) in enumerate(groups.items(), 1):
            yield Row(
                {"code": code},
                {"order": order} | {f"name_{lang}": line[f"group_{lang}"] for lang in ("de", "en", "nl")},
            )

    def _competences(self) -> Iterator[Row]:
        groups = by_key(CompetenceGroup, "code")
        for order, line in enumerate(self._csv("competences.csv"), 1):
            names = {f"name_{lang}": line[f"label_{lang}"] for lang in ("de", "en", "nl")}
            yield Row({"code": line["code"]}, {**names, "group": known(groups, line["group"]), "order": order})

    def _attributions(self) -> Iterator[Row]:
        for order, entry in enumerate(self._json("attributions.json", "attributions"), 1):
            values = {name: value for name, value in entry.items() if name != "key"}
            yield Row({"key": entry["key"]}, values | {"as_of": as_date(entry.get("as_of")), "order": order})

    # -- files ---------------------------------------------------------------------------------------
    def _json(self, name: str, what: str) -> list[dict[str, Any]]:
        path = self.directory / name
        return json.loads(path.read_text(encoding="utf-8"))[what] if path.exists() else []

    def _csv(self, name: str) -> list[dict[str, str]]:
        return csv_lines(self.directory / name)


def csv_lines(path: Path) -> list[dict[str, str]]:
    """The lines of a file that may be missing."""
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) if path.exists() else []


def by_key(source: Any, name: str) -> dict[str, Any]:
    things = source._default_manager.all() if isinstance(source, type) and issubclass(source, Model) else source
    return {getattr(thing, name): thing for thing in things}


def known(things: dict[str, Any], key: str) -> Any:
    if key not in things:
        raise WrongReference(f"Nothing is known as {key!r}; known are {', '.join(sorted(things)[:20])}.")
    return things[key]


def chosen(competences: dict[str, Competence], codes: list[str]) -> list[Competence]:
    """A code names a competence or a whole group."""
    return [each for code, each in competences.items() if code in codes or each.group.code in codes]


def translated(name: str, words: dict[str, str]) -> dict[str, str]:
    return {f"{name}_{language}": word for language, word in words.items()}


def figures(line: dict[str, str]) -> dict[str, Any]:
    return {
        "population": int(line["population"]) if line["population"] else None,
        "area_km2": float(line["area_km2"]) if line["area_km2"] else None,
        "as_of": as_date(line["as_of"]),
    }


def is_sure(confidence: dict[str, str], name: str) -> bool:
    """Without a word about confidence a fact counts; else it must have been seen."""
    about = confidence.get("address" if name in {"street", "postcode"} else name, "seen")
    return about.startswith("seen")


def as_date(value: Any) -> date | None:
    if not value or isinstance(value, date):
        return value or None
    return date.fromisoformat(value)


def tidy(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value
