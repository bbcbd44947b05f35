"""What companies, networks and agencies say in the other languages; German stands in the fields themselves."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CompanyWordings(models.Model):
    summary_en = models.CharField(_("In einem Satz, auf Englisch"), max_length=220, blank=True)
    summary_nl = models.CharField(_("In einem Satz, auf Niederländisch"), max_length=220, blank=True)
    description_en = models.TextField(_("Beschreibung, auf Englisch"), max_length=6000, blank=True)
    description_nl = models.TextField(_("Beschreibung, auf Niederländisch"), max_length=6000, blank=True)

    WORDINGS = ("summary_en", "description_en", "summary_nl", "description_nl")

    class Meta:
        abstract = True


class NetworkWordings(models.Model):
    summary_en = models.CharField(_("In einem Satz, auf Englisch"), max_length=240, blank=True)
    summary_nl = models.CharField(_("In einem Satz, auf Niederländisch"), max_length=240, blank=True)
    aims_en = models.TextField(_("Ziele, auf Englisch"), blank=True)
    aims_nl = models.TextField(_("Ziele, auf Niederländisch"), blank=True)
    how_to_join_en = models.TextField(_("So werden Sie Mitglied, auf Englisch"), blank=True)
    how_to_join_nl = models.TextField(_("So werden Sie Mitglied, auf Niederländisch"), blank=True)

    WORDINGS = ("summary_en", "aims_en", "how_to_join_en", "summary_nl", "aims_nl", "how_to_join_nl")

    class Meta:
        abstract = True


class AgencyWordings(models.Model):
    about_en = models.TextField(_("Aufgabe, auf Englisch"), blank=True)
    about_nl = models.TextField(_("Aufgabe, auf Niederländisch"), blank=True)

    WORDINGS = ("about_en", "about_nl")

    class Meta:
        abstract = True
