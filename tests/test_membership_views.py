"""What a company does with its memberships: a page for each step, refused to everybody else."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from networks.models import Company, Membership, Network

State = Membership.State
STEPS = {
    "answer": (State.ASKED_BACK, State.REQUESTED),
    "withdraw": (State.REQUESTED, State.WITHDRAWN),
    "leave": (State.ACTIVE, State.LEFT),
    "accept": (State.INVITED, State.ACTIVE),
    "decline": (State.INVITED, State.DECLINED),
}


def membership_in(cast: SimpleNamespace, state: State) -> Membership:
    joined = timezone.now() if state == State.ACTIVE else None
    return Membership.objects.create(
        company=cast.company, network=cast.network_east, state=state, joined_at=joined, decision_note="Wie groß?"
    )


def step_url(step: str, membership: Membership) -> str:
    return reverse(f"networks:membership-{step}", args=[membership.pk])


@pytest.mark.parametrize("step", STEPS)
def test_step(cast: SimpleNamespace, client_of: Any, step: str) -> None:
    before, after = STEPS[step]
    membership = membership_in(cast, before)
    browser = client_of(cast.editor)
    assert browser.get(step_url(step, membership)).status_code == 200
    answer = browser.post(step_url(step, membership), {"message": "Zwölf Leute."}, follow=True)
    assert answer.status_code == 200
    membership.refresh_from_db()
    assert membership.state == after


@pytest.mark.parametrize("step", STEPS)
def test_step_is_refused(cast: SimpleNamespace, client_of: Any, step: str) -> None:
    """Others do not find it; who sees it but may not is refused; a visitor signs in."""
    membership = membership_in(cast, STEPS[step][0])
    url = step_url(step, membership)
    people = {
        cast.owner_east: 404,
        cast.new: 404,
        cast.pending: 404,
        cast.curator_west: 403,
        cast.curator_east: 403,
        cast.operator: 403,
        None: 302,
    }
    for person, status in people.items():
        for method in ("get", "post"):
            assert getattr(client_of(person), method)(url).status_code == status, (person, method)
    membership.refresh_from_db()
    assert membership.state == STEPS[step][0]


@pytest.mark.parametrize("step", STEPS)
def test_step_in_the_wrong_state(cast: SimpleNamespace, client_of: Any, step: str) -> None:
    membership = membership_in(cast, State.DECLINED)
    assert client_of(cast.owner).post(step_url(step, membership), {"message": "x"}).status_code == 403


def test_empty_answer(cast: SimpleNamespace, client_of: Any) -> None:
    membership = membership_in(cast, State.ASKED_BACK)
    assert "error-summary" in client_of(cast.owner).post(step_url("answer", membership), {}).content.decode()


def test_detail(cast: SimpleNamespace, client_of: Any) -> None:
    membership = membership_in(cast, State.ASKED_BACK)
    url = reverse("networks:membership-detail", args=[membership.pk])
    page = client_of(cast.owner).get(url).content.decode()
    assert "Wie groß?" in page
    assert step_url("answer", membership) in page
    assert client_of(cast.curator_west).get(url).status_code == 200
    assert client_of(cast.owner_east).get(url).status_code == 404
    assert client_of(None).get(url).status_code == 302


def request_url(network: Network) -> str:
    return reverse("networks:membership-request", args=[network.slug])


def test_request(cast: SimpleNamespace, client_of: Any) -> None:
    browser = client_of(cast.owner)
    url = request_url(cast.network_east)
    assert cast.company.full_name in browser.get(url).content.decode()
    data = {"company": cast.company.pk, "message": "Wir lernen gern."}
    assert "error-summary" in browser.post(url, {**data, "message": ""}).content.decode()
    answer = browser.post(url, data)
    made = Membership.objects.get(company=cast.company, network=cast.network_east)
    assert answer.url == reverse("networks:membership-detail", args=[made.pk])
    assert (made.state, made.message) == (State.REQUESTED, "Wir lernen gern.")
    assert "angefragt" in browser.get(url).content.decode()
    assert browser.post(url, data).status_code == 403


def test_request_for_a_company_of_others(cast: SimpleNamespace, client_of: Any) -> None:
    data = {"company": cast.company_east.pk, "message": "Bitte."}
    assert client_of(cast.owner).post(request_url(cast.network_east), data).status_code == 200
    assert not Membership.objects.filter(network=cast.network_east).exists()


def test_who_has_no_published_company(cast: SimpleNamespace, client_of: Any) -> None:
    url = request_url(cast.network)
    for person in (cast.pending, cast.new, cast.curator_west):
        assert client_of(person).get(url).status_code == 200
        assert client_of(person).post(url, {"message": "x"}).status_code == 403
    assert client_of(None).get(url).status_code == 302
    assert client_of(cast.owner).get(request_url(cast.draft)).status_code == 404


def test_region_without_opening_and_invitation(cast: SimpleNamespace, client_of: Any) -> None:
    cast.network_east.openings.all().delete()
    browser = client_of(cast.owner)
    data = {"company": cast.company.pk, "message": "Bitte."}
    answer = browser.post(request_url(cast.network_east), data).content.decode()
    assert "noch nicht geöffnet" in answer
    Network.objects.update(join_policy=Network.JoinPolicy.INVITATION)
    assert "lädt WF Ostland ein" in browser.get(request_url(cast.network_east)).content.decode()
    browser.post(request_url(cast.network_east), data)
    assert not Membership.objects.filter(network=cast.network_east).exists()


def test_open_network_and_two_companies(cast: SimpleNamespace, client_of: Any) -> None:
    Network.objects.update(join_policy=Network.JoinPolicy.OPEN)
    Company.objects.filter(pk=cast.hidden_company.pk).update(state=Company.State.PUBLISHED)
    browser = client_of(cast.owner)
    assert 'type="radio"' in browser.get(request_url(cast.network_east)).content.decode()
    answer = browser.post(request_url(cast.network_east), {"company": cast.company.pk, "message": ""}, follow=True)
    assert "Willkommen!" in answer.content.decode()
