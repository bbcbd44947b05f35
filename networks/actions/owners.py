"""Rescue of a company for which nobody speaks."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.errors import ActionRefused
from accounts.models import User
from networks.actions.people import invite_colleague, name_owner
from networks.models import Company, CompanyMember


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
