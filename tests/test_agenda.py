"""Agenda, minutes, decisions, tasks: each meeting starts from the one before, and nothing written is lost."""

from datetime import date, time, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.errors import ActionRefused
from accounts.models import OutboxMail
from events.actions import agenda
from events.actions.polls import moment
from events.agenda import inherited, timed
from events.models import ActionItem, AgendaItem, Decision, Meeting, MeetingSeries, MinutesVersion


@pytest.fixture
def series(west, east) -> MeetingSeries:
    series = MeetingSeries.objects.create(slug="halbjahr", name="Halbjahrestreffen")
    for side in (west, east):
        series.places.create(agency=side.agency)
    return series


@pytest.fixture
def meet(series, west):
    def meet(slug: str, day: date, state: str = Meeting.State.SCHEDULED) -> Meeting:
        return Meeting.objects.create(
            slug=slug,
            title=slug.title(),
            city="Münster",
            host=west.agency,
            series=series,
            state=state,
            starts_at=moment(day, time(10)),
            ends_at=moment(day, time(13)),
        )

    return meet


@pytest.fixture
def autumn(meet) -> Meeting:
    return meet("herbst", date(2026, 9, 17), Meeting.State.HELD)


@pytest.fixture
def spring(meet) -> Meeting:
    return meet("fruehling", date(2027, 3, 18))


def add(meeting: Meeting, title: str, by, **values) -> AgendaItem:
    return agenda.add_item(meeting, {"title": title, **values}, by=by)


def titles(meeting: Meeting) -> list[str]:
    return [item.title for item in AgendaItem.objects.of_meeting(meeting)]


def test_times_follow_from_what_comes_before(spring, cast):
    for title, minutes in (("Begrüßung", 10), ("Robotik", 45), ("Beschlüsse", 20)):
        add(spring, title, cast.curator_west, minutes=minutes)
    clock = [timezone.localtime(slot.begin).strftime("%H:%M") for slot in timed(spring)]
    assert clock == ["10:00", "10:10", "10:55"]


def test_items_move_with_buttons(spring, cast, client_of):
    first, second = add(spring, "Eins", cast.curator_west), add(spring, "Zwei", cast.curator_west)
    client = client_of(cast.curator_west)
    client.post(f"/treffen/{spring.slug}/tagesordnung/{second.pk}/platz/", {"up": ""})
    assert titles(spring) == ["Zwei", "Eins"]
    client.post(f"/treffen/{spring.slug}/tagesordnung/{first.pk}/platz/", {"down": ""})
    assert titles(spring) == ["Zwei", "Eins"]
    client.post(f"/treffen/{spring.slug}/tagesordnung/{second.pk}/platz/", {"remove": ""})
    assert titles(spring) == ["Eins"]


def test_what_was_left_open_comes_along_once(autumn, spring, cast):
    add(autumn, "Erledigtes", cast.curator_west, outcome="done")
    add(autumn, "Fachkräfte", cast.curator_west)
    add(autumn, "Messe", cast.curator_west, outcome="parked")
    assert agenda.carry_over(spring, by=cast.curator_west) == 2
    assert agenda.carry_over(spring, by=cast.curator_west) == 0
    assert titles(spring) == ["Fachkräfte", "Messe"]


def test_unfinished_tasks_of_all_earlier_meetings_come_along(autumn, spring, meet, cast):
    old = meet("frueher", date(2026, 4, 15), Meeting.State.HELD)
    for meeting, text, state in ((old, "Uralt", "open"), (autumn, "Neu", "open"), (autumn, "Fertig", "done")):
        ActionItem.objects.create(meeting=meeting, text=text, owner="Ada", state=state)
    assert [task.text for task in inherited(spring).tasks] == ["Uralt", "Neu"]


def test_each_version_of_the_minutes_is_kept(autumn, cast):
    item = add(autumn, "Robotik", cast.curator_west)
    agenda.write_minutes(item, "Erster Satz.", based_on=0, by=cast.curator_west)
    agenda.write_minutes(item, "Erster Satz. Zweiter.", based_on=1, by=cast.curator_west)
    agenda.write_minutes(item, "Erster Satz. Zweiter.", based_on=2, by=cast.curator_west)
    assert list(MinutesVersion.objects.of_item(item).values_list("number", "text")) == [
        (2, "Erster Satz. Zweiter."),
        (1, "Erster Satz."),
    ]


def test_two_writers_the_second_gets_both_texts(autumn, cast, client_of):
    item = add(autumn, "Robotik", cast.curator_west)
    address = f"/treffen/{autumn.slug}/tagesordnung/{item.pk}/protokoll/"
    first = {"text": "Text der Ersten.", "outcome": "open", "based_on": "0"}
    second = {"text": "Text des Zweiten.", "outcome": "done", "based_on": "0"}
    client_of(cast.curator_west).post(address, first)
    page = client_of(cast.manager_west).post(address, second)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Text der Ersten." in text
    assert "Text des Zweiten." in text
    assert 'name="based_on" value="1"' in text
    assert MinutesVersion.objects.count() == 1
    client_of(cast.manager_west).post(address, {**second, "text": "Beide.", "based_on": "1"})
    assert MinutesVersion.objects.of_item(item).first().text == "Beide."


def test_an_item_with_minutes_stays(autumn, cast):
    item = add(autumn, "Robotik", cast.curator_west)
    agenda.write_minutes(item, "Text.", based_on=0, by=cast.curator_west)
    with pytest.raises(ActionRefused):
        agenda.remove_item(item, by=cast.curator_west)


