"""A meeting's life: who is told at each step, what the public sees, what calendars get."""

import subprocess
import sys
import threading
from datetime import date, datetime, time, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from accounts.errors import ActionRefused
from accounts.models import OutboxMail
from events.actions import invitations, meetings, registrations
from events.actions.polls import Guest, moment
from events.calendar_files import invitation_file
from events.models import Announcement, Invitation, Meeting, MeetingSeries, RegistrationPlan

BERLIN = ZoneInfo("Europe/Berlin")
State = Meeting.State
DAY = date(2027, 3, 18)


@pytest.fixture
def make_meeting(west):
    def make(slug: str = "fruehjahr", state: str = State.SCHEDULED, day: date = DAY, **more) -> Meeting:
        times = {"starts_at": moment(day, time(10)), "ends_at": moment(day, time(13))}
        return Meeting.objects.create(
            slug=slug, title="Frühjahrstreffen", city="Münster", host=west.agency, state=state, **{**times, **more}
        )

    return make


@pytest.fixture
def guests(west, east) -> list[Guest]:
    return [
        Guest("Ada West", "ada@west.example.org", west.region, west.agency),
        Guest("Otto Ost", "otto@ost.example.org", east.region, east.agency),
    ]


def mails_to(email: str) -> list:
    rows = OutboxMail.objects.filter(recipient=email).order_by("pk")
    return [message_from_bytes(bytes(row.source), policy=default) for row in rows]


def entry_in(message) -> tuple[str, Calendar]:
    """The method, and the calendar that came with a mail."""
    part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    return part.get_param("method"), Calendar.from_ical(part.get_content())


def event_in(found: Calendar):
    assert not found.errors
    (event,) = found.walk("VEVENT")
    assert not event.errors
    return event


def test_each_step_in_turn_and_no_other(make_meeting, cast):
    meeting = make_meeting(state=State.PLANNED)
    with pytest.raises(ActionRefused):
        meetings.announce_meeting(meeting, by=cast.curator_west)
    meetings.poll_meeting(meeting, by=cast.curator_west)
    meetings.schedule_meeting(meeting, moment(DAY, time(9)), moment(DAY, time(12)), by=cast.curator_west)
    meetings.announce_meeting(meeting, by=cast.curator_west)
    with pytest.raises(ActionRefused):
        meetings.announce_meeting(meeting, by=cast.curator_west)
    call_command("tick", today=DAY)
    assert Meeting.objects.get().state == State.ANNOUNCED
    call_command("tick", today=DAY + timedelta(days=1))
    assert Meeting.objects.get().state == State.HELD
    with pytest.raises(ActionRefused):
        meetings.cancel_meeting(meeting, by=cast.curator_west, reason="Zu spät.")


def test_a_day_that_nobody_has_to_be_asked_about(make_meeting, cast, client_of):
    meeting = make_meeting(state=State.PLANNED)
    client_of(cast.curator_west).post(f"{meeting.get_absolute_url()}festlegen/")
    meeting.refresh_from_db()
    assert (meeting.state, timezone.localtime(meeting.starts_at).date()) == (State.SCHEDULED, DAY)


def test_a_meeting_is_announced_only_when_the_co_host_has_agreed(make_meeting, cast, client_of):
    meeting = make_meeting()
    meetings.edit_meeting(meeting, {"co_host": cast.east.agency}, by=cast.curator_west)
    page = f"/treffen/{meeting.slug}/"
    assert client_of(cast.curator_east).get(f"{page}absagen/").status_code == 403
    with pytest.raises(ActionRefused):
        meetings.announce_meeting(meeting, by=cast.curator_west)
    assert [mail["Subject"] for mail in mails_to(cast.curator_east.email)] == [
        "Möchten Sie mit einladen? Frühjahrstreffen"
    ]

    client_of(cast.curator_east).post(f"{page}mitgastgeberin/", {"answer": "yes"})

    assert mails_to(cast.curator_west.email)[-1]["Subject"] == "WF Ostland lädt mit ein: Frühjahrstreffen"
    assert client_of(cast.curator_east).get(f"{page}absagen/").status_code == 200
    meetings.announce_meeting(meeting, by=cast.curator_east)
    assert "WF Ostland" in Client().get(page).content.decode()


