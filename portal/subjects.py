"""Which page somebody means, and which agency looks after it."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.addresses import language_of, opens_by_itself
from events.models import Announcement, Meeting
from networks.models import Agency, Company, District, Network, Region
from networks.models.agencies import Person


@dataclass(frozen=True)
class Subject:
    page: str
    label: str
    agency: Agency


@dataclass(frozen=True)
class Place:
    """Where somebody met a barrier: perhaps no page of ours, perhaps one that no single agency looks after."""

    page: str
    label: str
    agency: Agency | None


Finder = Callable[[Person, str], tuple[models.Model, Agency | None]]


def _company(person: Person, slug: str) -> tuple[Company, Agency | None]:
    company = get_object_or_404(Company.objects.visible_to(person).unmerged().with_place(), slug=slug)
    return company, company.home_agency


def _network(person: Person, slug: str) -> tuple[Network, Agency]:
    network = get_object_or_404(Network.objects.visible_to(person).with_leads(), slug=slug)
    return network, network.agency


def _agency(person: Person, slug: str) -> tuple[Agency, Agency]:
    agency = get_object_or_404(Agency.objects.visible_to(person), slug=slug)
    return agency, agency


def _region(person: Person, slug: str) -> tuple[Region, Agency | None]:
    region = get_object_or_404(Region, slug=slug)
    return region, region.agencies.order_by("associated", "pk").first()


def _district(person: Person, slug: str) -> tuple[District, Agency | None]:
    district = get_object_or_404(District.objects.select_related("home_agency"), slug=slug)
    return district, district.home_agency


def _announcement(person: Person, slug: str) -> tuple[Announcement, Agency]:
    announcement = get_object_or_404(Announcement.objects.visible_to(person).with_agency(), slug=slug)
    return announcement, announcement.agency


def _meeting(person: Person, slug: str) -> tuple[Meeting, Agency]:
    meeting = get_object_or_404(Meeting.objects.visible_to(person).with_hosts(), slug=slug)
    return meeting, meeting.host


FINDERS: dict[str, Finder] = {
    "company": _company,
    "network": _network,
    "agency": _agency,
    "region": _region,
    "district": _district,
    "announcement": _announcement,
    "meeting": _meeting,
}


def match_of(page: str) -> ResolverMatch:
    try:
        with override(language_of(page)):
            return resolve(page)
    except Resolver404 as error:
        raise Http404 from error


def subject_of(page: str, person: Person) -> Subject:
    """Only pages this person can see, and only those that some agency looks after."""
    match = match_of(page)
    if match.view_name not in FINDERS:
        raise Http404
    thing, agency = FINDERS[match.view_name](person, match.kwargs["slug"])
    if agency is None:
        raise Http404
    return Subject(page, str(thing), agency)


def place_of(said: str, person: Person) -> Place:
    """People write an address, or how they got there; what opens a page by itself is not passed on."""
    try:
        page = urlsplit(said.strip()).path
        if opens_by_itself(match_of(page)):
            return Place("", _("eine persönliche Seite"), None)
    except (Http404, ValueError):
        return Place("", said.strip() or _("ohne Angabe der Seite"), None)
    try:
        found = subject_of(page, person)
    except Http404:
        return Place(page, page, None)
    return Place(page, found.label, found.agency)
