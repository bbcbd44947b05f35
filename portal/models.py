from django.core.cache import caches
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SiteState(models.Model):
    """One row about this installation."""

    demo = models.BooleanField(_("erfundene Vorführdaten"), default=False)

    def __str__(self) -> str:
        return "demo" if self.demo else "real"

    @classmethod
    def is_demo(cls) -> bool:
        """Does the portal show invented data? Looked up at most once a minute per process."""
        return bool(caches["pages"].get_or_set("demo", cls._read, 60))

    @classmethod
    def _read(cls) -> bool:
        return cls.objects.filter(demo=True).exists()

    @classmethod
    def declare_demo(cls) -> None:
        cls.objects.update_or_create(pk=1, defaults={"demo": True})
        caches["pages"].delete("demo")


class SitePage(models.Model):
    """A legal or help page whose text the operator edits. `body` is Markdown; `slug` is its path."""

    slug = models.SlugField(_("Adresse"), unique=True)
    title = models.CharField(_("Titel"), max_length=120)
    body = models.TextField(_("Text"))
    title_en = models.CharField(_("Titel, auf Englisch"), max_length=120, blank=True)
    title_nl = models.CharField(_("Titel, auf Niederländisch"), max_length=120, blank=True)
    body_en = models.TextField(_("Text, auf Englisch"), blank=True)
    body_nl = models.TextField(_("Text, auf Niederländisch"), blank=True)
    version = models.CharField(_("Fassung"), max_length=20, default="2026-11")
    updated_at = models.DateTimeField(_("zuletzt geändert"), default=timezone.now)

    WORDINGS = ("title_en", "body_en", "title_nl", "body_nl")

    class Meta:
        verbose_name = _("Seite")
        verbose_name_plural = _("Seiten")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("page", args=[self.slug])

    @classmethod
    def version_of(cls, slug: str) -> str:
        """The version of a text that people agree to now; the shipped one where the operator has none."""
        return cls.objects.filter(slug=slug).values_list("version", flat=True).first() or "2026-11"
