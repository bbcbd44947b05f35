"""What waits at somebody's desk: queues with count and age, and the networks with their shares."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from networks.models import Claim, Company, Membership, MergeRequest, Network, Opening, OutdatedNote
from networks.shares import Share, network_shares

LATE = 5  # working days
PATIENCE = timedelta(days=14)


def working_days(start: date, end: date) -> int:
    """Mondays to Fridays after the first day, up to the second."""
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(day.weekday() < 5 for day in days)


def age_in_words(moment: datetime) -> str:
    days = working_days(timezone.localdate(moment), timezone.localdate())
    if not days:
        return _("von heute")
    return ngettext("seit {n} Arbeitstag", "seit {n} Arbeitstagen", days).format(n=days)


@dataclass(frozen=True)
class Kind:
    """A queue: what waits, since when (a field), and what the button says."""

    title: str | Promise
    action: str | Promise
    since: str
    rows: Callable[[User], QuerySet[Any]]
    query: str = ""
    page: Callable[[Any], str] | None = None  # where the button leads, when that is not the review


@dataclass(frozen=True)
class Queue:
    title: str
    action: str
    count: int
    list_url: str
    next_label: str = ""
    next_url: str = ""
    age: str = ""
    tone: str = ""
    late: bool = False


KINDS = [
    Kind(
        gettext_lazy("Anträge von Unternehmen"),
        gettext_lazy("Prüfen"),
        "submitted_at",
        lambda person: Company.objects.curated_by(person).waiting(),
        "state__exact=pending",
    ),
    Kind(
        gettext_lazy("Aufnahme in Netzwerke"),
        gettext_lazy("Entscheiden"),
        "requested_at",
        lambda person: Membership.objects.decidable_by(person).waiting().with_parties(),
        "state__exact=requested",
    ),
    Kind(
        gettext_lazy("Öffnung bestätigen"),
        gettext_lazy("Ansehen"),
        "proposed_at",
        lambda person: Opening.objects.decidable_by(person).waiting().with_parties(),
        "state__exact=proposed",
    ),
    Kind(
        gettext_lazy("Übernahme eines Eintrags"),
        gettext_lazy("Prüfen"),
        "created_at",
        lambda person: Claim.objects.visible_to(person).waiting().select_related("company", "person"),
        "state__exact=requested",
    ),
    Kind(
        gettext_lazy("Zusammenführen bestätigen"),
        gettext_lazy("Ansehen"),
        "requested_at",
        lambda person: MergeRequest.objects.decidable_by(person).waiting().with_parties(),
        "state__exact=requested",
    ),
    Kind(
        gettext_lazy("Hinweise: Angaben veraltet"),
        gettext_lazy("Ansehen"),
        "created_at",
        lambda person: OutdatedNote.objects.visible_to(person).open().order_by("created_at", "pk"),
        "done_at__isempty=1",
    ),
    Kind(
        gettext_lazy("Unternehmen: Rückfrage lange ohne Antwort"),
        gettext_lazy("Ansehen"),
        "decided_at",
        lambda person: Company.objects.curated_by(person).unanswered(before=timezone.now() - PATIENCE),
        "state__exact=changes_requested",
    ),
    Kind(
        gettext_lazy("Aufnahme: Rückfrage lange ohne Antwort"),
        gettext_lazy("Ansehen"),
        "decided_at",
        lambda person: (
            Membership.objects.decidable_by(person).unanswered(before=timezone.now() - PATIENCE).with_parties()
        ),
        "state__exact=asked_back",
    ),
]


def register(kind: Kind) -> None:
    """A higher app has queues of its own."""
    KINDS.append(kind)


def queues(person: User) -> list[Queue]:
    """Always the same number of queries, however much waits."""
    return [_queue(kind, kind.rows(person)) for kind in KINDS]


def _queue(kind: Kind, rows: QuerySet[Any]) -> Queue:
    meta = rows.model._meta
    page = f"admin:{meta.app_label}_{meta.model_name}"
    list_url = f"{reverse(f'{page}_changelist')}?{kind.query}"
    count, first = rows.count(), rows.first()
    if first is None:
        return Queue(str(kind.title), str(kind.action), 0, list_url)
    since = getattr(first, kind.since)
    days = working_days(timezone.localdate(since), timezone.localdate())
    return Queue(
        str(kind.title),
        str(kind.action),
        count,
        list_url,
        str(first),
        kind.page(first) if kind.page else reverse(f"{page}_review", args=[first.pk]),
        age_in_words(since),
        "bad" if days > LATE else "warn" if days > LATE // 2 else "",
        days > LATE,
    )


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
