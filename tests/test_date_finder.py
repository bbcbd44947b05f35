"""The date finder on real calendars: checked examples, free days by month, reasons one by one, three regions."""

import csv
import json
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from events.almanac import search
from events.models import Blackout, Meeting, MeetingSeries, SchoolCalendar, SchoolHoliday
from events.scheduling.calendars import Blackout as Blocked
from events.scheduling.calendars import Calendars, Period, RegionCalendar
from events.scheduling.judging import Rules, judge
from events.scheduling.ranking import free, rank
from events.words import Speech
from networks.models import Agency, Region
from networks.public_holidays import public_holidays
from networks.reference import SHIPPED, load_reference

DATA = Path(__file__).parent / "data"
NW, NI = "DE-NW", "DE-NI"


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.fixture
def reference(db: None) -> None:
    load_reference(SHIPPED, at=timezone.now())


@pytest.fixture
def suggest(reference: None) -> Callable[..., dict[str, Any]]:
    def ask(*arguments: str) -> dict[str, Any]:
        out = StringIO()
        call_command("suggest_dates", *arguments, "--json", stdout=out)
        answer: dict[str, Any] = json.loads(out.getvalue())
        return answer

    return ask


EXAMPLES = {
    "spring 2027": (
        ("2027-02-01", "2027-05-31", "2026-09-17"),
        69,
        "2027-03-18 0 · 2027-03-11 1 · 2027-03-04 2 · 2027-04-06 2 · 2027-02-25 3",
    ),
    "autumn 2026": (
        ("2026-08-15", "2026-11-30", "2026-04-15"),
        49,
        "2026-10-08 0 · 2026-10-01 1 · 2026-09-24 2 · 2026-11-03 2 · 2026-09-17 3",
    ),
    "October 2026": (
        ("2026-10-01", "2026-10-31", "2026-04-15"),
        7,
        "2026-10-08 0 · 2026-10-01 1 · 2026-10-14 60x · 2026-10-27 61x · 2026-10-20 120x",
    ),
    "autumn 2030": (
        ("2030-08-15", "2030-11-30", "2030-04-10"),
        0,
        "2030-10-09 100x · 2030-10-15 100x · 2030-10-02 101x · 2030-09-26 101x · 2030-10-22 101x",
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_checked_examples(name: str, suggest: Callable[..., dict[str, Any]]) -> None:
    (start, end, last), free_days, proposals = EXAMPLES[name]
    found = suggest("--from", start, "--to", end, "--last-meeting", last)

    assert found["free"] == free_days
    told = [f"{each['date']} {each['cost']}{'x' if each['rejected'] else ''}" for each in found["candidates"]]
    assert " · ".join(told) == proposals
    assert all(each["cost"] == sum(reason["cost"] for reason in each["reasons"]) for each in found["candidates"])


def test_every_candidate_says_why_in_words_with_the_regions_name(suggest: Callable[..., dict[str, Any]]) -> None:
    candidates = suggest("--from", "2026-10-01", "--to", "2026-10-31", "--last-meeting", "2026-04-15")["candidates"]
    by_day = {each["date"]: each for each in candidates}

    assert by_day["2026-10-08"]["reasons"] == []
    assert by_day["2026-10-14"]["reasons"] == [
        {"code": "school", "region": NI, "cost": 60, "label": "Herbstferien: schulfrei, Osnabrücker Land"}
    ]
    assert by_day["2026-10-01"]["reasons"] == [
        {"code": "rhythm", "region": "*", "cost": 1, "label": "1 Woche vor dem Ideal"}
    ]
    assert [(each["code"], each["region"]) for each in by_day["2026-10-20"]["reasons"]] == [
        ("school", NI),
        ("school", NW),
    ]


def test_the_limit_and_the_absent_last_meeting(suggest: Callable[..., dict[str, Any]]) -> None:
    found = suggest("--from", "2027-02-01", "--to", "2027-05-31", "--limit", "2")

    assert [each["date"] for each in found["candidates"]] == ["2027-02-04", "2027-02-10"]
    assert {reason["code"] for each in found["candidates"] for reason in each["reasons"]} == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--from", "2027-05-31", "--to", "2027-02-01"),
        ("--from", "2027-01-01", "--to", "2029-01-01"),
        ("--from", "gestern", "--to", "2027-02-01"),
        ("--from", "9999-12-31", "--to", "9999-12-31"),
        ("--from", "2027-02-01", "--to", "2027-03-01", "--series", "nirgends"),
    ],
)
def test_senseless_questions_are_refused(arguments: tuple[str, ...], reference: None) -> None:
    with pytest.raises(CommandError):
        call_command("suggest_dates", *arguments)


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2026, [18, 18, 15, 14, 16, 21, 1, 0, 21, 7, 21, 16]),
        (2027, [15, 18, 15, 20, 16, 22, 5, 0, 22, 11, 17, 16]),
    ],
)
def test_free_weekdays_on_both_sides(year: int, expected: list[int], reference: None) -> None:
    months = [(date(year, month, 1), date(year, month, monthrange(year, month)[1])) for month in range(1, 13)]
    assert [search(None, month).free for month in months] == expected


