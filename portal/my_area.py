"""What waits for a member, and what is theirs."""

from dataclasses import dataclass

from networks.completeness import Completeness, completeness
from networks.models import Claim, Company, Membership
from networks.models.agencies import Person


@dataclass(frozen=True)
class MyCompany:
    company: Company
    completeness: Completeness

    @property
    def wants_answer(self) -> bool:
        return self.company.state == Company.State.CHANGES_REQUESTED


@dataclass(frozen=True)
class MyArea:
    companies: tuple[MyCompany, ...]
    memberships: tuple[Membership, ...]
    claims: tuple[Claim, ...]
    person: Person

    @property
    def tasks(self) -> tuple[Membership, ...]:
        """Memberships that wait for me: invitations and questions."""
        waiting = {Membership.State.INVITED, Membership.State.ASKED_BACK}
        return tuple(membership for membership in self.memberships if membership.state in waiting)

    @property
    def questions(self) -> tuple[MyCompany, ...]:
        return tuple(mine for mine in self.companies if mine.wants_answer)


def overview(person: Person) -> MyArea:
    companies = Company.objects.of_person(person).living().with_place().prefetch_related("competences").by_name()
    memberships = Membership.objects.open().with_parties().of_companies(Company.objects.of_person(person))
    claims = Claim.objects.of_person(person).select_related("company").order_by("-created_at")
    return MyArea(
        companies=tuple(MyCompany(company, completeness(company)) for company in companies),
        memberships=tuple(memberships),
        claims=tuple(claims[:10]),
        person=person,
    )
