"""Who may open and send what: every address of the portal × everybody, the admin's addresses in test_admin_scope.

A row's letters stand for, in this order:
visitor, new, pending, owner, editor, owner of another company, curator west, curator east, manager west, operator.
"""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import OutboxMail, User
from events.models import (
    ActionItem,
    AgendaItem,
    Announcement,
    CalendarFeed,
    DatePoll,
    Meeting,
    MeetingSeries,
    Registration,
    RegistrationPlan,
)
from networks.models import (
    Claim,
    Company,
    CompanyImage,
    CompanyInvitation,
    CompanyMember,
    CompanySlug,
    Membership,
    Network,
    StaffInvitation,
)
from portal.models import SiteState

PEOPLE = (
    "visitor",
    "new",
    "pending",
    "owner",
    "editor",
    "owner_east",
    "curator_west",
    "curator_east",
    "manager_west",
    "operator",
)
MEANING = {
    ".": 200,
    "s": "to the sign-in",
    "r": 302,
    "m": 301,
    "?": 400,
    "f": 403,
    "n": 404,
    "x": 405,
    "g": 410,
}
LETTERS = {meaning: letter for letter, meaning in MEANING.items()}
PUBLIC = ".........."
NOBODY = "nnnnnnnnnn"
SIGNED_IN = "s........."
NO_POST = "xxxxxxxxxx"
# A visitor's POST to a page for members goes to the sign-in before the view looks at the method.
NO_POST_MEMBERS = "sxxxxxxxxx"

