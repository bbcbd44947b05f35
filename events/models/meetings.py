from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from networks.models import Agency, Company, Membership, Network
from networks.models.agencies import Person
from networks.models.matching import every_word

from .series import MeetingSeries
from .wordings import MeetingWordings


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def public(self) -> Self:
        return self.known().filter(visibility=Meeting.Visibility.PUBLIC)

    def upcoming(self) -> Self:
        return (
            self.known()
            .exclude(state__in=[Meeting.State.CANCELLED, Meeting.State.HELD])
            .filter(ends_at__gte=timezone.now())
            .order_by("starts_at", "pk")
        )

    def past(self) -> Self:
        return (
            self.known()
            .filter(Q(ends_at__lt=timezone.now()) | Q(state=Meeting.State.HELD))
            .order_by("-starts_at", "-pk")
        )

    def curated_by(self, person: Person) -> Self:
        """Host and co-host own a meeting; the operator sees all."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        if person.is_superuser:
            return self
        agencies = Agency.objects.of_staff(person)
        co_hosted = Q(co_host__in=agencies, co_host_state=Meeting.CoHost.ACCEPTED)
        return self.filter(Q(host__in=agencies) | co_hosted)

    def matching(self, query: str) -> Self:
        return self.filter(every_word(query, ("title", "city", "venue")))

    def visible_to(self, person: Person) -> Self:
        """The public's; the networks' for their members' people; everything of a series for who takes part in it."""
        if not person.is_authenticated or not person.is_active:
            return self.public()
        if person.is_superuser:
            return self
        seen = Q(pk__in=self.model.objects.public().values("pk")) | Q(
            pk__in=self.model.objects.for_member(person).values("pk")
        )
        if person.is_staff:
            asked = Q(co_host__in=Agency.objects.of_staff(person))
            seen |= asked | Q(pk__in=self.model.objects.followed_by(person).values("pk"))
        return self.filter(seen)

    def followed_by(self, person: Person) -> Self:
        """What the agencies of a meeting know of it, and nobody else: minutes, decisions, tasks."""
        along = self.filter(series__in=MeetingSeries.objects.visible_to(person)).values("pk")
        mine = self.model.objects.curated_by(person).values("pk")
        return self.filter(Q(pk__in=along) | Q(pk__in=mine))

    def held_before(self, meeting: "Meeting") -> Self:
        """Of the same series, the latest first."""
        past = self.filter(series=meeting.series, starts_at__lt=meeting.starts_at) if meeting.series else self.none()
        return past.exclude(state=Meeting.State.CANCELLED).order_by("-starts_at", "-pk")

    def for_member(self, person: User) -> Self:
        """Announced to networks in which a company of this person is, or which this person looks after."""
        joined = Membership.objects.active().of_companies(Company.objects.of_person(person).published())
        mine = Q(networks__in=joined.values("network")) | Q(networks__in=Network.objects.on_the_desk_of(person))
        return self.known().filter(mine, visibility=Meeting.Visibility.MEMBERS).distinct()

    def in_planning(self) -> Self:
        """Not announced yet, the nearest first."""
        return self.filter(state__in=Meeting.PLANNING).order_by("starts_at", "pk")

    def asking(self, person: Person) -> Self:
        """An agency of this person is asked to host together."""
        return self.filter(co_host__in=Agency.objects.of_staff(person), co_host_state=Meeting.CoHost.ASKED).exclude(
            state__in=[Meeting.State.HELD, Meeting.State.CANCELLED]
        )

    def known(self) -> Self:
        """Whoever may know of it knows."""
        return self.filter(state__in=Meeting.PUBLIC)

    def for_calendars(self) -> Self:
        """What may stand in the calendar of somebody who may know: fixed dates, and those called off."""
        return self.filter(state__in=[Meeting.State.SCHEDULED, *Meeting.PUBLIC])

    def of_network(self, network: Network) -> Self:
        return self.filter(networks=network)

    def of_day(self, day: date) -> Self:
        return self.filter(starts_at__date=day)

    def hosted_by(self, agency: Agency) -> Self:
        together = Q(co_host=agency, co_host_state=Meeting.CoHost.ACCEPTED)
        return self.filter(Q(host=agency) | together)

    def only_this(self, meeting: "Meeting") -> Self:
        return self.filter(pk=meeting.pk)

    def with_files(self) -> Self:
        """With what a calendar file says of it."""
        return self.select_related("host").prefetch_related("moves").order_by("starts_at", "pk")

    def between(self, start: datetime, end: datetime) -> Self:
        return self.filter(state__in=[Meeting.State.SCHEDULED, Meeting.State.ANNOUNCED], starts_at__range=(start, end))

    def over(self, moment: datetime) -> Self:
        return self.filter(state=Meeting.State.ANNOUNCED, ends_at__lt=moment)

    def called(self, slug: str) -> Self:
        """Known under this address, now or in the past."""
        return self.filter(Q(slug=slug) | Q(old_slugs__slug=slug)).distinct()

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


