"""Search at the desk: in everything that this person looks after, and in nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from events.models import Announcement, Meeting
from networks.models import AgencyStaff, Company, CompanyMember, Membership, Network

SHOWN = 6
LEAST_LETTERS = 2


@dataclass(frozen=True)
class Item:
    title: str
    url: str
    detail: str = ""
    state: str = ""


@dataclass(frozen=True)
class Group:
    label: str | Promise
    items: list[Item]
    more_url: str = ""


@dataclass(frozen=True)
class Source:
    """One kind of thing: mine that match, each as an item, and the list where all of them stand."""

    label: str | Promise
    rows: Callable[[User, str], QuerySet[Any]]
    item: Callable[[Any], Item]
    list_page: str = ""


def _page(name: str, thing: Any) -> str:
    return reverse(f"admin:{name}", args=[thing.pk])


SOURCES = (
    Source(
        _("Unternehmen"),
        lambda person, query: Company.objects.curated_by(person).matching(query).with_place().unmerged().by_name(),
        lambda one: Item(one.full_name, _page("networks_company_review", one), one.place, one.get_state_display()),
        "networks_company",
    ),
    Source(
        _("Netzwerke"),
        lambda person, query: Network.objects.on_the_desk_of(person).matching(query).order_by("name"),
        lambda one: Item(one.name, _page("networks_network_members", one), one.topic, one.get_state_display()),
        "networks_network",
    ),
    Source(
        _("Personen"),
        lambda person, query: (
            CompanyMember.objects.of_companies(Company.objects.curated_by(person).unmerged())
            .matching(query)
            .order_by("person__name", "pk")
        ),
        lambda one: Item(
            one.person.get_full_name(), _page("networks_company_review", one.company), one.company.full_name
        ),
    ),
    Source(
        _("Team"),
        lambda person, query: AgencyStaff.objects.managed_by(person).active().matching(query).with_names(),
        lambda one: Item(
            one.person.get_full_name(),
            _page("networks_agencystaff_review", one),
            one.agency.short_name,
            one.get_role_display(),
        ),
        "networks_agencystaff",
    ),
    Source(
        _("Mitgliedschaften"),
        lambda person, query: (
            Membership.objects.decidable_by(person)
            .matching(query)
            .with_parties()
            .order_by("company__name_sort", "network__name", "-requested_at")
        ),
        lambda one: Item(
            one.company.full_name, _page("networks_membership_review", one), one.network.name, one.get_state_display()
        ),
        "networks_membership",
    ),
    Source(
        _("Mitteilungen"),
        lambda person, query: Announcement.objects.curated_by(person).matching(query).latest_first(),
        lambda one: Item(one.title, _page("events_announcement_review", one), one.summary, one.get_state_display()),
        "events_announcement",
    ),
    Source(
        _("Treffen"),
        lambda person, query: Meeting.objects.curated_by(person).matching(query).order_by("-starts_at"),
        lambda one: Item(one.title, _page("events_meeting_change", one), one.city, one.get_state_display()),
        "events_meeting",
    ),
)


def search(query: str, person: User) -> list[Group]:
    """One question for each kind, however much there is."""
    if len(query) < LEAST_LETTERS:
        return []
    found = [_group(source, query, list(source.rows(person, query)[: SHOWN + 1])) for source in SOURCES]
    return [group for group in found if group.items]


def _group(source: Source, query: str, rows: list[Any]) -> Group:
    more = len(rows) > SHOWN and source.list_page
    list_url = f"{reverse(f'admin:{source.list_page}_changelist')}?{urlencode({'q': query})}" if more else ""
    return Group(source.label, [source.item(row) for row in rows[:SHOWN]], list_url)
