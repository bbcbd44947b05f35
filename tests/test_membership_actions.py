"""Joining a network: who may ask, who decides, who is told, and who was faster."""

import threading
from collections import Counter
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from accounts.errors import ActionRefused
from accounts.models import AuditEntry, OutboxMail, User
from networks.actions import memberships as actions
from networks.models import Company, DirectoryVersion, Membership, Network, Opening, TwinAgency

State = Membership.State


def mailed() -> Counter[str]:
    return Counter(OutboxMail.objects.values_list("recipient", flat=True))


def clear_mails() -> None:
    OutboxMail.objects.all().delete()


@pytest.fixture
def requested(cast: SimpleNamespace) -> Membership:
    """A company of the east asks to join the west's network; its own side has a twin."""
    TwinAgency.objects.create(network=cast.network, region=cast.east.region, agency=cast.east.agency)
    network = Network.objects.get(pk=cast.network.pk)
    return actions.request_membership(cast.company_east, network, by=cast.owner_east, message="Wir lernen gern.")


def test_curating_and_twin_agency_are_asked(cast: SimpleNamespace, requested: Membership) -> None:
    assert requested.state == State.REQUESTED
    assert mailed() == Counter([cast.manager_west.email, cast.curator_west.email, cast.curator_east.email])


def test_home_agency_that_does_not_decide_is_told(cast: SimpleNamespace) -> None:
    membership = actions.request_membership(cast.company_east, cast.network, by=cast.owner_east, message="Gern.")
    assert mailed() == Counter([cast.manager_west.email, cast.curator_west.email, cast.curator_east.email])
    clear_mails()
    actions.approve_membership(membership, by=cast.curator_west)
    assert mailed() == Counter([cast.owner_east.email, cast.curator_east.email])


def test_approval_tells_company_and_home_agency(cast: SimpleNamespace, requested: Membership) -> None:
    clear_mails()
    before = DirectoryVersion.current()
    done = actions.approve_membership(requested, by=cast.curator_west)
    assert (done.state, done.decided_by, done.joined_at is not None) == (State.ACTIVE, cast.curator_west, True)
    assert mailed() == Counter([cast.owner_east.email, cast.curator_east.email])
    assert DirectoryVersion.current() == before + 1
    assert AuditEntry.objects.filter(verb="membership.active", by=cast.curator_west).count() == 1


def test_twin_who_decides_is_not_told_of_it(cast: SimpleNamespace, requested: Membership) -> None:
    clear_mails()
    actions.approve_membership(requested, by=cast.curator_east)
    assert mailed() == Counter([cast.owner_east.email])


def test_question_answer_decline(cast: SimpleNamespace, requested: Membership) -> None:
    actions.ask_back_membership(requested, by=cast.curator_west, message="Wie groß sind Sie?")
    asked = Membership.objects.get(pk=requested.pk)
    assert (asked.state, asked.decision_note) == (State.ASKED_BACK, "Wie groß sind Sie?")
    clear_mails()
    answered = actions.answer_question(requested, by=cast.owner_east, message="Zwölf Leute.")
    assert answered.state == State.REQUESTED
    assert answered.message == "Wir lernen gern.\n\nZwölf Leute."
    assert mailed() == Counter([cast.manager_west.email, cast.curator_west.email, cast.curator_east.email])
    clear_mails()
    declined = actions.decline_membership(requested, by=cast.curator_west, reason="Zurzeit voll.")
    assert (declined.state, declined.decision_note) == (State.DECLINED, "Zurzeit voll.")
    assert mailed() == Counter([cast.owner_east.email])
    again = actions.request_membership(cast.company_east, cast.network, by=cast.owner_east, message="Noch einmal.")
    assert again.pk != requested.pk


def test_withdraw_leave_remove(cast: SimpleNamespace, requested: Membership) -> None:
    withdrawn = actions.withdraw_membership(requested, by=cast.owner_east)
    assert withdrawn.state == State.WITHDRAWN
    again = actions.request_membership(cast.company_east, cast.network, by=cast.owner_east, message="Doch.")
    actions.approve_membership(again, by=cast.operator)
    before = DirectoryVersion.current()
    left = actions.leave_network(again, by=cast.owner_east)
    assert (left.state, left.ended_at is not None) == (State.LEFT, True)
    clear_mails()
    removed = actions.remove_member(cast.membership, by=cast.curator_west, reason="Betrieb geschlossen.")
    assert (removed.state, removed.decision_note) == (State.REMOVED, "Betrieb geschlossen.")
    assert mailed() == Counter([cast.owner.email, cast.editor.email])
    assert DirectoryVersion.current() == before + 2


def test_invitation_also_without_opening(cast: SimpleNamespace) -> None:
    Opening.objects.filter(network=cast.network).delete()
    invited = actions.invite_company(cast.company_east, cast.network, by=cast.curator_west, message="Kommen Sie!")
    assert invited.state == State.INVITED
    assert mailed() == Counter([cast.owner_east.email])
    clear_mails()
    accepted = actions.accept_invitation(invited, by=cast.owner_east)
    assert accepted.state == State.ACTIVE
    assert mailed() == Counter([cast.manager_west.email, cast.curator_west.email, cast.curator_east.email])


