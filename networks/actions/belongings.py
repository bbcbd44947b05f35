"""What belongs to a company moves to another entry of it."""

from django.db.models import F, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.models import Consent, User
from networks.models import (
    Claim,
    Company,
    CompanyImage,
    CompanyInvitation,
    CompanyMember,
    CompanySlug,
    InternalNote,
    Membership,
)

State = Membership.State
BETTER = (State.ASKED_BACK, State.REQUESTED, State.INVITED, State.ACTIVE)


def move_belongings(old: Company, new: Company, *, by: User, as_editors: bool) -> None:
    """`as_editors`: who only applied joins a team that speaks for the company already, but does not lead it."""
    _move_people(old, new, as_editors=as_editors and new.has_owner)
    _move_invitations(old, new)
    _move_claims(old, new, by=by)
    _move_memberships(old, new, by=by)
    _move_images(old, new)
    CompanySlug.objects.filter(company=old).update(company=new)
    InternalNote.objects.about(old).order_by().update(object_id=str(new.pk))


def _move_people(old: Company, new: Company, *, as_editors: bool) -> None:
    team = {member.person_id: member for member in CompanyMember.objects.of_company(new)}
    for member in CompanyMember.objects.of_company(old):
        if as_editors:
            member.role = CompanyMember.Role.EDITOR
        same = team.get(member.person_id)
        if same is None:
            _carry_consents(member, new)
            member.company = new
            member.save(update_fields=["company", "role"])
        else:
            _unite(member, same)


def _unite(member: CompanyMember, same: CompanyMember) -> None:
    """Somebody who spoke for both: what they show is what they chose for the entry that stays."""
    if member.role == CompanyMember.Role.OWNER and same.role != CompanyMember.Role.OWNER:
        same.role = CompanyMember.Role.OWNER
        same.save(update_fields=["role"])
    _consents(member).update(withdrawn_at=timezone.now())
    member.delete()


def _consents(member: CompanyMember) -> QuerySet[Consent]:
    return Consent.objects.valid().filter(
        person=member.person, purpose=Consent.Purpose.CONTACT, about__startswith=f"{member.company_id}:"
    )


def _carry_consents(member: CompanyMember, new: Company) -> None:
    for consent in _consents(member):
        consent.about = f"{new.pk}:{consent.about.partition(':')[2]}"
        consent.save(update_fields=["about"])


def _move_invitations(old: Company, new: Company) -> None:
    invited = CompanyInvitation.objects.of_company(new).values_list("email", flat=True)
    CompanyInvitation.objects.of_company(old).filter(email__in=list(invited)).delete()
    CompanyInvitation.objects.filter(company=old).update(company=new)


def _move_claims(old: Company, new: Company, *, by: User) -> None:
    asking = list(Claim.objects.waiting().filter(company=new).values_list("person", flat=True))
    Claim.objects.waiting().filter(company=old, person__in=asking).order_by().update(
        state=Claim.State.WITHDRAWN, decided_at=timezone.now(), decided_by=by
    )
    Claim.objects.filter(company=old).update(company=new)


def _move_memberships(old: Company, new: Company, *, by: User) -> None:
    """Where both stand in one network, the better state wins; the other row ends and moves as the past."""
    standing = {row.network_id: row for row in Membership.objects.open().filter(company=new)}
    for row in Membership.objects.open().filter(company=old):
        other = standing.get(row.network_id)
        if other:
            better, worse = sorted((row, other), key=_worth, reverse=True)
            _end(worse, by=by)
            _take_over(better, worse)
    Membership.objects.filter(company=old).update(company=new)


def _worth(membership: Membership) -> tuple[int, float]:
    """The better state; of two members the one of longer standing."""
    since = membership.joined_at or membership.requested_at
    return BETTER.index(State(membership.state)), -since.timestamp()


def _end(membership: Membership, *, by: User) -> None:
    was_active = membership.state == State.ACTIVE
    membership.state = State.LEFT if was_active else State.WITHDRAWN
    membership.ended_at = timezone.now()
    membership.decision_note = _("Zwei Einträge desselben Unternehmens sind jetzt einer.")
    membership.save(update_fields=["state", "ended_at", "decision_note"])
    record(by=by, verb=f"membership.{membership.state}", on=membership, note=membership.decision_note)


def _take_over(better: Membership, worse: Membership) -> None:
    """Its place on the network's page, and the circles in which it works."""
    if better.place is None and worse.place is not None:
        better.place = worse.place
        better.save(update_fields=["place"])
    better.circles.add(*worse.circles.all())


def _move_images(old: Company, new: Company) -> None:
    """Behind those that are there; more than twelve are shown rather than lost."""
    last = CompanyImage.objects.filter(company=new).aggregate(last=Max("order"))["last"]
    CompanyImage.objects.filter(company=old).update(company=new, order=F("order") + (0 if last is None else last + 1))
