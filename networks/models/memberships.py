from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .agencies import Agency, Person
from .companies import Company
from .counting import rows_in
from .matching import every_word
from .networks import Network, TwinAgency
from .places import Region


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self) -> Self:
        return self.filter(state=Membership.State.ACTIVE)

    def open(self) -> Self:
        """Not over: a company has at most one of these per network."""
        return self.filter(state__in=Membership.OPEN)

    def waiting(self) -> Self:
        """Requests that an agency has to decide, oldest first."""
        return self.filter(state=Membership.State.REQUESTED).order_by("requested_at", "pk")

    def unanswered(self, *, before: datetime) -> Self:
        """Asked back, and nothing came since."""
        asked = self.filter(state=Membership.State.ASKED_BACK, decided_at__lt=before)
        return asked.order_by("decided_at", "pk")

    def never_accepted(self, *, before: datetime) -> Self:
        """Invited, and nobody of the company answered."""
        return self.invited().filter(requested_at__lt=before).order_by("requested_at", "pk")

    def invited(self) -> Self:
        return self.filter(state=Membership.State.INVITED)

    def of_published_companies(self) -> Self:
        return self.filter(company__state=Company.State.PUBLISHED)

    def shown(self) -> Self:
        """What the public sees: active memberships of published companies in published networks."""
        return self.active().of_published_companies().filter(network__state=Network.State.PUBLISHED)

    def counted(self) -> Self:
        """What the share is made of: guests and networks without a region are left out."""
        return (
            self.active()
            .of_published_companies()
            .exclude(company__municipality=None)
            .exclude(network__agency__region=None)
        )

    def cross_border(self) -> Self:
        """The company's region is not the curating agency's."""
        return self.exclude(company__municipality=None).exclude(
            company__municipality__district__region=F("network__agency__region")
        )

    def count_by_region(self) -> dict[int | None, int]:
        """How many per region id; None: guests."""
        rows = self.order_by().values_list("company__municipality__district__region")
        return dict(rows.annotate(n=models.Count("pk")))

    def of_companies(self, companies: models.QuerySet[Company]) -> Self:
        return self.filter(company__in=companies.order_by().values("pk"))

    def per_company(self) -> Subquery:
        """How many a company has of these: a column for a list of companies."""
        return self._counted("company")

    def per_network(self) -> Subquery:
        """How many a network has of these: a column for a list of networks."""
        return self._counted("network")

    def _counted(self, by: str) -> Subquery:
        return rows_in(self.filter(**{by: OuterRef("pk")}))

    def of_keys(self, companies: Iterable[int]) -> Self:
        return self.filter(company__in=list(companies))

    def guests(self) -> Self:
        return self.filter(company__municipality=None)

    def from_region(self, region: Region) -> Self:
        return self.filter(company__municipality__district__region=region)

    def across_from(self, company: Company) -> Self:
        """What the public sees of other regions in the networks of this company."""
        shared = Membership.objects.shown().filter(company=company).values("network")
        elsewhere = self.shown().filter(network__in=shared).exclude(company__municipality=None)
        return elsewhere.exclude(company__municipality__district__region=company.region)

    def in_order(self) -> Self:
        """As the network's page shows them: those that staff put first, then by name."""
        return self.order_by(F("place").asc(nulls_last=True), "company__name_sort", "company_id")

    def placed(self) -> Self:
        return self.exclude(place=None)

    def unplaced(self) -> Self:
        return self.filter(place=None)

    def of_side(self, company: Company) -> Self:
        """Those that stand in one list with this company."""
        return self.from_region(company.region) if company.region else self.guests()

    def called(self, text: str) -> Self:
        return self.of_companies(Company.objects.called_like(text)) if text else self

    def matching(self, query: str) -> Self:
        fields = ("company__name", "network__name", "network__short_name")
        return self.filter(every_word(query, fields, ["company__name_key"]))

    def states_of(self, companies: models.QuerySet[Company]) -> dict[int, str]:
        """How each of these companies stands; those without a row are missing."""
        return dict(self.of_companies(companies).values_list("company", "state"))

    def in_network(self, network: Network) -> Self:
        return self.filter(network=network)

    def decidable_by(self, person: Person) -> Self:
        """The curating agency, or the twin agency for companies of its own region; the operator all."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        if person.is_superuser:
            return self
        return self.looked_after_by(Agency.objects.of_staff(person))

    def looked_after_by(self, agencies: models.QuerySet[Agency]) -> Self:
        """In networks that one of these curates, or twins for companies of its region."""
        twins = TwinAgency.objects.filter(
            network=models.OuterRef("network"),
            region=models.OuterRef("company__municipality__district__region"),
            agency__in=agencies,
        )
        curated = Network.objects.filter(agency__in=agencies).values("pk")
        twinned = TwinAgency.objects.filter(agency__in=agencies).values("network")
        return self.filter(Q(network__in=curated) | Q(Q(network__in=twinned), models.Exists(twins)))

    def visible_to(self, person: Person) -> Self:
        """The company's own people, who decides, and the company's home or caring agency."""
        if not person.is_authenticated:
            return self.none()
        own = Company.objects.of_person(person).values("pk")
        curated = Company.objects.curated_by(person).values("pk")
        decidable = self.model.objects.decidable_by(person).values("pk")
        return self.filter(Q(company__in=own) | Q(company__in=curated) | Q(pk__in=decidable))

    def with_places(self) -> Self:
        return self.select_related("company__municipality__district__region", "company__industry")

    def with_parties(self) -> Self:
        return self.select_related(
            "company__municipality__district__region", "company__caring_agency", "network__agency__region"
        )


class Membership(models.Model):
    """A company and a network: from request or invitation to its end. A new attempt is a new row."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("angefragt")
        ASKED_BACK = "asked_back", _("Rückfrage offen")
        INVITED = "invited", _("eingeladen")
        ACTIVE = "active", _("Mitglied")
        DECLINED = "declined", _("abgelehnt")
        WITHDRAWN = "withdrawn", _("zurückgezogen")
        LEFT = "left", _("ausgetreten")
        REMOVED = "removed", _("ausgeschlossen")

    OPEN = (State.REQUESTED, State.ASKED_BACK, State.INVITED, State.ACTIVE)
    NEXT: dict[str, set[str]] = {
        State.REQUESTED: {State.ASKED_BACK, State.ACTIVE, State.DECLINED, State.WITHDRAWN},
        State.ASKED_BACK: {State.REQUESTED, State.ACTIVE, State.DECLINED, State.WITHDRAWN},
        State.INVITED: {State.ACTIVE, State.DECLINED, State.WITHDRAWN},
        State.ACTIVE: {State.LEFT, State.REMOVED},
        State.DECLINED: set(),
        State.WITHDRAWN: set(),
        State.LEFT: set(),
        State.REMOVED: set(),
    }

    company = models.ForeignKey(
        Company, models.CASCADE, related_name="memberships", verbose_name=pgettext_lazy("one", "Unternehmen")
    )
    network = models.ForeignKey(Network, models.CASCADE, related_name="memberships", verbose_name=_("Netzwerk"))
    state = models.CharField(_("Stand"), max_length=10, choices=State, default=State.REQUESTED)
    message = models.TextField(_("Warum möchten Sie dabei sein?"), max_length=1000, blank=True)
    decision_note = models.TextField(_("Nachricht zur Entscheidung"), blank=True)
    place = models.PositiveSmallIntegerField(_("Platz auf der Seite des Netzwerks"), null=True, blank=True)
    requested_at = models.DateTimeField(_("angefragt"), default=timezone.now)
    decided_at = models.DateTimeField(_("entschieden"), null=True, blank=True)
    joined_at = models.DateTimeField(_("Mitglied seit"), null=True, blank=True)
    ended_at = models.DateTimeField(_("beendet"), null=True, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("angefragt von"),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entschieden von"),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("Mitgliedschaft")
        verbose_name_plural = _("Mitgliedschaften")
        ordering = ["requested_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "network"],
                condition=Q(state__in=["requested", "asked_back", "invited", "active"]),
                name="one_open_membership",
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(joined_at__isnull=False), name="active_membership_has_start"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["left", "removed"]) | Q(ended_at__isnull=False), name="ended_membership_has_end"
            ),
        ]
        indexes = [
            models.Index(fields=["network", "state"]),
            models.Index(fields=["state", "requested_at"]),
            models.Index(fields=["-requested_at", "-id"]),
        ]

    def __str__(self) -> str:
        return f"{self.company} – {self.network}"

    @property
    def is_cross_border(self) -> bool:
        region = self.company.region
        return (
            region is not None
            and self.network.agency.region_id is not None
            and region.pk != self.network.agency.region_id
        )
