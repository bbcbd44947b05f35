"""What meetings and announcements say in the other languages; German stands in the fields themselves."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingWordings(models.Model):
    summary_en = models.CharField(_("In einem Satz, auf Englisch"), max_length=240, blank=True)
    summary_nl = models.CharField(_("In einem Satz, auf Niederländisch"), max_length=240, blank=True)
    body_en = models.TextField(_("Programm und Bericht, auf Englisch"), blank=True)
    body_nl = models.TextField(_("Programm und Bericht, auf Niederländisch"), blank=True)

    WORDINGS = ("summary_en", "body_en", "summary_nl", "body_nl")

    class Meta:
        abstract = True


class AnnouncementWordings(models.Model):
    title_en = models.CharField(_("Titel, auf Englisch"), max_length=160, blank=True)
    title_nl = models.CharField(_("Titel, auf Niederländisch"), max_length=160, blank=True)
    summary_en = models.CharField(_("In einem Satz, auf Englisch"), max_length=300, blank=True)
    summary_nl = models.CharField(_("In einem Satz, auf Niederländisch"), max_length=300, blank=True)
    body_en = models.TextField(_("Text, auf Englisch"), blank=True)
    body_nl = models.TextField(_("Text, auf Niederländisch"), blank=True)

    WORDINGS = ("title_en", "summary_en", "body_en", "title_nl", "summary_nl", "body_nl")

    class Meta:
        abstract = True
