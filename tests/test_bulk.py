"""Many rows at once: a preview, one summary, own rows only."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from accounts.models import OutboxMail, User
from networks.models import Company, Membership, OutdatedNote

ClientOf = Callable[[User | None], Client]
State = Company.State
LIST = "/admin/networks/company/"
MEMBERS = "/admin/networks/membership/"


def choose(client: Client, url: str, action: str, *rows: Any, **more: str) -> Any:
    keys = [getattr(row, "pk", row) for row in rows]
    return client.post(url, {"action": action, "_selected_action": keys, **more})


def summary(answer: Any) -> list[str]:
    return [str(one) for one in get_messages(answer.wsgi_request)]


def state_of(company: Company) -> str:
    company.refresh_from_db()
    return company.state


def test_preview_tells_and_does_nothing(cast: SimpleNamespace, client_of: ClientOf) -> None:
    page = choose(client_of(cast.curator_west), LIST, "approve", cast.pending_company, cast.company)
    assert page.context["plan"].done == [cast.pending_company]
    assert page.context["skipped"] == [("Stand ist „veröffentlicht“.", [cast.company])]
    assert state_of(cast.pending_company) == State.PENDING


def test_confirming_does_it_in_one_summary(cast: SimpleNamespace, client_of: ClientOf) -> None:
    rows = (cast.pending_company, cast.company)
    answer = choose(client_of(cast.curator_west), LIST, "approve", *rows, confirm="1")
    assert answer.status_code == 302
    assert state_of(cast.pending_company) == State.PUBLISHED
    assert summary(answer) == ["Freigeben: 1 erledigt. 1 übersprungen (Hellweg Robotik): Stand ist „veröffentlicht“."]


def test_reason_is_asked_for(cast: SimpleNamespace, client_of: ClientOf) -> None:
    client = client_of(cast.curator_west)
    page = choose(client, LIST, "hide", cast.company, confirm="1")
    assert page.context["form"].errors
    assert state_of(cast.company) == State.PUBLISHED
    choose(client, LIST, "hide", cast.company, confirm="1", **{"hide-text": "Umbau"})
    assert state_of(cast.company) == State.HIDDEN
    assert cast.company.decision_note == "Umbau"


@pytest.mark.parametrize("more", [{}, {"confirm": "1"}, {"confirm": "1", "select_across": "1"}])
def test_nothing_of_others_is_touched(cast: SimpleNamespace, client_of: ClientOf, more: dict[str, str]) -> None:
    reason = {"archive-text": "Weg"}
    client = client_of(cast.curator_west)
    answer = choose(client, LIST, "archive", cast.company_east, **more, **reason)
    if answer.context:
        assert cast.company_east not in answer.context["chosen"]
    assert state_of(cast.company_east) == State.PUBLISHED
    for person, status in ((cast.owner, 403), (None, 302)):
        assert choose(client_of(person), LIST, "archive", cast.company, **more, **reason).status_code == status
    assert state_of(cast.company) == State.PUBLISHED


def test_all_matching_are_mine_and_as_filtered(cast: SimpleNamespace, client_of: ClientOf) -> None:
    client = client_of(cast.curator_west)
    everything = choose(client, LIST, "archive", cast.company, select_across="1")
    assert set(everything.context["chosen"]) == set(Company.objects.cared_for_by(cast.west.agency))
    filtered = choose(client, f"{LIST}?state__exact=hidden", "show", cast.hidden_company, select_across="1")
    assert filtered.context["chosen"] == [cast.hidden_company]


def test_decided_meanwhile_is_skipped(cast: SimpleNamespace, client_of: ClientOf) -> None:
    Company.objects.filter(pk=cast.pending_company.pk).update(state=State.PUBLISHED)
    url = f"{LIST}?state__exact=pending"
    answer = choose(client_of(cast.curator_west), url, "approve", cast.pending_company, confirm="1")
    assert "1 übersprungen (Neu am Ort)" in summary(answer)[0]


@pytest.mark.parametrize("key", ["abc", "-1", "9" * 40, "1 OR 1"])
def test_keys_are_no_texts(cast: SimpleNamespace, client_of: ClientOf, key: str) -> None:
    assert choose(client_of(cast.curator_west), LIST, "approve", key).status_code == 400


def test_owners_are_asked_once_a_week(cast: SimpleNamespace, client_of: ClientOf) -> None:
    client = client_of(cast.curator_west)
    rows = (cast.company, cast.unclaimed, cast.pending_company)
    first = choose(client, LIST, "ask_to_check", *rows, confirm="1")
    assert "1 erledigt" in summary(first)[0]
    assert "spricht noch niemand" in summary(first)[0]
    assert list(OutboxMail.objects.values_list("recipient", flat=True)) == [cast.owner.email]
    choose(client, LIST, "ask_to_check", *rows, confirm="1")
    assert OutboxMail.objects.count() == 1


def test_members_are_taken_in_together(
    cast: SimpleNamespace, client_of: ClientOf, make_company: Callable[..., Company]
) -> None:
    asked = [
        Membership.objects.create(company=make_company(f"Neu {n}", cast.west), network=cast.network, message="Bitte")
        for n in (1, 2)
    ]
    foreign = Membership.objects.create(company=cast.company, network=cast.network_east, message="Bitte")
    client = client_of(cast.curator_west)
    choose(client, MEMBERS, "approve", *asked, foreign, confirm="1")
    assert {one.state for one in Membership.objects.filter(pk__in=[one.pk for one in asked])} == {"active"}
    foreign.refresh_from_db()
    assert foreign.state == "requested"


def test_notes_are_done_together(cast: SimpleNamespace, client_of: ClientOf) -> None:
    mine, theirs = (
        OutdatedNote.objects.create(agency=side.agency, label="Seite", message="Alt") for side in (cast.west, cast.east)
    )
    choose(client_of(cast.curator_west), "/admin/networks/outdatednote/", "done", mine, theirs, confirm="1")
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert mine.done_at is not None
    assert theirs.done_at is None
