from typing import Self

from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from imagekit.models import ProcessedImageField
from imagekit.processors import ResizeToFit, Transpose

from accounts.uploads import announcement_image_path
from events.pictures import cut_name
from networks.models import Agency, Network
from networks.models.agencies import Person
from networks.models.matching import every_word

from .meetings import Meeting
from .wordings import AnnouncementWordings


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def published(self) -> Self:
        """Public now: published, or scheduled for a moment that has come."""
        return self.exclude(state=Announcement.State.DRAFT).filter(publish_at__lte=timezone.now())

    def latest_first(self) -> Self:
        return self.order_by("-publish_at", "-pk")

    def about(self, network: Network) -> Self:
        return self.filter(pk__in=Announcement.networks.through.objects.filter(network=network).values("announcement"))

    def by_agency(self, agency: Agency) -> Self:
        return self.filter(agency=agency)

    def before(self, other: "Announcement") -> Self:
        """Older ones, the nearest first."""
        return self.filter(
            Q(publish_at__lt=other.publish_at) | Q(publish_at=other.publish_at, pk__lt=other.pk)
        ).latest_first()

    def after(self, other: "Announcement") -> Self:
        """Newer ones, the nearest first."""
        newer = self.filter(Q(publish_at__gt=other.publish_at) | Q(publish_at=other.publish_at, pk__gt=other.pk))
        return newer.order_by("publish_at", "pk")

    def curated_by(self, person: Person) -> Self:
        if not person.is_authenticated or not person.is_active:
            return self.none()
        return self if person.is_superuser else self.filter(agency__in=Agency.objects.of_staff(person))

    def matching(self, query: str) -> Self:
        return self.filter(every_word(query, ("title", "summary")))

    def visible_to(self, person: Person) -> Self:
        if not person.is_authenticated:
            return self.published()
        own = self.model.objects.curated_by(person).values("pk")
        return self.filter(Q(pk__in=self.model.objects.published().values("pk")) | Q(pk__in=own))

    def with_agency(self) -> Self:
        """With what a card says; drafts among its networks stay unnamed."""
        return self.select_related("agency__region", "meeting").prefetch_related(
            Prefetch("networks", Network.objects.published())
        )


class Focus(models.TextChoices):
    """What stays in the picture when a shape cuts something off."""

    TOP_LEFT = "top-left", _("oben links")
    TOP = "top", _("oben")
    TOP_RIGHT = "top-right", _("oben rechts")
    LEFT = "left", _("links")
    CENTER = "center", _("Mitte")
    RIGHT = "right", _("rechts")
    BOTTOM_LEFT = "bottom-left", _("unten links")
    BOTTOM = "bottom", _("unten")
    BOTTOM_RIGHT = "bottom-right", _("unten rechts")


class Announcement(AnnouncementWordings):
    """News of an agency, or the public announcement of a meeting. `body` is Markdown."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        SCHEDULED = "scheduled", _("geplant")
        PUBLISHED = "published", _("veröffentlicht")

    slug = models.SlugField(_("Kurzname in der Adresse"), max_length=120, unique=True)
    title = models.CharField(_("Titel"), max_length=160)
    summary = models.CharField(_("In einem Satz"), max_length=300)
    body = models.TextField(
        _("Text"),
        help_text=_("Leerzeile: neuer Absatz. ## am Zeilenanfang: Überschrift. - am Zeilenanfang: Aufzählung."),
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="announcements", verbose_name=_("Wirtschaftsförderung")
    )
    networks = models.ManyToManyField(Network, blank=True, related_name="announcements", verbose_name=_("Netzwerke"))
    meeting = models.ForeignKey(
        Meeting,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="announcements",
        verbose_name=pgettext_lazy("one", "Treffen"),
    )
    image = ProcessedImageField(
        verbose_name=_("Bild"),
        upload_to=announcement_image_path,
        blank=True,
        processors=[Transpose(), ResizeToFit(1600, 1000, upscale=False)],
        format="WEBP",
        options={"quality": 82},
    )
    image_focus = models.CharField(
        _("Was auf jeden Fall zu sehen sein soll"), max_length=12, choices=Focus, default=Focus.CENTER
    )
    image_text = models.CharField(_("Bildbeschreibung"), max_length=200, blank=True)
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.DRAFT)
    publish_at = models.DateTimeField(_("öffentlich ab"), default=timezone.now)
    updated_at = models.DateTimeField(_("zuletzt geändert"), default=timezone.now)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("Mitteilung")
        verbose_name_plural = _("Mitteilungen")
        ordering = ["-publish_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(image="") | ~Q(image_text=""), name="announcement_image_has_text"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("announcement", args=[self.slug])

    @property
    def card_image_url(self) -> str:
        return self._cut("card")

    @property
    def wide_image_url(self) -> str:
        return self._cut("wide")

    def _cut(self, shape: str) -> str:
        return self.image.storage.url(cut_name(self.image.name, shape, self.image_focus)) if self.image else ""

    @property
    def is_public(self) -> bool:
        return self.state != self.State.DRAFT and self.publish_at <= timezone.now()


class AnnouncementSlug(models.Model):
    """An address that an announcement had before; it redirects for ever."""

    slug = models.SlugField(max_length=120, unique=True)
    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="old_slugs")

    def __str__(self) -> str:
        return self.slug