def test_what_blocks_only_one_side_counts_as_much(reference: None) -> None:
    """In 2026, 93 of 261 weekdays are a holiday somewhere, 49 of them on one side only; October has 7 free ones."""
    year = search(None, (date(2026, 1, 1), date(2026, 12, 31)))
    blocked = [
        {reason.region for reason in each.reasons if reason.rejects} for each in year.ranked if each.day.weekday() < 5
    ]
    assert (len(blocked), sum(bool(sides) for sides in blocked)) == (261, 93)
    assert sum(len(sides) == 1 for sides in blocked) == 49
    octobers = [search(None, (date(each, 10, 1), date(each, 10, 31))).free for each in (2026, 2027, 2028)]
    assert octobers == [7, 11, 13]


def test_public_holidays_are_those_of_the_list() -> None:
    with (DATA / "public_holidays.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for state in (NW, NI):
        listed = {day(row["date"]): row["name_de"] for row in rows if row[state] == "1"}
        assert public_holidays("DE", state[3:], range(2026, 2031)) == listed


def test_a_dutch_province_asks_its_country() -> None:
    found = public_holidays("NL", "OV", [2027])
    assert date(2027, 4, 27) in found
    assert found == public_holidays("NL", "", [2027])
    assert public_holidays("XX", "", [2027]) == {}


def test_holidays_are_named_in_the_readers_language() -> None:
    assert public_holidays("DE", "NW", [2027], "en")[date(2027, 5, 27)] == "Corpus Christi"
    assert public_holidays("NL", "OV", [2027], "nl")[date(2027, 4, 27)] == "Koningsdag"


# -- known until ---------------------------------------------------------------------------------
def test_the_autumn_of_2029_is_known(reference: None) -> None:
    """Where the package's own school holidays end inside 2029, October looks free and is not."""
    october = search(None, (date(2029, 10, 1), date(2029, 10, 31)))
    codes = {reason.code for each in october.ranked for reason in each.reasons}
    assert "school" in codes
    assert "unknown" not in codes


def test_adding_a_row_does_not_move_until_when_holidays_are_known(reference: None) -> None:
    calendar = SchoolCalendar.objects.get(code=NW)
    SchoolHoliday.objects.create(
        calendar=calendar, name="Herbstferien", start=date(2030, 10, 14), end=date(2030, 10, 26)
    )
    found = search(None, (date(2030, 10, 1), date(2030, 10, 31))).by_day

    assert ("unknown", NW) in {(reason.code, reason.region) for reason in found[date(2030, 10, 8)].reasons}
    calendar.known_until = date(2030, 12, 31)
    calendar.save()
    found = search(None, (date(2030, 10, 1), date(2030, 10, 31))).by_day
    assert ("unknown", NW) not in {(reason.code, reason.region) for reason in found[date(2030, 10, 8)].reasons}


def test_a_region_without_a_calendar_is_unknown_and_never_free(reference: None) -> None:
    Region.objects.filter(state=NI).update(school_calendar="")
    assert search(None, (date(2027, 2, 1), date(2027, 2, 28))).free == 0


# -- blackouts -----------------------------------------------------------------------------------
def reasons_on(text: str) -> list[tuple[str, str, str]]:
    with translation.override("de"):
        found = search(None, (day(text), day(text)))
        speech = Speech(found.names, found.rules, found.last)
        return [(reason.code, reason.region, speech.say(reason)) for reason in found.by_day[day(text)].reasons]


def test_a_blackout_concerns_its_regions_its_agencys_or_everybody(reference: None) -> None:
    nowhere = {"start": day("2027-03-18"), "end": day("2027-03-18")}
    fair = Blackout.objects.create(label="Messe", **nowhere)
    assert reasons_on("2027-03-18") == [("blackout", "*", "Sperrzeit: Messe")]

    fair.agency = Agency.objects.filter(region__state=NW).order_by("pk").first()
    fair.save()
    assert reasons_on("2027-03-18") == [("blackout", NW, "Sperrzeit: Messe, Münsterland")]

    fair.regions.add(Region.objects.get(state=NI))
    assert [region for _code, region, _label in reasons_on("2027-03-18")] == [NI, NW]


def test_of_several_blackouts_the_first_by_start_then_label_speaks(reference: None) -> None:
    for label, start in (("Zirkus", "2027-03-17"), ("Ausstellung", "2027-03-17"), ("Abend", "2027-03-18")):
        Blackout.objects.create(label=label, start=day(start), end=day("2027-03-18"))
    assert reasons_on("2027-03-18") == [("blackout", "*", "Sperrzeit: Ausstellung")]


def test_other_meetings_block_and_those_of_the_series_do_not(reference: None) -> None:
    series = MeetingSeries.objects.create(slug="reihe", name="Reihe")
    host = Agency.objects.filter(region__state=NI).order_by("pk").first()
    assert host
    begin = timezone.make_aware(timezone.datetime(2027, 3, 18, 10))
    meeting = Meeting.objects.create(
        slug="m", title="Messe", city="Ort", host=host, state=Meeting.State.SCHEDULED,
        starts_at=begin, ends_at=begin + timezone.timedelta(hours=2),
    )  # fmt: skip
    assert reasons_on("2027-03-18") == [("blackout", NI, "Sperrzeit: Messe, Osnabrücker Land")]

    meeting.series = series
    meeting.save()
    series.sides.create(region=Region.objects.get(state=NI))
    assert search(series, (day("2027-03-18"), day("2027-03-18"))).free == 1


# -- one reason after the other ------------------------------------------------------------------
CALM = RegionCalendar("A", known_until=date(2100, 1, 1))
BRIDGED = RegionCalendar("A", {day("2027-05-06"): "Himmelfahrt"}, known_until=date(2100, 1, 1))
SCHOOL = RegionCalendar("A", {}, (Period(day("2027-03-22"), day("2027-04-03"), "Osterferien"),), date(2100, 1, 1))


def judged(text: str, region: RegionCalendar, last: str = "", rules: Rules | None = None) -> list[tuple[str, int]]:
    reasons = judge(day(text), Calendars((region,)), rules or Rules(), day(last) if last else None)
    return [(reason.code, reason.cost) for reason in reasons]


@pytest.mark.parametrize(
    ("text", "region", "last", "expected"),
    [
        ("2027-03-18", CALM, "", []),
        ("2027-03-19", CALM, "", [("weekday", 10)]),
        ("2027-03-20", CALM, "", [("weekend", 200)]),
        ("2027-05-06", BRIDGED, "", [("public", 100)]),
        ("2027-05-07", BRIDGED, "", [("bridge", 40), ("weekday", 10)]),
        ("2027-05-04", BRIDGED, "", []),
        ("2027-03-21", SCHOOL, "", [("weekend", 200)]),
        ("2027-03-22", SCHOOL, "", [("school", 60), ("weekday", 10)]),
        ("2027-04-04", SCHOOL, "", [("weekend", 200)]),
        ("2027-03-18", CALM, "2026-09-17", []),
        ("2027-03-24", CALM, "2026-09-17", []),
        ("2027-03-25", CALM, "2026-09-17", [("rhythm", 1)]),
        ("2027-01-14", CALM, "2026-09-17", [("gap", 50), ("rhythm", 9)]),
        ("2027-05-18", CALM, "2026-09-17", [("gap", 50), ("rhythm", 8)]),
    ],
)
def test_each_reason(text: str, region: RegionCalendar, last: str, expected: list[tuple[str, int]]) -> None:
    assert judged(text, region, last) == expected


def test_the_bounds_of_the_gap_are_still_inside() -> None:
    for days in (120, 240):
        assert "gap" not in dict(
            judged(str(date.fromordinal(day("2026-09-17").toordinal() + days)), CALM, "2026-09-17")
        )
    for days in (119, 241):
        assert "gap" in dict(judged(str(date.fromordinal(day("2026-09-17").toordinal() + days)), CALM, "2026-09-17"))


def test_two_working_days_are_a_short_week_and_holidays_have_edges() -> None:
    short = RegionCalendar("A", {day("2027-05-05"): "Tag"}, known_until=date(2100, 1, 1))
    assert judged("2027-05-06", short) == [("short_week", 15)]
    assert judged("2027-05-03", short) == [("short_week", 15), ("weekday", 10)]
    wednesday = RegionCalendar("A", {}, (Period(day("2027-03-24"), day("2027-03-24"), "Frei"),), date(2100, 1, 1))
    assert judged("2027-03-23", wednesday) == judged("2027-03-25", wednesday) == [("school_edge", 10)]


def test_where_school_holidays_are_unknown_nothing_is_said_of_bridges() -> None:
    unknown = RegionCalendar("A", {day("2027-05-06"): "Himmelfahrt"}, known_until=day("2027-05-06"))
    assert judged("2027-05-07", unknown) == [("unknown", 50), ("weekday", 10)]


def test_several_days_collect_each_reason_once_and_rhythm_from_the_first() -> None:
    two = Rules(days=2)
    assert judged("2027-03-18", CALM, "2026-09-17", two) == [("weekday", 10)]
    assert judged("2027-03-19", CALM, "2026-09-17", two) == [("weekend", 200), ("weekday", 10)]
    reasons = judge(day("2027-03-22"), Calendars((SCHOOL,)), two)
    assert [(reason.code, reason.day) for reason in reasons if reason.code == "school"] == [
        ("school", day("2027-03-22"))
    ]


def test_a_series_brings_its_own_weekdays_and_gaps(reference: None) -> None:
    series = MeetingSeries.objects.create(
        slug="reihe", name="Reihe", cost_monday=0, cost_thursday=7, ideal_gap=91, least_gap=60, most_gap=120
    )
    series.sides.create(region=Region.objects.get(state=NW))
    found = search(series, (day("2027-02-01"), day("2027-05-31")), day("2026-12-10"))
    assert found.ranked[0].day == day("2027-03-10")
    assert {reason.cost for reason in found.by_day[day("2027-03-11")].reasons} == {7}


# -- three regions, one of them Dutch --------------------------------------------------------------
@pytest.fixture
def twente(reference: None) -> Region:
    calendar = SchoolCalendar.objects.create(code="NL-Noord", name="Regio Noord", known_until=day("2030-08-25"))
    with (DATA / "odbl/school_holidays_nl.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["region"] == "Noord":
                calendar.holidays.create(name=row["name"], start=row["start"], end=row["end"])
    return Region.objects.create(slug="twente", name_de="Twente", state="NL-OV", school_calendar="NL-Noord", order=3)


def test_a_third_region_blocks_its_own_days(twente: Region) -> None:
    kings_day = search(None, (day("2027-04-27"), day("2027-04-27"))).by_day[day("2027-04-27")]
    assert ("public", "NL-OV") in {(reason.code, reason.region) for reason in kings_day.reasons}

    spring = search(None, (day("2027-02-01"), day("2027-05-31")), day("2026-09-17"))
    Region.objects.filter(slug="twente").delete()
    without = search(None, (day("2027-02-01"), day("2027-05-31")), day("2026-09-17"))
    assert without.free == 69
    assert spring.free < 69
    for candidate in without.ranked:
        assert set(candidate.reasons) <= set(spring.by_day[candidate.day].reasons)


def test_blackouts_alone_can_empty_a_window() -> None:
    calendars = Calendars((CALM,), (Blocked(Period(day("2027-01-01"), day("2027-12-31"), "Umzug")),))
    assert free(rank((day("2027-02-01"), day("2027-02-28")), calendars)) == 0
