from typing import TYPE_CHECKING, Self

from django.core.cache import caches
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from accounts.wordings import falling_back

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

HEX_COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Bitte eine Farbe wie #0b6470 angeben."))


def colour(label: "StrOrPromise", default: str) -> "models.CharField[str, str]":
    return models.CharField(label, max_length=7, default=default, validators=[HEX_COLOUR])


class RegionQuerySet(models.QuerySet["Region"]):
    def in_display_order(self) -> Self:
        return self.order_by("order", "slug")


class Region(models.Model):
    """One side of the border. `state` is an ISO 3166-2 code."""

    slug = models.SlugField(_("Kurzname in der Adresse"), unique=True)
    name = TranslatedField(
        models.CharField(_("Name"), max_length=80, blank=True),
        {"de": {"blank": False}},
        attrgetter=falling_back("de"),
    )
    state = models.CharField(_("Land (ISO 3166-2)"), max_length=6)
    state_name = TranslatedField(
        models.CharField(_("Name des Landes"), max_length=80, blank=True), attrgetter=falling_back("de")
    )
    school_calendar = models.CharField(
        _("Ferienkalender"), max_length=20, blank=True, help_text=_("Sein Kürzel, zum Beispiel BE-VLG oder NL-Midden.")
    )
    order = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)
    colour_light = colour(_("Farbe, hell"), "#0b6470")
    background_light = colour(_("Hintergrund, hell"), "#e4f0f0")
    colour_dark = colour(_("Farbe, dunkel"), "#7cc8d2")
    background_dark = colour(_("Hintergrund, dunkel"), "#17323a")

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Region")
        verbose_name_plural = _("Regionen")
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("region", args=[self.slug])

    @property
    def country(self) -> str:
        return self.state.partition("-")[0]

    @property
    def subdivision(self) -> str:
        """What follows the country in the state's code; a region may be a whole country."""
        return self.state.partition("-")[2]

    @classmethod
    def in_order(cls) -> list["Region"]:
        """All regions, looked up at most once a minute per process: every page names them."""
        return caches["pages"].get_or_set("regions", lambda: list(cls.objects.in_display_order()), 60) or []


class District(models.Model):
    """Part of a region; `ags` is the official key, `path` its outline as SVG path data in map units."""

    ags = models.CharField(_("Amtlicher Schlüssel"), max_length=12, unique=True)
    slug = models.SlugField(_("Kurzname in der Adresse"), unique=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="districts", verbose_name=_("Region"))
    name = models.CharField(_("Name"), max_length=80)
    short_name = models.CharField(_("Kurzer Name"), max_length=60)
    kind = models.CharField(_("Art"), max_length=40, blank=True)
    nuts3 = models.CharField(_("NUTS 3"), max_length=8, blank=True)
    car_plates = models.CharField(_("Kennzeichen"), max_length=40, blank=True)
    seat = models.CharField(_("Sitz"), max_length=80, blank=True)
    population = models.PositiveIntegerField(_("Einwohnerzahl"), null=True, blank=True)
    area_km2 = models.FloatField(_("Fläche in km²"), null=True, blank=True)
    as_of = models.DateField(_("Stand"), null=True, blank=True)
    home_agency = models.ForeignKey(
        "networks.Agency",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="home_districts",
        verbose_name=_("Heimat-Wirtschaftsförderung"),
    )
    path = models.TextField(_("Umriss (SVG)"), blank=True)
    label_x = models.FloatField(_("Beschriftung x"), null=True, blank=True)
    label_y = models.FloatField(_("Beschriftung y"), null=True, blank=True)

    class Meta:
        verbose_name = _("Kreis oder kreisfreie Stadt")
        verbose_name_plural = _("Kreise und kreisfreie Städte")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("district", args=[self.slug])


class Municipality(models.Model):
    """A town; coordinates in degrees (WGS 84) of the place that people mean."""

    ags = models.CharField(_("Amtlicher Schlüssel"), max_length=12, unique=True)
    name = models.CharField(_("Name"), max_length=80)
    district = models.ForeignKey(District, models.PROTECT, related_name="municipalities", verbose_name=_("Kreis"))
    population = models.PositiveIntegerField(_("Einwohnerzahl"), null=True, blank=True)
    area_km2 = models.FloatField(_("Fläche in km²"), null=True, blank=True)
    lat = models.FloatField(_("Breite"))
    lon = models.FloatField(_("Länge"))
    as_of = models.DateField(_("Stand"), null=True, blank=True)

    class Meta:
        verbose_name = _("Gemeinde")
        verbose_name_plural = _("Gemeinden")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Postcode(models.Model):
    """A postcode of a municipality (© OpenStreetMap contributors, ODbL)."""

    code = models.CharField(_("Postleitzahl"), max_length=10, db_index=True)
    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="postcodes", verbose_name=_("Gemeinde"))

    class Meta:
        verbose_name = _("Postleitzahl")
        verbose_name_plural = _("Postleitzahlen")
        constraints = [models.UniqueConstraint(fields=["code", "municipality"], name="one_postcode_per_municipality")]

    def __str__(self) -> str:
        return f"{self.code} {self.municipality}"
