from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from networks.models import Agency, Region
from networks.models.agencies import Person

DAYS = [MinValueValidator(1), MaxValueValidator(1000)]
COST = [MaxValueValidator(1000)]


class MeetingSeriesQuerySet(models.QuerySet["MeetingSeries"]):
    def visible_to(self, person: Person) -> Self:
        """Staff of the agencies that take part; the operator sees all."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        if person.is_superuser:
            return self
        mine = SeriesAgency.objects.filter(agency__in=Agency.objects.of_staff(person))
        return self.filter(pk__in=mine.values("series"))

    def in_order(self) -> Self:
        return self.order_by("name", "pk")


class MeetingSeries(models.Model):
    """A rhythm of meetings: who takes part, when they meet, and what makes a day a good one."""

    slug = models.SlugField(_("Kurzname in der Adresse"), max_length=120, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    purpose = models.TextField(_("Zweck"), blank=True)
    regions = models.ManyToManyField(Region, through="SeriesRegion", related_name="meeting_series")
    agencies = models.ManyToManyField(Agency, through="SeriesAgency", related_name="meeting_series")
    ideal_gap = models.PositiveSmallIntegerField(_("Abstand im Ideal (Tage)"), default=182, validators=DAYS)
    least_gap = models.PositiveSmallIntegerField(_("Abstand mindestens (Tage)"), default=120, validators=DAYS)
    most_gap = models.PositiveSmallIntegerField(_("Abstand höchstens (Tage)"), default=240, validators=DAYS)
    cost_monday = models.PositiveSmallIntegerField(_("Abzug Montag"), default=10, validators=COST)
    cost_tuesday = models.PositiveSmallIntegerField(_("Abzug Dienstag"), default=0, validators=COST)
    cost_wednesday = models.PositiveSmallIntegerField(_("Abzug Mittwoch"), default=0, validators=COST)
    cost_thursday = models.PositiveSmallIntegerField(_("Abzug Donnerstag"), default=0, validators=COST)
    cost_friday = models.PositiveSmallIntegerField(_("Abzug Freitag"), default=10, validators=COST)
    start_time = models.TimeField(_("Beginn"), default="10:00")
    minutes = models.PositiveSmallIntegerField(
        _("Dauer (Minuten)"), default=180, validators=[MinValueValidator(15), MaxValueValidator(1440)]
    )
    days = models.PositiveSmallIntegerField(
        _("Tage hintereinander"), default=1, validators=[MinValueValidator(1), MaxValueValidator(14)]
    )
    lead_days = models.PositiveSmallIntegerField(
        _("Vorlauf (Tage)"),
        default=90,
        validators=[MaxValueValidator(365)],
        help_text=_("So lange vor einem Planungsfenster bekommt die nächste Gastgeberin die Aufgabe."),
    )
    patience_days = models.PositiveSmallIntegerField(
        _("Erinnern nach (Tagen)"),
        default=14,
        validators=DAYS,
        help_text=_("Nach dieser Zeit wird erinnert, nach noch einmal so langer Zeit erfahren es alle."),
    )
    quorum = models.PositiveSmallIntegerField(_("Zusagen insgesamt mindestens"), default=0)
    least_per_region = models.PositiveSmallIntegerField(_("Zusagen je Region mindestens"), default=0)
    required_roles = models.TextField(
        _("Unverzichtbare Rollen"), blank=True, help_text=_("Eine je Zeile, zum Beispiel: Geschäftsführung.")
    )

    objects = MeetingSeriesQuerySet.as_manager()

    class Meta:
        verbose_name = _("Treffenreihe")
        verbose_name_plural = _("Treffenreihen")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(least_gap__lte=F("ideal_gap")) & Q(ideal_gap__lte=F("most_gap")),
                name="series_gaps_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        gaps = (self.least_gap, self.ideal_gap, self.most_gap)
        if all(gap is not None for gap in gaps) and list(gaps) != sorted(gaps):
            raise ValidationError(
                {"ideal_gap": gettext("Der ideale Abstand liegt zwischen dem kleinsten und dem größten.")}
            )

    @property
    def weekday_costs(self) -> tuple[int, ...]:
        return (self.cost_monday, self.cost_tuesday, self.cost_wednesday, self.cost_thursday, self.cost_friday)

    @property
    def roles(self) -> set[str]:
        """The roles that a poll cannot do without, as they are compared."""
        return {line.strip().casefold() for line in self.required_roles.splitlines() if line.strip()}


class SeriesRegion(models.Model):
    """A side that takes part; the order decides who begins."""

    series = models.ForeignKey(MeetingSeries, models.CASCADE, related_name="sides")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("Region"))
    order = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    class Meta:
        verbose_name = _("teilnehmende Region")
        verbose_name_plural = _("teilnehmende Regionen")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["series", "region"], name="one_side_per_series_and_region")]

    def __str__(self) -> str:
        return str(self.region)


class SeriesAgency(models.Model):
    """An agency that takes part and hosts in turn; its region is its side."""

    series = models.ForeignKey(MeetingSeries, models.CASCADE, related_name="places")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("Wirtschaftsförderung"))
    order = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    class Meta:
        verbose_name = _("teilnehmende Wirtschaftsförderung")
        verbose_name_plural = _("teilnehmende Wirtschaftsförderungen")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["series", "agency"], name="one_place_per_series_and_agency")]

    def __str__(self) -> str:
        return str(self.agency)


class SeriesMemberQuerySet(models.QuerySet["SeriesMember"]):
    def of_series(self, series: MeetingSeries | None) -> Self:
        return self.filter(series=series) if series else self.none()

    def with_side(self) -> Self:
        return self.select_related("series", "region", "agency__region", "person")


class SeriesMember(models.Model):
    """Somebody who is asked for dates and invited; a login is not needed."""

    series = models.ForeignKey(MeetingSeries, models.CASCADE, related_name="members")
    name = models.CharField(_("Name"), max_length=120)
    email = models.EmailField(_("E-Mail-Adresse"))
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Wirtschaftsförderung")
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Region"),
        help_text=_("Nur nötig ohne Wirtschaftsförderung oder wenn diese keine Region hat."),
    )
    role = models.CharField(_("Rolle"), max_length=80, blank=True)
    person = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="series_memberships", verbose_name=_("Konto")
    )

    objects = SeriesMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("Mitglied der Reihe")
        verbose_name_plural = _("Mitglieder der Reihe")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["series", "email"], name="one_member_per_series_and_address")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.side is None:
            raise ValidationError(
                {"region": gettext("Bitte eine Region oder eine Wirtschaftsförderung mit Region wählen.")}
            )

    @property
    def side(self) -> Region | None:
        """Where this person counts in a poll."""
        return self.region or (self.agency.region if self.agency else None)

    @property
    def language(self) -> str:
        return self.person.language if self.person else "de"

    @property
    def is_required(self) -> bool:
        return self.role.strip().casefold() in self.series.roles
