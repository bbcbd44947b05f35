"""Taking over an entry that nobody speaks for yet."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.errors import ActionRefused
from accounts.models import User
from networks.life_cycle import require_step
from networks.mails import companies as mails
from networks.models import Claim, Company, CompanyMember


def why_no_claim(company: Company, person: User) -> str:
    """What stands against it; empty if nothing does."""
    if CompanyMember.objects.filter(company=company).exists():
        return _("Für dieses Unternehmen spricht schon jemand. Bitten Sie dort um eine Einladung.")
    if Claim.objects.waiting().filter(company=company, person=person).exists():
        return _("Ihre Anfrage liegt schon bei der Wirtschaftsförderung.")
    return ""


@transaction.atomic
def claim_company(company: Company, *, by: User, message: str) -> Claim:
    """Ask to take over; the home agency decides."""
    Company.objects.select_for_update().get(pk=company.pk)
    if obstacle := why_no_claim(company, by):
        raise ActionRefused(obstacle)
    claim = Claim.objects.create(company=company, person=by, message=message)
    record(by=by, verb="claim.requested", on=company)
    mails.claimed(claim)
    return claim


def _decide(claim: Claim, target: Claim.State, *, by: User, note: str = "") -> Claim:
    locked = Claim.objects.select_for_update().get(pk=claim.pk)
    require_step(locked, target)
    locked.state, locked.decision_note = target, note
    locked.decided_at, locked.decided_by = timezone.now(), by
    locked.save(update_fields=["state", "decision_note", "decided_at", "decided_by"])
    record(by=by, verb=f"claim.{target}", on=locked.company, note=note)
    return locked


@transaction.atomic
def approve_claim(claim: Claim, *, by: User) -> Claim:
    """The person becomes owner; who else had asked is declined."""
    company = Company.objects.select_for_update().get(pk=claim.company_id)
    if CompanyMember.objects.filter(company=company).exists():
        raise ActionRefused(
            _("Für dieses Unternehmen spricht inzwischen schon jemand. Bitte lehnen Sie die Anfrage ab.")
        )
    claim = _decide(claim, Claim.State.APPROVED, by=by)
    CompanyMember.objects.get_or_create(company=claim.company, person=claim.person)
    for other in Claim.objects.waiting().filter(company=claim.company):
        decline_claim(other, by=by, reason=_("Für dieses Unternehmen spricht jetzt jemand anderes."))
    mails.claim_decided(claim)
    return claim


@transaction.atomic
def decline_claim(claim: Claim, *, by: User, reason: str) -> Claim:
    claim = _decide(claim, Claim.State.DECLINED, by=by, note=reason)
    mails.claim_decided(claim)
    return claim


@transaction.atomic
def withdraw_claim(claim: Claim, *, by: User) -> Claim:
    """The home agency need not look into it any more."""
    claim = _decide(claim, Claim.State.WITHDRAWN, by=by)
    mails.claim_withdrawn(claim)
    return claim
