from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .users import User

MOST_VIEWS = 20


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def of(self, person: User, page: str) -> Self:
        """What this person keeps of this list."""
        return self.filter(person=person, page=page).order_by("name")


class SavedView(models.Model):
    """A list as somebody wants to see it again: its filters, search and order, under a name. The state is the query."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views", verbose_name=_("Person")
    )
    page = models.CharField(_("Liste"), max_length=100)
    name = models.CharField(_("Name der Ansicht"), max_length=60)
    query = models.CharField(_("Filter"), max_length=1000, blank=True)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("gemerkte Ansicht")
        verbose_name_plural = _("gemerkte Ansichten")
        constraints = [models.UniqueConstraint(fields=["person", "page", "name"], name="one_view_per_name")]

    def __str__(self) -> str:
        return self.name
