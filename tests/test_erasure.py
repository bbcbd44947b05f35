"""Somebody takes their data along and goes: the export holds all that is theirs, the database afterwards nothing."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.test import Client
from django.utils import timezone

from accounts import outbox
from accounts.audit import record
from accounts.erasure import erase_guest, erase_person
from accounts.errors import ActionRefused
from accounts.identity import identity_of, identity_with
from accounts.models import AuditEntry, Consent, OutboxMail, SavedView, User
from accounts.own_data import as_json, sections_about
from accounts.personal_data import all_quotes, all_rows, all_traces
from accounts.sweeping import FORMER
from events.models import (
    ActionItem,
    Blackout,
    CalendarFeed,
    DatePoll,
    HostSwap,
    Invitation,
    Meeting,
    PollParticipant,
    Registration,
    RegistrationPlan,
    SeriesMember,
)
from networks.models import (
    Absence,
    Agency,
    AgencyStaff,
    Claim,
    Company,
    CompanyImage,
    CompanyImport,
    CompanyInvitation,
    CompanyMember,
    ImportLine,
    InternalNote,
    OutdatedNote,
    Reminder,
    StaffInvitation,
)
from networks.sheets.companies import Column
from portal.demo.build import Wish, build

NAME, MAIL, SECOND_MAIL = "Ännchen Vergissmeinnicht", "aennchen@vergiss.example", "ae.vergiss@zweite.example"
PHONE = "+49 251 7654321"
OTHER_NAME, OTHER_MAIL, OTHER_PHONE = "Bodo Bleibtda", "bodo@bleibt-da.example", "+49 541 1234567"
QUOTED = f"Laut {NAME} ({MAIL}, {PHONE}) geht das."
Erased = tuple[str, ...]


def cells() -> Iterator[tuple[str, str]]:
    """Every value of every table, as people and programs would read it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own tables
            names = [column[0] for column in cursor.description or ()]
            for row in cursor.fetchall():
                yield from ((f"{table}.{name}", readable(value)) for name, value in zip(names, row, strict=True))