# name of the address: (arguments as attributes of the cast, GET, POST)
ROWS: dict[str, list[tuple[str, str, str]]] = {
    "home": [("", PUBLIC, NO_POST)],
    "search": [("", PUBLIC, NO_POST)],
    "desk-search": [("", "sfffff....", "sfffffxxxx")],
    "map": [("", PUBLIC, NO_POST)],
    "gallery": [("", PUBLIC, NO_POST)],
    "mailbox": [("", PUBLIC, NO_POST)],
    "mailbox-mail": [("mail.pk", PUBLIC, NO_POST)],
    "healthz": [("", PUBLIC, NO_POST)],
    "readyz": [("", PUBLIC, NO_POST)],
    "media": [("missing_file", NOBODY, NO_POST)],
    "my-area": [("", SIGNED_IN, NO_POST_MEMBERS)],
    "company": [
        ("company.slug", PUBLIC, NO_POST),
        ("pending_company.slug", "nn.nnn.n..", NO_POST),
        ("hidden_company.slug", "nnn.nn.n..", NO_POST),
        ("archived_company.slug", "gggggg.g..", NO_POST),
        ("old_slug", "mmmmmmmmmm", NO_POST),
    ],
    "network-list": [("", PUBLIC, NO_POST)],
    "network": [
        ("network.slug", PUBLIC, NO_POST),
        ("draft.slug", "nnnnnn.n..", NO_POST),
        ("archived_network.slug", "gggggggggg", NO_POST),
    ],
    "agency-list": [("", PUBLIC, NO_POST)],
    "agency": [("west.agency.slug", PUBLIC, NO_POST)],
    "agency-contact": [("west.agency.slug", PUBLIC, PUBLIC)],
    "region": [("west.region.slug", PUBLIC, NO_POST)],
    "district": [("west.district.slug", PUBLIC, NO_POST)],
    "announcement": [
        ("announcement.slug", PUBLIC, NO_POST),
        ("announcement_draft.slug", "nnnnnn.n..", NO_POST),
    ],
    "meeting": [("meeting.slug", PUBLIC, NO_POST), ("meeting_planned.slug", "nnnnnn.n..", NO_POST)],
    "page": [("imprint", PUBLIC, NO_POST)],
    "sitemap": [("", PUBLIC, NO_POST)],
    "sitemap-section": [("section", PUBLIC, NO_POST)],
    "robots": [("", PUBLIC, NO_POST)],
    "security": [("", PUBLIC, NO_POST)],
    "share": [("", NOBODY, NO_POST)],
    "outdated": [("", NOBODY, NOBODY)],
    "barrier": [("", PUBLIC, PUBLIC)],
    "events:announcement-list": [("", PUBLIC, NO_POST)],
    "events:announcement-feed": [("", PUBLIC, NO_POST)],
    "events:network-feed": [("network.slug", PUBLIC, NO_POST), ("draft.slug", NOBODY, NO_POST)],
    "events:agency-feed": [("west.agency.slug", PUBLIC, NO_POST)],
    "events:meeting-list": [("", PUBLIC, NO_POST)],
    "events:calendar": [("", PUBLIC, NO_POST)],
    "events:meeting-calendar": [("meeting.slug", PUBLIC, NO_POST), ("meeting_planned.slug", NOBODY, NO_POST)],
    "events:network-calendar": [("network.slug", PUBLIC, NO_POST), ("draft.slug", NOBODY, NO_POST)],
    "events:agency-calendar": [("west.agency.slug", PUBLIC, NO_POST)],
    "events:my-calendar": [("", SIGNED_IN, "srrrrrrrrr")],
    "events:personal-calendar": [("feed.token", PUBLIC, NO_POST), ("nothing", NOBODY, NO_POST)],
    "events:meeting-announce": [
        ("meeting_scheduled.slug", "snnnnn.f..", "snnnnnrfrr"),
        ("meeting.slug", "sfffff.f..", "sfffffrfrr"),
    ],
    "events:meeting-schedule": [("meeting_planned.slug", "snnnnn.n..", "snnnnnrnrr")],
    "events:meeting-hold": [("meeting.slug", "sfffff.f..", "sfffffrfrr")],
    "events:meeting-cancel": [("meeting.slug", "sfffff.f..", "sfffff.f..")],
    "events:meeting-postpone": [("meeting.slug", "sfffff.f..", "sfffff.f..")],
    "events:meeting-invite": [("meeting.slug", "sfffff.f..", "sfffff.f..")],
    "events:co-host": [
        ("meeting_scheduled.slug", "snnnnnn.nn", "snnnnnn.nn"),
        ("meeting.slug", "snnnnnnnnn", "snnnnnnnnn"),
    ],
    "events:invitation": [("invited.token", PUBLIC, "??????????"), ("nothing", NOBODY, NOBODY)],
    "events:decision-list": [("", PUBLIC, NO_POST)],
    "events:task-list": [("", "sfffff....", NO_POST_MEMBERS)],
    "events:task-step": [("task.pk", NO_POST_MEMBERS, "snnnnnrnrr")],
    "events:agenda": [("meeting.slug", "snnnnn.n..", "snnnnn.n.."), ("followed.slug", "snnnnn....", "snnnnn.f..")],
    "events:agenda-carry": [("meeting.slug", NO_POST_MEMBERS, "snnnnnrnrr")],
    "events:agenda-item": [("meeting.slug item.pk", "snnnnn.n..", "snnnnn.n..")],
    "events:agenda-move": [("meeting.slug item.pk", NO_POST_MEMBERS, "snnnnnrnrr")],
    "events:minutes": [("meeting.slug item.pk", "snnnnn.n..", "snnnnn.n..")],
    "events:meeting-report": [
        ("meeting.slug", "snnnnn.n..", NO_POST_MEMBERS),
        ("followed.slug", "snnnnn....", NO_POST_MEMBERS),
    ],
    "events:decision-new": [
        ("meeting.slug", "snnnnn.n..", "snnnnn.n.."),
        ("followed.slug", "snnnnn.f..", "snnnnn.f.."),
    ],
    "events:task-new": [("meeting.slug", "snnnnn.n..", "snnnnn.n.."), ("followed.slug", "snnnnn.f..", "snnnnn.f..")],
    "events:registration-new": [
        ("meeting.slug", "..........", ".........."),
        ("meeting_planned.slug", NOBODY, NOBODY),
    ],
    "events:registration-plan": [("meeting.slug", "snnnnn.n..", "snnnnnrnrr")],
    "events:attendance": [("meeting.slug", "snnnnn.n..", NO_POST_MEMBERS)],
    "events:attendance-csv": [("meeting.slug", "snnnnn.n..", NO_POST_MEMBERS)],
    "events:attendance-close": [("meeting.slug", NO_POST_MEMBERS, "snnnnnrnrr")],
    "events:check-in": [("meeting.slug guest.pk", NO_POST_MEMBERS, "snnnnnrnrr")],
    "events:registration-remove": [("meeting.slug guest.pk", "snnnnn.n..", "snnnnnrnrr")],
    "events:registration": [("guest.token", PUBLIC, NO_POST), ("nothing", NOBODY, NO_POST)],
    "events:registration-confirm": [("unconfirmed.token", PUBLIC, "rrrrrrrrrr"), ("nothing", NOBODY, NOBODY)],
    "events:registration-cancel": [("guest.token", PUBLIC, "rrrrrrrrrr"), ("nothing", NOBODY, NOBODY)],
    "events:poll-new": [("meeting_planned.slug", "snnnnn.n..", "snnnnn.n..")],
    "events:poll": [("poll.pk", "snnnnn....", NO_POST_MEMBERS)],
    "events:poll-decide": [("poll.pk", "snnnnn.f..", "snnnnn.f..")],
    "events:poll-remind": [("poll.pk", "sxxxxxxxxx", "snnnnnrfrr")],
    "events:poll-withdraw": [("poll.pk", "snnnnn.f..", "snnnnnrfrr")],
    "events:poll-ask": [("poll.pk", "snnnnn.f..", "snnnnn.f..")],
    "events:poll-participant": [("poll.pk asked.pk", "snnnnn.f..", "snnnnnrfrr")],
    "events:poll-answer": [("asked.token", PUBLIC, PUBLIC), ("nothing", NOBODY, NOBODY)],
    "events:poll-hand-on": [("asked.token", PUBLIC, PUBLIC), ("nothing", NOBODY, NOBODY)],
    "events:planning": [("", "sfffff....", "sfffff.f..")],
    "events:series": [("series.slug", "sfffff....", NO_POST_MEMBERS)],
    "events:host-swap": [("series.slug", "sfffff....", "sfffff....")],
    "networks:company-list": [("", PUBLIC, NO_POST)],
    "networks:region-colours": [("colours", "rrrrrrrrrr", NO_POST)],
    "networks:company-register": [("", SIGNED_IN, SIGNED_IN)],
    "networks:company-claim": [
        ("unclaimed.slug", SIGNED_IN, SIGNED_IN),
        ("pending_company.slug", "snnnnnnnnn", "snnnnnnnnn"),
    ],
    "networks:claim-withdraw": [("own_claim.pk", "s.nnnnnnnn", "srnnnnnnnn")],
    "networks:company-manage": [
        ("company.slug", "sff..fffff", NO_POST_MEMBERS),
        ("pending_company.slug", "sn.nnnfnff", NO_POST_MEMBERS),
    ],
    "networks:company-edit": [
        ("company.slug", "sff..fffff", "sff..fffff"),
        ("hidden_company.slug", "snn.nnfnff", "snn.nnfnff"),
    ],
    "networks:company-images": [("company.slug", "sff..fffff", "sff..fffff")],
    "networks:company-image-delete": [("company.slug image.pk", "sff..fffff", "sffrrfffff")],
    "networks:company-history": [("company.slug", "sff..f.f..", NO_POST_MEMBERS)],
    "networks:company-people": [("company.slug", "sff..fffff", "sff.ffffff")],
    "networks:company-person": [("company.slug editor_member.pk", "sff..fffff", "sffrffffff")],
    "networks:company-invitation-change": [("company.slug invitation.pk", "sff.ffffff", "sffrffffff")],
    "networks:company-contact": [("company.slug", "sff..fffff", "sff..fffff")],
    "networks:company-withdraw": [
        ("pending_company.slug", "sn.nnnfnff", "snrnnnfnff"),
        ("company.slug", "sfffffffff", "sfffffffff"),
    ],
    "networks:company-resubmit": [
        ("asked_back.slug", "sn.nnnfnff", "snrnnnfnff"),
        ("company.slug", "sfffffffff", "sfffffffff"),
    ],
    "networks:company-invitation": [("invitation.token", PUBLIC, "frrrrrrrrr"), ("nothing", NOBODY, NOBODY)],
    "networks:staff-invitation": [("staff_invitation.token", PUBLIC, "frrrrrrrrr"), ("nothing", NOBODY, NOBODY)],
    "networks:membership-request": [
        ("network_east.slug", SIGNED_IN, "sffff.ffff"),
        ("draft.slug", "snnnnn.n..", "snnnnnfnff"),
    ],
    "networks:membership-invite": [
        ("unclaimed.slug", "sfffff....", "sfffff...."),
        ("pending_company.slug", "snnnnnnnnn", "snnnnnnnnn"),
    ],
    "networks:membership-detail": [("membership.pk", "snn..n.n..", NO_POST_MEMBERS)],
    "networks:membership-answer": [("asked_membership.pk", "snn..nffff", "snn..nffff")],
    "networks:membership-withdraw": [("asked_membership.pk", "snn..nffff", "snnrrnffff")],
    "networks:membership-leave": [("membership.pk", "snn..nfnff", "snnrrnfnff")],
    "networks:membership-accept": [("invited_membership.pk", "snnnn.ffff", "snnnnrffff")],
    "networks:membership-decline": [("invited_membership.pk", "snnnn.ffff", "snnnnrffff")],
    "accounts:profile": [("", SIGNED_IN, SIGNED_IN)],
    "accounts:data": [("", "srrrrrrrrr", NO_POST_MEMBERS)],
    "accounts:data-file": [("", "srrrrrrrrr", NO_POST_MEMBERS)],
    "accounts:erase": [("", "srrrrrrrrr", "srrrrrrrrr")],
    "accounts:erased": [("", PUBLIC, NO_POST)],
    "account_login": [("", ".rrrrrrrrr", ".rrrrrrrrr")],
    "account_signup": [("", ".rrrrrrrrr", ".rrrrrrrrr")],
    "account_logout": [("", "r.........", "rrrrrrrrrr")],
    "account_inactive": [("", PUBLIC, NO_POST)],
    "account_reauthenticate": [("", SIGNED_IN, SIGNED_IN)],
    "account_email": [("", SIGNED_IN, "srrrrrrrrr")],
    "account_email_verification_sent": [("", PUBLIC, NO_POST)],
    "account_change_password": [("", SIGNED_IN, SIGNED_IN)],
    "account_set_password": [("", "srrrrrrrrr", "srrrrrrrrr")],
    "account_reset_password": [("", PUBLIC, PUBLIC)],
    "account_confirm_login_code": [("", "srrrrrrrrr", "srrrrrrrrr")],
    "account_confirm_email": [("nothing", PUBLIC, NOBODY)],
    "account_reset_password_from_key_done": [("", PUBLIC, NO_POST)],
    "account_reset_password_from_key": [("reset_key", PUBLIC, PUBLIC)],
    "account_reset_password_done": [("", PUBLIC, NO_POST)],
    "mfa_index": [("", SIGNED_IN, NO_POST_MEMBERS)],
    "mfa_authenticate": [("", "srrrrrrrrr", "srrrrrrrrr")],
    "mfa_reauthenticate": [("", "srrrrrrrrr", "srrrrrrrrr")],
    "mfa_activate_totp": [("", "srrrrrrrrr", "srrrrrrrrr")],
    "mfa_deactivate_totp": [("", "snnnnnnnnn", "snnnnnnnnn")],
    "mfa_view_recovery_codes": [("", "snnnnnnnnn", NO_POST_MEMBERS)],
    "mfa_generate_recovery_codes": [("", "srrrrrrrrr", "srrrrrrrrr")],
    "mfa_download_recovery_codes": [("", "snnnnnnnnn", "snnnnnnnnn")],
    "mfa_list_webauthn": [("", SIGNED_IN, NO_POST_MEMBERS)],
    "mfa_add_webauthn": [("", "srrrrrrrrr", "srrrrrrrrr")],
    "mfa_remove_webauthn": [("foreign_key.pk", "srrrrrrrrr", "srrrrrrrrr")],
    "mfa_edit_webauthn": [("foreign_key.pk", "srrrrrrrrr", "srrrrrrrrr")],
    "mfa_login_webauthn": [("", "srrrrrrrrr", "srrrrrrrrr")],
    "mfa_reauthenticate_webauthn": [("", "srrrrrrrrr", "srrrrrrrrr")],
    "usersessions_list": [("", SIGNED_IN, "srrrrrrrrr")],
}
CASES = [pytest.param(name, *row, id=f"{name} {row[0]}".strip()) for name, rows in ROWS.items() for row in rows]


