"""What is kept how long: one table, shown to everybody and carried out every day."""

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts import outbox, retention
from accounts.models import AuditEntry, OutboxMail, User
from events.models import Invitation, Meeting, PollParticipant, Registration
from networks.models import (
    Claim,
    Company,
    CompanyImport,
    CompanyInvitation,
    CompanyMember,
    OutdatedNote,
    Reminder,
    StaffInvitation,
)

DAY = timezone.localdate()
MORNING = timezone.make_aware(datetime.combine(DAY, time()))


def days_before(days: float) -> datetime:
    return MORNING - timedelta(days=days)


def tick(**options: Any) -> dict[str, int]:
    out = StringIO()
    call_command("tick", today=options.pop("today", DAY), stdout=out, **options)
    return {name: int(count) for name, count in re.findall(r"^(.+): (\d+)$", out.getvalue(), re.MULTILINE)}


def met(cast: SimpleNamespace, days_ago: float, **more: Any) -> Meeting:
    end = days_before(days_ago)
    return Meeting.objects.create(
        slug=f"vor-{days_ago}",
        title="Treffen",
        city="Melle",
        host=cast.east.agency,
        state=Meeting.State.HELD,
        starts_at=end - timedelta(hours=3),
        ends_at=end,
        **more,
    )


def registered(meeting: Meeting, name: str, number: int, state: str, **more: Any) -> Registration:
    mail = f"{name.lower()}@{meeting.slug}.example"
    return Registration.objects.create(
        meeting=meeting, name=name, email=mail, ticket=number, state=state, token=f"{meeting.slug}-{number}", **more
    )


# -- each rule, on the day before its time is over and on the day itself -----------------------
Make = Callable[[SimpleNamespace, float], object]


def unconfirmed_sign_up(cast: SimpleNamespace, age: float) -> object:
    return User.objects.create_user(f"a{age}@example.org", date_joined=days_before(age))


def delivered_mail(cast: SimpleNamespace, age: float) -> object:
    return OutboxMail.objects.create(
        message_id=f"<{age}>", recipient="a@b.example", source=b"", sent_at=days_before(age)
    )


def session(cast: SimpleNamespace, age: float) -> object:
    UserSession.objects.create(user=cast.owner, ip="127.0.0.1", session_key=f"s{age}", user_agent="x")
    return Session.objects.create(session_key=f"s{age}", session_data="", expire_date=days_before(age))


def sign_in(cast: SimpleNamespace, age: float) -> object:
    return AuditEntry.objects.create(verb="account.signed_in", by=cast.owner, at=days_before(age))


def decision(cast: SimpleNamespace, age: float) -> object:
    return AuditEntry.objects.create(verb="company.published", by=cast.owner, at=days_before(age))


def a_list(cast: SimpleNamespace, age: float) -> object:
    return CompanyImport.objects.create(agency=cast.west.agency, file_name="x.csv", created_at=days_before(age))


def run_out_invitation(cast: SimpleNamespace, age: float) -> object:
    return CompanyInvitation.objects.create(
        company=cast.company, email=f"{age}@b.example", token=f"t{age}", expires_at=days_before(age)
    )


def accepted_invitation(cast: SimpleNamespace, age: float) -> object:
    moment = days_before(age)
    return StaffInvitation.objects.create(
        agency=cast.west.agency, email="a@b.example", token=f"t{age}", expires_at=moment, accepted_at=moment
    )


def claim(cast: SimpleNamespace, age: float) -> object:
    return Claim.objects.create(
        company=cast.unclaimed, person=cast.new, message="Ich.", state="declined", decided_at=days_before(age)
    )


def note(cast: SimpleNamespace, age: float) -> object:
    return OutdatedNote.objects.create(
        agency=cast.west.agency, page="/", label="x", message="alt", email="a@b.example", done_at=days_before(age)
    )


def reminder(cast: SimpleNamespace, age: float) -> object:
    moment = days_before(age)
    return Reminder.objects.create(
        person=cast.owner, step="team", queue="claims", thing=1, begun=moment, sent_at=moment
    )


