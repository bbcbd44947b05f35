"""A network opens to another region when the agencies of both sides agree. Whoever decides first wins."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.errors import ActionRefused
from accounts.models import User
from networks.life_cycle import require_step
from networks.mails import openings as mails
from networks.models import Agency, DirectoryVersion, Network, Opening, TwinAgency

State = Opening.State


@transaction.atomic
def propose_opening(network: Network, values: Mapping[str, Any], *, by: User) -> Opening:
    """The curating agency asks an agency of the other region: from when, on which conditions."""
    locked = Network.objects.select_for_update().get(pk=network.pk)
    require_proposable(locked, values)
    opening = Opening.objects.create(network=locked, proposed_by=by, **values)
    record(by=by, verb="opening.proposed", on=opening)
    mails.proposed(opening)
    return opening


def require_proposable(network: Network, values: Mapping[str, Any]) -> None:
    """Another side, an agency that works there, and nothing agreed or proposed yet."""
    if network.state == Network.State.ARCHIVED:
        raise ActionRefused(_("Dieses Netzwerk ist archiviert."))
    if values["region"].pk == network.agency.region_id:
        raise ActionRefused(_("Auf der eigenen Seite ist das Netzwerk schon offen. Bitte wählen Sie eine andere."))
    if values["twin"].region_id != values["region"].pk:
        raise ActionRefused(_("Diese Wirtschaftsförderung arbeitet nicht in der gewählten Region."))
    if Opening.objects.standing().filter(network=network, region=values["region"]).exists():
        raise ActionRefused(_("Für diese Region gibt es schon einen Vorschlag oder eine Öffnung."))


def _step(opening: Opening, target: State, *, by: User, note: str = "") -> Opening:
    """Read again, so that the second of two people who decide at once sees the decision of the first."""
    locked = Opening.objects.select_for_update(of=("self",)).with_parties().get(pk=opening.pk)
    require_step(locked, target)
    locked.state, locked.decision_note = target, note
    if target == State.ENDED:
        locked.ended_at = timezone.now()
    else:
        locked.decided_at, locked.decided_by = timezone.now(), by
    locked.save(update_fields=["state", "decision_note", "decided_at", "decided_by", "ended_at"])
    DirectoryVersion.bump()
    record(by=by, verb=f"opening.{target}", on=locked, note=note)
    return locked


@transaction.atomic
def confirm_opening(opening: Opening, *, by: User) -> Opening:
    """From its day on companies of that region may ask; the agency that agrees looks after them."""
    opening = _step(opening, State.CONFIRMED, by=by)
    TwinAgency.objects.update_or_create(
        network=opening.network,
        region=opening.region,
        defaults={"agency": Agency.objects.get(openings_to_decide=opening)},
    )
    mails.confirmed(opening)
    return opening


@transaction.atomic
def decline_opening(opening: Opening, *, by: User, reason: str) -> Opening:
    opening = _step(opening, State.DECLINED, by=by, note=reason)
    mails.declined(opening)
    return opening


@transaction.atomic
def withdraw_opening(opening: Opening, *, by: User) -> Opening:
    opening = _step(opening, State.WITHDRAWN, by=by)
    mails.withdrawn(opening)
    return opening


@transaction.atomic
def end_opening(opening: Opening, *, by: User, reason: str) -> Opening:
    """No new requests from there; members stay, and so does the agency that looks after them."""
    opening = _step(opening, State.ENDED, by=by, note=reason)
    mails.ended(opening)
    return opening
