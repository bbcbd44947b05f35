from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import origins


class Traced(models.Model):
    """A version in the history that knows where it came from."""

    class Origin(models.TextChoices):
        PAGE = origins.PAGE, _("auf der Seite")
        DESK = origins.DESK, _("am Schreibtisch")
        IMPORT = origins.IMPORT, _("aus einer Liste")
        MERGE = origins.MERGE, _("beim Zusammenführen")
        PORTAL = origins.PORTAL, _("vom Portal selbst")

    origin = models.CharField(_("von wo"), max_length=8, choices=Origin, default=origins.current_origin)

    class Meta:
        abstract = True
