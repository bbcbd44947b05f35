from typing import Self

from django.db import models
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from .agencies import Person
from .memberships import Membership
from .networks import Network


class CircleQuerySet(models.QuerySet["Circle"]):
    def curated_by(self, person: Person) -> Self:
        return self.filter(network__in=Network.objects.curated_by(person).order_by().values("pk"))

    def with_members(self) -> Self:
        """What the public sees of them."""
        members = Membership.objects.active().of_published_companies().select_related("company")
        return self.prefetch_related(Prefetch("members", members.order_by("company__name_sort", "pk")))


class Circle(models.Model):
    """A circle of experts inside a network; some of its members work in it."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="circles", verbose_name=_("Netzwerk"))
    name = models.CharField(_("Name"), max_length=120)
    purpose = models.CharField(_("Worum es geht"), max_length=240, blank=True)
    order = models.PositiveSmallIntegerField(_("Reihenfolge"), default=0)
    members = models.ManyToManyField(Membership, blank=True, related_name="circles", verbose_name=_("Wer mitarbeitet"))

    objects = CircleQuerySet.as_manager()

    class Meta:
        verbose_name = _("Expertenkreis")
        verbose_name_plural = _("Expertenkreise")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name
