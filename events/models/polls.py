from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.scheduling import polls as ranking
from networks.models import Agency, Region
from networks.models.agencies import Person

from .meetings import Meeting
from .series import MeetingSeries


class DatePollQuerySet(models.QuerySet["DatePoll"]):
    def open(self) -> Self:
        return self.filter(state=DatePoll.State.OPEN)

    def curated_by(self, person: Person) -> Self:
        """Host and co-host decide; the operator too."""
        return self.filter(meeting__in=Meeting.objects.curated_by(person))

    def visible_to(self, person: Person) -> Self:
        """Staff of the agencies that take part read along; who decides sees it anyway."""
        along = Meeting.objects.filter(series__in=MeetingSeries.objects.visible_to(person))
        mine = Meeting.objects.curated_by(person)
        return self.filter(Q(meeting__in=along) | Q(meeting__in=mine))

    def of_meeting(self, meeting: Meeting) -> Self:
        return self.filter(meeting=meeting).order_by("-created_at", "-pk")

    def ending_before(self, moment: datetime) -> Self:
        return self.open().filter(deadline__lt=moment)

    def ending_from(self, moment: datetime) -> Self:
        return self.filter(deadline__gte=moment)

    def never_reminded(self) -> Self:
        return self.filter(reminded_at=None)

    def untold(self) -> Self:
        """Hosts do not know yet that the deadline has passed; where all have answered they need not."""
        return self.filter(told_ended_at=None, told_answered_at=None)

    def with_meeting(self) -> Self:
        return self.select_related("meeting__host", "meeting__co_host", "chosen")


class DatePoll(models.Model):
    """Asks people which of a few days suits them."""

    class State(models.TextChoices):
        OPEN = "open", _("läuft")
        DECIDED = "decided", _("entschieden")
        WITHDRAWN = "withdrawn", _("zurückgezogen")

    NEXT: dict[str, set[str]] = {
        State.OPEN: {State.DECIDED, State.WITHDRAWN},
        State.DECIDED: set(),
        State.WITHDRAWN: set(),
    }

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="polls", verbose_name=pgettext_lazy("one", "Treffen")
    )
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.OPEN)
    message = models.TextField(_("Worte an alle"), blank=True, max_length=1000)
    starts = models.TimeField(_("Beginn"))
    ends = models.TimeField(_("Ende"))
    deadline = models.DateTimeField(_("Antworten bis"))
    results_hidden = models.BooleanField(_("Ergebnis erst nach der eigenen Antwort zeigen"), default=False)
    quorum = models.PositiveSmallIntegerField(_("so viele müssen können"), default=0)
    minimum = models.PositiveSmallIntegerField(_("davon je Region mindestens"), default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("begonnen"), default=timezone.now)
    reminded_at = models.DateTimeField(_("erinnert"), null=True, blank=True)
    told_answered_at = models.DateTimeField(_("gemeldet: alle haben geantwortet"), null=True, blank=True)
    told_decided_at = models.DateTimeField(_("gemeldet: nichts ändert sich mehr"), null=True, blank=True)
    told_ended_at = models.DateTimeField(_("gemeldet: Frist vorbei"), null=True, blank=True)
    chosen = models.ForeignKey(
        "PollOption", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("gewählter Tag")
    )
    decision_note = models.TextField(_("Begründung"), blank=True, max_length=1000)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(_("entschieden am"), null=True, blank=True)

    objects = DatePollQuerySet.as_manager()

    class Meta:
        verbose_name = _("Terminabstimmung")
        verbose_name_plural = _("Terminabstimmungen")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting"], condition=Q(state="open"), name="one_open_poll_per_meeting"),
            models.CheckConstraint(
                condition=Q(state="decided", chosen__isnull=False) | (~Q(state="decided") & Q(chosen=None)),
                name="decided_poll_has_a_day",
            ),
            models.CheckConstraint(condition=Q(ends__gt=models.F("starts")), name="poll_ends_after_start"),
        ]

    def __str__(self) -> str:
        return str(self.meeting)

    def get_absolute_url(self) -> str:
        return reverse("events:poll", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def takes_answers(self) -> bool:
        return self.is_open and timezone.now() < self.deadline


class PollOptionQuerySet(models.QuerySet["PollOption"]):
    def asked_of(self, email: str) -> Self:
        """The days of open polls in which this address is asked."""
        people = PollParticipant.objects.asked().with_address(email)
        return self.filter(poll__state=DatePoll.State.OPEN, poll__in=people.values("poll")).select_related(
            "poll__meeting"
        )


class PollOption(models.Model):
    """One of the days; a day that the finder rejects carries the reason why it was taken nevertheless."""

    poll = models.ForeignKey(DatePoll, models.CASCADE, related_name="options")
    day = models.DateField(_("Tag"))
    cost = models.PositiveSmallIntegerField(_("Kosten"), default=0)
    reasons = models.JSONField(_("Gründe"), default=list, blank=True)
    rejected = models.BooleanField(_("eigentlich ungeeignet"), default=False)
    why_anyway = models.CharField(_("Warum trotzdem"), max_length=300, blank=True)

    objects = PollOptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Tag zur Wahl")
        verbose_name_plural = _("Tage zur Wahl")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "day"], name="a_day_once_per_poll"),
            models.CheckConstraint(condition=Q(rejected=False) | ~Q(why_anyway=""), name="rejected_day_has_a_reason"),
        ]

    def __str__(self) -> str:
        return str(self.day)


