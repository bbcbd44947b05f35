"""Two entries of one company become one. Nothing of the one that is given up is lost."""

from collections.abc import Callable, Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import origins
from accounts.audit import record
from accounts.errors import ActionRefused
from accounts.models import User
from networks.actions.belongings import move_belongings
from networks.actions.companies import edit_company
from networks.mails import merging as mails
from networks.merging import values_taken
from networks.models import Company, DirectoryVersion, MergeRequest

Mover = Callable[[Company, Company], None]
State = Company.State
# Who may take whom in: never a hidden one what is public, never an application what was decided.
RANK = {State.PENDING: 1, State.CHANGES_REQUESTED: 1, State.HIDDEN: 2, State.PUBLISHED: 3}
_movers: list[Mover] = []


def also_move(mover: Mover) -> None:
    """For apps above: what they keep about a company moves, too."""
    _movers.append(mover)


@transaction.atomic
def merge_companies(kept: Company, given_up: Company, taken: Collection[str], *, by: User) -> Company:
    """One entry stays, with what was chosen of the other; the other's address leads to it from now on."""
    kept, given_up = lock_both(kept, given_up)
    require_mergeable(kept, given_up)
    was_application = RANK[State(given_up.state)] == 1 and kept.state != given_up.state
    with origins.acting_from(origins.MERGE):
        values = values_taken(kept, given_up, taken)
        _give_up(given_up, kept)
        kept = edit_company(kept, values, by=by)
        if "logo" in taken:
            _swap_logos(kept, given_up)
    move_belongings(given_up, kept, by=by, as_editors=was_application)
    for mover in _movers:
        mover(given_up, kept)
    MergeRequest.objects.waiting().concerning(given_up).update(
        state=MergeRequest.State.WITHDRAWN, decided_at=timezone.now()
    )
    DirectoryVersion.bump()
    record(by=by, verb="company.merged", on=given_up, into=kept.name)
    record(by=by, verb="company.took_in", on=kept, taken_in=given_up.name)
    mails.merged(kept, given_up)
    return kept


def lock_both(kept: Company, given_up: Company) -> tuple[Company, Company]:
    """Always in the same order: two who merge the same pair the other way round wait for each other."""
    rows = Company.objects.with_place().select_for_update(of=("self",)).among([kept, given_up]).order_by("pk")
    locked = {row.pk: row for row in rows}
    return locked[kept.pk], locked[given_up.pk]


def require_mergeable(kept: Company, given_up: Company) -> None:
    if kept.pk == given_up.pk:
        raise ActionRefused(_("Das ist derselbe Eintrag."))
    ranks = RANK.get(State(kept.state), 0), RANK.get(State(given_up.state), 0)
    if 0 in ranks:
        raise ActionRefused(
            _("Das geht nicht mehr: Inzwischen hat sich der Stand geändert. Bitte sehen Sie noch einmal nach.")
        )
    if ranks[0] < ranks[1]:
        raise ActionRefused(_("Bitte behalten Sie den Eintrag, der weiter ist: den veröffentlichten."))


def _give_up(company: Company, heir: Company) -> None:
    """Who was merged into this one before is merged into its heir now: one redirect, not two."""
    company.state, company.merged_into, company.decided_at = State.MERGED, heir, timezone.now()
    company.save(update_fields=["state", "merged_into", "decided_at"])
    company.merged_companies.update(merged_into=heir)


def _swap_logos(kept: Company, given_up: Company) -> None:
    """The one not chosen stays with the entry that is given up."""
    chosen, other = given_up.logo.name, kept.logo.name
    for company, name in ((kept, chosen), (given_up, other)):
        company.logo = name or ""
        company.save(update_fields=["logo"])
