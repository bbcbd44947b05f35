"""Whom a company shows, and to whom: the one place that decides about addresses, phones and names."""

from dataclasses import dataclass

from networks.models import Company, CompanyMember, Membership, Network
from networks.models.agencies import Person
from networks.models.company_people import Visibility
from networks.rules import is_member

LISTED = 60


@dataclass(frozen=True)
class ShownPerson:
    name: str
    function: str
    email: str = ""
    phone: str = ""
    company: Company | None = None


@dataclass(frozen=True)
class ShownContacts:
    email: str
    phone: str
    people: tuple[ShownPerson, ...]


def readable_by(person: Person) -> set[str]:
    """The visibilities that this person's eyes satisfy."""
    return {Visibility.PUBLIC, Visibility.MEMBERS} if is_member(person) else {Visibility.PUBLIC}


def shown_contacts(company: Company, person: Person) -> ShownContacts:
    """What this person may read: each field as far as its owner agreed."""
    readable = readable_by(person)
    people = CompanyMember.objects.showing_names(readable).filter(company=company)
    return ShownContacts(
        email=company.email if company.email_visibility in readable else "",
        phone=company.phone if company.phone_visibility in readable else "",
        people=tuple(_shown(member, readable) for member in people),
    )


def network_contacts(network: Network, person: Person) -> tuple[ShownPerson, ...]:
    """People of the active members, for those who may see a network's contacts; the first ones of a large network."""
    readable = readable_by(person)
    companies = Membership.objects.active().of_published_companies().filter(network=network).values("company")
    people = CompanyMember.objects.showing_names(readable).filter(company__in=companies).select_related("company")
    return tuple(
        _shown(member, readable, member.company) for member in people.order_by("company__name_sort", "pk")[:LISTED]
    )


def _shown(member: CompanyMember, readable: set[str], company: Company | None = None) -> ShownPerson:
    return ShownPerson(
        name=member.person.name,
        function=member.person.function,
        email=member.person.email if member.email_visibility in readable else "",
        phone=member.phone if member.phone_visibility in readable else "",
        company=company,
    )
