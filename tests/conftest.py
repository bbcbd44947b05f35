"""The cast: two regions, an agency on each side, their networks, companies and people."""

import threading
from collections.abc import Callable
from datetime import date, time, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.core.cache import caches
from django.db import connection, connections
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from accounts.errors import ActionRefused
from accounts.models import User
from events.actions.polls import moment
from events.models import DatePoll, Meeting, MeetingSeries, SchoolCalendar
from networks import directory
from networks.models import (
    Agency,
    AgencyStaff,
    Company,
    CompanyMember,
    Competence,
    CompetenceGroup,
    District,
    Industry,
    Membership,
    Municipality,
    Network,
    Opening,
    Postcode,
    Region,
)
from portal.catalogues import compile_catalogues

PASSWORD = "korrekt-pferd-batterie"


def pytest_configure() -> None:
    compile_catalogues()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, as in real life: threads wait for each other there, in memory they fail."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(autouse=True)
def _as_in_real_life(settings: Any, tmp_path: Any) -> None:
    """Mail goes to the outbox; caches and uploads begin empty; passwords are hashed and forms filled in quickly."""
    settings.FORM_SECONDS = 0
    settings.WHITENOISE_AUTOREFRESH = True  # each client makes the middleware anew, and it would list every file
    settings.EMAIL_BACKEND = "accounts.outbox.OutboxBackend"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path / "media"
    for cache in caches.all():
        cache.clear()
    directory.forget()


def _side(name: str, slug: str, state: str, order: int, town: str, ags: str, postcode: str) -> SimpleNamespace:
    region = Region.objects.create(slug=slug, name_de=name, state=state, state_name_de=state, order=order)
    agency = Agency.objects.create(
        slug=f"wf-{slug}",
        official_name=f"Wirtschaftsförderung {name} GmbH",
        short_name=f"WF {name}",
        region=region,
        contact_function="Geschäftsstelle",
        contact_email=f"info@{slug}.example.org",
    )
    district = District.objects.create(
        ags=ags,
        slug=f"kreis-{slug}",
        region=region,
        name=f"Kreis {name}",
        short_name=name,
        home_agency=agency,
        path="M0 0L10 0L10 10Z",
        label_x=5,
        label_y=5,
    )
    agency.districts.add(district)
    town_row = Municipality.objects.create(
        ags=f"{ags}001", name=town, district=district, lat=52.0 + order / 10, lon=7.5 + order / 2
    )
    Postcode.objects.create(code=postcode, municipality=town_row)
    return SimpleNamespace(region=region, agency=agency, district=district, town=town_row)


@pytest.fixture
def west(db: None) -> SimpleNamespace:
    return _side("Westland", "westland", "DE-NW", 1, "Münster", "05001", "48143")


@pytest.fixture
def east(db: None) -> SimpleNamespace:
    return _side("Ostland", "ostland", "DE-NI", 2, "Melle", "03001", "49324")


@pytest.fixture
def vocabulary(db: None) -> SimpleNamespace:
    group = CompetenceGroup.objects.create(code="robotics", name_de="Robotik")
    return SimpleNamespace(
        robots=Competence.objects.create(code="industrial-robots", group=group, name_de="Industrieroboter", order=1),
        welding=Competence.objects.create(code="welding", group=group, name_de="Schweißen", order=2),
        machines=Industry.objects.create(code="28", section="C", name_de="Maschinenbau"),
    )


@pytest.fixture
def make_poll(db: None) -> Callable[..., DatePoll]:
    """Two days of a meeting that the first side hosts; somebody of each side is asked, the first is indispensable."""

    def make(slug: str, *sides: SimpleNamespace) -> DatePoll:
        series = MeetingSeries.objects.create(slug=f"reihe-{slug}", name="Halbjahrestreffen")
        begin = moment(date(2027, 3, 11), time(10))
        meeting = Meeting.objects.create(
            slug=slug,
            title="Frühjahrstreffen",
            city="Münster",
            host=sides[0].agency,
            series=series,
            state=Meeting.State.POLLED,
            starts_at=begin,
            ends_at=begin + timedelta(hours=3),
        )
        poll = DatePoll.objects.create(
            meeting=meeting, starts=time(10), ends=time(13), deadline=timezone.now() + timedelta(days=10)
        )
        for day in (11, 18):
            poll.options.create(day=date(2027, 3, day))
        for order, side in enumerate(sides):
            series.places.create(agency=side.agency, order=order)
            series.sides.create(region=side.region, order=order)
            poll.participants.create(
                name=f"Gast {side.region}",
                email=f"gast@{side.region.slug}.example.org",
                region=side.region,
                agency=side.agency,
                required=not order,
                token=f"schluessel-{slug}-{order}",
            )
        return poll

    return make


@pytest.fixture
def make_person(db: None) -> Callable[..., User]:
    def make(email: str, name: str = "", **fields: Any) -> User:
        person = User.objects.create_user(email, PASSWORD, name=name or email.split("@")[0].title(), **fields)
        person.emailaddress_set.create(email=email, verified=True, primary=True)  # type: ignore[attr-defined]
        return person

    return make


@pytest.fixture
def make_company(db: None) -> Callable[..., Company]:
    """A published company at a side; other states and fields by keyword. Search columns are left to its actions."""

    def make(name: str, side: SimpleNamespace | None, **fields: Any) -> Company:
        fields.setdefault("state", Company.State.PUBLISHED)
        fields.setdefault("slug", name.lower().replace(" ", "-"))
        fields.setdefault("published_at", timezone.now() if fields["state"] == Company.State.PUBLISHED else None)
        fields.setdefault("summary", f"{name} in einem Satz.")
        return Company.objects.create(
            name=name, name_sort=name.lower(), municipality=side.town if side else None, **fields
        )

    return make