class PollParticipantQuerySet(models.QuerySet["PollParticipant"]):
    def with_link(self, token: str) -> Self:
        """Whoever holds a link that still means something."""
        return self.asked().filter(token=token).with_poll()

    def in_poll(self, poll: DatePoll) -> Self:
        return self.asked().filter(poll=poll).with_poll()

    def asked(self) -> Self:
        """Whose link has not been taken back."""
        return self.filter(revoked_at=None)

    def with_address(self, email: str) -> Self:
        return self.filter(email__iexact=email)

    def of_meetings_before(self, moment: datetime) -> Self:
        return self.filter(poll__meeting__ends_at__lt=moment)

    def named(self) -> Self:
        """Not anonymous yet."""
        return self.exclude(email__endswith=".invalid")

    def silent(self) -> Self:
        return self.asked().filter(answered_at=None)

    def answered(self) -> Self:
        return self.asked().exclude(answered_at=None)

    def with_poll(self) -> Self:
        return self.select_related("poll__meeting__host", "poll__meeting__co_host", "poll__chosen", "region")

    def by_side(self) -> Self:
        return self.select_related("region", "agency").order_by("region__order", "region", "-required", "name", "pk")


class PollParticipant(models.Model):
    """Somebody who is asked; the link is theirs alone and ends with the poll."""

    poll = models.ForeignKey(DatePoll, models.CASCADE, related_name="participants")
    name = models.CharField(_("Name"), max_length=120)
    email = models.EmailField(_("E-Mail-Adresse"))
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Wirtschaftsförderung")
    )
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("Region"))
    language = models.CharField(_("Sprache"), max_length=5, default="de")
    required = models.BooleanField(_("unverzichtbar"), default=False)
    token = models.CharField(_("Schlüssel"), max_length=64, unique=True)
    revoked_at = models.DateTimeField(_("Link zurückgenommen"), null=True, blank=True)
    answered_at = models.DateTimeField(_("geantwortet"), null=True, blank=True)
    comment = models.CharField(_("Bemerkung"), max_length=500, blank=True)

    objects = PollParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("Teilnehmerin oder Teilnehmer der Abstimmung")
        verbose_name_plural = _("Gefragte")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "email"], condition=Q(revoked_at=None), name="asked_once_per_poll")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("events:poll-answer", args=[self.token])


class PollAnswerQuerySet(models.QuerySet["PollAnswer"]):
    def of_people(self, people: Iterable[PollParticipant]) -> Self:
        return self.filter(participant__in=people)


class PollAnswer(models.Model):
    class Answer(models.TextChoices):
        YES = ranking.Answer.YES.value, _("ja")
        IF_NEED_BE = ranking.Answer.IF_NEED_BE.value, _("zur Not")
        NO = ranking.Answer.NO.value, _("nein")

    participant = models.ForeignKey(PollParticipant, models.CASCADE, related_name="answers")
    option = models.ForeignKey(PollOption, models.CASCADE, related_name="answers")
    answer = models.CharField(_("Antwort"), max_length=10, choices=Answer)

    objects = PollAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("Antwort")
        verbose_name_plural = _("Antworten")
        constraints = [models.UniqueConstraint(fields=["participant", "option"], name="one_answer_per_day")]

    def __str__(self) -> str:
        return self.get_answer_display()
