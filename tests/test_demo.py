"""The demo: believable, complete, the same each time, and never beside real data."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from accounts.models import Consent, User
from events.models import ActionItem, AgendaItem, Announcement, DatePoll, Invitation, Meeting, Registration
from networks.models import (
    Absence,
    Agency,
    AgencyStaff,
    Claim,
    Company,
    CompanyInvitation,
    District,
    Membership,
    MergeRequest,
    Municipality,
    Opening,
    OutdatedNote,
    StaffInvitation,
)
from networks.waiting import KINDS
from portal.demo import build as demo_build
from portal.demo.build import NotHere, Wish, build
from portal.demo.names import Names
from portal.demo.scene import Scene, read
from portal.demo.texts import Trade, Voice, Writer, dative
from portal.models import SiteState

TODAY = date(2026, 11, 23)
WISH = Wish(companies=130, seed=7, today=TODAY)


def silent(what: str, done: int) -> None:
    pass


@pytest.fixture(scope="class")
def whole_demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """One demo for all tests of a class that only look."""
    with django_db_blocker.unblock(), transaction.atomic():
        build(WISH, silent)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(whole_demo: None, db: None) -> None:
    """The demo is there."""


def states(model: Any) -> set[str]:
    return set(model.objects.values_list("state", flat=True))


@pytest.mark.usefixtures("demo")
class TestWhatThereIs:
    def test_companies_are_everywhere(self) -> None:
        published = Company.objects.published()
        assert published.count() >= 110
        assert set(published.in_some_region().values_list("municipality__district", flat=True)) == set(
            District.objects.values_list("pk", flat=True)
        )
        assert published.values("municipality").distinct().count() >= 60
        assert Municipality.objects.count() == 101

    def test_no_two_companies_say_the_same(self) -> None:
        said = Counter()
        for summary, description in Company.objects.values_list("summary", "description"):
            said.update([summary, *re.split(r"(?<=[.!?])\s+", description)])
        assert len(said) > 500
        assert [sentence for sentence, times in said.items() if times > 1] == []
        assert [sentence for sentence in said if "{" in sentence or "  " in sentence] == []

    def test_texts_fit_their_fields(self) -> None:
        for company in Company.objects.all():
            company.clean_fields(exclude=["municipality", "caring_agency", "merged_into"])

    def test_addresses_lead_nowhere(self) -> None:
        for email, website in Company.objects.values_list("email", "website"):
            assert email.endswith(".example.org")
            assert website.endswith(".example.org")
        assert not demo_build.strangers()

    @pytest.mark.parametrize("slug", ["robotik-kmu", "autos"])
    def test_the_first_networks_have_members_from_both_sides(self, slug: str) -> None:
        members = Membership.objects.shown().filter(network__slug=slug)
        sides = Counter(members.values_list("company__municipality__district__region__slug", flat=True))
        assert sides["muensterland"] >= 12
        assert sides["osnabruecker-land"] >= 12

    def test_every_state_occurs(self) -> None:
        for model in (
            Company,
            Membership,
            Claim,
            MergeRequest,
            Opening,
            Meeting,
            Announcement,
            DatePoll,
            Registration,
            ActionItem,
        ):
            assert states(model) == set(model.State.values), model
        assert set(Meeting.objects.values_list("visibility", flat=True)) == set(Meeting.Visibility.values)
        assert set(Meeting.objects.values_list("co_host_state", flat=True)) == set(Meeting.CoHost.values)
        assert set(Invitation.objects.values_list("answer", flat=True)) == set(Invitation.Answer.values)
        assert set(AgendaItem.objects.values_list("outcome", flat=True)) == set(AgendaItem.Outcome.values)
        assert Company.objects.outside_all_regions().published().exists()
        assert Company.objects.unclaimed().published().exists()
        assert Company.objects.get(state="merged").heir.state == "published"

    def test_invitations_and_notes_are_open_and_done(self) -> None:
        for model in (CompanyInvitation, StaffInvitation):
            assert model.objects.filter(accepted_at=None, expires_at__date__gt=TODAY).exists()
            assert model.objects.filter(accepted_at=None, expires_at__date__lt=TODAY).exists()
            assert model.objects.exclude(accepted_at=None).exists()
        assert OutdatedNote.objects.open().exists()
        assert set(OutdatedNote.objects.values_list("kind", flat=True)) == set(OutdatedNote.Kind.values)
        assert OutdatedNote.objects.exclude(done_at=None).exists()

    def test_absences_run_are_planned_and_over(self) -> None:
        assert Absence.objects.on(TODAY).exists()
        assert Absence.objects.standing().filter(first_day__gt=TODAY).exists()
        assert Absence.objects.standing().filter(last_day__lt=TODAY).exists()
        assert Absence.objects.exclude(ended_at=None).exists()

    def test_every_agency_has_a_manager_and_a_curator(self) -> None:
        for agency in Agency.objects.all():
            roles = set(AgencyStaff.objects.active().filter(agency=agency).values_list("role", flat=True))
            assert roles == {"manager", "curator"}

    def test_nothing_happens_after_today(self) -> None:
        for model, name in (
            (Company, "updated_at"),
            (Membership, "requested_at"),
            (Membership, "joined_at"),
            (User, "date_joined"),
        ):
            latest = model.objects.exclude(**{name: None}).latest(name)
            assert timezone.localdate(getattr(latest, name)) <= TODAY

    def test_who_is_shown_agreed(self) -> None:
        for company in Company.objects.all():
            for member in company.people.exclude(name_visibility="nobody"):
                about = f"{company.pk}:name_visibility:{member.name_visibility}"
                assert Consent.objects.valid().filter(person=member.person, about=about).exists()

    def test_the_story_begins_with_the_press_release(self) -> None:
        first = Announcement.objects.earliest("publish_at")
        assert timezone.localdate(first.publish_at) == date(2016, 3, 2)
        assert first.agency.slug == "wfo-osnabrueck"
        for name in ("Klaus Ehling", "Sonja Ende", "Siegfried Averhage", "Dr. Heiner Kleinschneider"):
            assert name in first.body
            assert not Announcement.objects.exclude(pk=first.pk).filter(body__contains=name).exists()

    def test_meetings_alternate_between_the_sides(self) -> None:
        meetings = Meeting.objects.exclude(series=None).order_by("starts_at").select_related("host__region")
        sides = [meeting.host.region.slug for meeting in meetings if meeting.host.region]
        assert all(one != other for one, other in pairwise(sides))
        assert meetings.get(state="polled").starts_at.date() == date(2027, 3, 18)
        assert meetings.filter(state="held").latest("starts_at").starts_at.date() == date(2026, 9, 17)
        assert timezone.localdate(meetings[1].starts_at) == date(2016, 9, 15)
        assert meetings[1].city == "Münster"

    @pytest.mark.parametrize(
        ("start", "end", "last", "free"),
        [
            ("2027-02-01", "2027-05-31", "2026-09-17", 69),
            ("2026-08-15", "2026-11-30", "2026-04-15", 49),
            ("2026-10-01", "2026-10-31", "2026-04-15", 7),
            ("2030-08-15", "2030-11-30", "2030-04-10", 0),
        ],
    )
    def test_meetings_beside_the_rhythm_are_in_nobodys_way(
        self, start: str, end: str, last: str, free: int, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call_command("suggest_dates", "--from", start, "--to", end, "--last-meeting", last, "--json")
        assert json.loads(capsys.readouterr().out)["free"] == free

    def test_the_kick_off_showed_two_networks_and_decided_to_meet_twice_a_year(self) -> None:
        first = Meeting.objects.exclude(series=None).earliest("starts_at")
        shown = [item.network.slug for item in first.agenda.exclude(network=None).order_by("order")]
        assert (first.city, shown) == ("Osnabrück", ["robotik-kmu", "autos"])
        assert "zweimal im Jahr" in first.decisions.get(public=True).text

    def test_every_page_says_that_it_is_invented(self) -> None:
        assert SiteState.is_demo()


@pytest.mark.usefixtures("demo")
class TestAccounts:
    def account(self, role: str) -> User:
        return User.objects.get(email=f"{role.replace('_', '-')}@example.org")

    def test_the_list_for_programs(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("demo_people", json=True)
        people = json.loads(capsys.readouterr().out)
        assert [person["role"] for person in people] == [
            "operator",
            "manager_west",
            "curator_west",
            "curator_east",
            "owner_west",
            "owner_east",
            "editor_west",
            "pending",
            "new",
        ]
        for person in people:
            assert set(person) == {"role", "email", "password", "start", "totp"}
            assert bool(person["totp"]) == User.objects.get(email=person["email"]).is_staff
            user = User.objects.get(email=person["email"])
            assert Argon2PasswordHasher().verify(person["password"], user.password)
            assert EmailAddress.objects.filter(user=user, verified=True, primary=True).exists()

    def test_the_list_for_people(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("demo_people")
        assert "curator-west@example.org" in capsys.readouterr().out

    def test_staff_curate_their_own_networks(self) -> None:
        assert Agency.objects.of_staff(self.account("curator_west")).get().slug == "wfg-borken"
        assert Agency.objects.of_staff(self.account("curator_east")).get().slug == "wfo-osnabrueck"
        assert Agency.objects.managed_by(self.account("manager_west")).get().slug == "wfg-borken"
        assert self.account("operator").is_superuser

    def test_the_owner_can_still_join_the_other_side(self) -> None:
        company = Company.objects.of_person(self.account("owner_west")).get()
        assert company.state == Company.State.PUBLISHED
        assert list(Membership.objects.filter(company=company).values_list("network__slug", "state")) == [
            ("robotik-kmu", "active")
        ]
        assert Company.objects.of_person(self.account("editor_west")).get() == company

    def test_who_waits_and_who_is_new(self) -> None:
        assert Company.objects.of_person(self.account("pending")).get().state == Company.State.PENDING
        assert not Company.objects.of_person(self.account("new")).exists()


@pytest.mark.django_db
def test_every_queue_of_the_desk_has_something_today() -> None:
    """The manager sees what the curator sees, and the team's invitations. Whose turn it is to host, the day decides."""
    build(Wish(companies=130, seed=7, today=timezone.localdate()), silent)
    manager = User.objects.get(email="manager-west@example.org")
    assert [kind.name for kind in KINDS if not kind.rows(manager).exists()] in ([], ["plan-meetings"])