@pytest.fixture
def cast(
    west: SimpleNamespace, east: SimpleNamespace, make_person: Callable[..., User], make_company: Callable[..., Company]
) -> SimpleNamespace:
    """Everybody who meets in the tests, with own, foreign and unpublished things to look at."""
    people = SimpleNamespace(
        operator=make_person("operator@example.org", is_staff=True, is_superuser=True),
        manager_west=make_person("manager-west@example.org", is_staff=True),
        curator_west=make_person("curator-west@example.org", is_staff=True),
        curator_east=make_person("curator-east@example.org", is_staff=True),
        owner=make_person("owner@example.org"),
        editor=make_person("editor@example.org"),
        owner_east=make_person("owner-east@example.org"),
        pending=make_person("pending@example.org"),
        new=make_person("new@example.org"),
    )
    for person, agency, role in (
        (people.manager_west, west.agency, AgencyStaff.Role.MANAGER),
        (people.curator_west, west.agency, AgencyStaff.Role.CURATOR),
        (people.curator_east, east.agency, AgencyStaff.Role.CURATOR),
    ):
        AgencyStaff.objects.create(agency=agency, person=person, role=role)
    company = make_company("Hellweg Robotik", west, legal_form="GmbH")
    company_east = make_company("Teuto Sensorik", east, legal_form="GmbH")
    pending = make_company("Neu am Ort", west, state=Company.State.PENDING)
    hidden = make_company("Verborgen Metall", west, state=Company.State.HIDDEN)
    unclaimed = make_company("Baumberge Verpackung", west)
    for owned, person, role in (
        (company, people.owner, CompanyMember.Role.OWNER),
        (company, people.editor, CompanyMember.Role.EDITOR),
        (company_east, people.owner_east, CompanyMember.Role.OWNER),
        (pending, people.pending, CompanyMember.Role.OWNER),
        (hidden, people.owner, CompanyMember.Role.OWNER),
    ):
        CompanyMember.objects.create(company=owned, person=person, role=role)
    network_fields = {"state": Network.State.PUBLISHED, "summary": "Worum es geht.", "aims": "Voneinander lernen."}
    network = Network.objects.create(
        slug="robotik-kmu", name="Robotik für KMU", short_name="Robotik", agency=west.agency, **network_fields
    )
    network_east = Network.objects.create(
        slug="autos", name="autOS Automotive", short_name="autOS", agency=east.agency, **network_fields
    )
    draft = Network.objects.create(slug="entwurf", name="Entwurf", short_name="Entwurf", agency=west.agency)
    for opened, side in ((network, east), (network_east, west)):
        Opening.objects.create(
            network=opened, region=side.region, since=timezone.localdate(), state=Opening.State.CONFIRMED
        )
    membership = Membership.objects.create(
        company=company, network=network, state=Membership.State.ACTIVE, joined_at=timezone.now()
    )
    return SimpleNamespace(
        west=west,
        east=east,
        **vars(people),
        company=company,
        company_east=company_east,
        pending_company=pending,
        hidden_company=hidden,
        unclaimed=unclaimed,
        network=network,
        network_east=network_east,
        draft=draft,
        membership=membership,
    )


@pytest.fixture
def series(cast: SimpleNamespace) -> MeetingSeries:
    """Both sides meet twice a year; their school holidays are known, and there are none."""
    made = MeetingSeries.objects.create(slug="halbjahrestreffen", name="Halbjahrestreffen")
    for order, side in enumerate((cast.west, cast.east), 1):
        calendar = SchoolCalendar.objects.create(
            code=side.region.state, name=side.region.state_name_de, known_until=date(2100, 12, 31)
        )
        side.region.school_calendar = calendar.code
        side.region.save()
        made.sides.create(region=side.region, order=order)
        made.places.create(agency=side.agency, order=order)
    made.windows.create(name="Frühjahr", start_month=2, start_day=1, end_month=5, end_day=31)
    made.windows.create(name="Herbst", start_month=8, start_day=15, end_month=11, end_day=30)
    return made


@pytest.fixture
def client_of() -> Callable[[User | None], Client]:
    """A browser in which this person is signed in; None: a visitor."""

    def make(person: User | None) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
            show_second_factor(client, person)
        return client

    return make


def show_second_factor(client: Client, person: User) -> None:
    """Whoever works for an agency signed in with a code besides."""
    if person.is_staff:
        request = HttpRequest()
        request.session = client.session
        record_authentication(request, person, "mfa", type="totp")
        request.session.save()


@pytest.fixture
def just_proven(client_of: Callable[[User | None], Client]) -> Callable[[User], Client]:
    """A browser in which this person has just typed the password once more."""

    def make(person: User) -> Client:
        client = client_of(person)
        request = HttpRequest()
        request.session = client.session
        record_authentication(request, person, "password", reauthenticated=True)
        request.session.save()
        return client

    return make


@pytest.fixture
def both_at_once() -> Callable[..., list[str]]:
    """Carry out actions in threads that begin together; sorted: who was "done", who "refused"."""

    def run(*acts: Callable[[], object]) -> list[str]:
        outcomes: list[str] = []
        ready = threading.Barrier(len(acts), timeout=10)

        def decide(act: Callable[[], object]) -> None:
            ready.wait()
            try:
                act()
                outcomes.append("done")
            except ActionRefused:
                outcomes.append("refused")
            finally:
                connections.close_all()

        threads = [threading.Thread(target=decide, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        return sorted(outcomes)

    return run
