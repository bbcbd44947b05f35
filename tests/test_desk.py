"""What waits: every queue with its count, its age and its next step, and a list that shows just that."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.utils.text import slugify

from accounts.errors import ActionRefused
from accounts.models import AuditEntry, OutboxMail, User
from events.models import MeetingSeries, PlanningTask
from networks.actions.companies import approve_company, check_texts, edit_company
from networks.actions.memberships import accept_invitation, invite_again
from networks.actions.owners import invite_owner_again
from networks.actions.staff import take_back_staff_invitation
from networks.desk import queues
from networks.models import (
    Claim,
    Company,
    CompanyInvitation,
    CompanyMember,
    Membership,
    MergeRequest,
    Opening,
    OutdatedNote,
    StaffInvitation,
)
from networks.waiting import KINDS
from networks.working_days import last_start, working_days

ClientOf = Callable[[User | None], Client]
MONTH = timedelta(days=30)


def ago(days: float) -> datetime:
    return timezone.now() - timedelta(days=days)


def fill_every_queue(cast: SimpleNamespace, make_company: Any, old: datetime) -> None:
    """One thing in each queue of the west, as old as this, and beside each one that does not wait."""
    side, company = cast.west, cast.company
    Company.objects.filter(pk=cast.pending_company.pk).update(submitted_at=old)
    make_company("Gefragt", side, state=Company.State.CHANGES_REQUESTED, decided_at=ago(30))
    make_company("Eben gefragt", side, state=Company.State.CHANGES_REQUESTED, decided_at=timezone.now())
    Company.objects.filter(pk=company.pk).update(unchecked_since=old)
    CompanyInvitation.objects.create(
        company=cast.unclaimed, email="a@x.example.org", role="owner", token="a", expires_at=ago(-1)
    )
    later = make_company("Noch Zeit", side)
    CompanyInvitation.objects.create(
        company=later, email="b@x.example.org", role="owner", token="b", expires_at=ago(-9)
    )
    states = Membership.State
    for name, state, moment in (
        ("Bittet", states.REQUESTED, old),
        ("Rückfrage", states.ASKED_BACK, ago(30)),
        ("Eben zurückgefragt", states.ASKED_BACK, timezone.now()),
        ("Eingeladen", states.INVITED, ago(30)),
        ("Eben eingeladen", states.INVITED, timezone.now()),
    ):
        asked = make_company(name, side, slug=slugify(name))
        Membership.objects.create(
            company=asked, network=cast.network, state=state, requested_at=moment, decided_at=moment
        )
    Claim.objects.create(company=cast.unclaimed, person=cast.new, message="Ich.", created_at=old)
    Opening.objects.filter(network=cast.network_east).update(
        state=Opening.State.PROPOSED, proposed_at=old, twin=side.agency
    )
    MergeRequest.objects.create(
        kept=cast.company_east, given_up=later, agency=cast.east.agency, asked=side.agency, requested_at=old
    )
    OutdatedNote.objects.create(agency=side.agency, page="/", label="Seite", message="Alt.", created_at=old)
    for number, ends in enumerate((ago(-1), ago(-9))):
        StaffInvitation.objects.create(
            agency=side.agency, email=f"{number}@y.example.org", token=f"s{number}", expires_at=ends
        )
    series = MeetingSeries.objects.create(slug="reihe", name="Reihe")
    series.places.create(agency=side.agency)
    task = PlanningTask.objects.create(
        series=series, start=date(2027, 3, 1), end=date(2027, 5, 1), host=side.agency, changed_on=date(2026, 11, 1)
    )
    PlanningTask.objects.filter(pk=task.pk).update(created_at=old)


@pytest.fixture
def full(cast: SimpleNamespace, make_company: Any) -> SimpleNamespace:
    fill_every_queue(cast, make_company, ago(20))
    return cast


@pytest.mark.parametrize("name", [kind.name for kind in KINDS])
def test_each_queue_leads_to_just_what_it_counts(full: SimpleNamespace, client_of: ClientOf, name: str) -> None:
    person, staff = full.manager_west, client_of(full.manager_west)
    kind, queue = next(pair for pair in zip(KINDS, queues(person), strict=True) if pair[0].name == name)
    assert queue.count == 1
    rows = staff.get(queue.list_url).context["cl"].queryset
    assert set(rows) == set(kind.rows(person))
    assert staff.get(queue.next_url).status_code == 200
    assert f'href="{escape(queue.next_url)}"' in staff.get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("queue", "model"), [("companies", "company"), ("unchecked-companies", "company"), ("memberships", "membership")]
)
def test_the_list_of_a_queue_begins_with_the_oldest(
    full: SimpleNamespace, client_of: ClientOf, make_company: Any, queue: str, model: str
) -> None:
    for number, moment in enumerate((ago(3), ago(99), ago(50))):
        made = make_company(f"Haus {number}", full.west, unchecked_since=moment)
        Membership.objects.create(company=made, network=full.network, requested_at=moment)
        make_company(f"Antrag {number}", full.west, state=Company.State.PENDING, submitted_at=moment)
    url = f"{reverse(f'admin:networks_{model}_changelist')}?wartet={queue}"
    kind = next(kind for kind in KINDS if kind.name == queue)
    rows = list(client_of(full.curator_west).get(url).context["cl"].result_list)
    assert rows == list(kind.rows(full.curator_west))
    assert len(rows) == 4


@pytest.mark.parametrize("name", [kind.name for kind in KINDS])
def test_nobody_else_sees_it(full: SimpleNamespace, make_person: Any, name: str) -> None:
    """The other side has queues of its own; somebody without a team has none."""
    kind = next(kind for kind in KINDS if kind.name == name)
    assert kind.rows(full.operator).exists()
    assert not kind.rows(full.curator_east).exists()
    assert not kind.rows(make_person("ohne-team@example.org", is_staff=True)).exists()


def test_desk_says_how_many_are_late(full: SimpleNamespace, client_of: ClientOf) -> None:
    desk = client_of(full.curator_west).get("/admin/")
    late = sum(queue.late for queue in queues(full.curator_west))
    assert late > 5
    assert f"{late} davon seit mehr als 5 Arbeitstagen" in desk.content.decode()
    Company.objects.exclude(pk=full.pending_company.pk).delete()
    OutdatedNote.objects.all().delete()
    Opening.objects.all().delete()
    PlanningTask.objects.all().delete()
    assert "eine davon seit mehr als 5 Arbeitstagen" in client_of(full.curator_west).get("/admin/").content.decode()


def test_queues_ask_the_same_number_of_queries(
    cast: SimpleNamespace, make_company: Any, client_of: ClientOf, django_assert_num_queries: Any
) -> None:
    fill_every_queue(cast, make_company, ago(20))
    person = cast.manager_west
    with django_assert_num_queries(1 + len(KINDS)):
        queues(person)
    for number in range(3):
        make_company(f"Antrag {number}", cast.west, state=Company.State.PENDING)
    with django_assert_num_queries(1 + len(KINDS)):
        queues(person)


# -- working days --------------------------------------------------------------------------------
def test_public_holidays_of_ones_own_region_are_no_working_days() -> None:
    """All Saints' Day 2027 is a Monday: a holiday in the west, not in the east; who works in both works."""
    friday, tuesday = date(2027, 10, 29), date(2027, 11, 2)
    assert working_days(friday, tuesday) == 2
    assert working_days(friday, tuesday, ["DE-NW"]) == 1
    assert working_days(friday, tuesday, ["DE-NI"]) == 2
    assert working_days(friday, tuesday, ["DE-NW", "DE-NI"]) == 2


