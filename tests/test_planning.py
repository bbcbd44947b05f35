"""The planning page: what it shows, whom it lets choose, and what becomes of the chosen days."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.audit import entries_about
from accounts.models import User
from events.models import Blackout, DateProposal, Meeting, MeetingSeries, SchoolCalendar, SchoolHoliday
from networks.models import Agency, Region

ClientOf = Callable[[User | None], Client]
SPRING = "/treffen/planung/?from=2027-02-01&to=2027-05-31&last=2026-09-17"
CANDIDATE = re.compile(r'data-candidate="([^"]+)" data-cost="(\d+)" data-rejected="([01])"')


def candidates(page: Any) -> list[tuple[str, str, str]]:
    return CANDIDATE.findall(page.content.decode())


@pytest.fixture
def host(cast: SimpleNamespace, series: MeetingSeries, client_of: ClientOf) -> Client:
    """The west has never hosted and comes first."""
    return client_of(cast.curator_west)


def hold(series: MeetingSeries, day: date, agency: Agency, **fields: Any) -> Meeting:
    begin = timezone.make_aware(timezone.datetime(day.year, day.month, day.day, 10))
    fields.setdefault("state", Meeting.State.HELD)
    return Meeting.objects.create(
        slug=f"treffen-{day}", title=f"Treffen {day}", series=series, host=agency, city="Ort",
        starts_at=begin, ends_at=begin + timedelta(hours=3), **fields,
    )  # fmt: skip


# -- what it shows ---------------------------------------------------------------------------------
def test_five_candidates_with_their_costs_and_every_rejected_weekday(host: Client) -> None:
    found = candidates(host.get(SPRING))

    assert [each for each in found if each[2] == "0"] == [
        ("2027-03-18", "0", "0"),
        ("2027-03-24", "0", "0"),
        ("2027-03-11", "1", "0"),
        ("2027-03-30", "1", "0"),
        ("2027-03-04", "2", "0"),
    ]
    rejected = [each[0] for each in found if each[2] == "1"]
    assert rejected == ["2027-03-26", "2027-03-29", "2027-05-06", "2027-05-17", "2027-05-27"]


def test_a_month_is_a_real_table_of_days_and_regions(host: Client) -> None:
    text = host.get(SPRING).content.decode()

    assert text.count('<table class="month') == 6
    assert text.count('<table class="month beside"') == 2
    assert text.count('scope="row"') == 31 + 28 + 31 + 30 + 31 + 30
    march = text[text.index("<caption>März") :]
    row = march[march.index("</i> 26") :]
    assert 'data-region="westland" class="public begins" data-sign="F"><span>Karfreitag' in row[:300]


def test_a_long_window_shows_its_own_months_only(host: Client) -> None:
    text = host.get("/treffen/planung/?from=2027-01-01&to=2027-12-31").content.decode()
    assert (text.count('<table class="month"'), text.count("beside")) == (12, 0)


def test_reasons_are_said_with_the_regions_name(host: Client) -> None:
    text = host.get(SPRING).content.decode()
    corpus_christi = text[text.index('id="t-2027-05-27"') :]
    assert "Fronleichnam: Feiertag, Westland" in corpus_christi[:600]
    assert "schon 252 Tage nach dem letzten Treffen" in corpus_christi[:800]


def test_without_parameters_it_plans_the_next_open_window(host: Client, series: MeetingSeries) -> None:
    west = Agency.objects.get(slug="wf-westland")
    today = timezone.localdate()
    hold(series, today - timedelta(days=60), west)
    planning = host.get("/treffen/planung/").context["planning"]
    assert planning.found.last == today - timedelta(days=60)
    assert planning.question.end >= today
    assert (planning.question.start.month, planning.question.start.day) in {(2, 1), (8, 15)}


def test_what_is_not_known_is_said_with_the_place_to_enter_it(host: Client, series: MeetingSeries) -> None:
    calendar = SchoolCalendar.objects.get(code="DE-NI")
    calendar.name, calendar.known_until = "Niedersachsen", date(2030, 8, 21)
    calendar.save()
    page = host.get("/treffen/planung/?from=2030-08-15&to=2030-11-30")

    text = page.content.decode()
    assert "Schulferien Niedersachsen ab 22.08.2030 nicht bekannt" in text
    assert f'href="/admin/events/schoolcalendar/{calendar.pk}/change/"' in text
    assert page.context["planning"].found.free == 5
    Region.objects.filter(slug="ostland").update(school_calendar="")
    assert "Schulferien Ostland nicht bekannt" in host.get(SPRING).content.decode()


def test_doubtful_holidays_and_blackouts_are_named(host: Client, series: MeetingSeries) -> None:
    SchoolHoliday.objects.create(
        calendar=SchoolCalendar.objects.get(code="DE-NI"), name="Pfingstferien",
        start=date(2027, 5, 18), end=date(2027, 5, 18), doubtful=True,
    )  # fmt: skip
    Blackout.objects.create(label="Messe", start=date(2027, 3, 18), end=date(2027, 3, 18))
    page = host.get(SPRING)
    text = page.content.decode()

    assert "Pfingstferien ab 18. Mai 2027 (DE-NI) kennen wir nur aus einer Quelle." in text
    assert "1 Sperrzeit liegt in diesem Fenster." in text
    assert "Sperrzeit: Messe" in text
    assert ("2027-03-18", "80", "1") in candidates(page)


def test_three_regions_have_three_columns(host: Client, series: MeetingSeries) -> None:
    twente = Region.objects.create(slug="twente", name_de="Twente", state="NL-OV", school_calendar="NL", order=3)
    SchoolCalendar.objects.create(code="NL", name="Noord", known_until=date(2100, 1, 1))
    series.sides.create(region=twente, order=3)
    page = host.get(SPRING)

    assert 'class="months sides-3"' in page.content.decode()
    assert "2027-04-27" in {day for day, _cost, rejected in candidates(page) if rejected == "1"}
    assert "Koningsdag" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=gestern&to=2027-05-31", "from"),
        ("from=2027-05-31&to=2027-02-01", "to"),
        ("from=2027-01-01&to=2029-01-01", "to"),
        ("from=9999-12-31&to=9999-12-31", "from"),
        ("from=0001-01-01&to=0001-01-02", "from"),
        ("from=2027-02-01&to=2027-05-31&last=31.02.2026", "last"),
        ("from=2027-02-01&to=2027-05-31&last=2028-01-01", "last"),
        ("from=&to=", "from"),
    ],
)
def test_a_bad_parameter_is_said_beside_its_field(query: str, field: str, host: Client) -> None:
    page = host.get(f"/treffen/planung/?{query}")
    assert page.status_code == 200
    assert field in page.context["question"].errors
    assert f'id="id_{field}_error"' in page.content.decode()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    parameters=st.dictionaries(
        st.sampled_from(["from", "to", "last", "check", "series"]), st.text(max_size=12), max_size=5
    )
)
def test_any_parameters_are_answered(parameters: dict[str, str], host: Client) -> None:
    assert host.get("/treffen/planung/", parameters).status_code in {200, 404}


def test_another_day_is_judged_on_request(host: Client) -> None:
    page = host.get(f"{SPRING}&check=2027-04-14")
    assert ("2027-04-14", "3", "0") in candidates(page)
    assert "Geprüfter Tag" in page.content.decode()
    assert len(candidates(page)) == len({day for day, _cost, _rejected in candidates(page)})


# -- who may ---------------------------------------------------------------------------------------
def test_those_who_take_part_read_and_the_host_chooses(
    cast: SimpleNamespace, series: MeetingSeries, client_of: ClientOf
) -> None:
    assert 'name="day"' in client_of(cast.curator_west).get(SPRING).content.decode()
    other = client_of(cast.curator_east)
    page = other.get(SPRING)
    assert candidates(page) != []
    assert 'name="day"' not in page.content.decode()
    assert other.post(SPRING, {"day": ["2027-03-18", "2027-03-11", "2027-03-04"]}).status_code == 403
    assert 'name="day"' in client_of(cast.operator).get(SPRING).content.decode()
    assert not Meeting.objects.exists()


def test_who_takes_no_part_finds_nothing(cast: SimpleNamespace, series: MeetingSeries, client_of: ClientOf) -> None:
    series.places.filter(agency=cast.east.agency).delete()
    assert client_of(cast.curator_east).get(SPRING).status_code == 404
    assert client_of(cast.owner).get(SPRING).status_code == 403
    assert client_of(None).get(SPRING).status_code == 302
    assert client_of(cast.curator_west).get(f"{SPRING}&series=nirgends").status_code == 404


def test_without_any_series_staff_learn_what_to_do(cast: SimpleNamespace, client_of: ClientOf) -> None:
    assert "/admin/events/meetingseries/add/" in client_of(cast.operator).get("/treffen/planung/").content.decode()
    assert "/admin/" not in client_of(cast.curator_west).get("/treffen/planung/").content.decode().split("<main")[1]


# -- choosing --------------------------------------------------------------------------------------
def test_chosen_days_become_a_planned_meeting(host: Client, series: MeetingSeries, cast: SimpleNamespace) -> None:
    days = ["2027-03-18", "2027-03-11", "2027-05-27"]
    answer = host.post(SPRING, {"day": days, "reason-2027-05-27": "Nur da ist der Saal frei."})

    meeting = Meeting.objects.get()
    assert answer["Location"] == f"{meeting.get_absolute_url()}abstimmung/"
    assert (meeting.title, meeting.state) == ("Halbjahrestreffen Frühjahr 2027", Meeting.State.PLANNED)
    assert (meeting.host, meeting.series) == (cast.west.agency, series)
    assert timezone.localtime(meeting.starts_at).isoformat() == "2027-03-18T10:00:00+01:00"
    kept = {str(each.day): each for each in DateProposal.objects.of_meeting(meeting)}
    assert {day: (each.cost, each.rejected, each.why_anyway) for day, each in kept.items()} == {
        "2027-03-11": (1, False, ""),
        "2027-03-18": (0, False, ""),
        "2027-05-27": (160, True, "Nur da ist der Saal frei."),
    }
    assert kept["2027-05-27"].reasons[0] == {
        "code": "public", "region": "DE-NW", "cost": 100, "label": "Fronleichnam: Feiertag, Westland",
    }  # fmt: skip
    assert [entry.verb for entry in entries_about(meeting)] == ["meeting.dates_proposed", "meeting.planned"]


def test_choosing_again_replaces_the_days_of_the_same_meeting(host: Client) -> None:
    host.post(SPRING, {"day": ["2027-03-18", "2027-03-11", "2027-03-04"]})
    host.post(SPRING, {"day": ["2027-04-06", "2027-04-13", "2027-04-20", "2027-04-27"]})

    meeting = Meeting.objects.get()
    assert [str(each.day) for each in DateProposal.objects.of_meeting(meeting)] == [
        "2027-04-06", "2027-04-13", "2027-04-20", "2027-04-27",
    ]  # fmt: skip
    assert timezone.localdate(meeting.starts_at) == date(2027, 4, 6)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "Bitte wählen Sie 3 bis 5 Tage."),
        ({"day": ["2027-03-18", "2027-03-11"]}, "Bitte wählen Sie 3 bis 5 Tage."),
        ({"day": [f"2027-03-{day:02}" for day in (2, 3, 4, 9, 10, 11)]}, "Bitte wählen Sie 3 bis 5 Tage."),
        ({"day": ["2027-03-18", "2027-03-11", "2028-03-04"]}, "Dieser Tag liegt nicht im Planungsfenster."),
        ({"day": ["2027-03-18", "2027-03-11", "morgen"]}, "Dieser Tag liegt nicht im Planungsfenster."),
        ({"day": ["2027-03-18", "2027-03-11", "2027-05-27"]}, "Warum trotzdem?"),
        ({"day": ["2027-03-18", "2027-03-11", "2027-05-27"], "reason-2027-05-27": "  "}, "Warum trotzdem?"),
        ({"day": ["2027-03-18", "2027-03-11", "2027-05-27"], "reason-2027-05-27": "x" * 301}, "Warum trotzdem?"),
    ],
)
def test_a_choice_that_cannot_be_is_explained(data: dict[str, Any], said: str, host: Client) -> None:
    page = host.post(SPRING, data)
    assert page.status_code == 200
    summary = page.content.decode().split("data-error-summary")[1]
    assert said in summary[:900]
    assert not Meeting.objects.exists()


def test_a_reason_alone_takes_the_day_and_what_was_typed_stays(host: Client) -> None:
    page = host.post(SPRING, {"day": ["2027-03-18"], "reason-2027-05-27": "Der Saal."})
    assert 'value="Der Saal."' in page.content.decode()
    host.post(SPRING, {"day": ["2027-03-18", "2027-03-11"], "reason-2027-05-27": "Der Saal."})
    assert DateProposal.objects.filter(rejected=True).get().why_anyway == "Der Saal."


def test_the_page_asks_as_often_for_many_rows_as_for_one(
    host: Client, series: MeetingSeries, django_assert_max_num_queries: Any
) -> None:
    calendar = SchoolCalendar.objects.get(code="DE-NI")
    for number in range(1, 13):
        day = date(2027, 2, number)
        SchoolHoliday.objects.create(calendar=calendar, name=f"Frei {number}", start=day, end=day)
        Blackout.objects.create(label=f"Messe {number}", start=day, end=day).regions.set(Region.objects.all())
        hold(series, date(2016, number, 1), Agency.objects.get(slug="wf-ostland"))
    host.get(SPRING)
    with django_assert_max_num_queries(40):
        host.get(SPRING)