@pytest.fixture
def world(
    cast: SimpleNamespace,
    make_company: Callable[..., Company],
    make_poll: Callable[..., DatePoll],
    vocabulary: SimpleNamespace,
    series: MeetingSeries,
) -> SimpleNamespace:
    """The cast, and something of every kind to look at: own, foreign, unpublished."""
    now, hour = timezone.now(), timedelta(hours=1)
    west = cast.west
    company = {"company": cast.company}
    announced = {"agency": west.agency, "title": "Neues", "summary": "Kurz.", "body": "Text."}
    met = {
        "host": west.agency,
        "title": "Ein Treffen",
        "city": "Münster",
        "starts_at": now + hour,
        "ends_at": now + 2 * hour,
    }
    invited = {"email": "kollegin@example.org", "expires_at": now + hour}
    things = {
        "series": series,
        "asked_back": make_company("Gefragt", west, state=Company.State.CHANGES_REQUESTED),
        "archived_company": make_company("Vorbei", west, state=Company.State.ARCHIVED, published_at=now),
        "archived_network": Network.objects.create(
            slug="vorbei", name="Vorbei", short_name="Vorbei", agency=west.agency, state=Network.State.ARCHIVED
        ),
        "image": CompanyImage.objects.create(image="bilder/x.webp", caption="Halle", **company),
        "invitation": CompanyInvitation.objects.create(token="einladung-1", **invited, **company),
        "staff_invitation": StaffInvitation.objects.create(token="einladung-2", agency=west.agency, **invited),
        "announcement": Announcement.objects.create(
            slug="neu", state=Announcement.State.PUBLISHED, publish_at=now - hour, **announced
        ),
        "announcement_draft": Announcement.objects.create(slug="entwurf", **{**announced, "title": "Bald"}),
        "meeting": Meeting.objects.create(slug="treffen", state=Meeting.State.ANNOUNCED, **met),
        "meeting_planned": Meeting.objects.create(slug="geplant", **{**met, "title": "Geplant"}),
        "asked_membership": Membership.objects.create(
            network=cast.network_east, state=Membership.State.ASKED_BACK, **company
        ),
        "invited_membership": Membership.objects.create(
            network=cast.network, company=cast.company_east, state=Membership.State.INVITED
        ),
        "mail": OutboxMail.objects.create(
            message_id="<1@x>",
            recipient="a@example.org",
            subject="Hallo",
            source=b"Subject: Hallo\n\nText",
            sent_at=now,
        ),
        "editor_member": CompanyMember.objects.get(company=cast.company, person=cast.editor),
    }
    CompanyMember.objects.create(company=things["asked_back"], person=cast.pending)
    CompanySlug.objects.create(slug="frueher", company=cast.company)
    things["poll"] = make_poll("fruehjahr", west, cast.east)
    things["meeting_scheduled"] = Meeting.objects.create(
        slug="bald", state=Meeting.State.SCHEDULED, co_host=cast.east.agency, **{**met, "title": "Bald"}
    )
    things["invited"] = things["meeting"].invitations.create(name="Gast", email="gast@example.org", token="antwort-1")
    things["feed"] = CalendarFeed.objects.create(person=cast.owner, token="kalender-1")
    plan = RegistrationPlan.objects.create(meeting=things["meeting"], guests=True)
    things["guest"] = plan.meeting.registrations.create(
        name="Gast", email="gast@example.org", state=Registration.State.REGISTERED, ticket=1, token="anmeldung-1"
    )
    things["unconfirmed"] = plan.meeting.registrations.create(
        name="Noch ein Gast", email="noch@example.org", token="anmeldung-2"
    )
    things["followed"] = things["poll"].meeting
    things["item"] = AgendaItem.objects.create(meeting=things["meeting"], title="Begrüßung")
    things["task"] = ActionItem.objects.create(meeting=things["meeting"], text="Saal buchen", owner="Ada")
    things["asked"] = things["poll"].participants.first()
    things["foreign_key"] = Authenticator.objects.create(
        user=User.objects.create_user("weit-weg@example.org"),
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Laptop"},
    )
    cast.own_claim = Claim.objects.create(company=cast.unclaimed, person=cast.new, message="Ich.")
    SiteState.declare_demo()
    words = {
        "old_slug": "frueher",
        "missing_file": "logos/nichts.webp",
        "imprint": "impressum",
        "section": "unternehmen",
        "colours": "0",
        "nothing": "nichts",
        "reset_key": "1-nichts",
    }
    return SimpleNamespace(**{**vars(cast), **things, **words}, refused=lambda person: None)


