"""Ranking a poll: the checked example, and what holds for any answers."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from events.scheduling.polls import (
    Answer,
    Column,
    Option,
    PollRules,
    Standing,
    Tally,
    Voter,
    is_decided,
    loses_in,
    ranked,
)

LETTERS = {"y": Answer.YES, "i": Answer.IF_NEED_BE, "n": Answer.NO}
BETTER = (None, Answer.NO, Answer.IF_NEED_BE, Answer.YES)
TWELVE = [Voter(n, "A", required=n == 0) for n in range(7)] + [Voter(n, "B", required=n == 7) for n in range(7, 12)]
RULES = PollRules(quorum=8, minimum={"A": 3, "B": 3})
START = date(2027, 4, 1)


def option(day: str, letters: str, cost: int = 0) -> Option:
    answers = {number: LETTERS[letter] for number, letter in enumerate(letters) if letter != "."}
    return Option(date.fromisoformat(day), cost, answers)


EXAMPLE = [
    option("2027-04-13", "yyyyyyyynnnn"),
    option("2027-04-20", "nyyyyyyyyyyy"),
    option("2027-05-11", "yyiiyyiyyiyn"),
    option("2027-05-25", "yyyyyyn.yyyn"),
]


def test_checked_example_prefers_the_date_at_which_nobody_indispensable_is_missing() -> None:
    found = [(str(tally.option.day), tally.standing) for tally in ranked(EXAMPLE, TWELVE, RULES)]
    assert found == [
        ("2027-05-11", Standing.OK),
        ("2027-05-25", Standing.PENDING),
        ("2027-04-20", Standing.OUT),
        ("2027-04-13", Standing.OUT),
    ]


def test_checked_example_counts_who_comes() -> None:
    best = ranked(EXAMPLE, TWELVE, RULES)[0]
    assert (len(best.yes), len(best.able) - len(best.yes)) == (7, 4)
    assert Tally(EXAMPLE[0], TWELVE, RULES).coming == {"A": (7, 7), "B": (1, 5)}


def test_each_option_is_told_where_it_loses() -> None:
    everybody = [Voter(0, "A"), Voter(1, "B")]
    options = [
        option("2027-04-01", "yy"),
        option("2027-04-02", "yy"),
        option("2027-04-03", "yy", cost=1),
        option("2027-04-04", "yi"),
        option("2027-04-05", "y."),
    ]
    best, *others = ranked(options, everybody, PollRules())
    assert [loses_in(other, best) for other in others] == [Column.DAY, Column.COST, Column.YES, Column.MISSING]


def test_one_side_staying_away_counts_more_than_the_cost_of_the_day() -> None:
    voters = [Voter(0, "A"), Voter(1, "A"), Voter(2, "A"), Voter(3, "B")]
    best, other = ranked([option("2027-04-01", "yyyn"), option("2027-04-02", "yyny", cost=9)], voters, PollRules())
    assert (str(best.option.day), loses_in(other, best)) == ("2027-04-02", Column.SHARE)


answers = st.dictionaries(st.integers(0, 5), st.sampled_from(list(Answer)))
options = st.lists(st.tuples(answers, st.integers(0, 3)), min_size=1, max_size=4).map(
    lambda rows: [Option(START + timedelta(n), cost, said) for n, (said, cost) in enumerate(rows)]
)
voters = st.lists(st.tuples(st.sampled_from("ABC"), st.booleans()), min_size=1, max_size=6).map(
    lambda rows: [Voter(number, region, required) for number, (region, required) in enumerate(rows)]
)
rules = st.builds(
    PollRules, quorum=st.integers(0, 7), minimum=st.dictionaries(st.sampled_from("ABC"), st.integers(0, 3))
)


def days(tallies: list[Tally]) -> list[date]:
    return [tally.option.day for tally in tallies]


@given(options, voters, rules, st.data())
def test_a_better_answer_never_moves_an_option_back(options, voters, rules, data) -> None:
    chosen, voter = data.draw(st.sampled_from(options)), data.draw(st.sampled_from(voters))
    better = data.draw(st.sampled_from(BETTER[BETTER.index(chosen.answers.get(voter.key)) :]))
    if better is None:
        return
    changed = replace(chosen, answers={**chosen.answers, voter.key: better})
    before = days(ranked(options, voters, rules))
    after = days(ranked([changed if one is chosen else one for one in options], voters, rules))
    others = [day for day in before if day != chosen.day]
    worse_than_silence = chosen.answers.get(voter.key) is None and better is Answer.NO
    assert [day for day in after if day != chosen.day] == others
    if not worse_than_silence:
        assert after.index(chosen.day) <= before.index(chosen.day)


@given(options, voters, rules, st.randoms())
def test_order_of_voters_and_options_does_not_matter(options, voters, rules, chance) -> None:
    mixed_options, mixed_voters = list(options), list(voters)
    chance.shuffle(mixed_options)
    chance.shuffle(mixed_voters)
    assert days(ranked(options, voters, rules)) == days(ranked(mixed_options, mixed_voters, rules))


@given(options, voters, rules)
def test_a_required_no_never_ranks_before_an_option_that_is_ok(options, voters, rules) -> None:
    standings = [
        (tally.standing, any(voter.required for voter in tally.refusing)) for tally in ranked(options, voters, rules)
    ]
    refused = [number for number, (_, refused) in enumerate(standings) if refused]
    fine = [number for number, (standing, _) in enumerate(standings) if standing is Standing.OK]
    assert not refused or not fine or max(fine) < min(refused)


@given(options, voters, rules, st.data())
def test_once_decided_no_silent_answer_changes_the_winner(options, voters, rules, data) -> None:
    tallies = ranked(options, voters, rules)
    if not is_decided(tallies):
        return
    complete = [
        replace(
            one,
            answers={
                voter.key: one.answers.get(voter.key) or data.draw(st.sampled_from(list(Answer))) for voter in voters
            },
        )
        for one in options
    ]
    final = ranked(complete, voters, rules)
    assert (final[0].option.day, final[0].standing) == (tallies[0].option.day, Standing.OK)


@given(st.integers(1, 6), voters)
def test_an_option_without_any_answer_is_never_ok_when_a_quorum_is_set(quorum, voters) -> None:
    assert Tally(Option(START), voters, PollRules(quorum=quorum)).standing is not Standing.OK


def test_a_region_without_a_voter_cannot_bring_its_minimum() -> None:
    alone = Tally(option("2027-04-01", "y"), [Voter(0, "A")], PollRules(minimum={"A": 1, "B": 1}))
    assert alone.standing is Standing.OUT


def test_a_poll_where_all_agree_is_decided_before_the_last_answer() -> None:
    voters = [Voter(number, "AB"[number % 2]) for number in range(6)]
    options = [option("2027-04-01", "yyyyy."), option("2027-04-02", "nnnnn.")]
    assert is_decided(ranked(options, voters, PollRules(quorum=4, minimum={"A": 2, "B": 2})))
    assert not is_decided(ranked(options, voters, PollRules(quorum=6)))
