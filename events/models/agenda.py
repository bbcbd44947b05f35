from collections.abc import Iterable
from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from networks.models import Agency, Network
from networks.models.agencies import Person

from .meetings import Meeting
from .series import MeetingSeries


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def of_meeting(self, meeting: Meeting) -> Self:
        return self.filter(meeting=meeting).select_related("network").order_by("order", "pk")

    def left_open(self) -> Self:
        """What the next meeting starts from."""
        return self.filter(outcome__in=[AgendaItem.Outcome.OPEN, AgendaItem.Outcome.PARKED])


class AgendaItem(models.Model):
    """A topic of a meeting; its time follows from those before it."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("offen")
        DONE = "done", _("erledigt")
        PARKED = "parked", _("vertagt")

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="agenda", verbose_name=pgettext_lazy("one", "Treffen")
    )
    order = models.PositiveIntegerField(_("Reihenfolge"), default=0)
    title = models.CharField(_("Thema"), max_length=160)
    text = models.TextField(_("Worum es geht"), blank=True, max_length=4000)
    minutes = models.PositiveSmallIntegerField(_("Dauer in Minuten"), default=15)
    presenter = models.CharField(_("Wer stellt es vor"), max_length=160, blank=True)
    network = models.ForeignKey(
        Network,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Netzwerk, das sich vorstellt"),
    )
    documents = models.TextField(
        _("Unterlagen"),
        blank=True,
        max_length=2000,
        help_text=_(
            "Eine je Zeile: der Titel, dann die Adresse, zum Beispiel: Vortrag https://example.org/vortrag.pdf"
        ),
    )
    outcome = models.CharField(_("Stand"), max_length=10, choices=Outcome, default=Outcome.OPEN)
    carried_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="carried_to")

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("Punkt der Tagesordnung")
        verbose_name_plural = _("Tagesordnung")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "carried_from"], name="an_item_is_carried_over_once"),
            models.CheckConstraint(condition=Q(minutes__lte=1440), name="an_item_fits_into_a_day"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def links(self) -> list[tuple[str, str]]:
        """Title and address of each document."""
        parts = [line.strip().rpartition(" ") for line in self.documents.splitlines() if line.strip()]
        return [(title.strip() or address, address) for title, _blank, address in parts]


class MinutesVersionQuerySet(models.QuerySet["MinutesVersion"]):
    def of_item(self, item: AgendaItem) -> Self:
        return self.filter(item=item).select_related("by").order_by("-number")

    def newest_of(self, items: Iterable[AgendaItem]) -> Self:
        newer = MinutesVersion.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
        return self.filter(~Exists(newer), item__in=items).select_related("by")


class MinutesVersion(models.Model):
    """What the minutes say of a topic, version by version; nothing is overwritten."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("Fassung"))
    text = models.TextField(_("Protokoll"), blank=True, max_length=20_000)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("wann"), default=timezone.now)

    objects = MinutesVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Fassung des Protokolls")
        verbose_name_plural = _("Fassungen des Protokolls")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="a_version_once_per_item")]

    def __str__(self) -> str:
        return f"{self.item} {self.number}"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, person: Person) -> Self:
        """Public ones of meetings that may be known; all for the agencies of the meeting."""
        public = Q(public=True, meeting__in=Meeting.objects.visible_to(person))
        return self.filter(public | Q(meeting__in=Meeting.objects.followed_by(person)))

    def of_meeting(self, meeting: Meeting) -> Self:
        return self.filter(meeting=meeting)

    def for_the_public(self) -> Self:
        return self.filter(public=True)

    def of_the_same_series(self, meeting: Meeting) -> Self:
        return self.filter(meeting__series=meeting.series) if meeting.series else self.of_meeting(meeting)

    def saying(self, words: str) -> Self:
        found = self
        for word in words.split()[:8]:
            found = found.filter(Q(text__icontains=word) | Q(meeting__title__icontains=word))
        return found

    def latest_first(self) -> Self:
        related = self.select_related("meeting", "superseded_by__meeting").prefetch_related("agencies")
        return related.order_by("-decided_on", "-pk")

    def in_force(self) -> Self:
        return self.filter(superseded_by=None)


class Decision(models.Model):
    """What was agreed, by whom, and what replaced it."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="decisions", verbose_name=pgettext_lazy("one", "Treffen")
    )
    item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="decisions", verbose_name=_("Thema")
    )
    text = models.TextField(_("Beschluss"), max_length=2000)
    decided_on = models.DateField(_("beschlossen am"))
    agencies = models.ManyToManyField(Agency, blank=True, related_name="+", verbose_name=_("zugestimmt haben"))
    public = models.BooleanField(_("öffentlich"), default=False)
    superseded_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="supersedes", verbose_name=_("ersetzt durch")
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Beschluss")
        verbose_name_plural = _("Beschlüsse")
        ordering = ["-decided_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(superseded_by=F("pk")), name="a_decision_does_not_replace_itself")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class ActionItemQuerySet(models.QuerySet["ActionItem"]):
    def open(self) -> Self:
        return self.filter(state=ActionItem.State.OPEN)

    def visible_to(self, person: Person) -> Self:
        return self.filter(meeting__in=Meeting.objects.followed_by(person))

    def curated_by(self, person: Person) -> Self:
        return self.filter(meeting__in=Meeting.objects.curated_by(person))

    def of_meeting(self, meeting: Meeting) -> Self:
        return self.filter(meeting=meeting)

    def of_series(self, series: MeetingSeries | None) -> Self:
        return self.filter(meeting__series=series) if series else self.none()

    def before(self, moment: datetime) -> Self:
        return self.filter(meeting__starts_at__lt=moment)

    def soonest_first(self) -> Self:
        return self.select_related("meeting", "agency").order_by(F("due").asc(nulls_last=True), "pk")


class ActionItem(models.Model):
    """Somebody does something until a day."""

    class State(models.TextChoices):
        OPEN = "open", _("offen")
        DONE = "done", _("erledigt")
        DROPPED = "dropped", _("entfällt")

    NEXT: dict[str, set[str]] = {
        State.OPEN: {State.DONE, State.DROPPED},
        State.DONE: {State.OPEN},
        State.DROPPED: {State.OPEN},
    }

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="action_items", verbose_name=pgettext_lazy("one", "Treffen")
    )
    item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="action_items", verbose_name=_("Thema")
    )
    text = models.CharField(_("Aufgabe"), max_length=300)
    owner = models.CharField(_("Wer"), max_length=120)
    email = models.EmailField(
        _("E-Mail-Adresse"), blank=True, help_text=_("Für die Erinnerung vor dem nächsten Treffen.")
    )
    agency = models.ForeignKey(
        Agency, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("Wirtschaftsförderung")
    )
    due = models.DateField(pgettext_lazy("deadline", "bis"), null=True, blank=True)
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.OPEN)
    reminded_for = models.ForeignKey(
        Meeting,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("erinnert vor"),
    )

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("Aufgabe")
        verbose_name_plural = _("Aufgaben")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text

    def is_late(self, today: date) -> bool:
        return self.state == self.State.OPEN and self.due is not None and self.due < today
