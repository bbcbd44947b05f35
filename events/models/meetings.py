from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.models import Agency, Network
from networks.models.agencies import Person

from .series import MeetingSeries


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def public(self) -> Self:
        return self.filter(state__in=Meeting.PUBLIC)

    def upcoming(self) -> Self:
        return (
            self.public()
            .exclude(state=Meeting.State.CANCELLED)
            .filter(ends_at__gte=timezone.now())
            .order_by("starts_at", "pk")
        )

    def past(self) -> Self:
        return self.public().filter(ends_at__lt=timezone.now()).order_by("-starts_at", "-pk")

    def curated_by(self, person: Person) -> Self:
        """Host and co-host own a meeting; the operator sees all."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        if person.is_superuser:
            return self
        agencies = Agency.objects.of_staff(person)
        return self.filter(Q(host__in=agencies) | Q(co_host__in=agencies))

    def visible_to(self, person: Person) -> Self:
        if not person.is_authenticated:
            return self.public()
        return self.filter(Q(state__in=Meeting.PUBLIC) | Q(pk__in=self.model.objects.curated_by(person).values("pk")))

    def fixed_between(self, start: date, end: date) -> Self:
        """Meetings whose day stands."""
        days = self.filter(starts_at__date__lte=end, ends_at__date__gte=start)
        return days.filter(state__in=[Meeting.State.SCHEDULED, Meeting.State.ANNOUNCED, Meeting.State.HELD])

    def outside(self, series: MeetingSeries | None) -> Self:
        return self.exclude(series=series) if series else self

    def held_in(self, series: MeetingSeries, before: date | None = None) -> Self:
        """The latest first."""
        held = self.filter(series=series, state=Meeting.State.HELD).order_by("-starts_at", "-pk")
        return held.filter(starts_at__date__lt=before) if before else held

    def expected_in(self, series: MeetingSeries) -> Self:
        """Held or going to be, the first one first."""
        return self.filter(series=series).exclude(state=Meeting.State.CANCELLED).order_by("starts_at", "pk")

    def before_day(self, day: date) -> Self:
        return self.filter(starts_at__date__lt=day)

    def planned_in(self, series: MeetingSeries, start: date, end: date) -> Self:
        """Only a plan so far: its days may still be chosen."""
        return self.filter(state=Meeting.State.PLANNED).expected_in(series).beginning_in(start, end)

    def planned_after(self, series: MeetingSeries, day: date) -> Self:
        """The next plan: its host may still be swapped."""
        following = self.filter(state=Meeting.State.PLANNED).expected_in(series).filter(starts_at__date__gte=day)
        return self.filter(pk__in=following.values("pk")[:1])

    def beginning_in(self, start: date, end: date) -> Self:
        return self.filter(starts_at__date__gte=start, starts_at__date__lte=end)

    def with_hosts(self) -> Self:
        return self.select_related("host__region", "co_host__region")


class Meeting(models.Model):
    """One meeting of the network of agencies."""

    class State(models.TextChoices):
        PLANNED = "planned", _("in Planung")
        POLLED = "polled", _("in Abstimmung")
        SCHEDULED = "scheduled", _("Termin steht")
        ANNOUNCED = "announced", _("angekündigt")
        HELD = "held", _("hat stattgefunden")
        CANCELLED = "cancelled", _("abgesagt")

    NEXT: dict[str, set[str]] = {
        State.PLANNED: {State.POLLED, State.SCHEDULED, State.CANCELLED},
        State.POLLED: {State.PLANNED, State.SCHEDULED, State.CANCELLED},
        State.SCHEDULED: {State.POLLED, State.ANNOUNCED, State.CANCELLED},
        State.ANNOUNCED: {State.HELD, State.CANCELLED},
        State.HELD: set(),
        State.CANCELLED: set(),
    }
    PUBLIC = (State.ANNOUNCED, State.HELD, State.CANCELLED)

    slug = models.SlugField(_("Kurzname in der Adresse"), max_length=120, unique=True)
    title = models.CharField(_("Titel"), max_length=160)
    summary = models.CharField(_("In einem Satz"), max_length=240, blank=True)
    body = models.TextField(_("Programm und Bericht"), blank=True)
    starts_at = models.DateTimeField(_("Beginn"))
    ends_at = models.DateTimeField(_("Ende"))
    venue = models.CharField(_("Ort der Veranstaltung"), max_length=160, blank=True)
    street = models.CharField(_("Straße"), max_length=120, blank=True)
    postcode = models.CharField(_("Postleitzahl"), max_length=10, blank=True)
    city = models.CharField(_("Stadt"), max_length=80)
    lat = models.FloatField(_("Breite"), null=True, blank=True)
    lon = models.FloatField(_("Länge"), null=True, blank=True)
    host = models.ForeignKey(Agency, models.PROTECT, related_name="hosted_meetings", verbose_name=_("Gastgeberin"))
    co_host = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="co_hosted_meetings",
        verbose_name=_("Mitgastgeberin"),
    )
    series = models.ForeignKey(
        MeetingSeries,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("Treffenreihe"),
    )
    networks = models.ManyToManyField(Network, blank=True, related_name="meetings", verbose_name=_("Netzwerke"))
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.PLANNED)
    updated_at = models.DateTimeField(_("zuletzt geändert"), default=timezone.now)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("Treffen")
        verbose_name_plural = _("Treffen")
        ordering = ["-starts_at"]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_start")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.slug])

    @property
    def takes_registrations(self) -> bool:
        return self.state == self.State.ANNOUNCED

    @property
    def is_public(self) -> bool:
        return self.state in self.PUBLIC