def unconfirmed_guest(cast: SimpleNamespace, age: float) -> object:
    meeting = met(cast, -30 - age)
    return Registration.objects.create(
        meeting=meeting, name="Gast", email="a@b.example", token=f"t{age}", created_at=days_before(age)
    )


def invitation_to_a_meeting(cast: SimpleNamespace, age: float) -> object:
    return Invitation.objects.create(meeting=met(cast, age), name="Gast", email="a@b.example", token=f"t{age}")


RULES: list[tuple[str, Make, int]] = [
    ("unconfirmed sign-ups", unconfirmed_sign_up, 7),
    ("old mails", delivered_mail, 30),
    ("sessions", session, 0),
    ("sign-ins", sign_in, 365),
    ("log", decision, 3653),
    ("lists forgotten", a_list, 90),
    ("invitations forgotten", run_out_invitation, 90),
    ("invitations forgotten", accepted_invitation, 90),
    ("claims forgotten", claim, 365),
    ("notes forgotten", note, 90),
    ("reminders forgotten", reminder, 365),
    ("unconfirmed registrations", unconfirmed_guest, 3),
    ("planning forgotten", invitation_to_a_meeting, 365),
]
# Those that leave something behind have tests of their own below.
ELSEWHERE = {"unused accounts", "needs forgotten", "participants forgotten"}


@pytest.mark.parametrize(("name", "make", "days"), RULES, ids=[f"{name} {make.__name__}" for name, make, _ in RULES])
def test_what_its_time_is_over_goes_and_nothing_else(cast: SimpleNamespace, name: str, make: Make, days: int) -> None:
    model: Any = type(make(cast, days - 0.5))
    rows: Any = model._default_manager
    fresh = set(rows.values_list("pk", flat=True))
    old: Any = make(cast, days + 0.5)
    assert tick()[name] >= 1
    assert fresh <= set(rows.values_list("pk", flat=True))
    assert not rows.filter(pk=old.pk).exists()
    assert tick()[name] == 0


def test_every_rule_of_the_table_has_its_test(db: None) -> None:
    assert {rule.name for rule in retention.all_rules()} == {name for name, _make, _days in RULES} | ELSEWHERE


def test_three_months_after_a_meeting_only_the_numbers_are_left(cast: SimpleNamespace) -> None:
    fresh, old = met(cast, 91), met(cast, 93)
    for meeting in (fresh, old):
        registered(meeting, "Da", 1, "attended", person=cast.owner, organisation="Hellweg", region=cast.west.region)
        registered(meeting, "Weg", 2, "no_show", listed=True)
        registered(meeting, "Abgesagt", 3, "cancelled")
    assert tick()["participants forgotten"] == 3
    assert sorted(fresh.registrations.values_list("name", flat=True)) == ["Abgesagt", "Da", "Weg"]
    left = list(old.registrations.order_by("ticket").values_list("name", "state", "person", "organisation", "listed"))
    assert left == [
        ("ehemaliges Mitglied", "attended", None, "Hellweg", False),
        ("ehemaliges Mitglied", "no_show", None, "", False),
    ]
    assert not old.registrations.filter(email__endswith=".example").exists()
    assert tick()["participants forgotten"] == 0


def test_needs_are_forgotten_the_day_after(cast: SimpleNamespace) -> None:
    one = registered(met(cast, 0.5), "Da", 1, "attended", diet="vegan", access="Rampe", answers={"a": "b"})
    assert tick()["needs forgotten"] == 1
    one.refresh_from_db()
    assert (one.diet, one.access, one.answers, one.name) == ("", "", {}, "Da")


def test_a_year_after_a_meeting_votes_have_no_names(cast: SimpleNamespace, make_poll: Any) -> None:
    poll = make_poll("frueher", cast.west)
    Meeting.objects.filter(pk=poll.meeting_id).update(starts_at=days_before(370), ends_at=days_before(369))
    poll.participants.get().answers.create(option=poll.options.first(), answer="yes")
    assert tick()["planning forgotten"] == 1
    voter = PollParticipant.objects.get(poll=poll)
    assert (voter.name, voter.answers.count()) == ("ehemaliges Mitglied", 1)


