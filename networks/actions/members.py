"""Who stands first on a network's page, on each side."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.errors import ActionRefused
from accounts.models import User
from networks.models import DirectoryVersion, Membership, Network

State = Membership.State
MOST = 12


def _locked(membership: Membership) -> Membership:
    """The network's row is the lock: two who arrange at once do so one after the other."""
    Network.objects.select_for_update().get(pk=membership.network_id)
    locked = Membership.objects.with_parties().get(pk=membership.pk)
    if locked.state != State.ACTIVE:
        raise ActionRefused(_("Dieses Unternehmen ist nicht mehr Mitglied."))
    return locked


def _first_ones(membership: Membership) -> list[Membership]:
    """Those that stand first in the same list, in their order."""
    members = Membership.objects.active().in_network(membership.network).of_side(membership.company)
    return list(members.placed().order_by("place", "pk"))


def _write(members: list[Membership]) -> None:
    for place, membership in enumerate(members, start=1):
        if membership.place != place:
            membership.place = place
            membership.save(update_fields=["place"])


@transaction.atomic
def put_first(membership: Membership, *, by: User) -> None:
    """Behind those that stand first already."""
    locked = _locked(membership)
    first = _first_ones(locked)
    if locked in first:
        return
    if len(first) >= MOST:
        raise ActionRefused(_("Mehr als {n} Unternehmen können nicht oben stehen.").format(n=MOST))
    _write([*first, locked])
    _done(locked, "put_first", by=by)


@transaction.atomic
def move_up(membership: Membership, *, by: User) -> None:
    _move(membership, -1, by=by)


@transaction.atomic
def move_down(membership: Membership, *, by: User) -> None:
    _move(membership, 1, by=by)


def _move(membership: Membership, step: int, *, by: User) -> None:
    locked = _locked(membership)
    first = _first_ones(locked)
    if locked not in first:
        raise ActionRefused(_("Dieses Unternehmen steht nicht mehr oben."))
    here = first.index(locked)
    there = here + step
    if 0 <= there < len(first):
        first[here], first[there] = first[there], first[here]
        _write(first)
        _done(locked, "moved", by=by)


@transaction.atomic
def put_back(membership: Membership, *, by: User) -> None:
    """In the alphabet again."""
    locked = _locked(membership)
    if locked.place is None:
        return
    _write([one for one in _first_ones(locked) if one != locked])
    locked.place = None
    locked.save(update_fields=["place"])
    _done(locked, "put_back", by=by)


def _done(membership: Membership, verb: str, *, by: User) -> None:
    DirectoryVersion.bump()
    record(by=by, verb=f"membership.{verb}", on=membership)
