"""What all parts of the demo share: chance, the day, the data files, the real places."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from django.utils import timezone

from networks.models import Agency, Competence, Industry, Municipality, Network, Region
from portal.demo.names import Names
from portal.demo.texts import Trade, Writer

DATA = Path(__file__).resolve().parent / "data"


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass
class Scene:
    """The same seed and day tell the same story."""

    seed: int
    today: date

    @cached_property
    def rng(self) -> Random:
        return Random(self.seed)  # noqa: S311 - invents data, keeps no secrets

    @cached_property
    def names(self) -> Names:
        words = read("names")
        return Names(self.rng, words, words["forms"])

    @cached_property
    def writer(self) -> Writer:
        return Writer(self.rng, read("general"))

    @cached_property
    def trades(self) -> list[Trade]:
        return [Trade(**trade) for trade in read("trades")["trades"]]

    @cached_property
    def regions(self) -> list[Region]:
        return list(Region.objects.in_display_order())

    @cached_property
    def towns(self) -> list[Municipality]:
        """Towns that have a home agency, with all that is asked of them."""
        towns = Municipality.objects.exclude(district__home_agency=None).order_by("ags")
        return list(towns.select_related("district__region", "district__home_agency").prefetch_related("postcodes"))

    @cached_property
    def agencies(self) -> dict[str, Agency]:
        return {agency.slug: agency for agency in Agency.objects.order_by("slug").select_related("region")}

    @cached_property
    def networks(self) -> dict[str, Network]:
        return {network.slug: network for network in Network.objects.with_leads().order_by("slug")}

    @cached_property
    def competences(self) -> dict[str, Competence]:
        return {competence.code: competence for competence in Competence.objects.all()}

    @cached_property
    def industries(self) -> dict[str, Industry]:
        return {industry.code: industry for industry in Industry.objects.all()}

    def moment(self, day: date) -> datetime:
        """Some minute of the working day."""
        return at(day, time(self.rng.randint(8, 16), self.rng.randint(0, 59)))

    def ago(self, least: int, most: int) -> datetime:
        """A moment between so many days ago."""
        return self.moment(self.today - timedelta(days=self.rng.randint(least, most)))

    def after(self, moment: datetime, least: int, most: int) -> datetime:
        """So many days later, but in any case before today."""
        day = timezone.localdate(moment) + timedelta(days=self.rng.randint(least, most))
        return max(moment, self.moment(min(day, self.today - timedelta(days=1))))

    def token(self) -> str:
        return f"{self.rng.getrandbits(256):064x}"


def at(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
