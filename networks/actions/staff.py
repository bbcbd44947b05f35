"""Who works for an agency: invited by its manager or the operator, appointed, leaving."""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.errors import ActionRefused
from accounts.mails import Letter, send
from accounts.models import User
from networks.models import Agency, AgencyStaff, StaffInvitation
from networks.tokens import new_token

VALID_FOR = timedelta(days=14)
Role = AgencyStaff.Role


@transaction.atomic
def invite_staff(agency: Agency, email: str, role: str, *, by: User) -> StaffInvitation:
    """Send an invitation; the same address again gets a new link."""
    email = email.strip().lower()
    if AgencyStaff.objects.active().filter(agency=agency, person__email=email).exists():
        raise ActionRefused(_("Diese Person gehört schon zum Team."))
    invitation, _created = StaffInvitation.objects.update_or_create(
        agency=agency,
        email=email,
        accepted_at=None,
        defaults={"role": role, "token": new_token(), "invited_by": by, "expires_at": timezone.now() + VALID_FOR},
    )
    record(by=by, verb="staff.invited", on=agency, role=role)
    send(partial(_letter, invitation), email)
    return invitation


def _letter(invitation: StaffInvitation) -> Letter:
    return Letter(
        subject=_("Einladung ins Team von %(agency)s") % {"agency": invitation.agency},
        paragraphs=(
            _("%(agency)s lädt Sie ein, im Portal Brückenschlag mitzuarbeiten.") % {"agency": invitation.agency},
            _("Die Einladung gilt 14 Tage."),
        ),
        button=_("Einladung ansehen"),
        path=reverse("networks:staff-invitation", args=[invitation.token]),
        reason=_("Sie bekommen diese E-Mail, weil jemand Ihre Adresse für diese Einladung eingegeben hat."),
    )


@transaction.atomic
def accept_staff_invitation(invitation: StaffInvitation, *, by: User) -> AgencyStaff:
    locked = StaffInvitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.accepted_at or locked.expires_at <= timezone.now():
        raise ActionRefused(_("Diese Einladung gilt nicht mehr. Bitten Sie um eine neue."))
    if locked.email != by.email:
        raise ActionRefused(_("Diese Einladung gilt für eine andere E-Mail-Adresse."))
    locked.accepted_at = timezone.now()
    locked.save(update_fields=["accepted_at"])
    leads = AgencyStaff.objects.active().filter(agency=locked.agency, person=by, role=Role.MANAGER).exists()
    return appoint(by, locked.agency, Role.MANAGER if leads else locked.role, by=by)


@transaction.atomic
def appoint(person: User, agency: Agency, role: str, *, by: User) -> AgencyStaff:
    """Give a person a role; from then on the admin is open to them."""
    employment, _created = AgencyStaff.objects.update_or_create(
        person=person, agency=agency, left_at=None, defaults={"role": role}
    )
    User.objects.filter(pk=person.pk).update(is_staff=True)
    person.is_staff = True
    record(by=by, verb="staff.appointed", on=agency, role=role, person=person.pk)
    return employment


@transaction.atomic
def dismiss(employment: AgencyStaff, *, by: User) -> AgencyStaff:
    """Somebody leaves the team and loses access at once. The last manager cannot go."""
    agency = Agency.objects.select_for_update().get(pk=employment.agency_id)
    team = AgencyStaff.objects.active().filter(agency=agency)
    if employment.role == Role.MANAGER and team.filter(role=Role.MANAGER).count() == 1:
        raise ActionRefused(_("Bitte geben Sie die Leitung des Teams zuerst weiter."))
    employment.left_at = timezone.now()
    employment.save(update_fields=["left_at"])
    person = employment.person
    if not person.is_superuser and not AgencyStaff.objects.active().filter(person=person).exists():
        User.objects.filter(pk=person.pk).update(is_staff=False)
    record(by=by, verb="staff.dismissed", on=agency, person=person.pk)
    return employment
