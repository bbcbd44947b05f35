"""What belongs to a company's page: its former addresses and its pictures."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from imagekit.models import ProcessedImageField
from imagekit.processors import ResizeToFit, Transpose

from accounts.uploads import company_image_path

from .companies import Company


class CompanySlug(models.Model):
    """An address that a company had before; it redirects for ever."""

    slug = models.SlugField(max_length=120, unique=True)
    company = models.ForeignKey(Company, models.CASCADE, related_name="old_slugs")

    def __str__(self) -> str:
        return self.slug


class CompanyImage(models.Model):
    company = models.ForeignKey(
        Company, models.CASCADE, related_name="images", verbose_name=pgettext_lazy("one", "Unternehmen")
    )
    image = ProcessedImageField(
        verbose_name=_("Bild"),
        upload_to=company_image_path,
        processors=[Transpose(), ResizeToFit(1600, 1200, upscale=False)],
        format="WEBP",
        options={"quality": 82},
    )
    caption = models.CharField(_("Bildbeschreibung"), max_length=200)
    order = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)

    class Meta:
        verbose_name = _("Bild")
        verbose_name_plural = _("Bilder")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.caption