class Meeting(MeetingWordings):
    """One meeting of the network of agencies."""

    class State(models.TextChoices):
        PLANNED = "planned", _("in Planung")
        POLLED = "polled", _("in Abstimmung")
        SCHEDULED = "scheduled", _("Termin steht")
        ANNOUNCED = "announced", _("angekündigt")
        HELD = "held", _("hat stattgefunden")
        CANCELLED = "cancelled", _("abgesagt")

    class CoHost(models.TextChoices):
        ASKED = "asked", _("gefragt")
        ACCEPTED = "accepted", _("zugesagt")
        DECLINED = "declined", _("abgelehnt")

    class Visibility(models.TextChoices):
        AGENCIES = "agencies", _("nur die Wirtschaftsförderungen")
        MEMBERS = "members", _("auch Mitglieder der Netzwerke")
        PUBLIC = "public", _("alle")

    NEXT: dict[str, set[str]] = {
        State.PLANNED: {State.POLLED, State.SCHEDULED, State.CANCELLED},
        State.POLLED: {State.PLANNED, State.SCHEDULED, State.CANCELLED},
        State.SCHEDULED: {State.POLLED, State.ANNOUNCED, State.CANCELLED},
        State.ANNOUNCED: {State.HELD, State.CANCELLED},
        State.HELD: set(),
        State.CANCELLED: set(),
    }
    PLANNING = (State.PLANNED, State.POLLED, State.SCHEDULED)
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
    co_host_state = models.CharField(
        _("Mitgastgeberin hat"), max_length=10, choices=CoHost, default=CoHost.ASKED, editable=False
    )
    co_host_note = models.TextField(_("Begründung der Absage"), blank=True, editable=False)
    visibility = models.CharField(_("Wer davon erfährt"), max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    online_url = models.URLField(
        _("Link zum Online-Treffen"), blank=True, help_text=_("Sehen nur Angemeldete und die Gastgeberinnen.")
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
    state_note = models.TextField(_("Begründung"), blank=True, editable=False)
    sequence = models.PositiveIntegerField(_("Fassung im Kalender"), default=0, editable=False)
    updated_at = models.DateTimeField(_("zuletzt geändert"), default=timezone.now)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("one", "Treffen")
        verbose_name_plural = _("Treffen")
        ordering = ["-starts_at"]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_start")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("meeting", args=[self.slug])

    @property
    def has_co_host(self) -> bool:
        return self.co_host_id is not None and self.co_host_state == self.CoHost.ACCEPTED

    @property
    def hosts(self) -> list[Agency]:
        """Who really invites: a co-host only when it has agreed."""
        return [self.host, self.co_host] if self.co_host and self.has_co_host else [self.host]

    @property
    def is_fixed(self) -> bool:
        """The date is certain."""
        return self.state in {self.State.SCHEDULED, self.State.ANNOUNCED, self.State.HELD}

    @property
    def is_over(self) -> bool:
        return self.state in {self.State.HELD, self.State.CANCELLED}

    @property
    def takes_registrations(self) -> bool:
        return self.state == self.State.ANNOUNCED

    @property
    def is_public(self) -> bool:
        return self.state in self.PUBLIC and self.visibility == self.Visibility.PUBLIC
