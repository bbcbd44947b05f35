"""Two agencies look after two entries of one company: one proposes, the other confirms."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.errors import ActionRefused
from accounts.models import User
from networks.actions.merging import lock_both, merge_companies, require_mergeable
from networks.life_cycle import require_step
from networks.mails import merging as mails
from networks.models import Agency, Company, MergeRequest

State = MergeRequest.State


@transaction.atomic
def propose_merge(
    kept: Company, given_up: Company, taken: Collection[str], *, by: User, message: str = ""
) -> MergeRequest:
    kept, given_up = lock_both(kept, given_up)
    require_mergeable(kept, given_up)
    agency, asked = _sides(kept, given_up, by)
    if MergeRequest.objects.waiting().concerning(kept).concerning(given_up).exists():
        raise ActionRefused(_("Das ist schon vorgeschlagen und wartet auf Bestätigung."))
    request = MergeRequest.objects.create(
        kept=kept,
        given_up=given_up,
        taken_over=sorted(taken),
        agency=agency,
        asked=asked,
        message=message,
        requested_by=by,
    )
    record(by=by, verb="merge.requested", on=request)
    mails.proposed(request)
    return request


def _sides(kept: Company, given_up: Company, by: User) -> tuple[Agency, Agency]:
    """Who proposes, and who has to confirm."""
    homes = [company.home_agency for company in (kept, given_up)]
    mine = Agency.objects.of_staff(by)
    own = next((home for home in homes if home in mine), None)
    asked = next((home for home in homes if home and home not in mine), None)
    if own is None or asked is None:
        raise ActionRefused(_("Für einen der Einträge ist niemand zuständig, der zustimmen könnte."))
    return own, asked


def _decide(request: MergeRequest, target: State, *, by: User, note: str = "") -> MergeRequest:
    locked = MergeRequest.objects.with_parties().select_for_update(of=("self",)).get(pk=request.pk)
    require_step(locked, target)
    locked.state, locked.decision_note = target, note
    locked.decided_at, locked.decided_by = timezone.now(), by
    locked.save(update_fields=["state", "decision_note", "decided_at", "decided_by"])
    record(by=by, verb=f"merge.{target}", on=locked, note=note)
    return locked


@transaction.atomic
def confirm_merge(request: MergeRequest, *, by: User) -> MergeRequest:
    """Both agencies agree. Who is responsible must not have changed in between."""
    request = _decide(request, State.CONFIRMED, by=by)
    kept, given_up = lock_both(request.kept, request.given_up)
    if {kept.home_agency, given_up.home_agency} != {request.agency, request.asked}:
        raise ActionRefused(_("Inzwischen ist eine andere Wirtschaftsförderung zuständig. Bitte schlagen Sie neu vor."))
    merge_companies(kept, given_up, request.taken_over, by=by)
    mails.confirmed(request, by=by)
    return request


@transaction.atomic
def decline_merge(request: MergeRequest, *, by: User, reason: str) -> MergeRequest:
    request = _decide(request, State.DECLINED, by=by, note=reason)
    mails.declined(request)
    return request


@transaction.atomic
def withdraw_merge(request: MergeRequest, *, by: User) -> MergeRequest:
    request = _decide(request, State.WITHDRAWN, by=by)
    mails.withdrawn(request)
    return request
