"""Days from files: tables, calendar files, what is new and what is wrong, and who may take them over."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from events.imports import LARGEST, Unreadable, read
from events.models import Blackout, MeetingSeries, SchoolCalendar, SchoolHoliday

ClientOf = Callable[[User | None], Client]
TODAY = date(2026, 11, 23)
HOLIDAYS = "/admin/events/schoolholiday/einlesen/"
BLACKOUTS = "/admin/events/blackout/einlesen/"


def days(content: str) -> list[tuple[str, str, str]]:
    return [(line.label, str(line.start), str(line.end)) for line in read(content.encode(), TODAY) if not line.error]


def calendar(*events: str) -> str:
    inside = "".join(f"BEGIN:VEVENT\r\nUID:1@x\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{inside}END:VCALENDAR\r\n"


# -- tables ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "table",
    [
        "Anlass;von;bis\nHerbstferien;14.10.2030;26.10.2030\n",
        "name,start,end\nHerbstferien,2030-10-14,2030-10-26\n",
        "\ufeffBis;Von;Quelle;Bezeichnung\r\n26.10.2030;14.10.2030;x;Herbstferien\r\n\r\n",
    ],
)
def test_tables_as_people_write_them(table: str) -> None:
    assert days(table) == [("Herbstferien", "2030-10-14", "2030-10-26")]


def test_windows_files_and_single_days() -> None:
    lines = read("Anlass;von\nFrühjahrsmesse;1.4.2027\n".encode("cp1252"), TODAY)
    assert [(line.label, line.start, line.end) for line in lines] == [
        ("Frühjahrsmesse", date(2027, 4, 1), date(2027, 4, 1))
    ]


def test_errors_name_their_line() -> None:
    table = (
        "Anlass;von;bis\nGut;1.4.2027;2.4.2027\n;1.4.2027;2.4.2027\nRückwärts;2.4.2027;1.4.2027\n"
        "Nie;31.2.2027;\nEwig;1.1.2027;1.1.2030\n" + "x" * 121 + ";1.4.2027;\n"
    )
    wrong = {line.number: line.error for line in read(table.encode(), TODAY) if line.error}
    assert wrong == {
        3: "Der Anlass fehlt.",
        4: "Das Ende liegt vor dem Anfang.",
        5: "Kein Tag: 31.2.2027",
        6: "Dieser Zeitraum kann nicht stimmen.",
        7: "Der Anlass ist länger als 120 Zeichen.",
    }


@pytest.mark.parametrize(
    "content",
    [b"", b"irgendwas", b"von;bis\n1.1.2027;2.1.2027", b"BEGIN:VCALENDAR\nBEGIN:VEVENT", b"x" * (LARGEST + 1)],
)
def test_what_is_no_list_of_days_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read(content, TODAY)


def test_too_many_lines_and_too_many_series_are_refused() -> None:
    with pytest.raises(Unreadable):
        read(("Anlass;von\n" + "a;1.4.2027\n" * 1001).encode(), TODAY)
    daily = "SUMMARY:x\r\nDTSTART;VALUE=DATE:20270401\r\nRRULE:FREQ=DAILY"
    with pytest.raises(Unreadable):
        read(calendar(*[daily] * 101).encode(), TODAY)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for start in (b"", b"Anlass;von;bis\n", b"BEGIN:VCALENDAR\r\n"):
        with suppress(Unreadable):
            assert all(line.error or line.label for line in read(start + content, TODAY))


# -- calendar files --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("SUMMARY:Messe\r\nDTSTART;VALUE=DATE:20270401\r\nDTEND;VALUE=DATE:20270403", ("2027-04-01", "2027-04-02")),
        ("SUMMARY:Messe\r\nDTSTART;VALUE=DATE:20270401", ("2027-04-01", "2027-04-01")),
        ("SUMMARY:Messe\r\nDTSTART:20270401T220000Z\r\nDTEND:20270401T230000Z", ("2027-04-02", "2027-04-02")),
        ("SUMMARY:Messe\r\nDTSTART:20270401T220000\r\nDURATION:PT2H", ("2027-04-01", "2027-04-01")),
        (
            "SUMMARY:Messe\r\nDTSTART;TZID=Europe/Berlin:20270401T090000\r\nDTEND;TZID=Europe/Berlin:20270402T000000",
            ("2027-04-01", "2027-04-01"),
        ),
    ],
)
def test_an_event_takes_the_days_that_people_see(event: str, expected: tuple[str, str]) -> None:
    assert days(calendar(event)) == [("Messe", *expected)]


def test_free_and_cancelled_events_take_nothing_and_unnamed_ones_are_busy() -> None:
    day = "DTSTART;VALUE=DATE:20270401"
    found = days(calendar(f"{day}\r\nTRANSP:TRANSPARENT", f"{day}\r\nSTATUS:CANCELLED", day))
    assert found == [("belegt", "2027-04-01", "2027-04-01")]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=WEEKLY;COUNT=3", ["2027-04-01", "2027-04-08", "2027-04-15"]),
        ("FREQ=WEEKLY;UNTIL=20270410T000000Z", ["2027-04-01", "2027-04-08"]),
        ("FREQ=MONTHLY;BYDAY=1TH;COUNT=2", ["2027-04-01", "2027-05-06"]),
        ("FREQ=DAILY;COUNT=3\r\nEXDATE;VALUE=DATE:20270402", ["2027-04-01", "2027-04-03"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", []),
    ],
)
def test_repeated_events_are_unfolded(rule: str, expected: list[str]) -> None:
    event = f"SUMMARY:Runde\r\nDTSTART;VALUE=DATE:20270401\r\nRRULE:{rule}"
    assert [start for _label, start, _end in days(calendar(event))] == expected


def test_endless_series_have_an_end() -> None:
    event = "SUMMARY:Runde\r\nDTSTART:20000101T080000\r\nRRULE:FREQ=DAILY"
    found = days(calendar(event))
    assert (len(found), found[0][1]) == (200, "2025-11-22")
    never = "SUMMARY:Nie\r\nDTSTART:20270401T080000\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"
    assert days(calendar(never)) == []
    hourly = read(calendar("SUMMARY:Oft\r\nDTSTART:20270401T080000\r\nRRULE:FREQ=SECONDLY").encode(), TODAY)
    assert [line.error for line in hourly] == ["Diesen Termin verstehen wir nicht."]


# -- the page --------------------------------------------------------------------------------------
def upload(client: Client, path: str, text: str, **data: Any) -> Any:
    return client.post(path, {"file": SimpleUploadedFile("tage.csv", text.encode()), "source": "Schulamt", **data})


@pytest.fixture
def west(cast: SimpleNamespace, series: MeetingSeries, client_of: ClientOf) -> Client:
    return client_of(cast.curator_west)


def test_first_shown_then_taken_over(west: Client) -> None:
    calendar = SchoolCalendar.objects.get(code="DE-NW")
    calendar.holidays.create(name="Osterferien", start=date(2031, 4, 7), end=date(2031, 4, 19))
    table = "Anlass;von;bis\nHerbstferien;14.10.2030;26.10.2030\nOsterferien;7.4.2031;19.4.2031\nFalsch;morgen;\n"
    chosen = {"calendar": calendar.pk, "checked_on": "2026-11-23"}
    page = upload(west, HOLIDAYS, table, **chosen)
    text = page.content.decode()

    assert "1 neuer Zeitraum" in text
    assert "Herbstferien" in text
    assert "1 Zeitraum ist schon eingetragen" in text
    assert "Zeile 4: Kein Tag: morgen" in text
    assert SchoolHoliday.objects.count() == 1

    again = {"content": page.context["form"].again, "source": "Schulamt", "take": "1", **chosen}
    assert west.post(HOLIDAYS, again)["Location"] == "/admin/events/schoolholiday/"
    made = SchoolHoliday.objects.get(name="Herbstferien")
    assert (made.calendar, made.start, made.end) == (calendar, date(2030, 10, 14), date(2030, 10, 26))
    assert (made.source, made.checked_on) == ("Schulamt", date(2026, 11, 23))
    assert SchoolCalendar.objects.get(code="DE-NW").known_until == date(2100, 12, 31)

    west.post(HOLIDAYS, again)
    assert SchoolHoliday.objects.count() == 2


def test_busy_periods_concern_the_agency(west: Client, cast: SimpleNamespace) -> None:
    text = calendar("SUMMARY:Messe\r\nDTSTART;VALUE=DATE:20270401\r\nDTEND;VALUE=DATE:20270403")
    data = {"kind": "busy", "agency": cast.west.agency.pk, "checked_on": "2026-11-23", "take": "1"}
    upload(west, BLACKOUTS, text, **data)
    made = Blackout.objects.get()
    assert (made.kind, made.agency, made.start, made.end, made.uid) == (
        "busy", cast.west.agency, date(2027, 4, 1), date(2027, 4, 2), "1@x",
    )  # fmt: skip
    upload(west, BLACKOUTS, text, **data)
    assert Blackout.objects.count() == 1


@pytest.mark.parametrize(
    "data",
    [{}, {"content": "kein Base64!"}, {"content": "bmljaHRz"}, {"content": "A" * 500_000}, {"take": "1"}],
)
def test_what_cannot_be_read_is_said_beside_the_file(data: dict[str, str], west: Client) -> None:
    known = {"calendar": SchoolCalendar.objects.get(code="DE-NW").pk, "source": "x", "checked_on": "2026-11-23"}
    page = west.post(HOLIDAYS, {**known, **data})
    assert page.status_code == 200
    assert page.context["form"].errors
    assert not SchoolHoliday.objects.exists()


def test_only_for_ones_own_calendar_and_agency(west: Client, cast: SimpleNamespace, client_of: ClientOf) -> None:
    table = "Anlass;von;bis\nHerbstferien;14.10.2030;26.10.2030\n"
    foreign = {"calendar": SchoolCalendar.objects.get(code="DE-NI").pk, "checked_on": "2026-11-23", "take": "1"}
    assert "calendar" in upload(west, HOLIDAYS, table, **foreign).context["form"].errors
    other = {"kind": "busy", "agency": cast.east.agency.pk, "checked_on": "2026-11-23", "take": "1"}
    assert "agency" in upload(west, BLACKOUTS, table, **other).context["form"].errors
    for path in (HOLIDAYS, BLACKOUTS):
        assert client_of(cast.operator).get(path).status_code == 200
        assert client_of(cast.owner).get(path).status_code == 403
        assert client_of(None).get(path).status_code == 302
    assert not SchoolHoliday.objects.exists()
    assert "einlesen/" in west.get("/admin/events/schoolholiday/").content.decode()
