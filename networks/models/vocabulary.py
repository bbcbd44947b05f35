from typing import Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField

from accounts.wordings import falling_back

from .counting import rows_in


class CompetenceGroup(models.Model):
    code = models.SlugField(_("Kürzel"), unique=True)
    name = TranslatedField(
        models.CharField(_("Name"), max_length=80, blank=True),
        {"de": {"blank": False}},
        attrgetter=falling_back("de"),
    )
    order = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    class Meta:
        verbose_name = _("Kompetenzgruppe")
        verbose_name_plural = _("Kompetenzgruppen")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return str(self.name)


class CompetenceQuerySet(models.QuerySet["Competence"]):
    def per_company(self) -> Subquery:
        """How many a company has chosen: a column for a list of companies."""
        return rows_in(self.model.companies.through._default_manager.filter(company=OuterRef("pk")))

    def most_used(self) -> Self:
        """What published companies can do, the most frequent first."""
        companies = Count("companies", filter=Q(companies__state="published"))
        return self.annotate(used=companies).filter(used__gt=0).order_by("-used", "code")


class Competence(models.Model):
    """What a company can do: the controlled vocabulary of companies, offers and needs."""

    code = models.SlugField(_("Kürzel"), unique=True)
    group = models.ForeignKey(CompetenceGroup, models.PROTECT, related_name="competences", verbose_name=_("Gruppe"))
    name = TranslatedField(
        models.CharField(_("Name"), max_length=120, blank=True),
        {"de": {"blank": False}},
        attrgetter=falling_back("de"),
    )
    order = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    objects = CompetenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("Kompetenz")
        verbose_name_plural = _("Kompetenzen")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return str(self.name)


class Industry(models.Model):
    """A division of NACE Rev. 2.1 / WZ 2025, which has no Dutch."""

    code = models.CharField(_("Abteilung"), max_length=4, unique=True)
    section = models.CharField(_("Abschnitt"), max_length=1)
    name = TranslatedField(
        models.CharField(_("Name"), max_length=250, blank=True),
        {"de": {"blank": False}},
        attrgetter=falling_back("en", "de"),
    )

    class Meta:
        verbose_name = _("Branche")
        verbose_name_plural = _("Branchen")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
