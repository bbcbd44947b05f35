from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from imagekit.models import ProcessedImageField
from imagekit.processors import ResizeToFit, Transpose
from simple_history.models import HistoricalRecords

from accounts.models.origins import Traced
from accounts.uploads import logo_path
from networks.search.fold import fold

from .agencies import Agency, Person
from .company_people import CompanyMember, visibility
from .company_queues import CompanyQueues
from .matching import every_word
from .places import District, Municipality, Region
from .vocabulary import Competence, Industry
from .wordings import CompanyWordings

if TYPE_CHECKING:
    from .memberships import Membership


class CompanyQuerySet(CompanyQueues):
    def published(self) -> Self:
        return self.filter(state=Company.State.PUBLISHED)

    def living(self) -> Self:
        """Neither archived nor merged."""
        return self.exclude(state__in=[Company.State.ARCHIVED, Company.State.MERGED])

    def among(self, companies: Iterable["Company"]) -> Self:
        return self.filter(pk__in=[company.pk for company in companies])

    def mergeable(self) -> Self:
        return self.living().exclude(state__in=[Company.State.DECLINED, Company.State.WITHDRAWN])

    def called_like(self, text: str) -> Self:
        """Part of a name, however it is spelt."""
        return self.filter(Q(name__icontains=text) | Q(name_key__contains=fold(text)))

    def matching(self, query: str) -> Self:
        """What staff type to find one of theirs."""
        fields = ("name", "postcode", "municipality__name", "guest_place", "website_domain")
        return self.filter(every_word(query, fields, ["name_key"]))

    def able_to(self, competence: Competence) -> Self:
        return self.filter(
            pk__in=self.model.competences.through.objects.filter(competence=competence).values("company")
        )

    def in_region(self, region: Region) -> Self:
        return self.filter(municipality__district__region=region)

    def in_district(self, district: District) -> Self:
        return self.filter(municipality__district=district)

    def outside_all_regions(self) -> Self:
        return self.filter(municipality=None)

    def in_some_region(self) -> Self:
        return self.exclude(municipality=None)

    def unclaimed(self) -> Self:
        return self.exclude(pk__in=CompanyMember.objects.values("company"))

    def owned_by_agencies(self, agencies: models.QuerySet[Agency]) -> Self:
        """Companies whose home or caring agency is one of these; by towns first, of which a company has an index."""
        towns = Municipality.objects.filter(district__home_agency__in=agencies).values("pk")
        return self.filter(Q(municipality__in=towns) | Q(municipality=None, caring_agency__in=agencies))

    def cared_for_by(self, agency: Agency) -> Self:
        """Companies whose home or caring agency this is."""
        return self.filter(Q(municipality__district__home_agency=agency) | Q(municipality=None, caring_agency=agency))

    def count_by_district(self) -> dict[int, int]:
        rows = self.in_some_region().order_by().values_list("municipality__district")
        return dict(rows.annotate(n=models.Count("pk")))

    def of_person(self, person: Person) -> Self:
        """Companies this person speaks for."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(pk__in=CompanyMember.objects.filter(person=person).values("company"))

    def curated_by(self, person: Person) -> Self:
        """What a staff member sees in the admin: all for the operator, else their agency's own."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        return self if person.is_superuser else self.owned_by_agencies(Agency.objects.of_staff(person))

    def visible_to(self, person: Person) -> Self:
        """Published ones are public; others are seen by their own people and by home or caring agency."""
        if not person.is_authenticated:
            return self.published()
        own = Q(pk__in=self.model.objects.of_person(person).values("pk")) & ~Q(state=Company.State.MERGED)
        curated = Q(pk__in=self.model.objects.curated_by(person).values("pk"))
        return self.filter(Q(state=Company.State.PUBLISHED) | own | curated)

    def called(self, slug: str) -> Self:
        """Known under this address, now or in the past, whatever the state."""
        return self.filter(Q(slug=slug) | Q(old_slugs__slug=slug)).distinct()

    def unmerged(self) -> Self:
        return self.exclude(state=Company.State.MERGED)

    def in_memberships(self, memberships: models.QuerySet["Membership"]) -> Self:
        return self.filter(pk__in=memberships.values("company"))

    def outside_memberships(self, memberships: models.QuerySet["Membership"]) -> Self:
        return self.exclude(pk__in=memberships.order_by().values("company"))

    def with_place(self) -> Self:
        return self.select_related(
            "municipality__district__region", "municipality__district__home_agency", "caring_agency", "industry"
        )

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def for_cards(self) -> Self:
        """What a card shows or quotes; the directory has town and industry at hand."""
        told = ("slug", "name", "legal_form", "summary", "description", "logo", *Company.WORDINGS)
        return self.only(*told, "guest_place", "municipality", "industry")

    def newest_keys(self) -> Iterable[int]:
        return self.order_by(F("published_at").desc(nulls_last=True), "-pk").values_list("pk", flat=True)

    def by_name(self) -> Self:
        return self.order_by("name_sort", "pk")