def dump() -> list[str]:
    models = (
        Agency,
        User,
        Company,
        Membership,
        Meeting,
        Announcement,
        Registration,
        Invitation,
        AgencyStaff,
        Claim,
        CompanyInvitation,
        Company.history.model,
    )
    return [serializers.serialize("json", model.objects.order_by("pk")) for model in models]


@pytest.mark.django_db(transaction=True, reset_sequences=True)
def test_the_same_seed_and_day_give_the_same_rows() -> None:
    build(WISH, silent)
    first = dump()
    build(WISH, silent)
    assert dump() == first
    build(Wish(companies=130, seed=8, today=TODAY), silent)
    assert dump() != first


@pytest.mark.django_db
class TestOtherData:
    def test_it_keeps_away_from_other_data(self) -> None:
        User.objects.create_user("echt@example.com", "geheim")
        with pytest.raises(NotHere, match="no demo"):
            build(WISH, silent)
        assert not Company.objects.exists()
        assert not SiteState.is_demo()

    def test_told_to_it_comes_beside_other_data(self) -> None:
        User.objects.create_user("echt@example.com", "geheim")
        build(Wish(companies=120, seed=7, today=TODAY, force=True), silent)
        assert User.objects.filter(email="echt@example.com").exists()
        assert Company.objects.count() == 120

    def test_it_does_not_delete_people_who_signed_up_in_the_demo(self) -> None:
        SiteState.declare_demo()
        User.objects.create_user("neugierig@example.com", "geheim")
        with pytest.raises(CommandError, match="signed up"):
            call_command("demo", companies=120, today=TODAY)

    def test_too_few_companies_are_refused(self) -> None:
        with pytest.raises(CommandError, match="At least 120"):
            call_command("demo", companies=10)

    def test_without_a_demo_no_accounts_are_listed(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("demo_people", json=True)
        assert json.loads(capsys.readouterr().out) == []

    def test_the_command_shows_progress(self, capsys: pytest.CaptureFixture[str]) -> None:
        call_command("demo", companies=120, today=TODAY)
        seen = capsys.readouterr()
        assert "120 invented companies, seed 2016, as of 2026-11-23." in seen.out
        assert "[##############################] 120" in seen.err

    def test_a_later_day_has_a_next_meeting_too(self) -> None:
        build(Wish(companies=120, seed=7, today=date(2031, 2, 1)), silent)
        assert Meeting.objects.public().filter(state="announced", starts_at__date__gt=date(2031, 2, 1)).exists()
        assert Meeting.objects.get(state="polled").starts_at.date() > date(2031, 2, 1)


@pytest.mark.parametrize(
    ("plural", "expected"),
    [
        ("Palettierer", "Palettierern"),
        ("Roboterzellen", "Roboterzellen"),
        ("Clips", "Clips"),
        ("Prüfstände für Akkus", "Prüfständen für Akkus"),
    ],
)
def test_dative(plural: str, expected: str) -> None:
    assert dative(plural) == expected


def trade(**fields: Any) -> Trade:
    lists = ("networks", "competences", "names", "products", "customers", "summaries", "sentences")
    return Trade(key="x", industry="28", **{name: ["Wort", "Werk"] for name in lists} | fields)


def test_when_all_is_said_the_name_makes_a_sentence_new() -> None:
    writer = Writer(Scene(1, TODAY).rng, {**read("general")})
    voices = [
        Voice(trade(summaries=["Immer dasselbe."]), name, "Ahaus", 1990, 5, ("Melle",)) for name in ("Eins", "Zwei")
    ]
    first, second = [writer.summary(voice) for voice in voices]
    assert first == "Immer dasselbe."
    assert "Zwei" in second


def test_names_do_not_run_out_in_silence() -> None:
    words = {name: ["X"] for name in ("heads", "tails", "crafted", "crafted_ends")}
    names = Names(Scene(1, TODAY).rng, words, {})
    names.taken = {"Wort XX", "Werk XX", "XX Wort", "XX Werk", "XX & XX Wort", "XX & XX Werk"}
    with pytest.raises(RuntimeError, match="not enough"):
        names.company(trade())