def test_a_co_host_that_declines_says_why_and_is_not_named(make_meeting, cast, client_of):
    meeting = make_meeting()
    meetings.edit_meeting(meeting, {"co_host": cast.east.agency}, by=cast.curator_west)
    address = f"/treffen/{meeting.slug}/mitgastgeberin/"
    silent = client_of(cast.curator_east).post(address, {"answer": "no"})
    assert "Bitte sagen Sie kurz, warum nicht." in silent.content.decode()
    client_of(cast.curator_east).post(address, {"answer": "no", "reason": "Messezeit."})
    meeting.refresh_from_db()
    assert (meeting.co_host_state, meeting.hosts) == ("declined", [cast.west.agency])
    assert "Messezeit." in mails_to(cast.curator_west.email)[-1].get_body(("plain",)).get_content()


def test_visibility_decides_who_learns_of_an_announced_meeting(make_meeting, cast, client_of):
    meeting = make_meeting(state=State.ANNOUNCED)
    people = {"visitor": None, "member": cast.owner, "other": cast.owner_east, "host": cast.curator_west}

    def seen() -> dict[str, int]:
        return {name: client_of(person).get(f"/treffen/{meeting.slug}/").status_code for name, person in people.items()}

    assert set(seen().values()) == {200}
    meeting.networks.add(cast.network)
    Meeting.objects.update(visibility=Meeting.Visibility.MEMBERS)
    assert seen() == {"visitor": 404, "member": 200, "other": 404, "host": 200}
    Meeting.objects.update(visibility=Meeting.Visibility.AGENCIES)
    assert seen() == {"visitor": 404, "member": 404, "other": 404, "host": 200}
    assert meeting.title not in Client().get("/treffen/").content.decode()
    assert b"BEGIN:VEVENT" not in Client().get("/treffen/kalender.ics").content


def test_staff_of_the_series_see_what_is_planned(make_meeting, cast, client_of, east):
    series = MeetingSeries.objects.create(slug="reihe", name="Reihe")
    series.places.create(agency=east.agency)
    meeting = make_meeting(state=State.PLANNED, series=series)
    assert client_of(cast.curator_east).get(meeting.get_absolute_url()).status_code == 200
    assert client_of(cast.curator_east).get(f"{meeting.get_absolute_url()}verschieben/").status_code == 403
    assert client_of(cast.owner).get(meeting.get_absolute_url()).status_code == 404


def test_an_invitation_carries_one_entry_with_one_address(make_meeting, guests, cast):
    meeting = make_meeting(venue="Rathaus", street="Prinzipalmarkt 1", postcode="48143")
    assert invitations.invite(meeting, guests, by=cast.curator_west) == 2
    assert invitations.invite(meeting, guests, by=cast.curator_west) == 0
    (mail,) = mails_to("ada@west.example.org")
    method, found = entry_in(mail)
    event = event_in(found)
    assert (method, found["METHOD"], event["SEQUENCE"], str(event["STATUS"])) == ("REQUEST", "REQUEST", 0, "CONFIRMED")
    assert str(event["ATTENDEE"]) == "MAILTO:ada@west.example.org"
    assert event["DTSTART"].dt == datetime(2027, 3, 18, 10, tzinfo=BERLIN)
    assert event["DTSTART"].params["TZID"] == "Europe/Berlin"
    assert [str(zone["TZID"]) for zone in found.walk("VTIMEZONE")] == ["Europe/Berlin"]
    assert str(event["LOCATION"]) == "Rathaus, Prinzipalmarkt 1, 48143 Münster"
    assert not [part for part in mail.walk() if "otto@ost" in str(part.get_payload(decode=True))]


def test_answers_go_by_link_and_only_the_button_counts(make_meeting, guests, cast, client: Client):
    invitations.invite(make_meeting(), guests, by=cast.curator_west)
    ada = Invitation.objects.get(name="Ada West")
    assert client.get(ada.get_absolute_url())["Referrer-Policy"] == "same-origin"
    ada.refresh_from_db()
    assert ada.answer == "none"
    client.post(ada.get_absolute_url(), {"answer": "tentative"})
    ada.refresh_from_db()
    assert ada.answer == "tentative"
    assert client.post(ada.get_absolute_url(), {"answer": "quatsch"}).status_code == 400


