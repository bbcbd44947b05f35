from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from networks.models import Company, Region

from .meetings import Meeting

CONFIRM_WITHIN = timedelta(hours=72)


class RegistrationPlan(models.Model):
    """Whether one can register for a meeting, and how many places there are."""

    meeting = models.OneToOneField(
        Meeting, models.CASCADE, related_name="plan", verbose_name=pgettext_lazy("one", "Treffen")
    )
    capacity = models.PositiveIntegerField(
        _("Plätze"), null=True, blank=True, help_text=_("Leer: so viele, wie kommen möchten.")
    )
    deadline = models.DateTimeField(_("Anmeldung bis"), null=True, blank=True)
    guests = models.BooleanField(_("Auch Gäste ohne Konto"), default=False)
    questions = models.TextField(
        _("Fragen an alle"), blank=True, max_length=2000, help_text=_("Eine je Zeile, höchstens fünf.")
    )

    class Meta:
        verbose_name = _("Anmeldung zum Treffen")
        verbose_name_plural = _("Anmeldungen zu Treffen")

    def __str__(self) -> str:
        return str(self.meeting)

    @property
    def is_open(self) -> bool:
        closes = self.deadline or self.meeting.starts_at
        return self.meeting.takes_registrations and timezone.now() < closes

    @property
    def asked(self) -> list[str]:
        return [line.strip() for line in self.questions.splitlines() if line.strip()]


class RegionQuota(models.Model):
    """At most so many places for people of a region."""

    plan = models.ForeignKey(RegistrationPlan, models.CASCADE, related_name="quotas")
    region = models.ForeignKey(Region, models.CASCADE, related_name="+", verbose_name=_("Region"))
    most = models.PositiveIntegerField(_("höchstens"))

    class Meta:
        verbose_name = _("Plätze je Region")
        verbose_name_plural = _("Plätze je Region")
        constraints = [models.UniqueConstraint(fields=["plan", "region"], name="one_quota_per_region")]

    def __str__(self) -> str:
        return f"{self.region}: {self.most}"


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def of_meeting(self, meeting: Meeting) -> Self:
        return self.filter(meeting=meeting)

    def of_person(self, person: User) -> Self:
        return self.filter(person=person)

    def taking_a_place(self) -> Self:
        return self.filter(state__in=Registration.WITH_A_PLACE)

    def waiting(self) -> Self:
        """In the order of the queue."""
        return self.filter(state=Registration.State.WAITING).order_by("ticket")

    def current(self) -> Self:
        """Whoever has a place, waits for one, or has still to confirm."""
        return self.filter(state__in=Registration.CURRENT)

    def present(self) -> Self:
        return self.filter(state=Registration.State.ATTENDED)

    def by_organisation(self) -> Self:
        return self.select_related("region").order_by("organisation", "name", "pk")

    def expecting(self) -> Self:
        """Whoever counts on the meeting: with a place, or waiting for one."""
        return self.filter(state__in=[*Registration.WITH_A_PLACE, Registration.State.WAITING])

    def still_expected(self) -> Self:
        return self.filter(state=Registration.State.REGISTERED)

    def with_address(self, email: str) -> Self:
        return self.filter(email__iexact=email)

    def on_the_list(self) -> Self:
        """Who agreed to be named to the others."""
        return self.taking_a_place().filter(listed=True).order_by("name", "pk")

    def by_name(self) -> Self:
        return self.select_related("region", "company", "person").order_by("name", "pk")

    def unconfirmed_since(self, moment: datetime) -> Self:
        return self.filter(state=Registration.State.UNCONFIRMED, created_at__lt=moment)

    def of_meetings_before(self, moment: datetime) -> Self:
        return self.filter(meeting__ends_at__lt=moment)

    def named(self) -> Self:
        """Not anonymous yet."""
        return self.exclude(email__endswith=".invalid")

    def with_needs(self) -> Self:
        return self.exclude(diet="", access="", answers={})

    def with_meeting(self) -> Self:
        return self.select_related("meeting__host", "meeting__co_host", "meeting__plan", "region", "company")


class Registration(models.Model):
    """A person's place at a meeting, or their place in the queue for one."""

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("noch nicht bestätigt")
        REGISTERED = "registered", _("angemeldet")
        WAITING = "waiting", _("auf der Warteliste")
        CANCELLED = "cancelled", _("abgesagt")
        ATTENDED = "attended", _("war da")
        NO_SHOW = "no_show", _("nicht gekommen")

    NEXT: dict[str, set[str]] = {
        State.UNCONFIRMED: {State.REGISTERED, State.WAITING, State.CANCELLED},
        State.REGISTERED: {State.CANCELLED, State.ATTENDED, State.NO_SHOW},
        State.WAITING: {State.REGISTERED, State.CANCELLED},
        State.CANCELLED: set(),
        State.ATTENDED: {State.REGISTERED, State.NO_SHOW},
        State.NO_SHOW: {State.REGISTERED, State.ATTENDED},
    }
    WITH_A_PLACE = (State.REGISTERED, State.ATTENDED, State.NO_SHOW)
    CURRENT = (*WITH_A_PLACE, State.WAITING, State.UNCONFIRMED)

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="registrations", verbose_name=pgettext_lazy("one", "Treffen")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="registrations"
    )
    name = models.CharField(_("Name"), max_length=120)
    email = models.EmailField(_("E-Mail-Adresse"))
    organisation = models.CharField(_("Unternehmen oder Einrichtung"), max_length=160, blank=True)
    company = models.ForeignKey(
        Company,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("one", "Unternehmen"),
    )
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Region")
    )
    language = models.CharField(_("Sprache"), max_length=5, default="de")
    state = models.CharField(_("Stand"), max_length=12, choices=State, default=State.UNCONFIRMED)
    ticket = models.PositiveIntegerField(_("Reihenfolge"), null=True, blank=True)
    token = models.CharField(_("Schlüssel"), max_length=64, unique=True)
    listed = models.BooleanField(_("Mein Name darf auf der Teilnahmeliste stehen"), default=False)
    diet = models.CharField(_("Essen"), max_length=200, blank=True)
    access = models.CharField(_("Was brauchen Sie, um gut teilzunehmen?"), max_length=300, blank=True)
    answers = models.JSONField(_("Antworten"), default=dict, blank=True)
    created_at = models.DateTimeField(_("angemeldet am"), default=timezone.now)
    changed_at = models.DateTimeField(_("zuletzt geändert"), default=timezone.now)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Anmeldung")
        verbose_name_plural = _("Anmeldungen")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "email"], condition=~Q(state="cancelled"), name="registered_once_per_meeting"
            ),
            models.UniqueConstraint(fields=["meeting", "ticket"], name="a_ticket_once_per_meeting"),
            models.CheckConstraint(
                condition=Q(state__in=["unconfirmed", "cancelled"]) | Q(ticket__isnull=False),
                name="registration_has_a_ticket",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("events:registration", args=[self.token])

    @property
    def has_a_place(self) -> bool:
        return self.state in self.WITH_A_PLACE

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_unconfirmed(self) -> bool:
        return self.state == self.State.UNCONFIRMED

    @property
    def has_expired(self) -> bool:
        """The link in the mail to a guest works for three days."""
        return self.is_unconfirmed and self.created_at < timezone.now() - CONFIRM_WITHIN

    @property
    def can_cancel(self) -> bool:
        return self.state in {self.State.REGISTERED, self.State.WAITING, self.State.UNCONFIRMED}