@pytest.mark.parametrize("states", [[], ["DE-NW"], ["DE-NI"]])
@pytest.mark.parametrize("longer_than", [0, 5, 10])
def test_last_start_is_the_border_between_late_and_not(states: list[str], longer_than: int) -> None:
    today = date(2027, 11, 10)
    border = timezone.localdate(last_start(today, longer_than, states))
    assert working_days(border, today, states) <= longer_than
    assert working_days(border - timedelta(days=1), today, states) > longer_than


# -- texts ---------------------------------------------------------------------------------------
def unchecked(company: Company) -> datetime | None:
    return Company.objects.get(pk=company.pk).unchecked_since


def test_changed_texts_wait_until_staff_looked(cast: SimpleNamespace) -> None:
    edit_company(cast.company, {"summary": "Anders."}, by=cast.owner)
    first = unchecked(cast.company)
    assert first is not None
    edit_company(cast.company, {"summary": "Noch anders."}, by=cast.editor)
    assert unchecked(cast.company) == first
    check_texts(cast.company, by=cast.curator_west)
    assert unchecked(cast.company) is None
    assert AuditEntry.objects.filter(verb="company.texts_checked", by=cast.curator_west).count() == 1
    with pytest.raises(ActionRefused):
        check_texts(cast.company, by=cast.manager_west)


