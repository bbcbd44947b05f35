"""What waits at somebody's desk: queues with count and age, and the networks with their shares."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from django.core.cache import caches
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import AuditEntry, User
from networks.models import Absence, Agency, Membership, Network
from networks.shares import Share, network_shares
from networks.waiting import KINDS, PARAMETER, Kind
from networks.working_days import age_in_words, days_in_words, days_waiting, last_start

Lists = list[dict[str, Any]]
LATE = 5  # working days
SECONDS = 60


@dataclass(frozen=True)
class Queue:
    title: str
    action: str
    list_url: str
    count: int = 0
    late: int = 0
    next_label: str = ""
    next_url: str = ""
    age: str = ""
    tone: str = ""


def queues(person: User) -> list[Queue]:
    """Always the same number of queries, however much waits."""
    states = Agency.objects.states_of_staff(person)
    before = last_start(timezone.localdate(), LATE, states)
    return [_queue(kind, person, before, states) for kind in KINDS]


def _queue(kind: Kind, person: User, before: datetime, states: list[str]) -> Queue:
    meta = kind.rows(person).model._meta
    list_url = f"{reverse(f'admin:{meta.app_label}_{meta.model_name}_changelist')}?{PARAMETER}={kind.name}"
    first = kind.oldest(person, before)
    if first is None:
        return Queue(str(kind.title), str(kind.action), list_url)
    days = days_waiting(kind.begins(first), states)
    tone = "bad" if days > LATE else "warn" if days > LATE // 2 else ""
    return Queue(
        str(kind.title),
        str(kind.action),
        list_url,
        first.all_waiting,
        first.all_late,
        str(first),
        kind.page_of(first),
        days_in_words(days),
        tone,
    )


def age_for(person: User, moment: datetime) -> str:
    """How long something waits, as this person works."""
    return age_in_words(moment, Agency.objects.states_of_staff(person))


@dataclass(frozen=True)
class Late:
    """One thing that has waited for more than some working days."""

    kind: Kind
    row: Any
    begun: datetime
    days: int


def late_things(person: User, *, longer_than: int, today: date) -> list[Late]:
    """What waits for this person, queue by queue, the oldest first."""
    states = Agency.objects.states_of_staff(person)
    before = last_start(today, longer_than, states)
    return [
        Late(kind, row, kind.begins(row), days_waiting(kind.begins(row), states, today))
        for kind in KINDS
        if kind.reminds
        for row in kind.begun(person, before)
    ]


@dataclass(frozen=True)
class NetworkRow:
    network: Network
    share: Share | None
    waiting: int
    mine: bool
    waiting_url: str


def network_rows(person: User) -> list[NetworkRow]:
    """Networks that this person looks after: their agency's, and those of which it is twin."""
    networks = list(Network.objects.on_the_desk_of(person).with_leads())
    shares = network_shares(networks)
    waiting = dict(
        Membership.objects.decidable_by(person).waiting().order_by().values_list("network").annotate(n=Count("pk"))
    )
    mine = set(Network.objects.curated_by(person).values_list("pk", flat=True))
    url = reverse("admin:networks_membership_changelist")
    return [
        NetworkRow(
            network,
            shares.get(network.pk),
            waiting.get(network.pk, 0),
            network.pk in mine,
            f"{url}?state__exact=requested&network__id__exact={network.pk}",
        )
        for network in networks
    ]


@dataclass(frozen=True)
class Desk:
    """All that the desk's page says to one person."""

    queues: list[Queue]
    networks: list[NetworkRow]
    absences: list[Absence]
    agencies: list[Agency]
    lists: Lists


def desk_of(person: User, lists: Callable[[], Lists]) -> Desk:
    """Kept until anybody does something that is logged; no longer than a minute, for what time alone changes."""
    parts = (person.pk, person.is_superuser, get_language(), timezone.localdate(), AuditEntry.newest())
    key = "desk:" + ":".join(map(str, parts))
    return cast(Desk, caches["pages"].get_or_set(key, lambda: _laid_out(person, lists()), SECONDS))


def _laid_out(person: User, lists: Lists) -> Desk:
    absences, agencies = Absence.objects.concerning(person), Agency.objects.of_staff(person)
    return Desk(queues(person), network_rows(person), list(absences), list(agencies), lists)
