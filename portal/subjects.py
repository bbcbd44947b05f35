"""Which page somebody means, and which agency looks after it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve
from django.utils.translation import override

from accounts.addresses import language_of
from events.models import Announcement, Meeting
from networks.models import Agency, Company, District, Network, Region
from networks.models.agencies import Person


@dataclass(frozen=True)
class Subject:
    page: str
    label: str
    agency: Agency


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


def subject_of(page: str, person: Person) -> Subject:
    """Only pages this person can see, and only those that some agency looks after."""
    try:
        with override(language_of(page)):
            match = resolve(page)
    except Resolver404 as error:
        raise Http404 from error
    if match.view_name not in FINDERS:
        raise Http404
    thing, agency = FINDERS[match.view_name](person, match.kwargs["slug"])
    if agency is None:
        raise Http404
    return Subject(page, str(thing), agency)
