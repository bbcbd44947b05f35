"""The guard of the rhythm, the rotation of hosts on rows, and swaps."""

from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.errors import ActionRefused
from accounts.models import OutboxMail, User
from events.actions.planning import SwapWish, swap_host
from events.hosts import host_by_turn, next_host
from events.models import HostSwap, Meeting, MeetingSeries, PlanningTask
from networks.models import Agency

ClientOf = Callable[[User | None], Client]
pytestmark = pytest.mark.django_db
SPRING = date(2027, 2, 1)


def tick(day: str) -> None:
    call_command("tick", "--today", day, stdout=StringIO())


def mails() -> list[tuple[str, str]]:
    return sorted((mail.recipient, mail.subject) for mail in OutboxMail.objects.all())


def meet(series: MeetingSeries, day: date, agency: Agency, state: str = Meeting.State.HELD) -> Meeting:
    begin = timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 10))
    return Meeting.objects.create(
        slug=f"treffen-{day}", title=f"Treffen {day}", series=series, host=agency, city="Ort", state=state,
        starts_at=begin, ends_at=begin + timedelta(hours=3),
    )  # fmt: skip


@pytest.fixture
def autumn(series: MeetingSeries, cast: SimpleNamespace) -> Meeting:
    """The window that is open now has its meeting; the west is next."""
    return meet(series, date(2026, 9, 17), cast.east.agency)


# -- the guard -------------------------------------------------------------------------------------
def test_first_the_host_then_a_reminder_then_all(autumn: Meeting, series: MeetingSeries, cast: SimpleNamespace) -> None:
    cast.pending_company.delete()  # of which the desk would remind
    tick("2026-11-02")
    assert mails() == []

    tick("2026-11-03")
    west = ["curator-west@example.org", "manager-west@example.org"]
    assert mails() == [(address, "Sie sind an der Reihe: Halbjahrestreffen") for address in west]
    assert PlanningTask.objects.get().host == cast.west.agency

    OutboxMail.objects.all().delete()
    tick("2026-11-16")
    assert mails() == []
    tick("2026-11-17")
    assert mails() == [(address, "Erinnerung: Halbjahrestreffen braucht einen Termin") for address in west]

    OutboxMail.objects.all().delete()
    tick("2026-12-01")
    everybody = ["curator-east@example.org", *west]
    assert mails() == [(address, "Halbjahrestreffen: Noch gibt es keinen Termin") for address in everybody]
    OutboxMail.objects.all().delete()
    tick("2026-12-31")
    assert mails() == []


@pytest.mark.parametrize("days", [["2026-11-03"], ["2026-11-03", "2026-11-17"]])
def test_run_twice_the_second_sends_nothing(days: list[str], autumn: Meeting, series: MeetingSeries) -> None:
    for day in days:
        tick(day)
    sent, tasks = mails(), list(PlanningTask.objects.values())
    assert sent
    tick(days[-1])
    assert (mails(), list(PlanningTask.objects.values())) == (sent, tasks)


def test_whoever_has_planned_is_left_in_peace(autumn: Meeting, series: MeetingSeries, cast: SimpleNamespace) -> None:
    meeting = meet(series, date(2027, 3, 18), cast.west.agency, Meeting.State.PLANNED)
    tick("2026-11-03")
    assert (mails(), PlanningTask.objects.count()) == ([], 0)

    meeting.state = Meeting.State.CANCELLED
    meeting.save()
    tick("2026-11-04")
    assert len(mails()) == 2


def test_choosing_days_finishes_the_task_and_calling_off_asks_again(
    autumn: Meeting, series: MeetingSeries, cast: SimpleNamespace, client_of: ClientOf
) -> None:
    tick("2026-11-03")
    host = client_of(cast.curator_west)
    desk = host.get("/admin/").content.decode()
    assert "Treffen: Termin finden" in desk
    assert "/treffen/planung/?series=halbjahrestreffen&amp;from=2027-02-01&amp;to=2027-05-31" in desk
    assert "Treffen: Termin finden" not in client_of(cast.curator_east).get("/admin/").content.decode()

    days = ["2027-03-18", "2027-03-11", "2027-03-04"]
    host.post("/treffen/planung/?from=2027-02-01&to=2027-05-31", {"day": days})
    assert PlanningTask.objects.get().state == PlanningTask.State.DONE
    assert "Treffen: Termin finden" not in host.get("/admin/").content.decode()

    Meeting.objects.filter(state=Meeting.State.PLANNED).update(state=Meeting.State.CANCELLED)
    tick("2026-11-20")
    assert PlanningTask.objects.get().state == PlanningTask.State.ASKED


def test_a_window_that_is_over_asks_nobody(autumn: Meeting, series: MeetingSeries) -> None:
    tick("2027-05-31")
    assert PlanningTask.objects.get(start=SPRING).state == PlanningTask.State.ASKED
    tick("2027-06-01")
    assert PlanningTask.objects.get(start=SPRING).state == PlanningTask.State.DONE


def test_a_series_without_agencies_asks_nobody(series: MeetingSeries) -> None:
    series.places.all().delete()
    tick("2026-11-03")
    assert (mails(), PlanningTask.objects.count()) == ([], 0)


