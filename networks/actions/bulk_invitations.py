"""Many companies are invited at once: first what would happen, then the same for real, in one summary."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.errors import ActionRefused
from accounts.models import User
from networks.actions.memberships import invite_company
from networks.models import Company, CompanyMember, Membership, Network

State = Membership.State
MOST = 300


@dataclass
class Round:
    """Who is invited, who is left out and why."""

    invited: list[Company] = field(default_factory=list)
    skipped: list[tuple[Company, str]] = field(default_factory=list)

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """How often each reason, the most frequent first."""
        return Counter(reason for _company, reason in self.skipped).most_common()


def plan_invitations(network: Network, companies: Iterable[Company]) -> Round:
    """The preview: the same judgement, and nothing happens."""
    chosen = list(companies)
    standing = Membership.objects.open().in_network(network).states_of(Company.objects.among(chosen))
    spoken_for = set(CompanyMember.objects.able_to_answer(chosen).values_list("company", flat=True))
    plan = Round()
    for company in chosen:
        reason = _obstacle(company, standing.get(company.pk, ""), spoken_for=company.pk in spoken_for)
        if reason:
            plan.skipped.append((company, reason))
        else:
            plan.invited.append(company)
    return plan


def _obstacle(company: Company, standing: str, *, spoken_for: bool) -> str:
    reasons = {
        State.ACTIVE.value: _("ist schon Mitglied"),
        State.INVITED.value: _("ist schon eingeladen"),
        State.REQUESTED.value: _("hat selbst angefragt und wartet auf Antwort"),
        State.ASKED_BACK.value: _("hat selbst angefragt; eine Rückfrage ist offen"),
    }
    if standing:
        return reasons[standing]
    if company.state != Company.State.PUBLISHED:
        return _("ist nicht veröffentlicht")
    return "" if spoken_for else _("niemand spricht dafür; die Einladung käme bei niemandem an")


@transaction.atomic
def invite_companies(network: Network, companies: Iterable[Company], *, by: User, message: str) -> Round:
    """Each company for itself: what changed since the preview leaves the others alone."""
    done = plan_invitations(network, companies)
    planned, done.invited = done.invited, []
    for company in planned:
        try:
            invite_company(company, network, by=by, message=message)
        except ActionRefused as refusal:
            done.skipped.append((company, str(refusal)))
        else:
            done.invited.append(company)
    record(by=by, verb="network.invited", on=network, invited=len(done.invited), skipped=len(done.skipped))
    return done