def test_the_review_shows_what_was_changed(cast: SimpleNamespace, client_of: ClientOf) -> None:
    before = cast.company.summary
    edit_company(cast.company, {"description": "Von früher."}, by=cast.curator_west)
    edit_company(cast.company, {"summary": "Anders gesagt."}, by=cast.owner)
    page = client_of(cast.curator_west).get(reverse("admin:networks_company_review", args=[cast.company.pk]))
    shown = page.content.decode().partition("Zuletzt geändert")[2]
    assert f"vorher: {before}" in shown
    assert "Anders gesagt." in shown
    assert "Von früher." not in shown


def test_what_is_no_text_needs_no_look(cast: SimpleNamespace) -> None:
    edit_company(cast.company, {"phone": "0251 1", "summary": cast.company.summary}, by=cast.owner)
    assert unchecked(cast.company) is None


@pytest.mark.parametrize("reader", ["curator_west", "operator"])
def test_who_edits_has_looked(cast: SimpleNamespace, reader: str) -> None:
    edit_company(cast.company, {"summary": "Anders."}, by=cast.owner)
    edit_company(cast.company, {"description": "Mehr."}, by=getattr(cast, reader))
    assert unchecked(cast.company) is None


def test_staff_of_another_agency_are_people_like_others(cast: SimpleNamespace) -> None:
    CompanyMember.objects.create(company=cast.company, person=cast.curator_east)
    edit_company(cast.company, {"summary": "Anders."}, by=cast.curator_east)
    assert unchecked(cast.company)


def test_who_approves_has_read_everything(cast: SimpleNamespace) -> None:
    edit_company(cast.pending_company, {"summary": "Anders."}, by=cast.pending)
    approve_company(cast.pending_company, by=cast.curator_west)
    assert unchecked(cast.pending_company) is None


def test_one_look_leads_to_the_next_of_the_same_queue(
    cast: SimpleNamespace, client_of: ClientOf, make_company: Any
) -> None:
    second = make_company("Zweites Haus", cast.west, unchecked_since=ago(1))
    Company.objects.filter(pk=cast.company.pk).update(unchecked_since=ago(2))
    staff = client_of(cast.curator_west)
    queue = next(one for one in queues(cast.curator_west) if one.title == "Texte prüfen")
    page = staff.get(queue.next_url).content.decode()
    assert "Texte sind in Ordnung" in page
    answer = staff.post(queue.next_url, {"decision": "texts_checked"})
    assert answer.url == f"{reverse('admin:networks_company_review', args=[second.pk])}?wartet=unchecked-companies"
    assert staff.post(answer.url, {"decision": "texts_checked"}).url == "/admin/"
    assert unchecked(second) is None
    assert 'value="texts_checked"' not in staff.get(queue.next_url).content.decode()