def test_all_who_take_part_see_the_task_in_the_end(
    autumn: Meeting, series: MeetingSeries, cast: SimpleNamespace, client_of: ClientOf
) -> None:
    for day in ("2026-11-03", "2026-11-17", "2026-12-01"):
        tick(day)
    assert "Treffen: Termin finden" in client_of(cast.curator_east).get("/admin/").content.decode()


# -- hosts -----------------------------------------------------------------------------------------
def test_sides_take_turns_by_what_was_held_and_what_is_coming(series: MeetingSeries, cast: SimpleNamespace) -> None:
    west, east = cast.west.agency, cast.east.agency
    assert next_host(series, SPRING) == west
    meet(series, date(2026, 9, 17), west)
    assert next_host(series, SPRING) == east
    meet(series, date(2026, 11, 1), east, Meeting.State.CANCELLED)
    assert next_host(series, SPRING) == east
    meet(series, date(2027, 3, 18), east, Meeting.State.SCHEDULED)
    assert next_host(series, date(2027, 8, 15)) == west
    assert next_host(series, SPRING) == east


def test_a_swap_counts_once_and_is_kept_with_its_reason(series: MeetingSeries, cast: SimpleNamespace) -> None:
    meet(series, date(2026, 3, 1), cast.east.agency)
    meet(series, date(2026, 9, 17), cast.west.agency)
    assert next_host(series, SPRING) == cast.east.agency

    wish = SwapWish(cast.west.agency, SPRING, "Umbau in Melle.", twice=True)
    swap = swap_host(series, wish, by=cast.curator_east)
    assert (swap.after, swap.instead_of, swap.by) == (date(2026, 9, 17), cast.east.agency, cast.curator_east)
    assert next_host(series, SPRING) == cast.west.agency
    assert host_by_turn(series, SPRING) == cast.east.agency

    meet(series, date(2027, 3, 18), cast.west.agency)
    assert next_host(series, date(2027, 8, 15)) == cast.east.agency


def test_nobody_hosts_twice_in_a_row_unless_people_say_so(series: MeetingSeries, cast: SimpleNamespace) -> None:
    meet(series, date(2026, 9, 17), cast.west.agency)
    with pytest.raises(ActionRefused):
        swap_host(series, SwapWish(cast.west.agency, SPRING, "Gern."), by=cast.curator_west)
    assert not HostSwap.objects.exists()


def test_the_host_of_a_plan_is_swapped_along(series: MeetingSeries, cast: SimpleNamespace) -> None:
    planned = meet(series, date(2027, 3, 18), cast.west.agency, Meeting.State.PLANNED)
    swap_host(series, SwapWish(cast.east.agency, SPRING, "Messe."), by=cast.curator_west)
    planned.refresh_from_db()
    assert planned.host == cast.east.agency


def test_only_those_who_take_part_swap_among_themselves(
    series: MeetingSeries, cast: SimpleNamespace, make_person: Callable[..., User]
) -> None:
    stranger = Agency.objects.create(slug="fremd", official_name="Fremd", short_name="Fremd")
    with pytest.raises(ActionRefused):
        swap_host(series, SwapWish(stranger, SPRING, "Gern."), by=cast.curator_west)
    with pytest.raises(ActionRefused):
        swap_host(series, SwapWish(cast.east.agency, SPRING, "Gern."), by=cast.owner)


def test_the_page_of_the_series_tells_the_ledger_and_the_swap(
    series: MeetingSeries, cast: SimpleNamespace, client_of: ClientOf
) -> None:
    meet(series, date(2026, 9, 17), cast.west.agency)
    series.required_roles = "Geschäftsführung"
    series.save()
    series.members.create(name="Ada Leitung", email="ada@example.org", agency=cast.west.agency, role="geschäftsführung")
    client = client_of(cast.curator_west)
    text = client.get("/treffen/reihen/halbjahrestreffen/").content.decode()
    assert "Do., 17. September 2026" in text
    assert "<b>WF Ostland</b> Gastgeberin" in text
    assert "Ada Leitung, geschäftsführung" in text
    assert "unverzichtbar" in text
    assert "ada@example.org" not in text

    form = "/treffen/reihen/halbjahrestreffen/tausch/"
    refused = client.post(form, {"host": cast.west.agency.pk, "reason": "Saal"})
    assert "Sie war schon beim letzten Treffen Gastgeberin." in refused.content.decode()
    said = client.post(form, {"host": cast.west.agency.pk, "reason": "Saal", "twice": "on"}, follow=True)
    assert "WF Westland statt WF Ostland – Saal" in said.content.decode()


def test_the_page_asks_as_often_for_three_meetings_as_for_one(
    series: MeetingSeries, cast: SimpleNamespace, client_of: ClientOf
) -> None:
    client = client_of(cast.curator_west)

    def asked() -> int:
        with CaptureQueriesContext(connection) as context:
            client.get("/treffen/reihen/halbjahrestreffen/")
        return len(context)

    def more(number: int) -> None:
        meet(series, date(2020 + number, 9, 17), cast.east.agency)
        series.members.create(name=f"M{number}", email=f"m{number}@example.org", agency=cast.west.agency)
        HostSwap.objects.create(series=series, host=cast.east.agency, reason="Grund")

    more(1)
    asked()
    with_one = asked()
    more(2)
    more(3)
    assert asked() == with_one
