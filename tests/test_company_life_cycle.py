"""Every step of a company's life: allowed along its table, refused beside it, told to whom it concerns."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.errors import ActionRefused
from accounts.models import AuditEntry, OutboxMail, User
from networks.actions import companies as actions
from networks.models import Company, CompanyMember, DirectoryVersion

State = Company.State
Step = Callable[[Company, User], object]
STEPS: dict[str, tuple[Step, set[str], str]] = {
    "withdraw": (
        lambda company, by: actions.withdraw_company(company, by=by),
        {"pending", "changes_requested"},
        "withdrawn",
    ),
    "resubmit": (
        lambda company, by: actions.resubmit_company(company, by=by),
        {"changes_requested", "declined", "withdrawn"},
        "pending",
    ),
    "approve": (lambda company, by: actions.approve_company(company, by=by), {"pending"}, "published"),
    "ask back": (
        lambda company, by: actions.ask_back_company(company, by=by, message="Wo?"),
        {"pending"},
        "changes_requested",
    ),
    "decline": (
        lambda company, by: actions.decline_company(company, by=by, reason="Nein."),
        {"pending", "changes_requested"},
        "declined",
    ),
    "hide": (lambda company, by: actions.hide_company(company, by=by, reason="Kurz."), {"published"}, "hidden"),
    "show": (lambda company, by: actions.show_company(company, by=by), {"hidden"}, "published"),
    "archive": (
        lambda company, by: actions.archive_company(company, by=by, reason="Zu."),
        {"published", "hidden", "declined", "withdrawn"},
        "archived",
    ),
    "restore": (lambda company, by: actions.restore_company(company, by=by), {"archived"}, "published"),
}
LIVING = [state for state in State.values if state != State.MERGED]
TO_STAFF = {"withdraw", "resubmit"}
TO_COMPANY = {"approve", "ask back", "decline", "hide", "show", "archive", "restore"}


@pytest.fixture
def company_in(cast: SimpleNamespace, make_company: Callable[..., Company]) -> Callable[[str], Company]:
    def make(state: str) -> Company:
        company = make_company("Lebenslauf Technik", cast.west, state=state)
        CompanyMember.objects.create(company=company, person=cast.owner)
        return company

    return make


@pytest.mark.parametrize("state", LIVING)
@pytest.mark.parametrize("step", STEPS)
def test_step(step: str, state: str, company_in: Any, cast: SimpleNamespace) -> None:
    act, allowed, target = STEPS[step]
    company, version = company_in(state), DirectoryVersion.current()

    if state in allowed:
        act(company, cast.curator_west)
    else:
        with pytest.raises(ActionRefused):
            act(company, cast.curator_west)

    company.refresh_from_db()
    assert company.state == (target if state in allowed else state)
    assert AuditEntry.objects.filter(verb=f"company.{target}").exists() is (state in allowed)
    shown_before_or_after = State.PUBLISHED in {state, company.state} and state in allowed
    assert (DirectoryVersion.current() > version) is shown_before_or_after
    assert told() == (expected(step, cast) if state in allowed else set())


def told() -> set[str]:
    return set(OutboxMail.objects.values_list("recipient", flat=True))


def expected(step: str, cast: SimpleNamespace) -> set[str]:
    if step in TO_STAFF:
        return {cast.curator_west.email, cast.manager_west.email}
    return {cast.owner.email} if step in TO_COMPANY else set()


def test_the_table_and_the_steps_agree() -> None:
    """What NEXT allows is what the actions do; merging comes with the desk."""
    taken = {(source, target) for _act, sources, target in STEPS.values() for source in sources}
    written = {(source, target) for source, targets in Company.NEXT.items() for target in targets}
    assert {step for step in written if step[1] != State.MERGED} == taken
