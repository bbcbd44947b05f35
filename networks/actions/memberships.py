"""The life of a membership: asked for or invited, decided, ended. Whoever decides first wins."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.errors import ActionRefused
from accounts.models import User
from networks.life_cycle import require_step
from networks.mails import memberships as mails
from networks.models import Company, DirectoryVersion, Membership, Network

State = Membership.State
ONE_DAY = timedelta(days=1)


def _lock(membership: Membership) -> Membership:
    """Read again, so that the second of two people who decide at once sees the decision of the first."""
    return Membership.objects.select_for_update(of=("self",)).with_parties().get(pk=membership.pk)


def _step(membership: Membership, target: State, *, by: User, note: str = "") -> Membership:
    """Take one step of the life cycle and write down who did it."""
    locked = _lock(membership)
    require_step(locked, target)
    now = timezone.now()
    was_active, locked.state, locked.decision_note = locked.state == State.ACTIVE, target, note
    if target == State.ACTIVE:
        locked.joined_at = now
    if was_active or target in {State.DECLINED, State.WITHDRAWN}:
        locked.ended_at = now
    if target in {State.ACTIVE, State.DECLINED, State.ASKED_BACK, State.REMOVED}:
        locked.decided_at, locked.decided_by = now, by
    locked.save(update_fields=["state", "decision_note", "joined_at", "ended_at", "decided_at", "decided_by"])
    if was_active or target == State.ACTIVE:
        DirectoryVersion.bump()
    record(by=by, verb=f"membership.{target}", on=locked, note=note)
    return locked


def _require_free(company: Company, network: Network) -> None:
    """One open membership per company and network; the company's row is the lock."""
    locked = Company.objects.select_for_update().get(pk=company.pk)
    if Membership.objects.open().filter(company=company, network=network).exists():
        raise ActionRefused(_("Hier gibt es schon eine Anfrage, eine Einladung oder eine Mitgliedschaft."))
    _require_public(locked, network)


def _require_public(company: Company, network: Network) -> None:
    if company.state != Company.State.PUBLISHED:
        raise ActionRefused(_("Nur veröffentlichte Unternehmen können einem Netzwerk beitreten."))
    if network.state != Network.State.PUBLISHED:
        raise ActionRefused(_("Dieses Netzwerk nimmt zurzeit niemanden auf."))


@transaction.atomic
def request_membership(company: Company, network: Network, *, by: User, message: str) -> Membership:
    """Ask to join. An open network admits at once; otherwise curating and twin agency see the request."""
    _require_free(company, network)
    if network.join_policy == Network.JoinPolicy.INVITATION:
        raise ActionRefused(_("Dieses Netzwerk nimmt nur auf Einladung auf."))
    if not network.is_open_to(company.region):
        raise ActionRefused(
            _("Für Ihre Region ist dieses Netzwerk noch nicht geöffnet. Sie können nur auf Einladung beitreten.")
        )
    membership = Membership.objects.create(company=company, network=network, message=message, requested_by=by)
    record(by=by, verb="membership.requested", on=membership)
    if network.join_policy == Network.JoinPolicy.OPEN:
        membership = _step(membership, State.ACTIVE, by=by)
        mails.admitted(membership)
        mails.tell_home_agency_of_joining(membership, by=by)
        return membership
    mails.requested(membership)
    mails.tell_home_agency_of_request(membership)
    return membership


@transaction.atomic
def invite_company(company: Company, network: Network, *, by: User, message: str) -> Membership:
    """Ask a company to join, also from a region without an opening."""
    _require_free(company, network)
    membership = Membership.objects.create(
        company=company, network=network, message=message, state=State.INVITED, requested_by=by
    )
    record(by=by, verb="membership.invited", on=membership)
    mails.invited(membership)
    return membership


@transaction.atomic
def invite_again(membership: Membership, *, by: User) -> Membership:
    """Nobody answered: the same invitation once more, and its time begins anew."""
    membership = _require(membership, State.INVITED)
    if membership.requested_at > timezone.now() - ONE_DAY:
        raise ActionRefused(_("Dieses Unternehmen ist eben erst eingeladen worden."))
    membership.requested_at = timezone.now()
    membership.save(update_fields=["requested_at"])
    record(by=by, verb="membership.invited_again", on=membership)
    mails.invited(membership)
    return membership


@transaction.atomic
def accept_invitation(membership: Membership, *, by: User) -> Membership:
    membership = _step(_require_joinable(membership, State.INVITED), State.ACTIVE, by=by)
    mails.accepted(membership)
    mails.tell_home_agency_of_joining(membership, by=by)
    return membership


@transaction.atomic
def approve_membership(membership: Membership, *, by: User) -> Membership:
    membership = _step(_require_joinable(membership, State.REQUESTED, State.ASKED_BACK), State.ACTIVE, by=by)
    mails.admitted(membership)
    mails.tell_home_agency_of_joining(membership, by=by)
    return membership


@transaction.atomic
def ask_back_membership(membership: Membership, *, by: User, message: str) -> Membership:
    membership = _step(membership, State.ASKED_BACK, by=by, note=message)
    mails.asked_back(membership)
    return membership


@transaction.atomic
def answer_question(membership: Membership, *, by: User, message: str) -> Membership:
    """The company answers; the request waits again."""
    membership = _step(_require(membership, State.ASKED_BACK), State.REQUESTED, by=by)
    membership.message = "\n\n".join(part for part in (membership.message, message) if part)
    membership.save(update_fields=["message"])
    mails.answered(membership, message)
    return membership


@transaction.atomic
def decline_membership(membership: Membership, *, by: User, reason: str) -> Membership:
    """An agency says no to a request, with its reason."""
    membership = _step(_require(membership, State.REQUESTED, State.ASKED_BACK), State.DECLINED, by=by, note=reason)
    mails.declined(membership)
    return membership


@transaction.atomic
def decline_invitation(membership: Membership, *, by: User) -> Membership:
    """The company says no to an invitation."""
    membership = _step(_require(membership, State.INVITED), State.DECLINED, by=by)
    mails.invitation_declined(membership)
    return membership


@transaction.atomic
def take_back_invitation(membership: Membership, *, by: User) -> Membership:
    """The network no longer invites."""
    membership = _step(_require(membership, State.INVITED), State.WITHDRAWN, by=by)
    mails.invitation_taken_back(membership)
    return membership


@transaction.atomic
def withdraw_membership(membership: Membership, *, by: User) -> Membership:
    membership = _step(_require(membership, State.REQUESTED, State.ASKED_BACK), State.WITHDRAWN, by=by)
    mails.withdrawn(membership)
    return membership


@transaction.atomic
def leave_network(membership: Membership, *, by: User) -> Membership:
    membership = _step(membership, State.LEFT, by=by)
    mails.left(membership)
    return membership


@transaction.atomic
def remove_member(membership: Membership, *, by: User, reason: str) -> Membership:
    membership = _step(membership, State.REMOVED, by=by, note=reason)
    mails.removed(membership)
    return membership


def _require(membership: Membership, *states: State) -> Membership:
    locked = _lock(membership)
    if locked.state not in states:
        raise ActionRefused(
            _("Das geht nicht mehr: Inzwischen hat sich der Stand geändert. Bitte sehen Sie noch einmal nach.")
        )
    return locked


def _require_joinable(membership: Membership, *states: State) -> Membership:
    """A company that was hidden since it asked, or a network that was archived, waits."""
    locked = _require(membership, *states)
    _require_public(locked.company, locked.network)
    return locked
