"""What holds for every calendar, window and ledger, not only for real ones."""

from datetime import date, timedelta
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from events.scheduling.calendars import Blackout, Calendars, Period, RegionCalendar
from events.scheduling.hosts import Side, Swap, Turn, host_by_turn, latest, next_host, would_host_twice
from events.scheduling.judging import Rules, judge
from events.scheduling.ranking import SPREAD, Candidate, free, propose, rank
from events.scheduling.windows import Window, coming, is_near

# Around New Year and the leap day of 2028.
FIRST, LAST = date(2027, 12, 1), date(2028, 3, 31)
days = st.dates(FIRST, LAST)
labels = st.sampled_from(["Ferien", "Messe", "Fest"])


@st.composite
def periods(draw: st.DrawFn, longest: int = 20) -> Period:
    start = draw(days)
    return Period(start, start + timedelta(days=draw(st.integers(0, longest))), draw(labels))


@st.composite
def regions(draw: st.DrawFn, code: str) -> RegionCalendar:
    public = draw(st.dictionaries(days, labels, max_size=6))
    school = tuple(draw(st.lists(periods(), max_size=4)))
    return RegionCalendar(code, public, school, draw(st.none() | st.dates(FIRST, date(2029, 1, 1))))


@st.composite
def calendars(draw: st.DrawFn) -> Calendars:
    sides = tuple(draw(regions(code)) for code in draw(st.sampled_from([("A",), ("A", "B"), ("A", "B", "C")])))
    concerned = st.frozensets(st.sampled_from(["A", "B", "C", "*"]), max_size=2)
    return Calendars(sides, tuple(draw(st.lists(st.builds(Blackout, periods(), concerned), max_size=3))))


@st.composite
def windows(draw: st.DrawFn) -> tuple[date, date]:
    start = draw(days)
    return (start, start + timedelta(days=draw(st.integers(0, 60))))


rules = st.builds(
    Rules,
    weekday_costs=st.tuples(*[st.integers(0, 30)] * 5),
    days=st.integers(1, 3),
)
one_day = st.builds(Rules, weekday_costs=st.tuples(*[st.integers(0, 30)] * 5))
last_meetings = st.none() | st.dates(date(2027, 1, 1), date(2028, 3, 1))


def standing(candidate: Candidate) -> tuple[bool, int]:
    return (candidate.rejected, candidate.cost)


def place(ranked: list[Candidate], day: date) -> int:
    return next(n for n, candidate in enumerate(ranked) if candidate.day == day)


def by_day(ranked: list[Candidate]) -> dict[date, Candidate]:
    return {candidate.day: candidate for candidate in ranked}


def more(known: Calendars, kind: str, code: str, period: Period) -> Calendars:
    """The same calendars with one holiday or period more."""
    if kind == "blackout":
        return Calendars(known.regions, (*known.blackouts, Blackout(period, frozenset({code}))))
    changed = tuple(with_more(region, kind, period) if region.code == code else region for region in known.regions)
    return Calendars(changed, known.blackouts)


def with_more(region: RegionCalendar, kind: str, period: Period) -> RegionCalendar:
    if kind == "school":
        return RegionCalendar(region.code, region.public, (*region.school, period), region.known_until)
    public = dict.fromkeys(period.days(), period.label) | dict(region.public)
    return RegionCalendar(region.code, public, region.school, region.known_until)


# -- judging and ranking ---------------------------------------------------------------------------
@given(calendars(), windows(), rules, last_meetings)
def test_every_day_of_the_window_is_judged_and_no_other(
    known: Calendars, window: tuple[date, date], set_by: Rules, last: date | None
) -> None:
    ranked = rank(window, known, set_by, last)
    assert sorted(candidate.day for candidate in ranked) == [
        window[0] + timedelta(days=n) for n in range((window[1] - window[0]).days + 1)
    ]
    for candidate in ranked:
        assert candidate.rejected == any(reason.rejects for reason in candidate.reasons)
        assert candidate.cost == sum(reason.cost for reason in candidate.reasons)
        assert len({(reason.code, reason.region) for reason in candidate.reasons}) == len(candidate.reasons)
        assert all(reason.cost > 0 for reason in candidate.reasons)
    assert free(ranked) == sum(not candidate.rejected for candidate in ranked)


@given(calendars(), windows(), rules, last_meetings, st.integers(0, 8))
def test_proposals_keep_their_spread_and_free_days_come_first(
    known: Calendars, window: tuple[date, date], set_by: Rules, last: date | None, wanted: int
) -> None:
    ranked = rank(window, known, set_by, last)
    proposals = propose(ranked, wanted)
    assert len(proposals) <= wanted
    for n, one in enumerate(proposals):
        assert window[0] <= one.day <= window[1]
        assert all(abs((one.day - other.day).days) >= SPREAD for other in proposals[:n])
    assert [one.rejected for one in proposals] == sorted(one.rejected for one in proposals)
    if len(proposals) < wanted:
        taken = {one.day for one in proposals}
        assert all(any(abs((each.day - day).days) < SPREAD for day in taken) for each in ranked)


KINDS = st.sampled_from(["public", "school", "blackout"])


@given(calendars(), windows(), one_day, last_meetings, KINDS, periods())
def test_one_more_holiday_never_makes_a_day_better(
    known: Calendars, window: tuple[date, date], set_by: Rules, last: date | None, kind: str, period: Period
) -> None:
    before = by_day(rank(window, known, set_by, last))
    after = by_day(rank(window, more(known, kind, "A", period), set_by, last))
    for day in period.days():
        if day in before:
            assert standing(after[day]) >= standing(before[day])


