"""Who speaks for a company: invited, joined, handed over, left."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import texts
from accounts.audit import record
from accounts.errors import ActionRefused
from accounts.models import Consent, User
from networks.mails import companies as mails
from networks.models import Company, CompanyInvitation, CompanyMember
from networks.models.company_people import Visibility
from networks.tokens import new_token

Role = CompanyMember.Role
VALID_FOR = timedelta(days=14)
CONTACT_FIELDS = ("name_visibility", "email_visibility", "phone_visibility")


@transaction.atomic
def invite_colleague(company: Company, email: str, role: str, *, by: User) -> CompanyInvitation:
    """Send an invitation; the same address again gets a new link."""
    email = email.strip().lower()
    if CompanyMember.objects.filter(company=company, person__email=email).exists():
        raise ActionRefused(_("Diese Person gehört schon dazu."))
    invitation, _created = CompanyInvitation.objects.update_or_create(
        company=company,
        email=email,
        accepted_at=None,
        defaults={"role": role, "token": new_token(), "invited_by": by, "expires_at": timezone.now() + VALID_FOR},
    )
    record(by=by, verb="company.invited_colleague", on=company)
    mails.invited(invitation)
    return invitation


def resend_invitation(invitation: CompanyInvitation, *, by: User) -> CompanyInvitation:
    return invite_colleague(invitation.company, invitation.email, invitation.role, by=by)


@transaction.atomic
def cancel_invitation(invitation: CompanyInvitation, *, by: User) -> None:
    record(by=by, verb="company.cancelled_invitation", on=invitation.company)
    invitation.delete()


@transaction.atomic
def accept_company_invitation(invitation: CompanyInvitation, *, by: User) -> CompanyMember:
    """Whoever holds the link and is signed in with the invited address joins."""
    locked = CompanyInvitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.accepted_at or locked.expires_at <= timezone.now():
        raise ActionRefused(_("Diese Einladung gilt nicht mehr. Bitten Sie um eine neue."))
    if locked.email != by.email:
        raise ActionRefused(_("Diese Einladung gilt für eine andere E-Mail-Adresse."))
    locked.accepted_at = timezone.now()
    locked.save(update_fields=["accepted_at"])
    member, _created = CompanyMember.objects.get_or_create(
        company=locked.company, person=by, defaults={"role": locked.role}
    )
    record(by=by, verb="company.joined_team", on=locked.company)
    return member


def _require_successor(member: CompanyMember) -> None:
    """Somebody else who can sign in is responsible, too."""
    if not CompanyMember.objects.responsible_for(member.company).exclude(pk=member.pk).exists():
        raise ActionRefused(_("Bitte machen Sie zuerst jemand anderen verantwortlich."))


def _lock_member(member: CompanyMember) -> CompanyMember:
    """As it is now, not as it was when the page was opened; the company's row keeps two from leaving at once."""
    Company.objects.select_for_update().get(pk=member.company_id)
    locked = CompanyMember.objects.select_related("company", "person").filter(pk=member.pk).first()
    if locked is None:
        raise ActionRefused(_("Diese Person gehört nicht mehr zum Team."))
    return locked


@transaction.atomic
def change_role(member: CompanyMember, role: str, *, by: User) -> CompanyMember:
    """Hand over, or share the responsibility. Somebody stays responsible."""
    member = _lock_member(member)
    if role == member.role:
        return member
    if role != Role.OWNER:
        _require_successor(member)
    member.role = role
    member.save(update_fields=["role"])
    record(by=by, verb="company.changed_role", on=member.company, role=role)
    mails.became_owner(member.company)
    return member


@transaction.atomic
def leave_company(member: CompanyMember, *, by: User) -> None:
    """Go, or take somebody off the team. The last owner cannot without a successor."""
    member = _lock_member(member)
    if member.role == Role.OWNER:
        _require_successor(member)
    shown = Consent.objects.valid().filter(person=member.person, purpose=Consent.Purpose.CONTACT)
    shown.filter(about__startswith=f"{member.company_id}:").update(withdrawn_at=timezone.now())
    record(by=by, verb="company.left_team", on=member.company)
    member.delete()


@transaction.atomic
def name_owner(company: Company, person: User, *, by: User) -> CompanyMember:
    """The home agency names who is responsible, when nobody is left to do it."""
    member, _created = CompanyMember.objects.update_or_create(
        company=company, person=person, defaults={"role": Role.OWNER}
    )
    record(by=by, verb="company.named_owner", on=company)
    mails.became_owner(company)
    return member


@transaction.atomic
def show_contact(member: CompanyMember, *, by: User) -> CompanyMember:
    """Save whom a person shows their name, e-mail and phone to; each consent is kept with its time."""
    CompanyMember.objects.select_for_update().get(pk=member.pk)
    member.save(update_fields=["phone", *CONTACT_FIELDS])
    version = texts.version_of(Consent.Purpose.CONTACT)
    for field in CONTACT_FIELDS:
        about = f"{member.company_id}:{field}:{getattr(member, field)}"
        given = Consent.objects.valid().filter(
            person=by, purpose=Consent.Purpose.CONTACT, about__startswith=f"{member.company_id}:{field}:"
        )
        given.exclude(about=about).update(withdrawn_at=timezone.now())
        if getattr(member, field) != Visibility.NOBODY and not given.filter(about=about).exists():
            Consent.objects.create(person=by, purpose=Consent.Purpose.CONTACT, about=about, text_version=version)
    return member
