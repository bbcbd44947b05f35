from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .agencies import Agency, Person
from .matching import every_word

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from .companies import Company


class Visibility(models.TextChoices):
    """Who may read a contact field; nothing is shown until it is switched on."""

    NOBODY = "nobody", _("niemand")
    MEMBERS = "members", _("Mitglieder")
    PUBLIC = "public", _("alle")


def visibility(label: "StrOrPromise") -> "models.CharField[str, str]":
    return models.CharField(label, max_length=8, choices=Visibility, default=Visibility.NOBODY)


class CompanyMemberQuerySet(models.QuerySet["CompanyMember"]):
    def of_person(self, person: Person) -> Self:
        return self.filter(person=person) if person.is_authenticated else self.none()

    def of_company(self, company: "Company") -> Self:
        return self.filter(company=company).select_related("person")

    def of_companies(self, companies: "models.QuerySet[Company]") -> Self:
        return self.filter(company__in=companies.order_by().values("pk")).select_related("person", "company")

    def matching(self, query: str) -> Self:
        return self.filter(every_word(query, ("person__name", "person__email", "person__function")))

    def leading(self) -> Self:
        """Owners who can sign in."""
        return self.filter(role=CompanyMember.Role.OWNER, person__is_active=True)

    def responsible_for(self, company: "Company") -> Self:
        return self.leading().filter(company=company)

    def able_to_answer(self, companies: Iterable["Company"]) -> Self:
        """People of these companies who can sign in."""
        return self.filter(company__in=[company.pk for company in companies], person__is_active=True)

    def showing_names(self, visibilities: set[str]) -> Self:
        """People who agreed to be named to readers of these visibilities."""
        return (
            self.filter(name_visibility__in=visibilities, person__is_active=True)
            .exclude(person__name="")
            .select_related("person")
        )


class CompanyMember(models.Model):
    """A person speaks for a company. Name, e-mail and phone are shown as far as that person agreed."""

    class Role(models.TextChoices):
        OWNER = "owner", _("verantwortlich")
        EDITOR = "editor", _("bearbeitet mit")

    company = models.ForeignKey(
        "networks.Company", models.CASCADE, related_name="people", verbose_name=pgettext_lazy("one", "Unternehmen")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="companies", verbose_name=_("Person")
    )
    role = models.CharField(_("Rolle"), max_length=10, choices=Role, default=Role.OWNER)
    since = models.DateTimeField(_("seit"), default=timezone.now)
    phone = models.CharField(_("Telefon"), max_length=40, blank=True)
    name_visibility = visibility(_("Wer sieht meinen Namen?"))
    email_visibility = visibility(_("Wer sieht meine E-Mail-Adresse?"))
    phone_visibility = visibility(_("Wer sieht meine Telefonnummer?"))

    objects = CompanyMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("Person eines Unternehmens")
        verbose_name_plural = _("Personen eines Unternehmens")
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["company", "person"], name="person_once_per_company")]

    def __str__(self) -> str:
        return f"{self.person} ({self.company})"


class CompanyInvitationQuerySet(models.QuerySet["CompanyInvitation"]):
    def of_company(self, company: "Company") -> Self:
        """Not accepted yet, expired ones too: they can be sent again."""
        return self.filter(company=company, accepted_at=None).order_by("created_at")

    def open(self) -> Self:
        return self.filter(accepted_at=None, expires_at__gt=timezone.now())

    def over_since(self, moment: datetime) -> Self:
        """Answered or run out before that moment."""
        return self.filter(Q(accepted_at__lt=moment) | Q(accepted_at=None, expires_at__lt=moment))

    def to_lead(self) -> Self:
        """Whoever accepts will be responsible; expired ones too."""
        return self.filter(accepted_at=None, role=CompanyMember.Role.OWNER)


class CompanyInvitation(models.Model):
    """An owner asks a colleague by mail to take part."""

    company = models.ForeignKey(
        "networks.Company", models.CASCADE, related_name="invitations", verbose_name=pgettext_lazy("one", "Unternehmen")
    )
    email = models.EmailField(_("E-Mail-Adresse"))
    role = models.CharField(_("Rolle"), max_length=10, choices=CompanyMember.Role, default=CompanyMember.Role.EDITOR)
    token = models.CharField(_("Schlüssel"), max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("eingeladen von")
    )
    created_at = models.DateTimeField(_("eingeladen am"), default=timezone.now)
    expires_at = models.DateTimeField(_("gültig bis"))
    accepted_at = models.DateTimeField(_("angenommen"), null=True, blank=True)

    objects = CompanyInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("Einladung in ein Unternehmen")
        verbose_name_plural = _("Einladungen in ein Unternehmen")
        constraints = [
            models.UniqueConstraint(
                fields=["company", "email"], condition=Q(accepted_at=None), name="one_company_invitation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.company}"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()


class ClaimQuerySet(models.QuerySet["Claim"]):
    def of_person(self, person: Person) -> Self:
        return self.filter(person=person) if person.is_authenticated else self.none()

    def decided_before(self, moment: datetime) -> Self:
        return self.exclude(state=Claim.State.REQUESTED).filter(decided_at__lt=moment)

    def waiting(self) -> Self:
        return self.filter(state=Claim.State.REQUESTED).order_by("created_at", "pk")

    def visible_to(self, person: Person) -> Self:
        """Staff of the company's home or caring agency; the operator all."""
        if person.is_superuser:
            return self
        agencies = Agency.objects.of_staff(person)
        return self.filter(
            Q(company__municipality__district__home_agency__in=agencies)
            | Q(company__municipality=None, company__caring_agency__in=agencies)
        )


class Claim(models.Model):
    """Somebody says that they speak for a company nobody speaks for yet; the home agency decides."""

    class State(models.TextChoices):
        REQUESTED = "requested", _("wartet auf Entscheidung")
        APPROVED = "approved", _("bestätigt")
        DECLINED = "declined", _("abgelehnt")
        WITHDRAWN = "withdrawn", _("zurückgezogen")

    NEXT: dict[str, set[str]] = {
        State.REQUESTED: {State.APPROVED, State.DECLINED, State.WITHDRAWN},
        State.APPROVED: set(),
        State.DECLINED: set(),
        State.WITHDRAWN: set(),
    }

    company = models.ForeignKey(
        "networks.Company", models.CASCADE, related_name="claims", verbose_name=pgettext_lazy("one", "Unternehmen")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="claims", verbose_name=_("Person")
    )
    message = models.TextField(_("Warum sprechen Sie für dieses Unternehmen?"), max_length=1000)
    state = models.CharField(_("Stand"), max_length=12, choices=State, default=State.REQUESTED)
    decision_note = models.TextField(_("Begründung"), blank=True)
    created_at = models.DateTimeField(_("gestellt"), default=timezone.now)
    decided_at = models.DateTimeField(_("entschieden"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entschieden von"),
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("Übernahme eines Eintrags")
        verbose_name_plural = _("Übernahmen von Einträgen")
        constraints = [
            models.UniqueConstraint(
                fields=["company", "person"], condition=Q(state="requested"), name="one_open_claim_per_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.company}"