def readable(value: Any) -> str:
    """Mails unpacked, JSON without escapes."""
    if isinstance(value, bytes | memoryview):
        message = message_from_bytes(bytes(value), policy=policy.default)
        texts = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
        return "\n".join([*map(str, message.values()), *texts])
    if isinstance(value, str) and value[:1] in {"{", "["}:
        return value + json.dumps(json.loads(value), ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def places_with(*markers: str) -> set[str]:
    return {place for place, text in cells() if any(marker.casefold() in text.casefold() for marker in markers)}


def written_by_hand(person: User, name: str, mail: str, phone: str, at: SimpleNamespace) -> None:
    """One row of everything that somebody can have."""
    now = timezone.now()
    CompanyMember.objects.create(company=at.company, person=person, role="owner", phone=phone)
    Claim.objects.create(company=at.claimed, person=person, message=f"Ich bin {name}, {phone}.", decision_note="Ja.")
    CompanyInvitation.objects.create(company=at.claimed, email=mail, token=f"c-{mail}", expires_at=now)
    StaffInvitation.objects.create(agency=at.agency, email=mail, token=f"s-{mail}", expires_at=now)
    employment = AgencyStaff.objects.create(agency=at.agency, person=person, left_at=now)
    colleague = AgencyStaff.objects.exclude(person=person).filter(agency=at.agency)[0]
    Absence.objects.create(employment=employment, deputy=colleague, first_day=now.date(), last_day=now.date())
    Reminder.objects.create(person=person, step="team", queue="claims", thing=1, begun=now)
    OutdatedNote.objects.create(agency=at.agency, page="/", label="Seite", message=f"Von {name}: alt.", email=mail)
    _at_meetings(person, {"name": name, "email": mail}, at)
    _in_the_account(person, name, mail)
    _in_lists(name, mail, phone, at)
    record(by=person, verb="company.published", on=employment, note=f"von {name}")


def _at_meetings(person: User, own: dict[str, str], at: SimpleNamespace) -> None:
    name, mail = own["name"], own["email"]
    Registration.objects.create(
        meeting=at.past,
        person=person,
        token=f"r-{mail}",
        state="attended",
        ticket=900 + len(mail),
        **own,
        diet=f"vegan, {name}",
        answers={"Frage": f"Fragen Sie {name}"},
    )
    Invitation.objects.create(meeting=at.past, token=f"i-{mail}", **own)
    at.poll.participants.create(token=f"p-{mail}", region=at.agency.region, comment=f"Gruß, {name}", **own)
    SeriesMember.objects.create(series=at.series, person=person, role="Leitung", **own)
    ActionItem.objects.create(meeting=at.past, text="Protokoll schreiben", owner=name, email=mail)


def _in_the_account(person: User, name: str, mail: str) -> None:
    CalendarFeed.objects.create(person=person, token=f"f-{mail}")
    Consent.objects.create(person=person, purpose="terms", text_version="2026-11")
    SavedView.objects.create(person=person, page="companies", name=f"Für {name}", query=f"q={mail}")
    Authenticator.objects.create(user=person, type="totp", data={"secret": "geheim"})
    UserSession.objects.create(user=person, ip="198.51.100.7", session_key=f"k-{mail}"[:40], user_agent="Firefox")
    EmailMessage(f"Hallo {name}", f"An {name}", to=[mail]).send()


def _in_lists(name: str, mail: str, phone: str, at: SimpleNamespace) -> None:
    line = [at.company.name, name, mail, phone]
    run = CompanyImport.objects.create(
        agency=at.agency, file_name="liste.csv", columns=[Column.NAME, Column.CONTACT, Column.EMAIL, Column.PHONE]
    )
    ImportLine.objects.create(run=run, number=1, cells=line, before={"contact_person": name})
    Company.objects.filter(pk=at.claimed.pk).update(contact_person=name, email=mail, phone=phone)
    at.claimed.refresh_from_db()
    at.claimed.save()  # a version in the history
    Company.objects.filter(pk=at.claimed.pk).update(contact_person="", email="", phone="")
    Company.objects.filter(pk=at.company.pk).update(contact_person=name, email=mail)


def quoted_everywhere() -> set[str]:
    """In every text of the portal in which others could name the person; returns models without a row."""
    untouched = set()
    for model, columns in all_quotes().items():
        row = model._base_manager.order_by("-pk").first()
        if row is None:
            untouched.add(model._meta.label)
            continue
        model._base_manager.filter(pk=row.pk).update(**{name: _quote(model, row, name) for name in columns})
    return untouched


def _quote(model: type[models.Model], row: Any, name: str) -> Any:
    column: Any = model._meta.get_field(name)
    if isinstance(column, models.JSONField):
        held = getattr(row, name)
        return [*held, QUOTED] if isinstance(held, list) else {**held, "note": QUOTED}
    if isinstance(column, models.EmailField):
        return MAIL
    return QUOTED[: column.max_length] if (column.max_length or 999) >= len(QUOTED) else NAME[: column.max_length]


def traced_everywhere(person: User) -> None:
    for model, name, _when in all_traces():
        row = model._base_manager.order_by("-pk").first()
        if row is not None:
            model._base_manager.filter(pk=row.pk).update(**{name: person})


@pytest.fixture
def stage(db: None) -> SimpleNamespace:
    """The demo, and in it two people with everything: one goes, one stays."""
    build(Wish(companies=120, seed=7, today=timezone.localdate()), lambda what, done: None)
    agency = AgencyStaff.objects.exclude(agency__region=None).select_related("agency").order_by("pk")[0].agency
    published = list(Company.objects.published().unclaimed().with_place().order_by("pk")[:4])
    places = SimpleNamespace(
        agency=agency,
        poll=DatePoll.objects.exclude(state="open").order_by("pk")[0],
        past=Meeting.objects.past()[0],
        series=SeriesMember.objects.order_by("pk")[0].series,
    )
    CompanyImage.objects.create(company=published[0], image="bilder/x.webp", caption="Halle")
    HostSwap.objects.create(series=places.series, host=agency, reason="Umbau")
    Blackout.objects.create(label="Messe", start="2027-01-04", end="2027-01-05", agency=agency)
    LogEntry.objects.create(user=User.objects.get(email="operator@example.org"), action_flag=CHANGE, object_repr="x")
    people = []
    for number, (name, mail, phone) in enumerate(((NAME, MAIL, PHONE), (OTHER_NAME, OTHER_MAIL, OTHER_PHONE))):
        person = User.objects.create_user(mail, "korrekt-pferd-batterie", name=name, function="Leitung")
        EmailAddress.objects.create(user=person, email=mail, verified=True, primary=True)
        at = SimpleNamespace(**vars(places), company=published[2 * number], claimed=published[2 * number + 1])
        written_by_hand(person, name, mail, phone, at)
        people.append(person)
    EmailAddress.objects.create(user=people[0], email=SECOND_MAIL, verified=True)
    return SimpleNamespace(goes=people[0], stays=people[1], company=published[0], **vars(places))


def test_the_export_holds_everything_of_ones_own_and_nobody_elses(stage: SimpleNamespace) -> None:
    sections = sections_about(identity_of(stage.goes))
    found = json.dumps(as_json(sections), cls=DjangoJSONEncoder, ensure_ascii=False)
    missing = {
        rows.model._meta.label
        for rows in all_rows()
        if rows.model._meta.label_lower not in {section.key for section in sections}
    }
    assert missing == {"sessions.Session"}  # nobody is signed in here
    for marker in (NAME, MAIL, SECOND_MAIL, PHONE, "198.51.100.7", "Firefox", "vegan", "Gruß", "Leitung", "Ich bin"):
        assert marker in found
    for marker in (OTHER_NAME, OTHER_MAIL, OTHER_PHONE, "geheim"):
        assert marker not in found
    others = User.objects.exclude(pk=stage.goes.pk).exclude(name="").values_list("name", "email")
    assert [mark for pair in others for mark in pair if mark in found] == []


def test_after_erasure_the_database_holds_neither_address_nor_name_nor_number(stage: SimpleNamespace) -> None:
    assert quoted_everywhere() == set()
    traced_everywhere(stage.goes)
    EmailMessage(f"{NAME} schreibt", QUOTED, to=[OTHER_MAIL], reply_to=[MAIL]).send()
    client = Client()
    client.force_login(stage.goes, backend="allauth.account.auth_backends.AuthenticationBackend")
    markers = (NAME, MAIL, SECOND_MAIL, PHONE)
    before = places_with(*markers)
    assert len(before) > 60
    counted = {model: model._default_manager.count() for model in (Company, Meeting, ActionItem, AuditEntry)}

    erase_person(stage.goes, by=stage.goes)
    while outbox.deliver():
        pass

    assert places_with(*markers) == set()
    assert not client.session.items()
    assert {model for model, count in counted.items() if model._default_manager.count() < count} == set()
    assert places_with(OTHER_MAIL) >= {"accounts_user.email", "events_registration.email", "accounts_outboxmail.source"}
    assert FORMER in " ".join(text for _place, text in cells())


def test_a_guest_without_an_account_is_found_and_forgotten(stage: SimpleNamespace) -> None:
    """Names stand beside the address in polls, registrations and lists that were read in."""
    guest, mail, phone = "Gesine Gastmann", "gesine@gast.example", "0541 98765"
    host = {"name": guest, "email": mail}
    Registration.objects.create(meeting=stage.past, token="gast", state="attended", ticket=7000, **host)
    stage.poll.participants.create(token="gast", region=stage.agency.region, **host)
    run = CompanyImport.objects.create(
        agency=stage.agency, file_name="liste.csv", columns=[Column.NAME, Column.CONTACT, Column.EMAIL]
    )
    ImportLine.objects.create(run=run, number=1, cells=["Firma", "Frau Ohnekonto; Herr Ohnekonto", "x@firma.example"])
    EmailMessage("Hallo", f"Liebe {guest}", to=[mail]).send()
    out = StringIO()
    call_command("dump_person", mail.upper(), stdout=out)
    found = json.loads(out.getvalue())
    assert {section["key"] for section in found["sections"]} == {
        "events.registration",
        "events.pollparticipant",
        "accounts.outboxmail",
    }
    assert guest in out.getvalue()

    call_command("erase_person", mail)
    call_command("erase_person", "x@firma.example")
    assert places_with(guest, mail, phone, "x@firma.example", "Frau Ohnekonto", "Herr Ohnekonto") == set()
    assert ImportLine.objects.get(run=run).cells[0] == "Firma"


def test_the_operator_reads_where_others_name_somebody(stage: SimpleNamespace) -> None:
    InternalNote.objects.create(
        agency=stage.agency, object_type="networks.company", object_id="1", text=QUOTED, author=None
    )
    out = StringIO()
    call_command("dump_person", SECOND_MAIL, stdout=out)
    found = json.loads(out.getvalue())
    assert {"model": "networks.internalnote", "column": "text"} in [
        {"model": one["model"], "column": one["column"]} for one in found["quoted_in"]
    ]
    assert MAIL in out.getvalue()
    assert OTHER_MAIL not in out.getvalue()


# -- what is shared ----------------------------------------------------------------------------
def test_a_colleague_takes_over_and_is_told(cast: SimpleNamespace) -> None:
    erase_person(cast.owner, by=cast.owner)
    heirs = CompanyMember.objects.filter(company=cast.company).values_list("person", "role")
    assert list(heirs) == [(cast.editor.pk, "owner")]
    assert OutboxMail.objects.filter(recipient=cast.editor.email).exists()


def test_the_company_survives_its_last_person(cast: SimpleNamespace) -> None:
    erase_person(cast.owner_east, by=cast.owner_east)
    cast.company_east.refresh_from_db()
    assert cast.company_east.state == Company.State.PUBLISHED
    assert not cast.company_east.has_owner
    assert cast.company_east in Company.objects.without_owner()


def test_an_application_nobody_speaks_for_is_withdrawn(cast: SimpleNamespace) -> None:
    erase_person(cast.pending, by=cast.pending)
    cast.pending_company.refresh_from_db()
    assert cast.pending_company.state == Company.State.WITHDRAWN


def test_the_last_who_leads_a_team_cannot_go(cast: SimpleNamespace) -> None:
    with pytest.raises(ActionRefused, match="leiten das Team von WF Westland allein"):
        erase_person(cast.manager_west, by=cast.manager_west)
    AgencyStaff.objects.filter(person=cast.curator_west).update(role=AgencyStaff.Role.MANAGER)
    erase_person(cast.manager_west, by=cast.manager_west)
    assert not User.objects.filter(email="manager-west@example.org").exists()


def test_the_last_operator_cannot_go(cast: SimpleNamespace, make_person: Callable[..., User]) -> None:
    with pytest.raises(ActionRefused, match="betreiben das Portal allein"):
        erase_person(cast.operator, by=cast.operator)
    make_person("zweite@example.org", is_staff=True, is_superuser=True)
    erase_person(cast.operator, by=cast.operator)
    assert not User.objects.filter(email="operator@example.org").exists()


def test_who_deputises_hands_over(cast: SimpleNamespace) -> None:
    third = AgencyStaff.objects.create(agency=cast.west.agency, person=cast.new)
    team = {staff.person_id: staff for staff in AgencyStaff.objects.filter(agency=cast.west.agency)}
    today = timezone.localdate()
    absence = Absence.objects.create(
        employment=third,
        deputy=team[cast.curator_west.pk],
        first_day=today,
        last_day=today + timedelta(days=5),
    )
    erase_person(cast.curator_west, by=cast.curator_west)
    absence.refresh_from_db()
    assert (absence.ended_at, absence.deputy) == (None, team[cast.manager_west.pk])


def test_a_place_goes_to_the_next_in_the_queue(cast: SimpleNamespace) -> None:
    start = timezone.now() + timedelta(days=20)
    meeting = Meeting.objects.create(
        slug="herbst",
        title="Herbst",
        city="Melle",
        host=cast.east.agency,
        state=Meeting.State.ANNOUNCED,
        starts_at=start,
        ends_at=start + timedelta(hours=3),
    )
    RegistrationPlan.objects.create(meeting=meeting, capacity=1)
    for ticket, (person, state) in enumerate(((cast.owner, "registered"), (cast.editor, "waiting")), 1):
        Registration.objects.create(
            meeting=meeting,
            person=person,
            name=person.name,
            email=person.email,
            state=state,
            ticket=ticket,
            token=f"t{ticket}",
        )
    erase_person(cast.owner, by=cast.owner)
    left = Registration.objects.get(meeting=meeting)
    assert (left.person, left.state) == (cast.editor, "registered")


def test_decided_polls_keep_their_votes_and_open_ones_forget(make_poll: Any, west: SimpleNamespace) -> None:
    open_poll, decided = make_poll("offen", west), make_poll("entschieden", west)
    option = decided.options.first()
    for poll in (open_poll, decided):
        participant = poll.participants.get()
        participant.answers.create(option=poll.options.first(), answer="yes")
    decided.state, decided.chosen = DatePoll.State.DECIDED, option
    decided.save()
    erase_guest(identity_with("gast@westland.example.org"), by=None)
    assert not open_poll.participants.exists()
    voted = PollParticipant.objects.get(poll=decided)
    assert (voted.name, voted.answers.get().answer) == (FORMER, "yes")
    assert voted.email.endswith("@ehemalig.invalid")


# -- how names are found -----------------------------------------------------------------------
def test_a_name_that_another_account_carries_stays_in_texts(
    cast: SimpleNamespace, make_person: Callable[..., User]
) -> None:
    first = make_person("anna@eins.example", "Anna Müller")
    make_person("anna@zwei.example", "Anna Müller")
    Company.objects.filter(pk=cast.company.pk).update(description="Anna Müller (anna@eins.example) hilft.")
    erase_person(first, by=first)
    assert Company.objects.get(pk=cast.company.pk).description == "Anna Müller (gelöscht) hilft."


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Frau ANNA  MÜLLER rief an", f"Frau {FORMER} rief an"),
        ("Müller, Anna", FORMER),
        ("Hanna Müller und Anna Müllerhoff", "Hanna Müller und Anna Müllerhoff"),
        ("Müller GmbH", "Müller GmbH"),
    ],
)
def test_only_the_whole_name_is_taken_out(
    cast: SimpleNamespace, make_person: Callable[..., User], said: str, left: str
) -> None:
    person = make_person("anna@eins.example", "Anna Müller")
    Company.objects.filter(pk=cast.company.pk).update(summary=said)
    versions = cast.company.history.count()
    erase_person(person, by=person)
    assert Company.objects.get(pk=cast.company.pk).summary == left
    assert cast.company.history.count() == versions


