"""A company as a line of a list: under the titles that reading it in again knows."""

from accounts.sheets.writing import Value
from networks.models import Company, Membership, Network
from networks.models.companies import CompanyQuerySet
from networks.models.company_people import Visibility
from networks.sheets.companies import Column


def with_cells(companies: CompanyQuerySet) -> CompanyQuerySet:
    """All that `company_cells` reads, for any number of companies at once."""
    return companies.with_place().prefetch_related("competences", "people__person", "memberships__network")


def company_cells(company: Company) -> dict[Column, Value]:
    """Of ways to reach people only those that somebody agreed to show."""
    return {
        Column.NAME: company.name,
        Column.LEGAL_FORM: company.legal_form,
        Column.SUMMARY: company.summary,
        Column.DESCRIPTION: company.description,
        Column.WEBSITE: company.website,
        Column.STREET: company.street,
        Column.POSTCODE: company.postcode,
        Column.TOWN: company.place,
        Column.INDUSTRY: str(company.industry or ""),
        Column.COMPETENCES: "; ".join(str(one) for one in company.competences.all()),
        Column.NETWORKS: "; ".join(_networks(company)),
        Column.FOUNDED: company.founded,
        Column.SIZE: company.get_size_display(),
        Column.CONTACT: "; ".join(_names(company)),
        Column.EMAIL: company.email if company.email_visibility != Visibility.NOBODY else "",
        Column.PHONE: company.phone if company.phone_visibility != Visibility.NOBODY else "",
    }


def _networks(company: Company) -> list[str]:
    active = [one.network for one in company.memberships.all() if one.state == Membership.State.ACTIVE]
    return sorted(network.short_name or network.name for network in active if network.state == Network.State.PUBLISHED)


def _names(company: Company) -> list[str]:
    shown = (one for one in company.people.all() if one.name_visibility != Visibility.NOBODY)
    return [one.person.name for one in shown if one.person.name and one.person.is_active]
