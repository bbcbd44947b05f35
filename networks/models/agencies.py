from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .matching import every_word
from .places import District, Region
from .wordings import AgencyWordings

if TYPE_CHECKING:
    from .absences import Absence

Person = User | AnonymousUser


class AgencyQuerySet(models.QuerySet["Agency"]):
    def of_staff(self, person: Person) -> Self:
        """The agencies this person works for."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        return self.filter(employments__person=person, employments__left_at=None)

    def states_of_staff(self, person: Person) -> list[str]:
        """By whose public holidays this person works."""
        return list(self.of_staff(person).exclude(region=None).values_list("region__state", flat=True).distinct())

    def managed_by(self, person: Person) -> Self:
        """What this person may edit as a whole: all for the operator, their own for managers."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        if person.is_superuser:
            return self
        managers = AgencyStaff.objects.active().filter(person=person, role=AgencyStaff.Role.MANAGER)
        return self.filter(pk__in=managers.values("agency"))

    def among(self, agencies: Sequence["Agency"]) -> Self:
        return self.filter(pk__in=[agency.pk for agency in agencies])

    def visible_to(self, person: Person) -> Self:
        """Agencies are public."""
        return self

    def with_region(self) -> Self:
        return self.select_related("region")

    def by_side(self) -> Self:
        """Region by region in their order, those without one last."""
        return self.order_by(models.F("region__order").asc(nulls_last=True), "region", "short_name")

    def with_districts(self) -> Self:
        return self.select_related("region").prefetch_related("districts", "home_districts")

    def workplaces_of(self, person: Person) -> Self:
        """In the admin: own agencies, all for the operator."""
        return self if person.is_superuser else self.of_staff(person)


class Agency(AgencyWordings):
    """A business-development agency; an associated one may lack a region."""

    slug = models.SlugField(_("Kurzname in der Adresse"), unique=True)
    official_name = models.CharField(_("Voller Name"), max_length=160)
    short_name = models.CharField(_("Kurzer Name"), max_length=80)
    legal_form = models.CharField(_("Rechtsform"), max_length=60, blank=True)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="agencies", verbose_name=_("Region")
    )
    districts = models.ManyToManyField(District, blank=True, related_name="agencies", verbose_name=_("zuständig für"))
    associated = models.BooleanField(_("assoziiert"), default=False)
    about = models.TextField(_("Aufgabe"), blank=True)
    street = models.CharField(_("Straße"), max_length=120, blank=True)
    postcode = models.CharField(_("Postleitzahl"), max_length=10, blank=True)
    city = models.CharField(_("Ort"), max_length=80, blank=True)
    lat = models.FloatField(_("Breite"), null=True, blank=True)
    lon = models.FloatField(_("Länge"), null=True, blank=True)
    website = models.URLField(_("Website"), blank=True)
    contact_function = models.CharField(_("Ansprechstelle (Funktion)"), max_length=120, blank=True)
    contact_email = models.EmailField(_("E-Mail der Ansprechstelle"), blank=True)
    contact_phone = models.CharField(_("Telefon der Ansprechstelle"), max_length=40, blank=True)
    founded = models.PositiveSmallIntegerField(_("Gründungsjahr"), null=True, blank=True)
    as_of = models.DateField(_("Stand"), null=True, blank=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("Wirtschaftsförderung")
        verbose_name_plural = _("Wirtschaftsförderungen")
        ordering = ["short_name"]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("agency", args=[self.slug])


class AgencyStaffQuerySet(models.QuerySet["AgencyStaff"]):
    def active(self) -> Self:
        return self.filter(left_at=None)

    def of_agencies(self, agencies: list[Agency]) -> Self:
        return self.filter(agency__in=agencies, person__is_active=True)

    def without(self, absences: "models.QuerySet[Absence]") -> Self:
        """Those who are not away."""
        return self.exclude(pk__in=absences.order_by().values("employment"))

    def standing_in_for(self, others: Self, absences: "models.QuerySet[Absence]") -> Self:
        """These themselves, and who deputises for those of them who are away."""
        deputies = absences.filter(employment__in=others.order_by().values("pk")).order_by().values("deputy")
        return self.filter(models.Q(pk__in=others.order_by().values("pk")) | models.Q(pk__in=deputies))

    def of_people(self, people: list[User]) -> Self:
        return self.filter(person__in=people)

    def managers(self) -> Self:
        return self.filter(role=AgencyStaff.Role.MANAGER)

    def visible_to(self, person: Person) -> Self:
        return self if person.is_superuser else self.filter(agency__in=Agency.objects.of_staff(person))

    def managed_by(self, person: Person) -> Self:
        return self.filter(agency__in=Agency.objects.managed_by(person))

    def answered_for_by(self, person: Person) -> Self:
        """Whose absence this person may enter: their own, and their team's as its manager."""
        if not person.is_authenticated or not person.is_active:
            return self.none()
        managed = Agency.objects.managed_by(person)
        return self.active().filter(models.Q(person=person) | models.Q(agency__in=managed))

    def matching(self, query: str) -> Self:
        return self.filter(every_word(query, ("person__name", "person__email", "agency__short_name")))

    def with_names(self) -> Self:
        return self.select_related("person", "agency").order_by("agency__short_name", "person__name", "pk")


class AgencyStaff(models.Model):
    """A person works for an agency."""

    class Role(models.TextChoices):
        CURATOR = "curator", _("kuratiert")
        MANAGER = "manager", _("leitet das Team")

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="employments", verbose_name=_("Wirtschaftsförderung")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="employments", verbose_name=_("Person")
    )
    role = models.CharField(_("Rolle"), max_length=10, choices=Role, default=Role.CURATOR)
    since = models.DateTimeField(_("seit"), default=timezone.now)
    left_at = models.DateTimeField(_("ausgeschieden"), null=True, blank=True)

    objects = AgencyStaffQuerySet.as_manager()

    class Meta:
        verbose_name = _("Teammitglied")
        verbose_name_plural = _("Team")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "person"], condition=models.Q(left_at=None), name="one_employment_per_agency"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.agency})"