def test_invitation_declined(cast: SimpleNamespace) -> None:
    invited = actions.invite_company(cast.company_east, cast.network, by=cast.curator_west, message="")
    clear_mails()
    assert actions.decline_invitation(invited, by=cast.owner_east).state == State.DECLINED
    assert mailed() == Counter([cast.manager_west.email, cast.curator_west.email])


def test_open_network_admits_at_once(cast: SimpleNamespace) -> None:
    cast.network.join_policy = Network.JoinPolicy.OPEN
    cast.network.save()
    done = actions.request_membership(cast.company_east, cast.network, by=cast.owner_east, message="")
    assert done.state == State.ACTIVE
    assert mailed() == Counter([cast.owner_east.email, cast.curator_east.email])


def test_guest_company_is_decided_by_the_curating_agency_alone(
    cast: SimpleNamespace, make_company: Callable[..., Company]
) -> None:
    TwinAgency.objects.create(network=cast.network, region=cast.east.region, agency=cast.east.agency)
    guest = make_company("Gast", None, caring_agency=cast.east.agency, guest_place="Utrecht")
    membership = actions.request_membership(guest, cast.network, by=cast.owner_east, message="Hallo.")
    assert Membership.objects.decidable_by(cast.curator_west).filter(pk=membership.pk).exists()
    assert not Membership.objects.decidable_by(cast.curator_east).filter(pk=membership.pk).exists()


def _close(cast: SimpleNamespace) -> None:
    Opening.objects.all().delete()


def _by_invitation(cast: SimpleNamespace) -> None:
    Network.objects.update(join_policy=Network.JoinPolicy.INVITATION)
    cast.network.refresh_from_db()


def _hide(cast: SimpleNamespace) -> None:
    Company.objects.update(state=Company.State.HIDDEN)


def _archive(cast: SimpleNamespace) -> None:
    Network.objects.update(state=Network.State.ARCHIVED)
    cast.network.refresh_from_db()


def _is_invited(cast: SimpleNamespace) -> None:
    actions.invite_company(cast.company_east, cast.network, by=cast.curator_west, message="")


@pytest.mark.parametrize("obstacle", [_close, _by_invitation, _hide, _archive, _is_invited])
def test_request_is_refused(cast: SimpleNamespace, obstacle: Callable[[SimpleNamespace], None]) -> None:
    obstacle(cast)
    clear_mails()
    count = Membership.objects.count()
    with pytest.raises(ActionRefused):
        actions.request_membership(cast.company_east, cast.network, by=cast.owner_east, message="Bitte.")
    assert (Membership.objects.count(), mailed()) == (count, Counter())


def test_nobody_joins_while_hidden(cast: SimpleNamespace, requested: Membership) -> None:
    _hide(cast)
    with pytest.raises(ActionRefused):
        actions.approve_membership(requested, by=cast.curator_west)


STEPS: dict[str, Callable[[Membership, User], Any]] = {
    "approve": lambda m, p: actions.approve_membership(m, by=p),
    "ask_back": lambda m, p: actions.ask_back_membership(m, by=p, message="?"),
    "answer": lambda m, p: actions.answer_question(m, by=p, message="!"),
    "decline": lambda m, p: actions.decline_membership(m, by=p, reason="Nein."),
    "withdraw": lambda m, p: actions.withdraw_membership(m, by=p),
    "leave": lambda m, p: actions.leave_network(m, by=p),
    "remove": lambda m, p: actions.remove_member(m, by=p, reason="Nein."),
    "accept": lambda m, p: actions.accept_invitation(m, by=p),
    "decline_invitation": lambda m, p: actions.decline_invitation(m, by=p),
}
POSSIBLE = {
    State.REQUESTED: {"approve", "ask_back", "decline", "withdraw"},
    State.ASKED_BACK: {"approve", "answer", "decline", "withdraw"},
    State.INVITED: {"accept", "decline_invitation"},
    State.ACTIVE: {"leave", "remove"},
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", State)
def test_every_step_in_every_state(cast: SimpleNamespace, state: State, step: str) -> None:
    now = timezone.now()
    membership = Membership.objects.create(
        company=cast.company_east, network=cast.network, state=state, joined_at=now, ended_at=now
    )
    if step in POSSIBLE.get(state, set()):
        assert STEPS[step](membership, cast.operator).state != state
        return
    with pytest.raises(ActionRefused):
        STEPS[step](membership, cast.operator)
    assert Membership.objects.get(pk=membership.pk).state == state
    assert mailed() == Counter()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_two_decide_at_once_one_wins(cast: SimpleNamespace, requested: Membership, attempt: int) -> None:
    clear_mails()
    outcomes: list[str] = []
    ready = threading.Barrier(2, timeout=10)

    def decide(act: Callable[[], Membership]) -> None:
        ready.wait()
        try:
            outcomes.append(act().state)
        except ActionRefused:
            outcomes.append("refused")
        finally:
            connections.close_all()

    deciders = [
        threading.Thread(target=decide, args=(act,))
        for act in (
            lambda: actions.approve_membership(requested, by=cast.curator_west),
            lambda: actions.decline_membership(requested, by=cast.curator_east, reason="Nein."),
        )
    ]
    for thread in deciders:
        thread.start()
    for thread in deciders:
        thread.join(20)
    assert sorted(outcomes) in (["active", "refused"], ["declined", "refused"])
    assert mailed()[cast.owner_east.email] == 1
    assert connection.vendor in {"sqlite", "postgresql"}
