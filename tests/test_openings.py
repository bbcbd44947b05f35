"""A network opens to another region: one agency proposes, the agency there agrees."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.errors import ActionRefused
from accounts.models import AuditEntry, OutboxMail, User
from networks.actions import openings as actions
from networks.actions.memberships import request_membership
from networks.models import Network, Opening, TwinAgency

ClientOf = Callable[[User | None], Client]
State = Opening.State


@pytest.fixture
def closed(cast: SimpleNamespace) -> SimpleNamespace:
    """Nothing is agreed yet."""
    Opening.objects.all().delete()
    return cast


def wish(cast: SimpleNamespace, **changed: Any) -> dict[str, Any]:
    return {
        "region": cast.east.region,
        "twin": cast.east.agency,
        "since": timezone.localdate(),
        "conditions": "Wie für alle.",
        **changed,
    }


def propose(cast: SimpleNamespace, **changed: Any) -> Opening:
    return actions.propose_opening(cast.network, wish(cast, **changed), by=cast.curator_west)


def readers() -> set[str]:
    return set(OutboxMail.objects.values_list("recipient", flat=True))


def fresh(network: Network) -> Network:
    return Network.objects.with_leads().get(pk=network.pk)


def test_a_proposal_opens_nothing_and_asks_the_other_side(closed: SimpleNamespace) -> None:
    opening = propose(closed)
    assert (opening.state, opening.proposed_by) == (State.PROPOSED, closed.curator_west)
    assert not fresh(closed.network).is_open_to(closed.east.region)
    assert not Network.objects.open_to(closed.east.region).filter(pk=closed.network.pk).exists()
    assert readers() == {closed.curator_east.email}
    with pytest.raises(ActionRefused, match="noch nicht geöffnet"):
        request_membership(closed.company_east, closed.network, by=closed.owner_east, message="Bitte.")


def test_agreed_by_the_other_side_it_is_open_and_has_a_twin(closed: SimpleNamespace) -> None:
    opening = actions.confirm_opening(propose(closed), by=closed.curator_east)
    assert (opening.state, opening.decided_by) == (State.CONFIRMED, closed.curator_east)
    network = fresh(closed.network)
    assert network.is_open_to(closed.east.region)
    assert closed.network in Network.objects.open_to(closed.east.region)
    assert network.twin_for(closed.east.region) == closed.east.agency
    assert readers() >= {closed.curator_west.email, closed.manager_west.email}
    assert list(
        AuditEntry.objects.filter(verb__startswith="opening").values_list("verb", flat=True).order_by("pk")
    ) == [
        "opening.proposed",
        "opening.confirmed",
    ]


def test_it_opens_on_its_day(closed: SimpleNamespace) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    actions.confirm_opening(propose(closed, since=tomorrow), by=closed.curator_east)
    assert not fresh(closed.network).is_open_to(closed.east.region)
    assert not Network.objects.open_to(closed.east.region).filter(pk=closed.network.pk).exists()
    Opening.objects.update(since=timezone.localdate())
    assert fresh(closed.network).is_open_to(closed.east.region)


def test_declined_with_a_reason_it_stays_closed(closed: SimpleNamespace) -> None:
    opening = actions.decline_opening(propose(closed), by=closed.curator_east, reason="Erst im Frühjahr.")
    assert (opening.state, opening.decision_note) == (State.DECLINED, "Erst im Frühjahr.")
    assert not TwinAgency.objects.exists()
    assert not fresh(closed.network).is_open_to(closed.east.region)
    assert propose(closed).state == State.PROPOSED, "another time is another proposal"


def test_ended_nobody_new_may_ask(closed: SimpleNamespace) -> None:
    opening = actions.confirm_opening(propose(closed), by=closed.curator_east)
    OutboxMail.objects.all().delete()
    actions.end_opening(opening, by=closed.curator_west, reason="Das Netzwerk ist voll.")
    assert not fresh(closed.network).is_open_to(closed.east.region)
    assert readers() == {closed.curator_west.email, closed.manager_west.email, closed.curator_east.email}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda cast: {"region": cast.west.region, "twin": cast.west.agency}, "eigenen Seite"),
        (lambda cast: {"twin": cast.west.agency}, "nicht in der gewählten Region"),
    ],
)
def test_what_does_not_fit_is_refused(closed: SimpleNamespace, change: Any, why: str) -> None:
    with pytest.raises(ActionRefused, match=why):
        propose(closed, **change(closed))
    assert not Opening.objects.exists()


def test_one_standing_agreement_per_region(closed: SimpleNamespace) -> None:
    propose(closed)
    with pytest.raises(ActionRefused, match="schon einen Vorschlag"):
        propose(closed)
    closed.network.state = Network.State.ARCHIVED
    closed.network.save()
    with pytest.raises(ActionRefused, match="archiviert"):
        propose(closed)


@pytest.mark.parametrize("late", ["confirm_opening", "withdraw_opening"])
def test_who_is_second_is_told(closed: SimpleNamespace, late: str) -> None:
    opening = propose(closed)
    actions.withdraw_opening(opening, by=closed.curator_west)
    with pytest.raises(ActionRefused, match="Inzwischen"):
        getattr(actions, late)(opening, by=closed.curator_east)
    assert not TwinAgency.objects.exists()


# -- at the desk ---------------------------------------------------------------------------------
def review(opening: Opening) -> str:
    return reverse("admin:networks_opening_review", args=[opening.pk])


def test_proposed_and_agreed_at_the_desk(closed: SimpleNamespace, client_of: ClientOf) -> None:
    west, east = client_of(closed.curator_west), client_of(closed.curator_east)
    data = {
        "network": closed.network.pk,
        "region": closed.east.region.pk,
        "twin": closed.east.agency.pk,
        "since": "2026-01-01",
        "conditions": "Zu denselben Bedingungen.",
    }
    answer = west.post(reverse("admin:networks_opening_add"), data)
    opening = Opening.objects.get()
    assert answer.url == review(opening)
    queue = next(queue for queue in east.get("/admin/").context["queues"] if queue.title == "Öffnung bestätigen")
    assert (queue.count, queue.next_url) == (1, f"{review(opening)}?wartet=openings")
    assert "Zu denselben Bedingungen." in east.get(review(opening)).content.decode()
    east.post(review(opening), {"decision": "confirm"})
    page = client_of(None).get(closed.network.get_absolute_url()).content.decode()
    assert "Vereinbart von WF Westland und WF Ostland" in page
    assert "Zu denselben Bedingungen." in page


def test_the_form_says_what_does_not_fit(closed: SimpleNamespace, client_of: ClientOf) -> None:
    data = {"network": closed.network.pk, "region": closed.east.region.pk, "twin": closed.west.agency.pk}
    answer = client_of(closed.curator_west).post(reverse("admin:networks_opening_add"), {**data, "since": "2026-01-01"})
    assert "nicht in der gewählten Region" in answer.content.decode()
    foreign = client_of(closed.curator_west).post(
        reverse("admin:networks_opening_add"), {**data, "network": closed.network_east.pk, "since": "2026-01-01"}
    )
    assert "network" in foreign.context["adminform"].form.errors
    assert not Opening.objects.exists()


def test_each_side_decides_what_is_its_own(closed: SimpleNamespace, client_of: ClientOf) -> None:
    opening = propose(closed)
    west, east = client_of(closed.curator_west), client_of(closed.curator_east)
    offered = [decision.key for decision, _form in west.get(review(opening)).context["decisions"]]
    assert offered == ["withdraw"]
    assert west.post(review(opening), {"decision": "confirm"}).status_code == 403
    assert east.post(review(opening), {"decision": "withdraw"}).status_code == 403
    assert Opening.objects.get().state == State.PROPOSED
    assert [decision.key for decision, _form in east.get(review(opening)).context["decisions"]] == [
        "confirm",
        "decline",
    ]


def test_twins_are_agreed_not_written(cast: SimpleNamespace, client_of: ClientOf) -> None:
    url = reverse("admin:networks_network_change", args=[cast.network.pk])
    for person, inlines in ((cast.curator_west, ["circles"]), (cast.operator, ["twins", "circles"])):
        page = client_of(person).get(url)
        assert [one.formset.prefix for one in page.context["inline_admin_formsets"]] == inlines
