"""Polling a date: personal links, who sees what, who is told, how it is decided."""

from datetime import date, time, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.errors import ActionRefused
from accounts.models import OutboxMail
from events.actions import polls
from events.actions.polls import Guest, PollWish
from events.models import DatePoll, DateProposal, Meeting, MeetingSeries, PollParticipant
from events.tally import result_of

DAYS = [date(2027, 3, 11), date(2027, 3, 18), date(2027, 4, 6)]


@pytest.fixture
def series(west, east) -> MeetingSeries:
    series = MeetingSeries.objects.create(slug="halbjahr", name="Halbjahrestreffen", quorum=2, least_per_region=1)
    for order, side in enumerate((west, east)):
        series.places.create(agency=side.agency, order=order)
        series.sides.create(region=side.region, order=order)
    series.members.create(name="Ada West", email="ada@west.example.org", agency=west.agency)
    series.members.create(name="Otto Ost", email="otto@ost.example.org", agency=east.agency)
    return series


@pytest.fixture
def planned(series, west) -> Meeting:
    start = polls.moment(DAYS[0], time(10))
    meeting = Meeting.objects.create(
        slug="fruehjahr",
        title="Frühjahrstreffen",
        city="Münster",
        host=west.agency,
        series=series,
        starts_at=start,
        ends_at=start + timedelta(hours=3),
    )
    for day in DAYS:
        DateProposal.objects.create(meeting=meeting, day=day)
    return meeting


@pytest.fixture
def wish() -> PollWish:
    return PollWish(time(10), time(13), timezone.now() + timedelta(days=10), quorum=2, minimum=1)


@pytest.fixture
def guests(west, east) -> list[Guest]:
    return [
        Guest("Ada West", "ada@west.example.org", west.region, west.agency, required=True),
        Guest("Otto Ost", "otto@ost.example.org", east.region, east.agency),
        Guest("Olga Ost", "olga@ost.example.org", east.region, east.agency),
    ]


@pytest.fixture
def poll(planned, wish, guests, cast) -> DatePoll:
    return polls.open_poll(planned, wish, guests, by=cast.curator_west)


def person(poll: DatePoll, name: str) -> PollParticipant:
    return poll.participants.asked().get(name__startswith=name)


def say(poll: DatePoll, name: str, letters: str, comment: str = "") -> None:
    words = {"y": "yes", "i": "if_need_be", "n": "no"}
    options = poll.options.order_by("day")
    answers = {option.pk: words[letter] for option, letter in zip(options, letters, strict=True) if letter != "."}
    polls.answer_poll(person(poll, name), answers, comment)


def subjects(email: str) -> list[str]:
    return list(OutboxMail.objects.filter(recipient=email).order_by("pk").values_list("subject", flat=True))


def test_everybody_gets_their_own_link_and_no_other_address(poll):
    mails = {mail.recipient: bytes(mail.source).decode() for mail in OutboxMail.objects.all()}
    asked = {one.email: one.token for one in poll.participants.all()}
    assert set(mails) == set(asked)
    for email, text in mails.items():
        others = [token for address, token in asked.items() if address != email]
        assert asked[email] in text
        assert not [token for token in others if token in text]
        assert not [address for address in asked if address != email and address in text]
    poll.meeting.refresh_from_db()
    assert poll.meeting.state == Meeting.State.POLLED


def test_a_meeting_without_proposed_days_cannot_be_polled(planned, wish, guests, cast):
    DateProposal.objects.all().delete()
    with pytest.raises(ActionRefused):
        polls.open_poll(planned, wish, guests, by=cast.curator_west)


def test_a_second_poll_of_the_same_meeting_is_refused(poll, wish, guests, cast):
    with pytest.raises(ActionRefused):
        polls.open_poll(poll.meeting, wish, guests, by=cast.curator_west)


def test_an_answer_is_saved_and_can_be_changed(poll, client: Client):
    ada = person(poll, "Ada")
    first, second, third = poll.options.order_by("day")
    page = client.get(ada.get_absolute_url())
    assert (page.status_code, page["Referrer-Policy"]) == (200, "same-origin")

    client.post(ada.get_absolute_url(), {f"day-{first.pk}": "yes", f"day-{second.pk}": "no", "comment": "Gern früh."})
    client.post(ada.get_absolute_url(), {f"day-{first.pk}": "no", f"day-{third.pk}": "if_need_be"})

    ada.refresh_from_db()
    assert result_of(poll).said_by(ada) == {first.pk: "no", third.pk: "if_need_be"}
    assert (ada.answered_at is None, ada.comment) == (False, "")


