from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .agencies import Agency, Person
from .companies import Company
from .networks import Network


class CompanyImportQuerySet(models.QuerySet["CompanyImport"]):
    def visible_to(self, person: Person) -> Self:
        """The lists of one's own agencies; the operator sees all."""
        return self.filter(agency__in=Agency.objects.workplaces_of(person))

    def begun(self) -> Self:
        """What the worker has to do, oldest first."""
        return self.filter(state__in=CompanyImport.AT_WORK).order_by("created_at", "pk")

    def older_than(self, moment: datetime) -> Self:
        return self.filter(created_at__lt=moment)


class CompanyImport(models.Model):
    """A list that an agency brings in, from the file to its undoing; the file itself is not kept, its lines are."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("Spalten zuordnen")
        CHECKING = "checking", _("wird geprüft")
        CHECKED = "checked", _("Vorschau")
        TAKING = "taking", _("wird übernommen")
        TAKEN = "taken", _("übernommen")
        UNDONE = "undone", _("zurückgenommen")

    AT_WORK = (State.CHECKING, State.TAKING)
    NEXT: dict[str, set[str]] = {
        State.UPLOADED: {State.CHECKING},
        State.CHECKING: {State.CHECKED, State.UPLOADED},
        State.CHECKED: {State.CHECKING, State.TAKING, State.UPLOADED},
        State.TAKING: {State.TAKEN, State.CHECKED},
        State.TAKEN: {State.UNDONE},
        State.UNDONE: set(),
    }

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="imports", verbose_name=_("Wirtschaftsförderung"))
    network = models.ForeignKey(
        Network,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="imports",
        verbose_name=_("Netzwerk"),
        help_text=_("Wenn alle Unternehmen der Liste Mitglieder eines Netzwerks sind oder werden sollen."),
    )
    file_name = models.CharField(_("Datei"), max_length=200)
    header = models.JSONField(_("Spalten"), default=list)
    columns = models.JSONField(_("Zuordnung"), default=list)
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.UPLOADED)
    done = models.PositiveIntegerField(_("geprüfte Zeilen"), default=0)
    message = models.TextField(_("Nachricht"), blank=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("eingelesen von")
    )
    created_at = models.DateTimeField(_("eingelesen am"), default=timezone.now)
    taken_at = models.DateTimeField(_("übernommen am"), null=True, blank=True)

    objects = CompanyImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("Liste")
        verbose_name_plural = _("Eingelesene Listen")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name


class ImportLineQuerySet(models.QuerySet["ImportLine"]):
    def judged(self, verdict: str) -> Self:
        return self.filter(verdict=verdict)

    def to_take(self) -> Self:
        return self.filter(verdict__in=[ImportLine.Verdict.NEW, ImportLine.Verdict.CHANGED])

    def taken(self) -> Self:
        return self.exclude(version=None)

    def by_verdict(self) -> dict[str, int]:
        return dict(self.order_by().values_list("verdict").annotate(n=models.Count("pk")))


class ImportLine(models.Model):
    """One line: what stands in it, what became of it, and what a company said before."""

    class Verdict(models.TextChoices):
        NEW = "new", _("neu")
        CHANGED = "changed", _("geändert")
        UNCHANGED = "unchanged", _("unverändert")
        DUPLICATE = "duplicate", _("vielleicht schon da")
        ERROR = "error", _("fehlerhaft")

    run = models.ForeignKey(CompanyImport, models.CASCADE, related_name="lines", verbose_name=_("Liste"))
    number = models.PositiveIntegerField(_("Zeile"))
    cells = models.JSONField(_("Inhalt"), default=list)
    verdict = models.CharField(_("Urteil"), max_length=10, choices=Verdict, blank=True)
    name = models.CharField(_("Name"), max_length=200, blank=True)
    findings = models.JSONField(_("Befund"), default=dict)  # networks.importing.judging.Judgement as JSON
    decision = models.CharField(_("Entscheidung"), max_length=20, blank=True)  # "", "new", or a company's key
    company = models.ForeignKey(
        Company,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("one", "Unternehmen"),
    )
    before = models.JSONField(_("vorher"), default=dict)
    joined = models.JSONField(_("neue Mitgliedschaften"), default=list)
    version = models.BigIntegerField(_("Fassung danach"), null=True, blank=True)

    objects = ImportLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("Zeile einer Liste")
        verbose_name_plural = _("Zeilen einer Liste")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="each_line_once")]
        indexes = [models.Index(fields=["run", "verdict", "number"])]

    def __str__(self) -> str:
        return f"{self.run}: {self.number}"


class ColumnChoice(models.Model):
    """What an agency once said a column means; without a column it is left out."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+", verbose_name=_("Wirtschaftsförderung"))
    title = models.CharField(_("Überschrift"), max_length=200)
    column = models.CharField(_("Spalte"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("Zuordnung einer Spalte")
        verbose_name_plural = _("Zuordnungen von Spalten")
        constraints = [models.UniqueConstraint(fields=["agency", "title"], name="one_meaning_per_column_title")]

    def __str__(self) -> str:
        return f"{self.title} → {self.column}"
