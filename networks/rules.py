"""Who may do what with companies, networks and memberships. Default is refusal."""

from dataclasses import dataclass

from networks.models import (
    Absence,
    Agency,
    AgencyStaff,
    Claim,
    Company,
    CompanyMember,
    Membership,
    MergeRequest,
    Network,
    Opening,
    TwinAgency,
)
from networks.models.agencies import Person
from networks.models.companies import CompanyQuerySet


def is_member(person: Person) -> bool:
    """Members: people of published companies, and staff."""
    if not person.is_authenticated or not person.is_active:
        return False
    return person.is_staff or Company.objects.of_person(person).published().exists()


@dataclass(frozen=True)
class CompanyAbilities:
    edit: bool = False
    manage_people: bool = False
    withdraw: bool = False
    resubmit: bool = False
    leave: bool = False
    join_networks: bool = False
    decide: bool = False
    curate: bool = False
    read_history: bool = False


def company_abilities(person: Person, company: Company) -> CompanyAbilities:
    if not person.is_authenticated or not person.is_active:
        return CompanyAbilities()
    role = CompanyMember.objects.filter(company=company, person=person).values_list("role", flat=True).first()
    mine = role is not None
    owner = role == CompanyMember.Role.OWNER
    curates = Company.objects.curated_by(person).filter(pk=company.pk).exists()
    state = Company.State
    return CompanyAbilities(
        edit=mine
        and company.state
        in {state.PENDING, state.CHANGES_REQUESTED, state.PUBLISHED, state.HIDDEN, state.DECLINED, state.WITHDRAWN},
        manage_people=owner and company.state in {state.PUBLISHED, state.HIDDEN},
        withdraw=owner and company.state in {state.PENDING, state.CHANGES_REQUESTED},
        resubmit=owner and company.state in {state.CHANGES_REQUESTED, state.DECLINED, state.WITHDRAWN},
        leave=mine,
        join_networks=mine and company.state == state.PUBLISHED,
        decide=curates and company.state == state.PENDING,
        curate=curates,
        read_history=mine or curates,
    )


@dataclass(frozen=True)
class NetworkAbilities:
    curate: bool = False
    invite: bool = False
    see_contacts: bool = False


def network_abilities(person: Person, network: Network) -> NetworkAbilities:
    """The curating agency owns the text; twins look after members. Contacts: active members' people, curators."""
    if not person.is_authenticated or not person.is_active:
        return NetworkAbilities()
    curates = Network.objects.curated_by(person).filter(pk=network.pk).exists()
    twin = Agency.objects.of_staff(person).filter(twinned__network=network).exists()
    member = (
        Membership.objects.active()
        .of_published_companies()
        .filter(network=network, company__in=Company.objects.of_person(person))
    )
    return NetworkAbilities(curate=curates, invite=curates or twin, see_contacts=curates or twin or member.exists())


@dataclass(frozen=True)
class MembershipAbilities:
    decide: bool = False
    remove: bool = False
    accept: bool = False
    withdraw: bool = False
    leave: bool = False
    answer: bool = False


def membership_abilities(person: Person, membership: Membership) -> MembershipAbilities:
    if not person.is_authenticated or not person.is_active:
        return MembershipAbilities()
    decides = Membership.objects.decidable_by(person).filter(pk=membership.pk).exists()
    mine = CompanyMember.objects.filter(company=membership.company_id, person=person).exists()
    state = Membership.State
    return MembershipAbilities(
        decide=decides and membership.state in {state.REQUESTED, state.ASKED_BACK},
        remove=decides and membership.state == state.ACTIVE,
        accept=mine and membership.state == state.INVITED,
        withdraw=mine and membership.state in {state.REQUESTED, state.ASKED_BACK},
        leave=mine and membership.state == state.ACTIVE,
        answer=mine and membership.state == state.ASKED_BACK,
    )


@dataclass(frozen=True)
class OpeningAbilities:
    confirm: bool = False
    decline: bool = False
    withdraw: bool = False
    end: bool = False


def opening_abilities(person: Person, opening: Opening) -> OpeningAbilities:
    """The twin agency decides what the curating agency proposes; either side may end it."""
    decides = Opening.objects.decidable_by(person).filter(pk=opening.pk).exists()
    proposes = Network.objects.curated_by(person).filter(pk=opening.network_id).exists()
    return OpeningAbilities(confirm=decides, decline=decides, withdraw=proposes, end=proposes or decides)


def merge_partners(person: Person, company: Company) -> CompanyQuerySet:
    """With which entries somebody may merge this one: own ones at once, public ones of others by proposal."""
    return Company.objects.visible_to(person).mergeable().exclude(pk=company.pk)


def merges_alone(person: Person, one: Company, other: Company) -> bool:
    """Both entries are mine; otherwise the other agency has to confirm."""
    return Company.objects.curated_by(person).among([one, other]).count() == 2


@dataclass(frozen=True)
class MergeAbilities:
    confirm: bool = False
    decline: bool = False
    withdraw: bool = False


def merge_abilities(person: Person, request: MergeRequest) -> MergeAbilities:
    """The agency that was asked decides, or the operator; the one that asked may take it back."""
    decides = MergeRequest.objects.decidable_by(person).filter(pk=request.pk).exists()
    proposes = Agency.objects.workplaces_of(person).among([request.agency]).exists()
    return MergeAbilities(confirm=decides, decline=decides, withdraw=proposes)


def invitable_companies(person: Person, network: Network) -> CompanyQuerySet:
    """The curating agency invites from everywhere, a twin from its own region."""
    seen = Company.objects.visible_to(person).living()
    if Network.objects.curated_by(person).filter(pk=network.pk).exists():
        return seen
    twins = TwinAgency.objects.filter(network=network, agency__in=Agency.objects.of_staff(person))
    return seen.filter(municipality__district__region__in=twins.values("region"))


def may_end_absence(person: Person, absence: Absence) -> bool:
    """One's own, and the team's as its manager."""
    return AgencyStaff.objects.answered_for_by(person).filter(pk=absence.employment_id).exists()


def may_decide_claim(person: Person, claim: Claim) -> bool:
    return (
        person.is_authenticated
        and claim.state == Claim.State.REQUESTED
        and Claim.objects.visible_to(person).filter(pk=claim.pk).exists()
    )
