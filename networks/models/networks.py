from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models.origins import Traced

from .agencies import Agency, Person
from .matching import every_word
from .places import Region
from .vocabulary import Competence
from .wordings import NetworkWordings

if TYPE_CHECKING:
    from .companies import Company
    from .memberships import Membership
    from .openings import Opening


class NetworkQuerySet(models.QuerySet["Network"]):
    def published(self) -> Self:
        return self.filter(state=Network.State.PUBLISHED)

    def archived(self) -> Self:
        return self.filter(state=Network.State.ARCHIVED)

    def curated_by(self, person: Person) -> Self:
        """What a staff member edits: their agency's networks; all for the operator."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        return self if person.is_superuser else self.filter(agency__in=Agency.objects.of_staff(person))

    def to_open_by(self, person: Person) -> Self:
        """Which this person may propose to open to another region."""
        return self.curated_by(person).exclude(state=Network.State.ARCHIVED)

    def on_the_desk_of(self, person: Person) -> Self:
        """Curated by this person's agency, or twinned with it; archived ones rest."""
        twinned = TwinAgency.objects.filter(agency__in=Agency.objects.of_staff(person)).values("network")
        curated = self.model.objects.curated_by(person).values("pk")
        return self.exclude(state=Network.State.ARCHIVED).filter(Q(pk__in=curated) | Q(pk__in=twinned))

    def matching(self, query: str) -> Self:
        return self.filter(every_word(query, ("name", "short_name", "topic", "carrier")))

    def inviting(self, company: "Company", person: Person) -> Self:
        """Where this person may invite this company: who would decide its request, may invite it."""
        twinned = TwinAgency.objects.filter(agency__in=Agency.objects.of_staff(person), region=company.region)
        curated = self.model.objects.curated_by(person).values("pk")
        found = self.published().filter(Q(pk__in=curated) | Q(pk__in=twinned.values("network")))
        return found.without(company)

    def without(self, company: "Company") -> Self:
        """Where this company is neither a member nor asked for or invited."""
        return self.exclude(pk__in=company.memberships.open().values("network"))

    def visible_to(self, person: Person) -> Self:
        """Published ones are public; drafts are seen by the curating agency. Archived ones are gone (410)."""
        if not person.is_authenticated:
            return self.published()
        drafts = Q(state=Network.State.DRAFT, pk__in=self.model.objects.curated_by(person).values("pk"))
        return self.filter(Q(state=Network.State.PUBLISHED) | drafts)

    def open_to(self, region: Region | None) -> Self:
        """Where companies of this region may ask to join: its own networks and those with an opening to it."""
        opened = Q(openings__region=region, openings__state="confirmed", openings__since__lte=timezone.localdate())
        return self.published().filter(Q(agency__region=region) | opened).distinct()

    def of_region(self, region: Region) -> Self:
        """Curated on this side."""
        return self.filter(agency__region=region)

    def looked_after_by(self, agency: Agency) -> Self:
        """Curated by this agency, or twinned with it."""
        return self.filter(Q(agency=agency) | Q(pk__in=TwinAgency.objects.filter(agency=agency).values("network")))

    def in_memberships(self, memberships: models.QuerySet["Membership"]) -> Self:
        return self.filter(pk__in=memberships.values("network"))

    def called(self, slug: str) -> Self:
        """Known under this address, now or in the past, whatever the state."""
        return self.filter(Q(slug=slug) | Q(old_slugs__slug=slug)).distinct()

    def with_home(self) -> Self:
        return self.select_related("agency__region")

    def with_leads(self) -> Self:
        return self.select_related("agency__region").prefetch_related(
            "twins__agency__region", "openings__region", "openings__twin"
        )


class Network(NetworkWordings):
    """A thematic network, curated by one agency; an association that carries it is named in words."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        PUBLISHED = "published", _("veröffentlicht")
        ARCHIVED = "archived", _("archiviert")

    class JoinPolicy(models.TextChoices):
        OPEN = "open", _("offen: sofort aufgenommen")
        APPROVAL = "approval", _("nach Zustimmung")
        INVITATION = "invitation", _("auf Einladung")

    slug = models.SlugField(_("Kurzname in der Adresse"), max_length=120, unique=True)
    name = models.CharField(_("Name"), max_length=160)
    short_name = models.CharField(_("Kurzer Name"), max_length=80)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="networks", verbose_name=_("kuratiert von"))
    carrier = models.CharField(_("Träger"), max_length=200, blank=True)
    topic = models.CharField(_("Thema"), max_length=80, blank=True)
    summary = models.CharField(_("In einem Satz"), max_length=240, blank=True)
    aims = models.TextField(_("Ziele"), blank=True)
    how_to_join = models.TextField(_("So werden Sie Mitglied"), blank=True)
    scientific_partner = models.CharField(_("Wissenschaftliche Begleitung"), max_length=160, blank=True)
    founded = models.PositiveSmallIntegerField(_("Gründungsjahr"), null=True, blank=True)
    website = models.URLField(_("Website"), blank=True)
    join_policy = models.CharField(_("Aufnahme"), max_length=12, choices=JoinPolicy, default=JoinPolicy.APPROVAL)
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.DRAFT)
    competences = models.ManyToManyField(Competence, blank=True, related_name="networks", verbose_name=_("Kompetenzen"))
    as_of = models.DateField(_("Stand der Angaben"), null=True, blank=True)

    history = HistoricalRecords(bases=[Traced])
    objects = NetworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("Netzwerk")
        verbose_name_plural = _("Netzwerke")
        ordering = ["short_name"]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("network", args=[self.slug])

    def is_open_to(self, region: Region | None) -> bool:
        """May companies of this region ask to join? Own region, or an opening; nobody's region (guests): yes."""
        if region is None or region.pk == self.agency.region_id:
            return True
        return self.opening_for(region) is not None

    def openings_in_force(self) -> "list[Opening]":
        return [opening for opening in self.openings.all() if opening.is_in_force]

    def opening_for(self, region: Region | None) -> "Opening | None":
        """What both sides agreed for this region, if it has begun."""
        return next((one for one in self.openings_in_force() if region and one.region_id == region.pk), None)

    def twin_for(self, region: Region | None) -> Agency | None:
        return next((twin.agency for twin in self.twins.all() if region and twin.region_id == region.pk), None)


class NetworkSlug(models.Model):
    """An address that a network had before; it redirects for ever."""

    slug = models.SlugField(max_length=120, unique=True)
    network = models.ForeignKey(Network, models.CASCADE, related_name="old_slugs")

    def __str__(self) -> str:
        return self.slug


class TwinAgency(models.Model):
    """The agency that looks after a network on another side: at most one per region."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="twins", verbose_name=_("Netzwerk"))
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("Region"))
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="twinned", verbose_name=_("Partner-Wirtschaftsförderung")
    )

    class Meta:
        verbose_name = _("Partner-Wirtschaftsförderung")
        verbose_name_plural = _("Partner-Wirtschaftsförderungen")
        constraints = [models.UniqueConstraint(fields=["network", "region"], name="one_twin_per_region")]

    def __str__(self) -> str:
        return f"{self.network}: {self.agency}"