class Company(CompanyWordings):
    """A company; its municipality gives district, region and home agency. Without one it is a guest company."""

    class State(models.TextChoices):
        PENDING = "pending", _("wartet auf Freigabe")
        CHANGES_REQUESTED = "changes_requested", _("Rückfrage offen")
        PUBLISHED = "published", _("veröffentlicht")
        HIDDEN = "hidden", _("verborgen")
        DECLINED = "declined", _("abgelehnt")
        WITHDRAWN = "withdrawn", _("zurückgezogen")
        ARCHIVED = "archived", _("archiviert")
        MERGED = "merged", _("zusammengeführt")

    NEXT: dict[str, set[str]] = {
        State.PENDING: {State.CHANGES_REQUESTED, State.PUBLISHED, State.DECLINED, State.WITHDRAWN, State.MERGED},
        State.CHANGES_REQUESTED: {State.PENDING, State.DECLINED, State.WITHDRAWN, State.MERGED},
        State.PUBLISHED: {State.HIDDEN, State.ARCHIVED, State.MERGED},
        State.HIDDEN: {State.PUBLISHED, State.ARCHIVED, State.MERGED},
        State.DECLINED: {State.PENDING, State.ARCHIVED},
        State.WITHDRAWN: {State.PENDING, State.ARCHIVED},
        State.ARCHIVED: {State.PUBLISHED},
        State.MERGED: set(),
    }

    class Size(models.TextChoices):
        """Employees, in the bands of European statistics."""

        MICRO = "1-9", _("1 bis 9")
        SMALL = "10-49", _("10 bis 49")
        MEDIUM = "50-249", _("50 bis 249")
        LARGE = "250+", _("250 und mehr")

    slug = models.SlugField(_("Kurzname in der Adresse"), max_length=120, unique=True)
    name = models.CharField(_("Name"), max_length=160)
    legal_form = models.CharField(_("Rechtsform"), max_length=40, blank=True)
    summary = models.CharField(_("In einem Satz"), max_length=220)
    description = models.TextField(_("Beschreibung"), max_length=6000, blank=True)
    website = models.URLField(_("Website"), blank=True)
    founded = models.PositiveSmallIntegerField(
        _("Gründungsjahr"), null=True, blank=True, validators=[MinValueValidator(1200), MaxValueValidator(2100)]
    )
    size = models.CharField(_("Mitarbeitende"), max_length=8, choices=Size, blank=True)
    street = models.CharField(_("Straße und Hausnummer"), max_length=120, blank=True)
    postcode = models.CharField(_("Postleitzahl"), max_length=10, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="companies", verbose_name=_("Gemeinde")
    )
    guest_place = models.CharField(_("Ort außerhalb der Regionen"), max_length=120, blank=True)
    caring_agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="guest_companies",
        verbose_name=_("betreuende Wirtschaftsförderung"),
    )
    industry = models.ForeignKey(
        Industry, models.PROTECT, null=True, blank=True, related_name="companies", verbose_name=_("Branche")
    )
    competences = models.ManyToManyField(
        Competence, blank=True, related_name="companies", verbose_name=_("Kompetenzen")
    )
    contact_person = models.CharField(
        _("Ansprechperson"), max_length=120, blank=True, help_text=_("Aus einer Liste. Nur Ihr Team liest das.")
    )
    email = models.EmailField(_("E-Mail des Unternehmens"), blank=True)
    email_visibility = visibility(_("E-Mail sehen"))
    phone = models.CharField(_("Telefon des Unternehmens"), max_length=40, blank=True)
    phone_visibility = visibility(_("Telefon sehen"))
    logo = ProcessedImageField(
        verbose_name=_("Logo"),
        upload_to=logo_path,
        blank=True,
        processors=[Transpose(), ResizeToFit(480, 480, upscale=False)],
        format="WEBP",
        options={"quality": 88},
    )

    state = models.CharField(_("Stand"), max_length=20, choices=State, default=State.PENDING, db_index=True)
    decision_note = models.TextField(_("Nachricht zur Entscheidung"), blank=True)
    created_at = models.DateTimeField(_("angelegt"), default=timezone.now)
    submitted_at = models.DateTimeField(_("eingereicht"), default=timezone.now)
    decided_at = models.DateTimeField(_("entschieden"), null=True, blank=True)
    published_at = models.DateTimeField(_("veröffentlicht am"), null=True, blank=True)
    updated_at = models.DateTimeField(_("zuletzt geändert"), default=timezone.now, db_index=True)
    unchecked_since = models.DateTimeField(_("Texte ungeprüft seit"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_companies", verbose_name=_("aufgegangen in")
    )

    name_sort = models.CharField(_("Sortiername"), max_length=200, blank=True, db_index=True, editable=False)
    name_key = models.CharField(_("Vergleichsname"), max_length=200, blank=True, db_index=True, editable=False)
    website_domain = models.CharField(_("Domain"), max_length=120, blank=True, db_index=True, editable=False)
    search_name = models.TextField(blank=True, editable=False)
    search_text = models.TextField(blank=True, editable=False)

    history = HistoricalRecords(
        excluded_fields=[
            "search_name",
            "search_text",
            "name_sort",
            "name_key",
            "website_domain",
            "updated_at",
            "unchecked_since",
        ],
        m2m_fields=[competences],
        bases=[Traced],
    )
    objects = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("one", "Unternehmen")
        verbose_name_plural = _("Unternehmen")
        ordering = ["name_sort", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(municipality__isnull=False) | Q(caring_agency__isnull=False),
                name="company_has_place_or_caring_agency",
            ),
            models.CheckConstraint(
                condition=(Q(state="merged") & Q(merged_into__isnull=False))
                | (~Q(state="merged") & Q(merged_into=None)),
                name="merged_company_names_its_heir",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="company_not_merged_into_itself"),
        ]
        indexes = [models.Index(fields=["state", "name_sort"]), models.Index(fields=["state", "-published_at"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("company", args=[self.slug])

    @property
    def heir(self) -> "Company":
        """What became of it: itself, or the company it was merged into in the end."""
        return self.merged_into.heir if self.merged_into else self

    @property
    def full_name(self) -> str:
        return f"{self.name} {self.legal_form}".strip()

    @property
    def region(self) -> Region | None:
        return self.municipality.district.region if self.municipality else None

    @property
    def home_agency(self) -> Agency | None:
        """The agency that approves and is informed: the district's, or the caring one of a guest company."""
        return self.municipality.district.home_agency if self.municipality else self.caring_agency

    @property
    def has_owner(self) -> bool:
        return CompanyMember.objects.responsible_for(self).exists()

    @property
    def place(self) -> str:
        return self.municipality.name if self.municipality else self.guest_place
