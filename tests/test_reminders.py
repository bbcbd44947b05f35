"""What waits too long: the team is reminded once, who leads it once more, and nobody who is away."""

from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from accounts.daily import tick
from accounts.models import OutboxMail, User
from events.models import MeetingSeries, PlanningTask
from networks.actions.absences import enter_absence
from networks.actions.companies import approve_company
from networks.actions.reminders import remind_of_waiting
from networks.daily import forget_reminders
from networks.models import AgencyStaff, Company, OutdatedNote, Reminder
from networks.working_days import days_waiting

State = Company.State


@pytest.fixture
def waiting(cast: SimpleNamespace) -> SimpleNamespace:
    """An application to the west that came in today."""
    return cast


def day_after(working_days: int, states: list[str]) -> date:
    """The first day on which what came in today has waited for so many working days."""
    day = timezone.localdate()
    while days_waiting(timezone.now(), states, day) < working_days:
        day += timedelta(days=1)
    return day


def reminded(day: date) -> list[str]:
    """Who gets a mail on this day."""
    before = set(OutboxMail.objects.values_list("pk", flat=True))
    remind_of_waiting(day)
    return sorted(OutboxMail.objects.exclude(pk__in=before).values_list("recipient", flat=True))


TEAM = ["curator-west@example.org", "manager-west@example.org"]
MANAGER = ["manager-west@example.org"]
WEST = ["DE-NW"]


def test_team_then_manager_each_once(waiting: SimpleNamespace) -> None:
    assert reminded(day_after(5, WEST)) == []
    assert reminded(day_after(6, WEST)) == TEAM
    assert reminded(day_after(6, WEST)) == []
    assert reminded(day_after(10, WEST)) == []
    assert reminded(day_after(11, WEST)) == MANAGER
    assert reminded(day_after(30, WEST)) == []


def test_what_is_decided_waits_no_more(waiting: SimpleNamespace) -> None:
    approve_company(waiting.pending_company, by=waiting.curator_west)
    assert reminded(day_after(12, WEST)) == []


def test_what_waits_anew_is_told_anew(waiting: SimpleNamespace) -> None:
    assert reminded(day_after(6, WEST)) == TEAM
    Company.objects.filter(pk=waiting.pending_company.pk).update(submitted_at=timezone.now() + timedelta(days=1))
    assert reminded(day_after(6, WEST)) == []
    assert reminded(day_after(9, WEST)) == TEAM


def test_one_mail_tells_everything_new(waiting: SimpleNamespace) -> None:
    for number in range(20):
        OutdatedNote.objects.create(
            agency=waiting.west.agency, page="/", label=f"Seite {number}", message="Alt.", created_at=timezone.now()
        )
    assert reminded(day_after(6, WEST)) == TEAM
    mail = OutboxMail.objects.get(recipient="curator-west@example.org")
    body = message_from_bytes(bytes(mail.source), policy=policy.default).get_body(("plain",))
    text = body.get_content() if body else ""
    assert mail.subject == "21 Aufgaben warten auf Ihr Team"
    assert "Anträge von Unternehmen: Neu am Ort (seit 6 Arbeitstagen)" in text
    assert "und noch 6" in text
    assert "WF Westland" in text
    assert Reminder.objects.filter(person=waiting.curator_west).count() == 21


def test_who_is_told_late_hears_as_both_in_one_mail(waiting: SimpleNamespace) -> None:
    assert reminded(day_after(11, WEST)) == TEAM
    assert reminded(day_after(12, WEST)) == []


def test_only_ones_own(waiting: SimpleNamespace, make_company: Any) -> None:
    make_company("Neu im Osten", waiting.east, state=State.PENDING)
    waiting.pending_company.delete()
    assert reminded(day_after(12, ["DE-NI"])) == ["curator-east@example.org"]


def test_public_holidays_of_the_region_do_not_count(cast: SimpleNamespace, make_company: Any) -> None:
    """1 November 2027, a Monday, is a holiday only in the west."""
    make_company("Neu im Osten", cast.east, state=State.PENDING)
    monday = datetime(2027, 10, 25, 9, tzinfo=UTC)
    Company.objects.update(submitted_at=monday)
    assert reminded(date(2027, 11, 1)) == []
    assert reminded(date(2027, 11, 2)) == ["curator-east@example.org"]
    assert reminded(date(2027, 11, 3)) == TEAM


def test_planning_reminds_by_a_plan_of_its_own(waiting: SimpleNamespace) -> None:
    """Its hosts hear from their series, and not twice."""
    waiting.pending_company.delete()
    today = timezone.localdate()
    series = MeetingSeries.objects.create(slug="reihe", name="Reihe")
    series.places.create(agency=waiting.west.agency)
    PlanningTask.objects.create(
        series=series, start=today, end=today, host=waiting.west.agency, changed_on=today, created_at=timezone.now()
    )
    assert reminded(day_after(12, WEST)) == []


# -- absences ------------------------------------------------------------------------------------
def away(cast: SimpleNamespace, who: User, deputy: User) -> None:
    """For a year, so that every day of these tests lies in it."""
    at_work = {one.person: one for one in AgencyStaff.objects.filter(agency=cast.west.agency)}
    today = timezone.localdate()
    values = {"employment": at_work[who], "deputy": at_work[deputy]}
    enter_absence({**values, "first_day": today, "last_day": today + timedelta(days=365)}, by=who)


def test_who_is_away_is_left_in_peace(waiting: SimpleNamespace) -> None:
    away(waiting, waiting.curator_west, waiting.manager_west)
    assert reminded(day_after(6, WEST)) == MANAGER


def test_for_a_manager_who_is_away_the_deputy_is_told(waiting: SimpleNamespace) -> None:
    away(waiting, waiting.manager_west, waiting.curator_west)
    assert reminded(day_after(6, WEST)) == ["curator-west@example.org"]
    assert reminded(day_after(11, WEST)) == ["curator-west@example.org"]
    assert set(Reminder.objects.values_list("step", flat=True)) == {"team", "lead"}


def test_who_left_hears_nothing(waiting: SimpleNamespace) -> None:
    AgencyStaff.objects.filter(person=waiting.curator_west).update(left_at=timezone.now())
    assert reminded(day_after(6, WEST)) == MANAGER


# -- the daily round -------------------------------------------------------------------------------
def test_tick_does_it(waiting: SimpleNamespace) -> None:
    day = day_after(6, WEST)
    assert tick(day)["waiting reminded"] == 2
    assert tick(day)["waiting reminded"] == 0


def test_reminders_are_forgotten_after_a_year(waiting: SimpleNamespace) -> None:
    reminded(day_after(6, WEST))
    assert forget_reminders(timezone.localdate()) == 0
    assert forget_reminders(timezone.localdate() + timedelta(days=367)) == 2


def test_more_people_and_things_cost_no_more_queries_each(
    waiting: SimpleNamespace, make_company: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        make_company(f"Antrag {number}", waiting.west, state=State.PENDING)
    with django_assert_max_num_queries(100):
        assert reminded(day_after(6, WEST)) == TEAM