def test_the_register_shows_the_public_what_is_public(autumn, cast, client: Client, client_of):
    for text, public in (("Wir treffen uns zweimal im Jahr.", True), ("Etwas Internes.", False)):
        agenda.decide(
            autumn,
            {"text": text, "decided_on": date(2026, 9, 17), "public": public, "agencies": [cast.east.agency]},
            by=cast.curator_west,
        )
    page = client.get("/treffen/beschluesse/").content.decode()
    assert ("zweimal im Jahr" in page, "Etwas Internes" in page) == (True, False)
    assert "Etwas Internes" in client_of(cast.curator_east).get("/treffen/beschluesse/").content.decode()
    found = client.get("/treffen/beschluesse/?q=ZWEIMAL jahr").content.decode()
    assert "zweimal im Jahr" in found
    assert "Nichts gefunden" in client.get("/treffen/beschluesse/?q=dreimal").content.decode()
    chronicle = client.get(autumn.get_absolute_url()).content.decode()
    assert ("zweimal im Jahr" in chronicle, "Etwas Internes" in chronicle) == (True, False)


def test_a_decision_is_replaced_not_deleted(autumn, spring, cast):
    old = agenda.decide(autumn, {"text": "Einmal.", "decided_on": date(2026, 9, 17)}, by=cast.curator_west)
    new = agenda.decide(
        spring, {"text": "Zweimal.", "decided_on": date(2027, 3, 18)}, by=cast.curator_west, replaces=old
    )
    assert list(Decision.objects.of_the_same_series(autumn).in_force()) == [new]
    old.refresh_from_db()
    assert old.superseded_by == new


def test_whoever_has_a_task_is_told_and_reminded_once_before_the_next_meeting(autumn, spring, cast):
    agenda.assign(autumn, {"text": "Saal buchen", "owner": "Ada", "email": "ada@example.org"}, by=cast.curator_west)
    day = timezone.localdate(spring.starts_at)
    call_command("tick", today=day - timedelta(days=20))
    call_command("tick", today=day - timedelta(days=14))
    call_command("tick", today=day - timedelta(days=13))
    subjects = OutboxMail.objects.filter(recipient="ada@example.org").order_by("pk").values_list("subject", flat=True)
    assert list(subjects) == ["Ihre Aufgabe: Saal buchen", "Noch offen: Saal buchen"]


def test_a_task_that_is_still_open_is_named_before_the_meeting_after_that_too(autumn, spring, meet, cast):
    agenda.assign(autumn, {"text": "Saal buchen", "owner": "Ada", "email": "ada@example.org"}, by=cast.curator_west)
    later = meet("naechster-herbst", date(2027, 9, 16))
    for meeting in (spring, later):
        call_command("tick", today=timezone.localdate(meeting.starts_at) - timedelta(days=10))
    assert OutboxMail.objects.filter(subject="Noch offen: Saal buchen").count() == 2


def test_a_decision_is_replaced_once(autumn, spring, cast):
    old = agenda.decide(autumn, {"text": "Einmal.", "decided_on": date(2026, 9, 17)}, by=cast.curator_west)
    new = {"text": "Zweimal.", "decided_on": date(2027, 3, 18)}
    agenda.decide(spring, new, by=cast.curator_west, replaces=old)
    with pytest.raises(ActionRefused):
        agenda.decide(spring, new, by=cast.curator_west, replaces=old)
    assert Decision.objects.count() == 2


def test_documents_are_links_with_titles(spring, cast, client_of):
    client, address = client_of(cast.curator_west), f"/treffen/{spring.slug}/tagesordnung/"
    told = {"title": "Robotik", "minutes": "20", "documents": "Vortrag vom Herbst https://example.org/a.pdf\nkein Link"}
    assert "Keine Adresse: Link" in client.post(address, told).content.decode()
    client.post(address, {**told, "documents": "Vortrag vom Herbst https://example.org/a.pdf\nhttps://example.org/b"})
    assert AgendaItem.objects.get().links == [
        ("Vortrag vom Herbst", "https://example.org/a.pdf"),
        ("https://example.org/b", "https://example.org/b"),
    ]


def test_a_task_is_closed_by_the_hosts_only(autumn, cast, client_of):
    task = ActionItem.objects.create(meeting=autumn, text="Saal buchen", owner="Ada")
    address = f"/treffen/aufgaben/{task.pk}/"
    assert client_of(cast.curator_east).post(address, {"state": "done"}).status_code == 403
    client_of(cast.curator_west).post(address, {"state": "done"})
    task.refresh_from_db()
    assert task.state == "done"


def test_the_report_says_who_was_there_by_agency_and_what_was_agreed(autumn, cast, client_of):
    for number, (name, state) in enumerate((("Ada", "attended"), ("Bert", "no_show"))):
        autumn.registrations.create(
            name=name, email=f"{name}@example.org", organisation="WF Westland", state=state, ticket=number, token=name
        )
    agenda.decide(autumn, {"text": "Zweimal im Jahr.", "decided_on": date(2026, 9, 17)}, by=cast.curator_west)
    page = client_of(cast.curator_east).get(f"/treffen/{autumn.slug}/bericht/").content.decode()
    assert ("Ada" in page, "Bert" in page, "Zweimal im Jahr." in page) == (True, False, True)


def test_an_agenda_asks_the_same_number_of_queries_for_many_items(
    spring, cast, client_of, django_assert_max_num_queries
):
    client = client_of(cast.curator_west)
    address = f"/treffen/{spring.slug}/tagesordnung/"
    item = add(spring, "Eins", cast.curator_west)
    agenda.write_minutes(item, "Text.", based_on=0, by=cast.curator_west)
    client.get(address)
    with django_assert_max_num_queries(80) as few:
        client.get(address)
    for number in range(12):
        agenda.write_minutes(
            add(spring, f"Punkt {number}", cast.curator_west), "Text.", based_on=0, by=cast.curator_west
        )
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(address)
