"""One page, one decision, the next one opens; who was slower is told."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutboxMail
from networks.models import Claim, Company, CompanyInvitation, CompanyMember, Membership, OutdatedNote


def review(model: str, pk: int) -> str:
    return reverse(f"admin:networks_{model}_review", args=[pk])


def test_application_is_shown_whole_and_approved(cast: SimpleNamespace, client_of: Any, make_company: Any) -> None:
    second = make_company("Zweiter Antrag", cast.west, state=Company.State.PENDING)
    make_company("Neu am Ort", cast.east, slug="doppelt", name_key="neu am ort")
    Company.objects.filter(pk=cast.pending_company.pk).update(
        name_key="neu am ort", description="Alles über uns.", phone="0251 4711"
    )
    staff = client_of(cast.curator_west)
    url = review("company", cast.pending_company.pk)
    page = staff.get(url).content.decode()
    for said in ("Alles über uns.", "0251 4711", cast.pending.email, "Vielleicht schon eingetragen", "gleicher Name"):
        assert said in page
    answer = staff.post(url, {"decision": "approve"})
    assert answer.url == review("company", second.pk)
    cast.pending_company.refresh_from_db()
    assert cast.pending_company.state == Company.State.PUBLISHED
    assert OutboxMail.objects.filter(recipient=cast.pending.email).count() == 1


def test_reason_is_needed_and_kept(cast: SimpleNamespace, client_of: Any) -> None:
    staff = client_of(cast.curator_west)
    url = review("company", cast.pending_company.pk)
    answer = staff.post(url, {"decision": "decline", "decline-text": ""})
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()
    too_long = staff.post(url, {"decision": "ask_back", "ask_back-text": "x" * 2001})
    assert "x" * 2001 in too_long.content.decode()
    cast.pending_company.refresh_from_db()
    assert cast.pending_company.state == Company.State.PENDING
    assert staff.post(url, {"decision": "decline", "decline-text": "Kein Betrieb."}).url == "/admin/"
    cast.pending_company.refresh_from_db()
    assert (cast.pending_company.state, cast.pending_company.decision_note) == ("declined", "Kein Betrieb.")


def test_who_was_slower_is_told(cast: SimpleNamespace, client_of: Any) -> None:
    url = review("company", cast.pending_company.pk)
    client_of(cast.manager_west).post(url, {"decision": "approve"})
    answer = client_of(cast.curator_west).post(url, {"decision": "decline", "decline-text": "Nein."})
    assert answer.status_code == 200
    assert "Inzwischen hat sich der Stand geändert" in answer.content.decode()
    cast.pending_company.refresh_from_db()
    assert cast.pending_company.state == Company.State.PUBLISHED


def test_unknown_decision_is_a_bad_request(cast: SimpleNamespace, client_of: Any) -> None:
    url = review("company", cast.pending_company.pk)
    assert client_of(cast.curator_west).post(url, {"decision": "x"}).status_code == 400
    assert client_of(cast.curator_west).put(url).status_code == 405


@pytest.mark.parametrize(
    ("company", "decision", "state"),
    [("company", "hide", "hidden"), ("company", "archive", "archived"), ("hidden_company", "show", "published")],
)
def test_hide_show_archive(cast: SimpleNamespace, client_of: Any, company: str, decision: str, state: str) -> None:
    thing = getattr(cast, company)
    client_of(cast.curator_west).post(
        review("company", thing.pk), {"decision": decision, f"{decision}-text": "Auf Wunsch."}
    )
    thing.refresh_from_db()
    assert thing.state == state


@pytest.mark.parametrize("known", [True, False])
def test_ownerless_company_gets_an_owner(cast: SimpleNamespace, client_of: Any, known: bool) -> None:
    email = cast.new.email if known else "fremd@example.org"
    url = review("company", cast.unclaimed.pk)
    client_of(cast.curator_west).post(url, {"decision": "name_owner", "name_owner-text": email})
    assert CompanyMember.objects.filter(company=cast.unclaimed, person=cast.new).exists() is known
    assert CompanyInvitation.objects.filter(company=cast.unclaimed, email=email).exists() is not known
    again = client_of(cast.curator_west).post(
        review("company", cast.company.pk), {"decision": "name_owner", "name_owner-text": email}
    )
    assert "spricht schon jemand" in again.content.decode()


def test_claim_membership_note(cast: SimpleNamespace, client_of: Any) -> None:
    staff = client_of(cast.curator_west)
    claim = Claim.objects.create(company=cast.unclaimed, person=cast.new, message="Ich leite es.")
    assert "Ich leite es." in staff.get(review("claim", claim.pk)).content.decode()
    staff.post(review("claim", claim.pk), {"decision": "approve"})
    assert CompanyMember.objects.filter(company=cast.unclaimed, person=cast.new).exists()
    asked = Membership.objects.create(company=cast.company_east, network=cast.network, message="Wir lernen gern.")
    assert "Wir lernen gern." in staff.get(review("membership", asked.pk)).content.decode()
    staff.post(review("membership", asked.pk), {"decision": "approve"})
    asked.refresh_from_db()
    assert asked.state == Membership.State.ACTIVE
    note = OutdatedNote.objects.create(agency=cast.west.agency, page="/", label="Seite", message="Telefon alt.")
    staff.post(review("outdatednote", note.pk), {"decision": "done"})
    note.refresh_from_db()
    assert note.done_by == cast.curator_west


def _pile_up(cast: SimpleNamespace, make_company: Any, count: int) -> None:
    long_ago = timezone.now() - timedelta(days=30)
    for number in range(count):
        company = make_company(f"Antrag {number}", cast.west, state=Company.State.PENDING, submitted_at=long_ago)
        published = make_company(f"Betrieb {number}", cast.west)
        Claim.objects.create(company=published, person=cast.new, message="Ich.")
        Membership.objects.create(company=published, network=cast.network)
        OutdatedNote.objects.create(agency=cast.west.agency, page="/", label=f"{company}", message="Alt.")


def test_desk_shows_what_waits(cast: SimpleNamespace, client_of: Any, make_company: Any) -> None:
    _pile_up(cast, make_company, 2)
    answer = client_of(cast.curator_west).get("/admin/")
    assert [queue.count for queue in answer.context["queues"]] == [3, 2, 0, 2, 0, 2, 0, 0, 0, 0, 0, 0, 0]
    assert answer.context["queues"][0].late
    assert [row.network for row in answer.context["networks"]] == [cast.draft, cast.network]
    assert client_of(cast.curator_east).get("/admin/").context["total"] == 0


def test_queries_do_not_grow(
    cast: SimpleNamespace, client_of: Any, make_company: Any, django_assert_num_queries: Any
) -> None:
    staff = client_of(cast.curator_west)
    urls = ["/admin/", *(reverse(f"admin:networks_{name}_changelist") for name in ("company", "membership", "claim"))]
    _pile_up(cast, make_company, 1)
    counts = {}
    for url in urls:
        staff.get(url)
        with CaptureQueriesContext(connection) as captured:
            staff.get(url)
        counts[url] = len(captured)
    _pile_up_more(cast, make_company)
    for url in urls:
        with django_assert_num_queries(counts[url]):
            staff.get(url)


def _pile_up_more(cast: SimpleNamespace, make_company: Any) -> None:
    for number in range(3):
        company = make_company(f"Mehr {number}", cast.west)
        Claim.objects.create(company=company, person=cast.new, message="Ich.")
        Membership.objects.create(company=company, network=cast.network)