# -- accounts that nobody uses -----------------------------------------------------------------
@pytest.fixture
def silent(cast: SimpleNamespace) -> User:
    """Last here 701 days ago; everybody else yesterday."""
    User.objects.update(last_login=days_before(1))
    User.objects.filter(pk=cast.owner.pk).update(last_login=days_before(701))
    cast.owner.refresh_from_db()
    return cast.owner


def test_whoever_does_not_come_is_asked_once_and_then_erased(silent: User) -> None:
    assert (tick()["unused accounts asked"], tick()["unused accounts asked"]) == (1, 0)
    [mail] = OutboxMail.objects.filter(recipient=silent.email)
    assert mail.subject == "Brauchen Sie Ihr Konto noch?"
    for day, gone in ((29, 0), (30, 1), (31, 0)):
        assert tick(today=DAY + timedelta(days=day))["unused accounts"] == gone
    assert not User.objects.filter(pk=silent.pk).exists()
    assert CompanyMember.objects.filter(company__name="Hellweg Robotik", role="owner").count() == 1
    assert Company.objects.filter(name="Verborgen Metall").exists()
    outbox.deliver()
    assert not OutboxMail.objects.filter(recipient=silent.email).exists()


def test_whoever_signs_in_again_stays_and_is_asked_anew_years_later(silent: User) -> None:
    tick()
    User.objects.filter(pk=silent.pk).update(last_login=MORNING + timedelta(days=3))
    assert tick(today=DAY + timedelta(days=40))["unused accounts"] == 0
    assert User.objects.filter(pk=silent.pk).exists()
    User.objects.exclude(pk=silent.pk).update(last_login=MORNING + timedelta(days=800))
    assert tick(today=DAY + timedelta(days=710))["unused accounts asked"] == 1


def test_nobody_is_erased_without_having_been_asked_a_month_before(silent: User) -> None:
    """Although the job did not run for years."""
    User.objects.filter(pk=silent.pk).update(last_login=days_before(2000))
    done = tick()
    assert (done["unused accounts"], done["unused accounts asked"]) == (0, 1)


def test_who_works_for_an_agency_is_left_to_the_team(cast: SimpleNamespace) -> None:
    User.objects.update(last_login=days_before(1))
    staff = (cast.curator_west, cast.operator)
    User.objects.filter(pk__in=[person.pk for person in staff]).update(last_login=days_before(2000))
    assert tick()["unused accounts asked"] == 0


# -- the page, and the rehearsal ---------------------------------------------------------------
def test_the_privacy_page_shows_the_same_table(client: Client, db: None) -> None:
    page = client.get("/datenschutz/").content.decode()
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</th><td>(.*?)</td><td>(.*?)</td></tr>", page)
    assert [row[:2] for row in rows] == [(str(rule.what), str(rule.kept)) for rule in retention.all_rules()]
    assert len(rows) > 12
    assert "Wie lange wir etwas aufbewahren" not in client.get("/impressum/").content.decode()


def test_a_rehearsal_says_what_would_go_and_changes_nothing(silent: User, cast: SimpleNamespace) -> None:
    unconfirmed_sign_up(cast, 8)
    delivered_mail(cast, 31)
    tick()
    before = (User.objects.count(), OutboxMail.objects.count(), AuditEntry.objects.count())
    unconfirmed_sign_up(cast, 9)
    delivered_mail(cast, 32)
    done = tick(today=DAY + timedelta(days=31), dry_run=True)
    assert (done["unused accounts"], done["unconfirmed sign-ups"], done["old mails"]) == (1, 1, 1)
    after = (User.objects.count() - 1, OutboxMail.objects.count() - 1, AuditEntry.objects.count())
    assert before == after
    assert User.objects.filter(pk=silent.pk).exists()