def arguments(world: SimpleNamespace, names: str) -> list[Any]:
    found = []
    for name in names.split():
        thing: Any = world
        for part in name.split("."):
            thing = getattr(thing, part)
        found.append(thing)
    return found


def address(name: str, values: list[Any]) -> str:
    return reverse(name, args=values) if name != "account_reset_password_from_key" else reverse(name, args=["1", "x-y"])


def state_of_database() -> dict[str, list[Any]]:
    """Every row of what people work on; what signing in leaves behind is no work."""
    ours = [
        model for app in ("accounts", "networks", "events", "portal") for model in apps.get_app_config(app).get_models()
    ]
    return {model.__name__: sorted(map(repr, model._default_manager.values_list())) for model in ours}


def outcome(response: Any) -> int | str:
    goes_to_sign_in = response.status_code == 302 and response["Location"].startswith("/konto/login/")
    return "to the sign-in" if goes_to_sign_in else response.status_code


def ask_everybody(world: SimpleNamespace, client_of: Any, ask: Callable[[Client], Any]) -> str:
    """The letters of a row as they really are."""
    return "".join(ask_as(world, client_of, person, ask) for person in PEOPLE)


def ask_as(world: SimpleNamespace, client_of: Any, person: str, ask: Callable[[Client], Any]) -> str:
    """One person's letter; what the request did is undone."""
    with transaction.atomic():
        client = client_of(getattr(world, person, None))
        client.raise_request_exception = False
        reached = outcome(ask(client))
        if reached in {403, 404, "to the sign-in"}:
            world.refused(person)
        transaction.set_rollback(True)
    return LETTERS.get(reached, f"({reached})")


@pytest.mark.parametrize(("name", "names", "get", "post"), CASES)
def test_access(name: str, names: str, get: str, post: str, world: SimpleNamespace, client_of: Any) -> None:
    path = address(name, arguments(world, names))
    assert ask_everybody(world, client_of, lambda client: client.get(path)) == get

    before = state_of_database()
    world.refused = lambda person: compare(before, state_of_database(), person)
    assert ask_everybody(world, client_of, lambda client: client.post(path, {})) == post


def compare(before: dict[str, list[Any]], after: dict[str, list[Any]], person: str) -> None:
    """A refused request leaves every row as it was; that somebody signed in is no change of theirs."""
    for rows in (before, after):
        rows.pop("AuditEntry", None)
        rows.pop("User", None)
    assert after == before, f"refused, and yet changed: {person}"


def names_in(resolver: URLResolver, space: str = "") -> set[str]:
    found = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            found.add(f"{space}{entry.name}")
        elif entry.app_name != "admin":
            found |= names_in(entry, f"{entry.namespace}:" if entry.namespace else space)
    return found


def test_every_address_has_a_row() -> None:
    assert names_in(get_resolver()) == set(ROWS)