# -- invitations ---------------------------------------------------------------------------------
def test_invitation_to_speak_for_a_company_is_renewed(cast: SimpleNamespace, client_of: ClientOf) -> None:
    asked = CompanyInvitation.objects.create(
        company=cast.unclaimed, email="a@x.example.org", role="owner", token="alt", expires_at=ago(2)
    )
    url = reverse("admin:networks_company_review", args=[cast.unclaimed.pk])
    assert "a@x.example.org" in client_of(cast.curator_west).get(url).content.decode()
    client_of(cast.curator_west).post(url, {"decision": "invite_again"})
    asked.refresh_from_db()
    assert asked.expires_at > timezone.now()
    assert asked.token != "alt"
    assert OutboxMail.objects.filter(recipient="a@x.example.org").count() == 1
    with pytest.raises(ActionRefused):
        invite_owner_again(cast.company, by=cast.curator_west)


def test_manager_takes_back_an_invitation(cast: SimpleNamespace, client_of: ClientOf) -> None:
    manager = client_of(cast.manager_west)
    add = reverse("admin:networks_staffinvitation_add")
    manager.post(add, {"agency": cast.west.agency.pk, "email": "neu@example.org", "role": "curator"})
    asked = StaffInvitation.objects.get()
    link = reverse("networks:staff-invitation", args=[asked.token])
    url = reverse("admin:networks_staffinvitation_review", args=[asked.pk])
    assert manager.get(url).status_code == 200
    manager.post(url, {"decision": "again"})
    asked.refresh_from_db()
    assert OutboxMail.objects.filter(recipient="neu@example.org").count() == 2
    assert manager.get(link).status_code == 404
    link = reverse("networks:staff-invitation", args=[asked.token])
    assert manager.post(url, {"decision": "take_back"}).url == "/admin/"
    assert not StaffInvitation.objects.exists()
    assert client_of(cast.new).get(link).status_code == 404
    assert AuditEntry.objects.filter(verb="staff.took_back_invitation", by=cast.manager_west).count() == 1
    with pytest.raises(ActionRefused):
        take_back_staff_invitation(asked, by=cast.manager_west)


def test_what_was_accepted_is_not_taken_back(cast: SimpleNamespace, client_of: ClientOf) -> None:
    asked = StaffInvitation.objects.create(
        agency=cast.west.agency, email="a@y.example.org", token="s", expires_at=ago(-3), accepted_at=ago(1)
    )
    manager = client_of(cast.manager_west)
    url = reverse("admin:networks_staffinvitation_review", args=[asked.pk])
    assert "zurücknehmen" not in manager.get(url).content.decode()
    assert "schon angenommen" in manager.post(url, {"decision": "take_back"}).content.decode()
    assert StaffInvitation.objects.exists()


def test_a_silent_company_is_invited_once_more(cast: SimpleNamespace, client_of: ClientOf) -> None:
    asked = Membership.objects.create(
        company=cast.company_east, network=cast.network, state=Membership.State.INVITED, requested_at=ago(30)
    )
    queue = next(one for one in queues(cast.curator_west) if "in ein Netzwerk" in one.title)
    assert queue.count == 1
    client_of(cast.curator_west).post(queue.next_url, {"decision": "invite_again"})
    assert OutboxMail.objects.filter(recipient=cast.owner_east.email).count() == 1
    assert not next(one for one in queues(cast.curator_west) if "in ein Netzwerk" in one.title).count
    with pytest.raises(ActionRefused, match="eben erst"):
        invite_again(asked, by=cast.manager_west)
    accept_invitation(asked, by=cast.owner_east)
    with pytest.raises(ActionRefused):
        invite_again(asked, by=cast.curator_west)


# -- addresses that nobody made --------------------------------------------------------------------
@pytest.mark.parametrize("name", ["x", "", "memberships", "%00", "<b>"])
def test_unknown_queues_are_no_queues(cast: SimpleNamespace, client_of: ClientOf, name: str) -> None:
    """Also those of other lists."""
    staff = client_of(cast.curator_west)
    rows = staff.get(f"{reverse('admin:networks_company_changelist')}?wartet={name}").context["cl"].queryset
    assert set(rows) == set(Company.objects.curated_by(cast.curator_west))
    page = staff.get(f"{reverse('admin:networks_company_review', args=[cast.company.pk])}?wartet={name}")
    assert page.status_code == 200
    assert "<b>" not in page.content.decode()