def test_an_answer_to_nothing_is_said_beside_the_form(poll, client: Client):
    answer = client.post(person(poll, "Ada").get_absolute_url(), {"comment": "Hm"})
    assert answer.status_code == 200
    assert "Bitte antworten Sie für mindestens einen Tag." in answer.content.decode()
    assert person(poll, "Ada").answered_at is None


def test_participants_see_counts_per_region_never_names(poll, client: Client):
    say(poll, "Otto", "yyn", "Mit dem Zug")
    page = client.get(person(poll, "Ada").get_absolute_url()).content.decode()
    assert "Bisher können: Westland 0 von 1, Ostland 1 von 2" in page
    assert not [word for word in ("Otto", "Olga", "Mit dem Zug", "ost.example.org") if word in page]


def test_hidden_results_are_seen_only_after_the_own_answer(poll, client: Client):
    DatePoll.objects.update(results_hidden=True)
    say(poll, "Otto", "yyn")
    address = person(poll, "Ada").get_absolute_url()
    assert "Bisher können" not in client.get(address).content.decode()
    say(poll, "Ada", "yyy")
    assert "Bisher können" in client.get(address).content.decode()


def test_a_link_ends_with_the_poll(poll, client: Client, cast):
    address = person(poll, "Ada").get_absolute_url()
    polls.withdraw_poll(poll, by=cast.curator_west)
    assert client.get(address).status_code == 410
    assert client.post(address, {"comment": "noch da?"}).status_code == 410


def test_no_answer_is_taken_after_the_deadline(poll, client: Client):
    DatePoll.objects.update(deadline=timezone.now() - timedelta(minutes=1))
    with pytest.raises(ActionRefused):
        say(poll, "Ada", "yyy")
    assert client.get(person(poll, "Ada").get_absolute_url()).status_code == 410


def test_a_link_that_was_taken_back_is_gone_and_its_answer_does_not_count(poll, client: Client, cast):
    say(poll, "Otto", "yyy")
    otto = person(poll, "Otto")
    polls.take_back_link(otto, by=cast.curator_west)
    assert client.get(otto.get_absolute_url()).status_code == 404
    assert [one.name for one in result_of(poll).people] == ["Ada West", "Olga Ost"]
    assert not result_of(poll).given


def test_who_is_replaced_hands_the_link_on(poll, client: Client):
    say(poll, "Ada", "yyy")
    before = person(poll, "Ada")
    address = f"{before.get_absolute_url()}weitergeben/"
    assert client.post(address, {"name": "Anna West", "email": "anna@west.example.org"}).status_code == 200
    heir = person(poll, "Anna")
    assert (heir.required, heir.region, heir.answered_at) == (True, before.region, None)
    assert heir.token != before.token
    assert client.get(before.get_absolute_url()).status_code == 404
    assert heir.token in bytes(OutboxMail.objects.get(recipient="anna@west.example.org").source).decode()


def test_a_link_is_not_handed_to_somebody_who_is_asked_already(poll, client: Client):
    address = f"{person(poll, 'Ada').get_absolute_url()}weitergeben/"
    page = client.post(address, {"name": "Otto", "email": "OTTO@ost.example.org"})
    assert "Diese Person ist schon gefragt." in page.content.decode()
    assert person(poll, "Ada").revoked_at is None


def test_reminders_go_only_to_the_silent_and_once(poll):
    say(poll, "Ada", "yyy")
    OutboxMail.objects.all().delete()
    day = timezone.localdate(poll.deadline) - timedelta(days=3)
    call_command("tick", today=day - timedelta(days=1))
    assert not OutboxMail.objects.filter(subject__startswith="Ihre Antwort fehlt").exists()
    call_command("tick", today=day)
    call_command("tick", today=day)
    reminded = OutboxMail.objects.filter(subject__startswith="Ihre Antwort fehlt").values_list("recipient", flat=True)
    assert sorted(reminded) == ["olga@ost.example.org", "otto@ost.example.org"]


def test_staff_learn_that_nothing_can_change_any_more_and_that_all_have_answered(poll, cast):
    say(poll, "Ada", "ynn")
    say(poll, "Otto", "ynn")
    staff = subjects(cast.curator_west.email)
    say(poll, "Olga", "ynn")
    assert staff == ["Der Termin ist schon klar: Frühjahrstreffen"]
    assert subjects(cast.curator_west.email)[1:] == ["Alle haben geantwortet: Frühjahrstreffen"]
    say(poll, "Olga", "yyn")
    assert len(subjects(cast.curator_west.email)) == 2


