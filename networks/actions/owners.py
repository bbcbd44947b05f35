"""Rescue of a company for which nobody speaks."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.errors import ActionRefused
from accounts.models import User
from networks.actions.people import invite_colleague, name_owner, resend_invitation
from networks.models import Company, CompanyInvitation, CompanyMember


@transaction.atomic
def appoint_owner(company: Company, email: str, *, by: User) -> None:
    """Make the person with this address responsible; who has no account yet is invited."""
    locked = Company.objects.select_for_update().get(pk=company.pk)
    if locked.has_owner:
        raise ActionRefused(_("Für dieses Unternehmen spricht schon jemand."))
    person = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        invite_colleague(locked, email, CompanyMember.Role.OWNER, by=by)
    else:
        name_owner(locked, person, by=by)


def last_invitation_to_lead(company: Company) -> CompanyInvitation | None:
    """Where nobody speaks for a company yet: who was asked last, and has not answered."""
    if company.has_owner or company.state not in {Company.State.PUBLISHED, Company.State.HIDDEN}:
        return None
    return CompanyInvitation.objects.to_lead().of_company(company).order_by("expires_at").last()


@transaction.atomic
def invite_owner_again(company: Company, *, by: User) -> CompanyInvitation:
    locked = Company.objects.select_for_update().get(pk=company.pk)
    invitation = last_invitation_to_lead(locked)
    if invitation is None:
        raise ActionRefused(_("Hier wartet keine Einladung mehr."))
    return resend_invitation(invitation, by=by)