class StaffInvitationQuerySet(models.QuerySet["StaffInvitation"]):
    def open(self) -> Self:
        return self.filter(accepted_at=None, expires_at__gt=timezone.now())

    def over_since(self, moment: datetime) -> Self:
        """Answered or run out before that moment."""
        return self.filter(models.Q(accepted_at__lt=moment) | models.Q(accepted_at=None, expires_at__lt=moment))

    def visible_to(self, person: Person) -> Self:
        return self.filter(agency__in=Agency.objects.managed_by(person))

    def ending(self, *, from_: datetime, to: datetime) -> Self:
        """Not accepted, and not for long any more, or not since long."""
        ending = self.filter(accepted_at=None, expires_at__gte=from_, expires_at__lte=to)
        return ending.select_related("agency").order_by("expires_at", "pk")


class StaffInvitation(models.Model):
    """A manager or the operator asks somebody by mail to join an agency's team."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="staff_invitations", verbose_name=_("Wirtschaftsförderung")
    )
    email = models.EmailField(_("E-Mail-Adresse"))
    role = models.CharField(_("Rolle"), max_length=10, choices=AgencyStaff.Role, default=AgencyStaff.Role.CURATOR)
    token = models.CharField(_("Schlüssel"), max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("eingeladen von")
    )
    created_at = models.DateTimeField(_("eingeladen am"), default=timezone.now)
    expires_at = models.DateTimeField(_("gültig bis"))
    accepted_at = models.DateTimeField(_("angenommen"), null=True, blank=True)

    objects = StaffInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Einladung ins Team")
        verbose_name_plural = _("Einladungen ins Team")
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "email"], condition=models.Q(accepted_at=None), name="one_staff_invitation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.agency}"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()