def test_moving_a_meeting_tells_everybody_and_keeps_the_state(make_meeting, guests, cast, west, client: Client):
    meeting = make_meeting(state=State.ANNOUNCED)
    RegistrationPlan.objects.create(meeting=meeting, capacity=1)
    invitations.invite(meeting, guests, by=cast.curator_west)
    registrations.register(meeting, registrations.Wish("Olga", cast.owner.email), by=cast.owner)
    registrations.register(meeting, registrations.Wish("Edi", cast.editor.email), by=cast.editor)

    meetings.postpone_meeting(
        meeting,
        moment(date(2027, 4, 6), time(14)),
        moment(date(2027, 4, 6), time(17)),
        by=cast.curator_west,
        reason="Streik.",
    )

    meeting.refresh_from_db()
    assert (meeting.state, meeting.sequence) == (State.ANNOUNCED, 1)
    method, found = entry_in(mails_to("ada@west.example.org")[-1])
    event = event_in(found)
    assert (method, event["SEQUENCE"], event["DTSTART"].dt) == ("REQUEST", 1, datetime(2027, 4, 6, 14, tzinfo=BERLIN))
    for person, words in ((cast.owner, "Ihr Platz bleibt Ihnen"), (cast.editor, "weiter auf der Warteliste")):
        text = mails_to(person.email)[-1].get_body(("plain",)).get_content()
        assert words in " ".join(text.split())
    page = client.get(meeting.get_absolute_url()).content.decode()
    assert "Do., 18. März 2027, 10–13 Uhr" in page
    assert "Di., 6. April 2027, 14–17 Uhr" in page
    assert "https://schema.org/EventRescheduled" in page
    assert '"previousStartDate": ["2027-03-18T' in page
    assert Announcement.objects.get().title == "Verschoben: Frühjahrstreffen"


def test_calling_a_meeting_off_tells_everybody_the_waiting_too(make_meeting, guests, cast, make_poll):
    meeting = make_meeting(state=State.ANNOUNCED)
    RegistrationPlan.objects.create(meeting=meeting, capacity=1)
    invitations.invite(meeting, guests, by=cast.curator_west)
    registrations.register(meeting, registrations.Wish("Olga", cast.owner.email), by=cast.owner)
    registrations.register(meeting, registrations.Wish("Edi", cast.editor.email), by=cast.editor)

    meetings.cancel_meeting(meeting, by=cast.curator_west, reason="Der Saal ist gesperrt.")

    method, found = entry_in(mails_to("otto@ost.example.org")[-1])
    event = event_in(found)
    assert (method, found["METHOD"], str(event["STATUS"]), event["SEQUENCE"]) == ("CANCEL", "CANCEL", "CANCELLED", 1)
    for email in (cast.owner.email, cast.editor.email, "ada@west.example.org"):
        assert mails_to(email)[-1]["Subject"] == "Abgesagt: Frühjahrstreffen"
    assert "Der Saal ist gesperrt." in Client().get(meeting.get_absolute_url()).content.decode()


def test_calling_off_a_polled_meeting_ends_its_poll(make_poll, west, east, cast):
    poll = make_poll("umfrage", west, east)
    meetings.cancel_meeting(poll.meeting, by=cast.curator_west, reason="Kein Bedarf.")
    poll.refresh_from_db()
    assert poll.state == "withdrawn"
    assert mails_to("gast@westland.example.org")[-1]["Subject"] == "Abstimmung zurückgezogen: Frühjahrstreffen"


def test_another_place_is_sent_to_calendars_another_text_is_not(make_meeting, guests, cast):
    meeting = make_meeting()
    invitations.invite(meeting, guests, by=cast.curator_west)
    meetings.edit_meeting(meeting, {"body": "Neues Programm"}, by=cast.curator_west)
    assert len(mails_to("ada@west.example.org")) == 1
    meetings.edit_meeting(meeting, {"venue": "Schloss"}, by=cast.curator_west)
    _method, found = entry_in(mails_to("ada@west.example.org")[-1])
    assert (event_in(found)["SEQUENCE"], str(event_in(found)["LOCATION"])) == (1, "Schloss, Münster")


def test_a_new_title_brings_a_new_address_and_the_old_one_leads_there(make_meeting, cast, client: Client):
    meeting = make_meeting(state=State.ANNOUNCED)
    meetings.edit_meeting(meeting, {"title": "Treffen der Brücken"}, by=cast.curator_west)
    answer = client.get("/treffen/fruehjahr/")
    assert (answer.status_code, answer.url) == (301, "/treffen/treffen-der-bruecken/")


