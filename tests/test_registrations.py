"""Places at a meeting: registered or waiting, never both; nobody too many, everybody told."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts.errors import ActionRefused
from accounts.models import OutboxMail
from events.actions import registrations
from events.actions.meetings import cancel_meeting
from events.actions.registrations import Wish
from events.models import Meeting, Registration, RegistrationPlan
from events.places import place_in_queue, places_of

State = Registration.State


@pytest.fixture
def meeting(west, east) -> Meeting:
    start = timezone.now() + timedelta(days=20)
    return Meeting.objects.create(
        slug="herbst",
        title="Herbsttreffen",
        city="Melle",
        host=west.agency,
        co_host=east.agency,
        co_host_state=Meeting.CoHost.ACCEPTED,
        state=Meeting.State.ANNOUNCED,
        starts_at=start,
        ends_at=start + timedelta(hours=3),
    )


@pytest.fixture
def plan(meeting) -> RegistrationPlan:
    return RegistrationPlan.objects.create(meeting=meeting, capacity=2, guests=True, questions="Was bringen Sie mit?")


@pytest.fixture
def come(plan, make_person):
    def come(name: str, side=None) -> Registration:
        person = make_person(f"{name.lower()}@example.org", name)
        wish = Wish(name, person.email, region=side.region if side else None)
        return registrations.register(plan.meeting, wish, by=person)

    return come


def subjects(email: str) -> list[str]:
    return list(OutboxMail.objects.filter(recipient=email).order_by("pk").values_list("subject", flat=True))


def states(meeting: Meeting) -> dict[str, str]:
    return dict(Registration.objects.of_meeting(meeting).order_by("pk").values_list("name", "state"))


def test_whoever_comes_after_the_last_place_waits_and_is_never_called_registered(come):
    for name in ("Anna", "Bert"):
        assert come(name).state == State.REGISTERED
    late = come("Clara")
    page = Client().get(late.get_absolute_url()).content.decode()
    mail = OutboxMail.objects.get(recipient="clara@example.org")
    assert (late.state, place_in_queue(late)) == (State.WAITING, 1)
    assert subjects("clara@example.org") == ["Sie stehen auf der Warteliste: Herbsttreffen"]
    assert "Platz 1 in der Warteliste." in page
    for text in (page, bytes(mail.source).decode(errors="replace")):
        assert "Sie sind angemeldet" not in text


def test_a_place_given_back_goes_to_the_first_in_the_queue(come, meeting):
    first = come("Anna")
    for name in ("Bert", "Clara", "Dora"):
        come(name)
    registrations.cancel(first)
    assert states(meeting) == {"Anna": "cancelled", "Bert": "registered", "Clara": "registered", "Dora": "waiting"}
    assert subjects("clara@example.org")[-1] == "Sie haben jetzt einen Platz: Herbsttreffen"
    assert subjects("anna@example.org")[-1] == "Abgesagt: Herbsttreffen"
    assert place_in_queue(Registration.objects.get(name="Dora")) == 1


def test_leaving_the_queue_moves_nobody_into_the_meeting(come, meeting):
    for name in ("Anna", "Bert", "Clara", "Dora"):
        come(name)
    registrations.cancel(Registration.objects.get(name="Clara"))
    assert states(meeting)["Dora"] == "waiting"


def test_more_places_bring_people_from_the_queue(come, meeting, plan, cast):
    for name in ("Anna", "Bert", "Clara", "Dora"):
        come(name)
    registrations.change_plan(meeting, {"capacity": 3}, {}, by=cast.curator_west)
    assert states(meeting) == {"Anna": "registered", "Bert": "registered", "Clara": "registered", "Dora": "waiting"}


def test_fewer_places_take_nothing_from_anybody(come, meeting, cast):
    come("Anna")
    come("Bert")
    registrations.change_plan(meeting, {"capacity": 1}, {}, by=cast.curator_west)
    assert states(meeting) == {"Anna": "registered", "Bert": "registered"}
    assert come("Clara").state == State.WAITING


def test_a_regions_quota_keeps_places_for_the_others(come, plan, west, east, meeting):
    plan.quotas.create(region=west.region, most=1)
    RegistrationPlan.objects.update(capacity=3)
    come("Anna", west)
    assert come("Bert", west).state == State.WAITING
    assert come("Clara", east).state == State.REGISTERED
    registrations.cancel(Registration.objects.get(name="Clara"))
    assert states(meeting)["Bert"] == "waiting"
    registrations.cancel(Registration.objects.get(name="Anna"))
    assert states(meeting)["Bert"] == "registered"


def test_the_first_whose_region_has_room_moves_up(come, plan, west, east, meeting, cast):
    plan.quotas.create(region=west.region, most=1)
    come("Anna", west)
    come("Berta", east)
    come("Carl", west)
    come("Dora", east)
    registrations.change_plan(meeting, {"capacity": 3}, {}, by=cast.curator_west)
    assert states(meeting) == {"Anna": "registered", "Berta": "registered", "Carl": "waiting", "Dora": "registered"}


def test_nobody_registers_twice(come, plan, make_person):
    registered = come("Anna")
    with pytest.raises(ActionRefused):
        registrations.register(plan.meeting, Wish("Anna", registered.email), by=registered.person)


def test_a_guest_takes_a_place_only_on_confirming(plan, meeting, client: Client):
    answer = client.post("/treffen/herbst/anmelden/", {"name": "Gast", "email": "gast@example.org"})
    assert answer.status_code == 200
    guest = Registration.objects.get()
    assert (guest.state, guest.ticket, places_of(plan).registered) == (State.UNCONFIRMED, None, 0)
    assert subjects("gast@example.org") == ["Bitte bestätigen Sie: Herbsttreffen"]

    link = f"/anmeldung/{guest.token}/bestaetigen/"
    page = client.get(link)
    assert (page.status_code, page["Referrer-Policy"]) == (200, "same-origin")
    guest.refresh_from_db()
    assert guest.is_unconfirmed

    assert client.post(link).url == guest.get_absolute_url()
    assert client.post(link).url == guest.get_absolute_url()
    guest.refresh_from_db()
    assert (guest.state, places_of(plan).registered) == (State.REGISTERED, 1)
    assert subjects("gast@example.org")[1:] == ["Sie sind angemeldet: Herbsttreffen"]


def test_known_and_new_addresses_see_the_same_page(plan, client: Client, come):
    come("Anna")
    known, new = (
        client.post("/treffen/herbst/anmelden/", {"name": "Gast", "email": email}).content
        for email in ("anna@example.org", "neu@example.org")
    )
    assert re.sub(rb"nonce\S+", b"", known) == re.sub(rb"nonce\S+", b"", new)
    assert subjects("anna@example.org")[-1] == "Ihre Anmeldung liegt schon vor: Herbsttreffen"
    assert Registration.objects.with_address("anna@example.org").count() == 1


def test_guests_are_refused_where_only_members_are_asked(plan, client: Client):
    RegistrationPlan.objects.update(guests=False)
    page = client.post("/treffen/herbst/anmelden/", {"name": "Gast", "email": "gast@example.org"})
    assert "melden sich nur Mitglieder an" in page.content.decode()
    assert not Registration.objects.exists()


def test_the_link_of_a_guest_ends_after_three_days(plan, meeting, client: Client):
    registrations.register_guest(meeting, Wish("Gast", "gast@example.org"))
    Registration.objects.update(created_at=timezone.now() - timedelta(hours=73))
    guest = Registration.objects.get()
    assert client.get(f"/anmeldung/{guest.token}/bestaetigen/").status_code == 410
    client.post(f"/anmeldung/{guest.token}/bestaetigen/")
    guest.refresh_from_db()
    assert guest.is_unconfirmed
    call_command("tick", today=timezone.localdate() + timedelta(days=1))
    assert not Registration.objects.exists()


def test_after_the_deadline_nobody_registers(plan, client_of, cast):
    RegistrationPlan.objects.update(deadline=timezone.now() - timedelta(minutes=1))
    page = client_of(cast.owner).post("/treffen/herbst/anmelden/", {"name": "Olga"})
    assert "Anmelden ist zurzeit nicht möglich." in page.content.decode()
    assert not Registration.objects.exists()


def test_a_member_registers_and_cancels_with_one_click_and_one_confirmation(plan, client_of, cast):
    client = client_of(cast.owner)
    answer = client.post(
        "/treffen/herbst/anmelden/",
        {"name": "Olga", "company": cast.company.pk, "diet": "vegan", "question-0": "Kuchen", "listed": "on"},
    )
    mine = Registration.objects.get()
    assert answer.url == mine.get_absolute_url()
    assert (mine.person, mine.company, mine.region, mine.diet, mine.answers) == (
        cast.owner,
        cast.company,
        cast.west.region,
        "vegan",
        {"Was bringen Sie mit?": "Kuchen"},
    )
    cancel = f"{mine.get_absolute_url()}absagen/"
    assert client.get(cancel).status_code == 200
    mine.refresh_from_db()
    assert mine.state == State.REGISTERED
    client.post(cancel)
    mine.refresh_from_db()
    assert mine.state == State.CANCELLED
    assert client.post("/treffen/herbst/anmelden/", {"name": "Olga"}).url != mine.get_absolute_url()


def test_only_those_who_agreed_are_named_and_only_to_those_who_agreed(come, client: Client):
    anna, bert = come("Anna"), come("Bert")
    Registration.objects.update(listed=True)
    assert "Bert" in client.get(anna.get_absolute_url()).content.decode()
    Registration.objects.filter(pk=bert.pk).update(listed=False)
    assert "Bert" not in client.get(anna.get_absolute_url()).content.decode()
    assert "Anna" not in client.get(bert.get_absolute_url()).content.decode()


def test_needs_are_forgotten_after_the_meeting(come, meeting):
    anna = come("Anna")
    Registration.objects.update(diet="vegan", access="Rampe", answers={"Was?": "Das"})
    call_command("tick", today=timezone.localdate(meeting.ends_at))
    anna.refresh_from_db()
    assert anna.diet == "vegan"
    call_command("tick", today=timezone.localdate(meeting.ends_at) + timedelta(days=1))
    anna.refresh_from_db()
    assert (anna.diet, anna.access, anna.answers) == ("", "", {})


def test_checking_in_twice_counts_once(come, meeting, client_of, cast):
    anna = come("Anna")
    client = client_of(cast.curator_west)
    for _again in range(2):
        client.post(f"/treffen/herbst/teilnahme/{anna.pk}/", {"state": "attended"})
    anna.refresh_from_db()
    assert anna.state == State.ATTENDED
    client.post(f"/treffen/herbst/teilnahme/{anna.pk}/", {"state": "registered"})
    anna.refresh_from_db()
    assert anna.state == State.REGISTERED


def test_closing_the_sheet_marks_who_did_not_come(come, meeting, client_of, cast):
    anna, _bert = come("Anna"), come("Bert")
    registrations.check_in(anna, State.ATTENDED, by=cast.curator_west)
    client_of(cast.curator_west).post("/treffen/herbst/teilnahme/abschliessen/")
    assert states(meeting) == {"Anna": "attended", "Bert": "no_show"}


def test_the_sheet_as_a_table_holds_no_formula_and_no_address(come, meeting, client_of, cast):
    come("Anna")
    Registration.objects.update(name="=cmd()", diet="+49")
    text = client_of(cast.curator_east).get("/treffen/herbst/teilnahme/liste.csv").content.decode("utf-8-sig")
    assert text.splitlines()[1] == "'=cmd();;;angemeldet;'+49;"
    assert "@" not in text


def test_the_public_page_says_how_many_places_are_left(come, meeting, client: Client):
    for name in ("Anna", "Bert", "Clara"):
        come(name)
    page = client.get("/treffen/herbst/").content.decode()
    figures = dict(re.findall(r'data-figure="(\w+)" data-value="(\d+)"', page))
    assert figures == {"capacity": "2", "registered": "2", "waiting": "1"}
    assert "Auf die Warteliste" in page
    assert "Anna" not in page


def test_one_address_cannot_send_mails_without_end(plan, client: Client):
    for number in range(21):
        page = client.post("/treffen/herbst/anmelden/", {"name": "Gast", "email": f"gast{number}@example.org"})
    assert "Von hier kamen gerade viele Anmeldungen." in page.content.decode()
    assert OutboxMail.objects.count() == 20


def test_who_has_not_confirmed_hears_nothing_of_a_cancelled_meeting(plan, meeting, cast, come):
    come("Anna")
    registrations.register_guest(meeting, Wish("Gast", "gast@example.org"))
    cancel_meeting(meeting, by=cast.curator_west, reason="Aus.")
    assert subjects("anna@example.org")[-1] == "Abgesagt: Herbsttreffen"
    assert subjects("gast@example.org") == ["Bitte bestätigen Sie: Herbsttreffen"]