def test_hosts_learn_once_that_the_deadline_has_passed(poll, cast):
    cast.pending_company.delete()  # of which the desk would remind
    day = timezone.localdate(poll.deadline) + timedelta(days=1)
    call_command("tick", today=day)
    call_command("tick", today=day)
    assert subjects(cast.curator_west.email) == ["Die Frist ist vorbei: Frühjahrstreffen"]


def test_deciding_schedules_the_meeting_and_frees_the_other_days(poll, cast):
    say(poll, "Ada", "nyi")
    say(poll, "Otto", "nyy")
    OutboxMail.objects.all().delete()

    polls.decide_poll(poll, poll.options.get(day=DAYS[1]), by=cast.curator_west)

    meeting = Meeting.objects.get(pk=poll.meeting_id)
    assert (meeting.state, timezone.localtime(meeting.starts_at)) == (
        Meeting.State.SCHEDULED,
        polls.moment(DAYS[1], time(10)),
    )
    assert subjects("ada@west.example.org") == ["Der Termin steht: Frühjahrstreffen"]
    assert subjects("otto@ost.example.org") == ["Der Termin steht: Frühjahrstreffen"]
    assert subjects("olga@ost.example.org") == []


def test_another_day_than_the_first_needs_a_reason_that_is_kept(poll, cast):
    say(poll, "Ada", "nyi")
    say(poll, "Otto", "nyy")
    other = poll.options.get(day=DAYS[2])
    with pytest.raises(ActionRefused):
        polls.decide_poll(poll, other, by=cast.curator_west)
    polls.decide_poll(poll, other, by=cast.curator_west, reason="Die Halle ist nur dann frei.")
    poll.refresh_from_db()
    assert (poll.chosen, poll.decision_note) == (other, "Die Halle ist nur dann frei.")


def test_each_day_is_told_why_it_is_not_first(poll):
    say(poll, "Ada", "ynn")
    say(poll, "Otto", "yyn")
    say(poll, "Olga", "yyi")
    assert [(row.option.day, row.standing, row.why_not) for row in result_of(poll).rows] == [
        (DAYS[0], "ok", ""),
        (DAYS[1], "out", "ohne Ada West"),
        (DAYS[2], "out", "ohne Ada West"),
    ]


def test_only_the_host_runs_the_poll_and_the_others_read_along(poll, cast, client_of):
    page, decide = poll.get_absolute_url(), f"{poll.get_absolute_url()}entscheiden/"
    statuses = {
        name: (client_of(who).get(page).status_code, client_of(who).get(decide).status_code)
        for name, who in (("west", cast.curator_west), ("east", cast.curator_east), ("owner", cast.owner))
    }
    assert statuses == {"west": (200, 200), "east": (200, 403), "owner": (404, 404)}


def test_staff_begin_a_poll_on_its_page(planned, cast, client_of, series):
    address = f"/treffen/{planned.slug}/abstimmung/"
    client = client_of(cast.curator_west)
    assert "Do., 11. März 2027" in client.get(address).content.decode()
    answer = client.post(
        address,
        {
            "members": [member.pk for member in series.members.all()],
            "starts": "10:00",
            "ends": "13:00",
            "deadline": (timezone.localtime() + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M"),
            "quorum": "2",
            "minimum": "1",
        },
    )
    poll = DatePoll.objects.get()
    assert answer.url == poll.get_absolute_url()
    assert sorted(poll.participants.values_list("email", flat=True)) == ["ada@west.example.org", "otto@ost.example.org"]
    assert client_of(cast.curator_east).get(address).status_code == 404


def test_a_poll_page_asks_as_many_queries_for_many_as_for_few(
    poll, cast, client_of, east, django_assert_max_num_queries
):
    client = client_of(cast.curator_west)
    client.get(poll.get_absolute_url())
    with django_assert_max_num_queries(60) as counted_few:
        client.get(poll.get_absolute_url())
    for number in range(20):
        polls.ask_too(poll, Guest(f"Gast {number}", f"gast{number}@ost.example.org", east.region), by=cast.curator_west)
    with django_assert_max_num_queries(len(counted_few.captured_queries)):
        client.get(poll.get_absolute_url())