@given(calendars(), windows(), one_day, last_meetings, KINDS, periods(longest=0))
def test_one_more_holiday_of_a_day_never_improves_its_place(
    known: Calendars, window: tuple[date, date], set_by: Rules, last: date | None, kind: str, period: Period
) -> None:
    assume(window[0] <= period.start <= window[1])
    before = rank(window, known, set_by, last)
    after = rank(window, more(known, kind, "A", period), set_by, last)
    assert place(after, period.start) >= place(before, period.start)


@given(calendars(), windows(), rules, last_meetings, st.randoms())
def test_the_order_of_the_input_does_not_matter(
    known: Calendars, window: tuple[date, date], set_by: Rules, last: date | None, chance: Random
) -> None:
    def shuffled(things: tuple) -> tuple:
        return tuple(chance.sample(things, len(things)))

    mixed = [RegionCalendar(r.code, r.public, shuffled(r.school), r.known_until) for r in shuffled(known.regions)]
    assert rank(window, Calendars(tuple(mixed), shuffled(known.blackouts)), set_by, last) == rank(
        window, known, set_by, last
    )


@given(calendars(), regions("D"), days, rules, last_meetings)
def test_one_more_region_only_adds_reasons(
    known: Calendars, fourth: RegionCalendar, day: date, set_by: Rules, last: date | None
) -> None:
    alone = judge(day, known, set_by, last)
    together = judge(day, Calendars((*known.regions, fourth), known.blackouts), set_by, last)
    assert set(alone) <= set(together)
    assert {reason.region for reason in set(together) - set(alone)} <= {"D"}


# -- hosts -----------------------------------------------------------------------------------------
SIDES = [Side("W", ("w1", "w2", "w3")), Side("E", ("e1", "e2"))]
AGENCIES = [agency for side in SIDES for agency in side.agencies]
turns = st.lists(st.builds(Turn, st.dates(date(2016, 1, 1), date(2026, 1, 1)), st.sampled_from(AGENCIES)), max_size=12)


def side_of(agency: str) -> str:
    return next(side.region for side in SIDES if agency in side.agencies)


def test_sides_alternate_and_agencies_rotate() -> None:
    held: list[Turn] = []
    for n in range(12):
        host = host_by_turn(SIDES, held)
        assert host
        held.append(Turn(date(2016, 3, 1) + timedelta(weeks=26 * n), host))
    assert [turn.agency for turn in held] == ["w1", "e1", "w2", "e2", "w3", "e1", "w1", "e2", "w2", "e1", "w3", "e2"]


@given(turns, st.randoms())
def test_the_ledger_says_who_is_next_and_its_order_does_not_matter(held: list[Turn], chance: Random) -> None:
    host = next_host(SIDES, held)
    assert next_host(SIDES, chance.sample(held, len(held))) == host
    assert host in AGENCIES
    never = [side for side in SIDES if not any(turn.agency in side.agencies for turn in held)]
    if never:
        assert side_of(str(host)) == never[0].region


@given(turns)
def test_nobody_hosts_twice_in_a_row_by_turn(held: list[Turn]) -> None:
    assume(len({turn.day for turn in held}) == len(held))
    assert not would_host_twice(str(next_host(SIDES, held)), held)


@given(turns, st.sampled_from(AGENCIES), st.sampled_from(AGENCIES))
def test_a_swap_counts_for_one_turn_and_the_ledger_goes_on(held: list[Turn], first: str, second: str) -> None:
    swaps = [Swap(latest(held), first), Swap(latest(held), second)]
    assert next_host(SIDES, held, swaps) == second
    afterwards = [*held, Turn(date(2026, 9, 1), second)]
    assert next_host(SIDES, afterwards, swaps) == host_by_turn(SIDES, afterwards)


def test_without_agencies_nobody_hosts() -> None:
    assert next_host([], []) is None
    assert next_host([Side("W", ())], []) is None
    assert next_host([Side("W", ()), Side("E", ("e1",))], []) == "e1"


# -- windows ---------------------------------------------------------------------------------------
month_days = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda each: (each.month, each.day))


@given(month_days, month_days, st.integers(2016, 2040))
def test_a_window_begins_in_its_year_and_is_no_longer_than_one(
    start: tuple[int, int], end: tuple[int, int], year: int
) -> None:
    span = Window("Fenster", start, end).in_year(year)
    assert span.start.year == year
    assert timedelta(0) <= span.end - span.start <= timedelta(days=366)


@given(month_days, month_days, st.dates(date(2016, 1, 1), date(2040, 1, 1)))
def test_a_window_is_always_coming(start: tuple[int, int], end: tuple[int, int], today: date) -> None:
    spans = coming([Window("Fenster", start, end)], today)
    assert spans[0].end >= today
    assert spans[0].start <= today + timedelta(days=366)


def test_a_window_comes_near_before_it_opens() -> None:
    spring = Window("Frühjahr", (2, 1), (5, 31)).in_year(2027)
    near = [is_near(spring, day, 90) for day in (date(2026, 11, 2), date(2026, 11, 3), date(2027, 5, 31))]
    assert near == [False, True, True]
    assert not is_near(spring, date(2027, 6, 1), 90)
    assert Window("Schalttag", (2, 29), (3, 1)).in_year(2027).start == date(2027, 2, 28)