def test_public_calendars_name_nobody_and_answer_304(make_meeting, guests, cast, client: Client):
    meeting = make_meeting(state=State.ANNOUNCED)
    meeting.networks.add(cast.network)
    invitations.invite(meeting, guests, by=cast.curator_west)
    addresses = [
        "/treffen/kalender.ics",
        f"/treffen/{meeting.slug}.ics",
        f"/netzwerke/{cast.network.slug}/kalender.ics",
        f"/wirtschaftsfoerderungen/{cast.west.agency.slug}/kalender.ics",
    ]
    for address in addresses:
        answer = client.get(address)
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        event = event_in(Calendar.from_ical(answer.content))
        assert (str(event["SUMMARY"]), str(event["UID"])) == ("Frühjahrstreffen", f"treffen-{meeting.pk}@127.0.0.1")
        assert not [word for word in (b"ATTENDEE", b"ORGANIZER", b"MAILTO") if word in answer.content]
        again = client.get(address, headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert client.get(address, headers={"If-Modified-Since": answer["Last-Modified"]}).status_code == 304


def test_ones_own_calendar_knows_what_only_oneself_may_know(make_meeting, cast, client: Client, make_poll, west, east):
    meeting = make_meeting(state=State.ANNOUNCED)
    RegistrationPlan.objects.create(meeting=meeting, capacity=0)
    registrations.register(meeting, registrations.Wish("Olga", cast.owner.email), by=cast.owner)
    poll = make_poll("umfrage", west, east)
    poll.participants.filter(required=True).update(email=cast.owner.email)
    feed = invitations.make_feed(cast.owner)
    answer = client.get(feed.get_absolute_url())
    titles = [str(event["SUMMARY"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")]
    assert titles == ["Warteliste: Frühjahrstreffen", *["Terminvorschlag: Frühjahrstreffen"] * 2]
    new = invitations.make_feed(cast.owner)
    assert client.get(feed.get_absolute_url()).status_code == 404
    invitations.end_feed(cast.owner)
    assert client.get(new.get_absolute_url()).status_code == 404


def test_the_online_link_is_for_the_registered(make_meeting, cast, client_of):
    meeting = make_meeting(state=State.ANNOUNCED, online_url="https://konferenz.example.org/raum")
    RegistrationPlan.objects.create(meeting=meeting)
    page = meeting.get_absolute_url()
    assert "konferenz.example.org" not in client_of(cast.owner).get(page).content.decode()
    registrations.register(meeting, registrations.Wish("Olga", cast.owner.email), by=cast.owner)
    assert "konferenz.example.org" in client_of(cast.owner).get(page).content.decode()
    assert "konferenz.example.org" not in client_of(None).get(page).content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_who_call_off_and_announce_at_once_do_not_both_win(make_meeting, cast):
    meeting = make_meeting()
    refused: list[Exception] = []
    start = threading.Barrier(2)

    def go(act) -> None:
        start.wait()
        try:
            act()
        except ActionRefused as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    steps = [lambda: meetings.announce_meeting(meeting, by=cast.curator_west)] * 2
    threads = [threading.Thread(target=go, args=[step]) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert Meeting.objects.get().state == State.ANNOUNCED


class Khal:
    """A real calendar client with a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "kalender").mkdir()
        self.config = folder / "config"
        self.config.write_text(
            f"[calendars]\n[[eins]]\npath = {folder / 'kalender'}\n[sqlite]\npath = {folder / 'khal.db'}\n"
            "[locale]\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
            "default_timezone = Europe/Berlin\nlocal_timezone = Europe/Berlin\n"
        )

    def run(self, *command: str) -> str:
        program = Path(sys.executable).with_name("khal")
        done = subprocess.run([program, "-c", self.config, *command], capture_output=True, text=True, check=True)
        return done.stdout

    def take(self, invitation: Invitation) -> None:
        file = self.folder / "einladung.ics"
        file.write_bytes(invitation_file(invitation)[1])
        self.run("import", "--batch", "-a", "eins", str(file))

    def shows(self) -> list[str]:
        text = self.run(
            "list", "--format", "{start} {status} {title}", "--day-format", "", "2026-01-01", "2028-01-01", "--once"
        )
        return [line.strip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize(
    ("first", "then"), [(date(2027, 3, 26), date(2027, 3, 30)), (date(2026, 10, 23), date(2026, 10, 27))]
)
def test_a_real_calendar_moves_and_ends_the_entry_over_both_clock_changes(
    first, then, make_meeting, guests, cast, tmp_path
):
    meeting = make_meeting(day=first)
    invitations.invite(meeting, guests[:1], by=cast.curator_west)
    khal = Khal(tmp_path)

    def invitation() -> Invitation:
        return Invitation.objects.with_meeting().get()

    khal.take(invitation())
    assert khal.shows() == [f"{first} 10:00 CONFIRMED  Frühjahrstreffen"]
    meetings.postpone_meeting(
        meeting, moment(then, time(10)), moment(then, time(13)), by=cast.curator_west, reason="Streik."
    )
    khal.take(invitation())
    assert khal.shows() == [f"{then} 10:00 CONFIRMED  Frühjahrstreffen"]
    meetings.cancel_meeting(meeting, by=cast.curator_west, reason="Aus.")
    khal.take(invitation())
    assert khal.shows() in ([], [f"{then} 10:00 CANCELLED  Frühjahrstreffen"])
