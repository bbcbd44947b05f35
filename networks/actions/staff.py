"""Who works for an agency: invited by its manager or the operator, appointed, leaving."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.errors import ActionRefused
from accounts.models import User
from accounts.sign_ins import end_sessions
from networks.actions.absences import replace_deputy
from networks.mails import staff as mails
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
    mails.invited(invitation)
    return invitation


@transaction.atomic
def take_back_staff_invitation(invitation: StaffInvitation, *, by: User) -> None:
    """The link leads nowhere from now on."""
    locked = StaffInvitation.objects.select_for_update().filter(pk=invitation.pk, accepted_at=None).first()
    if locked is None:
        raise ActionRefused(_("Diese Einladung ist schon angenommen oder zurückgenommen."))
    locked.delete()
    record(by=by, verb="staff.took_back_invitation", on=invitation.agency)


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


def _lock(employment: AgencyStaff) -> AgencyStaff:
    """As it is now; the agency's row keeps two managers from dropping each other."""
    Agency.objects.select_for_update().get(pk=employment.agency_id)
    locked = AgencyStaff.objects.select_related("agency", "person").get(pk=employment.pk)
    if locked.left_at:
        raise ActionRefused(_("Diese Person gehört nicht mehr zum Team."))
    return locked


def _require_another_manager(employment: AgencyStaff, *, by: User) -> None:
    """A team keeps somebody who leads it; only the operator may leave it without."""
    others = AgencyStaff.objects.active().managers().filter(agency=employment.agency, person__is_active=True)
    if employment.role != Role.MANAGER or by.is_superuser or others.exclude(pk=employment.pk).exists():
        return
    raise ActionRefused(_("Bitte geben Sie die Leitung des Teams zuerst weiter."))


@transaction.atomic
def change_role(employment: AgencyStaff, role: str, *, by: User) -> AgencyStaff:
    """The lead is given, shared, or taken back."""
    employment = _lock(employment)
    if employment.role == role:
        return employment
    if role != Role.MANAGER:
        _require_another_manager(employment, by=by)
    employment.role = role
    employment.save(update_fields=["role"])
    record(by=by, verb=f"staff.became_{role}", on=employment)
    mails.changed_role(employment)
    return employment


@transaction.atomic
def dismiss(employment: AgencyStaff, *, by: User) -> AgencyStaff:
    """Somebody leaves the team and loses access at once, on every device. What they did stays."""
    employment = _lock(employment)
    _require_another_manager(employment, by=by)
    employment.left_at = timezone.now()
    employment.save(update_fields=["left_at"])
    replace_deputy(employment, by=by)
    person = employment.person
    StaffInvitation.objects.filter(agency=employment.agency, email=person.email, accepted_at=None).delete()
    if not person.is_superuser and not AgencyStaff.objects.active().filter(person=person).exists():
        User.objects.filter(pk=person.pk).update(is_staff=False)
    end_sessions(person)
    record(by=by, verb="staff.dismissed", on=employment)
    mails.dismissed(employment)
    return employment