def test_the_search_forgets_the_name_too(cast: SimpleNamespace, make_person: Callable[..., User]) -> None:
    person = make_person("anna@eins.example", "Anna Kleekamp")
    Company.objects.filter(pk=cast.company.pk).update(
        description="Fragen Sie Anna Kleekamp.", search_text="fragen anna kleekamp"
    )
    erase_person(person, by=person)
    assert "kleekamp" not in Company.objects.get(pk=cast.company.pk).search_text


# -- the last mail, and the commands -----------------------------------------------------------
def test_the_last_mail_is_forgotten_once_it_is_delivered(cast: SimpleNamespace) -> None:
    erase_person(cast.owner, by=None)
    [mail] = OutboxMail.objects.filter(recipient="owner@example.org")
    assert mail.subject == "Ihr Konto ist gelöscht"
    outbox.deliver()
    assert places_with("owner@example.org") == set()


def test_a_last_mail_that_nobody_takes_is_forgotten_in_the_end(cast: SimpleNamespace) -> None:
    class Closed:
        def send(self, mail: OutboxMail) -> None:
            raise OSError

    erase_person(cast.owner, by=None)
    for _attempt in range(len(outbox.RETRY_MINUTES) + 1):
        OutboxMail.objects.update(not_before=timezone.now())
        outbox.deliver(carrier=Closed())
    assert not OutboxMail.objects.filter(recipient="owner@example.org").exists()


def test_the_commands_say_when_nobody_is_known_or_may_go(cast: SimpleNamespace) -> None:
    with pytest.raises(CommandError, match="Nothing is known"):
        call_command("erase_person", "niemand@example.org")
    with pytest.raises(CommandError, match="betreiben das Portal allein"):
        call_command("erase_person", "operator@example.org")
    call_command("erase_person", "owner@example.org", stdout=StringIO())
    assert AuditEntry.objects.filter(verb="account.erased", by=None, label="").exists()


def test_the_shared_cache_holds_no_address(cast: SimpleNamespace, client: Client) -> None:
    """The limits of signing in count without keeping whom they count."""
    client.post("/konto/login/", {"login": "owner@example.org", "password": "falsch"})
    kept: Any = cache
    assert "owner@example.org" not in str(kept._cache)
    assert Agency.objects.exists()
