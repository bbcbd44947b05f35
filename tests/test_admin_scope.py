"""The desk shows what is mine: every address of the admin, for everybody, with an own and a foreign object."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib import admin
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.audit import record
from accounts.models import OutboxMail, SavedView, User
from events.models import (
    Announcement,
    Blackout,
    HostSwap,
    Meeting,
    MeetingSeries,
    PlanningTask,
    SchoolCalendar,
    SchoolHoliday,
)
from networks.models import (
    Absence,
    AgencyStaff,
    Circle,
    Claim,
    Company,
    CompanyImport,
    Membership,
    MergeRequest,
    OutdatedNote,
    Region,
    StaffInvitation,
    TextTemplate,
)
from portal.models import SitePage

SCOPED = [
    "networks_company",
    "networks_companyimport",
    "networks_network",
    "networks_membership",
    "networks_opening",
    "networks_circle",
    "networks_absence",
    "networks_claim",
    "networks_mergerequest",
    "networks_outdatednote",
    "networks_texttemplate",
    "accounts_auditentry",
    "events_announcement",
    "events_meeting",
    "events_meetingseries",
    "events_planningtask",
    "events_hostswap",
]
# Everybody who plans together reads it, those whom it concerns keep it.
COMMON = ["events_schoolcalendar", "events_schoolholiday", "events_blackout"]
MANAGED = ["networks_agency", "networks_agencystaff", "networks_staffinvitation"]
OPERATED = [
    "networks_region",
    "networks_district",
    "networks_competence",
    "networks_industry",
    "accounts_user",
    "accounts_outboxmail",
    "portal_sitepage",
]
REVIEWED = [
    "networks_company",
    "networks_membership",
    "networks_opening",
    "networks_absence",
    "networks_claim",
    "networks_mergerequest",
    "networks_outdatednote",
    "networks_agencystaff",
    "networks_staffinvitation",
    "events_announcement",
]
ADDABLE = {
    "events_announcement",
    "events_meeting",
    "events_meetingseries",
    "events_schoolcalendar",
    "events_schoolholiday",
    "events_blackout",
    "networks_absence",
    "networks_companyimport",
    "networks_opening",
    "networks_staffinvitation",
    "networks_competence",
    "networks_texttemplate",
}
# Begun by the operator, kept by staff.
BEGUN_BY_OPERATOR = {"events_meetingseries", "events_schoolcalendar"}
DELETABLE = {"events_schoolholiday", "events_blackout", "networks_texttemplate"}
OBJECT_PAGES = ["change", "history", "delete"]


def _series_of(side: SimpleNamespace) -> MeetingSeries:
    series, _ = MeetingSeries.objects.get_or_create(slug=f"reihe-{side.region.slug}", name="Reihe")
    series.places.get_or_create(agency=side.agency)
    return series


def _calendar_of(side: SimpleNamespace) -> SchoolCalendar:
    Region.objects.filter(pk=side.region.pk).update(school_calendar=side.region.state)
    return SchoolCalendar.objects.get_or_create(code=side.region.state, name=side.region.state)[0]


DAY = date(2027, 3, 18)
DATES: dict[str, Callable[[SimpleNamespace, Any], Any]] = {
    "schoolcalendar": lambda side, _company: _calendar_of(side),
    "schoolholiday": lambda side, _company: SchoolHoliday.objects.create(
        calendar=_calendar_of(side), name="Ferien", start=DAY, end=DAY
    ),
    "blackout": lambda side, _company: Blackout.objects.create(label="Messe", start=DAY, end=DAY, agency=side.agency),
    "meetingseries": lambda side, _company: _series_of(side),
    "planningtask": lambda side, _company: PlanningTask.objects.create(
        series=_series_of(side), start=DAY, end=DAY, host=side.agency, changed_on=DAY
    ),
    "hostswap": lambda side, _company: HostSwap.objects.create(
        series=_series_of(side), host=side.agency, reason="Umbau"
    ),
}


def _absence(side: SimpleNamespace, deputy: User) -> Absence:
    """The first of the team is away."""
    today, away = timezone.localdate(), AgencyStaff.objects.filter(agency=side.agency).exclude(person=deputy).first()
    employed, _created = AgencyStaff.objects.get_or_create(agency=side.agency, person=deputy)
    return Absence.objects.create(employment=away, deputy=employed, first_day=today, last_day=today)


def _both_sides(cast: SimpleNamespace) -> dict[str, tuple[Any, Any]]:
    """An object of the west and one of the east for every model."""
    now = timezone.now()
    made: dict[str, tuple[Any, Any]] = {
        "networks_company": (cast.company, cast.company_east),
        "networks_network": (cast.network, cast.network_east),
        "networks_agency": (cast.west.agency, cast.east.agency),
        "networks_opening": (
            cast.network.openings.get(),
            cast.network_east.openings.get(),
        ),
        "networks_circle": (
            Circle.objects.create(network=cast.network, name="Greifen"),
            Circle.objects.create(network=cast.network_east, name="Fachkräfte"),
        ),
        "networks_membership": (
            cast.membership,
            Membership.objects.create(company=cast.company_east, network=cast.network_east),
        ),
    }
    made["networks_absence"] = (_absence(cast.west, cast.manager_west), _absence(cast.east, cast.new))
    pairs: list[tuple[str, Callable[[SimpleNamespace, Any], Any]]] = [
        (
            "networks_claim",
            lambda side, company: Claim.objects.create(company=company, person=cast.new, message="Ich."),
        ),
        (
            "networks_outdatednote",
            lambda side, company: OutdatedNote.objects.create(
                agency=side.agency, page="/", label="Seite", message="Alt."
            ),
        ),
        (
            "events_announcement",
            lambda side, company: Announcement.objects.create(
                slug=f"m-{side.region.slug}", title="Neu", summary="Neu", body="Neu", agency=side.agency
            ),
        ),
        (
            "events_meeting",
            lambda side, company: Meeting.objects.create(
                slug=f"t-{side.region.slug}",
                title="Treffen",
                starts_at=now,
                ends_at=now + timedelta(hours=2),
                city="Ort",
                host=side.agency,
            ),
        ),
        (
            "networks_staffinvitation",
            lambda side, company: StaffInvitation.objects.create(
                agency=side.agency, email="a@example.org", token=f"t{side.region.slug}", expires_at=now
            ),
        ),
        (
            "accounts_auditentry",
            lambda side, company: record(by=None, verb="company.submitted", on=company),
        ),
        (
            "networks_mergerequest",
            lambda side, company: MergeRequest.objects.create(
                kept=company,
                given_up=Company.objects.cared_for_by(side.agency).exclude(pk=company.pk).first() or cast.unclaimed,
                agency=side.agency,
                asked=side.agency,
            ),
        ),
        (
            "networks_companyimport",
            lambda side, company: CompanyImport.objects.create(
                agency=side.agency, file_name="liste.csv", header=["Name"], columns=["Name"]
            ),
        ),
        (
            "networks_texttemplate",
            lambda side, company: TextTemplate.objects.create(
                agency=side.agency, kind="company:decline", title="Kurz", text="Leider nein."
            ),
        ),
        ("networks_agencystaff", lambda side, company: AgencyStaff.objects.filter(agency=side.agency).first()),
    ]
    pairs += [(f"events_{name}", make) for name, make in DATES.items()]
    for name, make in pairs:
        made[name] = (make(cast.west, cast.company), make(cast.east, cast.company_east))
    return made


@pytest.fixture
def things(cast: SimpleNamespace, vocabulary: SimpleNamespace) -> dict[str, tuple[Any, Any]]:
    return _both_sides(cast)


@pytest.fixture
def reference(cast: SimpleNamespace, vocabulary: SimpleNamespace) -> dict[str, Any]:
    mail = OutboxMail.objects.create(message_id="<2@x>", recipient="a@example.org", subject="Hallo", source=b"secret")
    return {
        "networks_region": cast.west.region,
        "networks_district": cast.west.district,
        "networks_competence": vocabulary.robots,
        "networks_industry": vocabulary.machines,
        "accounts_user": cast.owner,
        "accounts_outboxmail": mail,
        "portal_sitepage": SitePage.objects.create(slug="hilfe", title="Hilfe", body="Text"),
    }


def pages_of(model: str) -> list[str]:
    return [*OBJECT_PAGES, "review"] if model in REVIEWED else OBJECT_PAGES


def own_status(model: str, view: str) -> set[int]:
    """What somebody gets whose object it is. Queues lead from the entry to the review; little is deleted."""
    if view == "delete":
        return {200 if model in DELETABLE else 403}
    queue = model in set(REVIEWED) - {"networks_company", "events_announcement"}
    return {302} if queue and view == "change" else {200}


CASES = [(model, page) for model in [*SCOPED, *MANAGED] for page in pages_of(model)]


@pytest.mark.parametrize(("model", "view"), CASES)
def test_own_object_opens_and_foreign_one_is_not_found(
    things: dict[str, tuple[Any, Any]], cast: SimpleNamespace, client_of: Any, model: str, view: str
) -> None:
    own, foreign = things[model]
    staff = client_of(cast.manager_west if model in MANAGED else cast.curator_west)
    assert staff.get(reverse(f"admin:{model}_{view}", args=[own.pk])).status_code in own_status(model, view)
    url = reverse(f"admin:{model}_{view}", args=[foreign.pk])
    before = list(type(foreign).objects.filter(pk=foreign.pk).values())
    for answer in (staff.get(url), staff.post(url, {"decision": "approve", "name": "X", "post": "yes"})):
        assert answer.status_code == 404
    assert list(type(foreign).objects.filter(pk=foreign.pk).values()) == before


@pytest.mark.parametrize(("model", "view"), CASES)
def test_operator_sees_all_and_others_nothing(
    things: dict[str, tuple[Any, Any]], cast: SimpleNamespace, client_of: Any, model: str, view: str
) -> None:
    url = reverse(f"admin:{model}_{view}", args=[things[model][1].pk])
    assert client_of(cast.operator).get(url).status_code in own_status(model, view)
    for method in ("get", "post"):
        assert getattr(client_of(cast.owner), method)(url).status_code == 403
        assert getattr(client_of(None), method)(url).status_code == 302


@pytest.mark.parametrize("model", COMMON)
def test_what_all_plan_by_is_read_by_all_and_kept_by_its_own(
    things: dict[str, tuple[Any, Any]], cast: SimpleNamespace, client_of: Any, model: str
) -> None:
    own, foreign = things[model]
    staff = client_of(cast.curator_west)
    assert set(staff.get(reverse(f"admin:{model}_changelist")).context["cl"].queryset) == {own, foreign}
    for thing, answer in ((own, 200), (foreign, 403)):
        change, delete = (reverse(f"admin:{model}_{view}", args=[thing.pk]) for view in ("change", "delete"))
        assert staff.get(change).status_code == 200
        assert staff.post(change, {}).status_code == answer
        assert staff.get(delete).status_code == (answer if model in DELETABLE else 403)
        for view in ("change", "delete", "history"):
            url = reverse(f"admin:{model}_{view}", args=[thing.pk])
            assert client_of(cast.operator).get(url).status_code == (
                200 if view != "delete" or model in DELETABLE else 403
            )
            assert client_of(cast.owner).get(url).status_code == 403
            assert client_of(None).get(url).status_code == 302


def test_who_plans_with_nobody_sees_only_what_concerns_them(
    things: dict[str, tuple[Any, Any]], cast: SimpleNamespace, client_of: Any
) -> None:
    MeetingSeries.objects.filter(slug="reihe-westland").delete()
    for model in COMMON:
        own, foreign = things[model]
        staff = client_of(cast.curator_west)
        assert set(staff.get(reverse(f"admin:{model}_changelist")).context["cl"].queryset) == {own}
        assert staff.get(reverse(f"admin:{model}_change", args=[foreign.pk])).status_code == 404


@pytest.mark.parametrize("model", [*SCOPED, *MANAGED])
def test_list_shows_own_rows_only(
    things: dict[str, tuple[Any, Any]], cast: SimpleNamespace, client_of: Any, model: str
) -> None:
    own, foreign = things[model]
    url = reverse(f"admin:{model}_changelist")
    person = cast.manager_west if model in MANAGED else cast.curator_west
    rows = set(client_of(person).get(url).context["cl"].queryset)
    assert own in rows
    assert foreign not in rows
    assert {own, foreign} <= set(client_of(cast.operator).get(url).context["cl"].queryset)
    assert client_of(cast.owner).get(url).status_code == 403
    assert client_of(None).get(url).status_code == 302


@pytest.mark.parametrize("model", [*SCOPED, *MANAGED, *COMMON, *OPERATED])
def test_views_are_kept_by_those_who_see_the_list(cast: SimpleNamespace, client_of: Any, model: str) -> None:
    url = reverse(f"admin:{model}_views")
    sees = cast.operator if model in OPERATED else cast.manager_west
    assert client_of(sees).get(url).status_code == 405
    assert client_of(sees).post(url, {"name": "Meine", "query": "q=x"}).status_code == 302
    assert SavedView.objects.get().person == sees
    for person, status in ((cast.owner, 403), (None, 302)):
        assert client_of(person).post(url, {"name": "Fremd", "query": ""}).status_code == status
    if model in OPERATED:
        assert client_of(cast.manager_west).post(url, {"name": "Fremd", "query": ""}).status_code == 403
    assert SavedView.objects.count() == 1


@pytest.mark.parametrize("model", MANAGED)
def test_curator_has_no_business_with_team_and_contact(cast: SimpleNamespace, client_of: Any, model: str) -> None:
    assert client_of(cast.curator_west).get(reverse(f"admin:{model}_changelist")).status_code == 403


@pytest.mark.parametrize("model", OPERATED)
def test_operators_things(reference: dict[str, Any], cast: SimpleNamespace, client_of: Any, model: str) -> None:
    change = reverse(f"admin:{model}_change", args=[reference[model].pk])
    urls = [reverse(f"admin:{model}_changelist"), change, reverse(f"admin:{model}_history", args=[reference[model].pk])]
    for url in urls:
        assert client_of(cast.operator).get(url).status_code == 200
        assert client_of(cast.manager_west).get(url).status_code in {403, 404}
        assert client_of(cast.owner).get(url).status_code == 403
        assert client_of(None).get(url).status_code == 302
    assert client_of(cast.manager_west).post(change, {}).status_code in {403, 404}
    assert (
        client_of(cast.operator).post(reverse(f"admin:{model}_delete", args=[reference[model].pk])).status_code == 403
    )


def test_add_pages(cast: SimpleNamespace, vocabulary: SimpleNamespace, client_of: Any) -> None:
    manager = client_of(cast.manager_west)
    operator = client_of(cast.operator)
    _calendar_of(cast.west)
    for model in [*SCOPED, *COMMON, *MANAGED, *OPERATED]:
        url = reverse(f"admin:{model}_add")
        assert operator.get(url).status_code == (200 if model in ADDABLE else 403), model
        mine = model in ADDABLE - BEGUN_BY_OPERATOR and model not in OPERATED
        assert manager.get(url).status_code == (200 if mine else 403), model
        assert client_of(cast.owner).get(url).status_code == 403


def test_secrets_stay_secret(reference: dict[str, Any], cast: SimpleNamespace, client_of: Any) -> None:
    operator = client_of(cast.operator)
    user = operator.get(reverse("admin:accounts_user_change", args=[cast.owner.pk])).content.decode()
    assert cast.owner.email in user
    assert cast.owner.password not in user
    mail = operator.get(reverse("admin:accounts_outboxmail_change", args=[reference["accounts_outboxmail"].pk]))
    assert "secret" not in mail.content.decode()


def test_choices_are_mine(things: dict[str, tuple[Any, Any]], cast: SimpleNamespace, client_of: Any) -> None:
    form = client_of(cast.curator_west).get(reverse("admin:events_announcement_add")).context["adminform"].form
    assert set(form.fields["agency"].queryset) == {cast.west.agency}
    assert cast.network_east not in form.fields["networks"].queryset
    own = things["events_announcement"][0]
    own.networks.set([cast.network, cast.network_east])
    url = reverse("admin:events_announcement_change", args=[own.pk])
    form = client_of(cast.curator_west).get(url).context["adminform"].form
    assert set(form.fields["networks"].queryset) == {cast.network, cast.network_east, cast.draft}


def test_foreign_agency_cannot_be_chosen(cast: SimpleNamespace, client_of: Any) -> None:
    data = {
        "title": "Neu",
        "summary": "Neu",
        "body": "Neu",
        "agency": cast.east.agency.pk,
        "publish_at_0": "01.12.2026",
        "publish_at_1": "10:00",
    }
    answer = client_of(cast.curator_west).post(reverse("admin:events_announcement_add"), data)
    assert answer.status_code == 200
    assert "agency" in answer.context["adminform"].form.errors
    assert not Announcement.objects.exists()


# -- nothing is forgotten ----------------------------------------------------------------------
SITE_PAGES = {"index", "login", "logout", "autocomplete", "jsi18n", "app_list"}
# tests/test_network_pages.py has their rows.
# tests/test_merging.py and tests/test_editing_together.py have their rows.
COMPANY_PAGES = {"networks_company_merge", "networks_company_move"}
NETWORK_PAGES = {"networks_network_members", "networks_network_members_print", "networks_network_invite"}
PAGES = {"changelist", "export", "views", "add", "history", "delete", "change", "review"}


def names_of_admin() -> set[str]:
    resolver = next(one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "admin")
    found: set[str] = set()
    stack: list[Any] = list(resolver.url_patterns)
    while stack:
        one = stack.pop()
        if isinstance(one, URLResolver):
            stack.extend(one.url_patterns)
        elif one.name:
            found.add(one.name)
    return found


# tests/test_date_imports.py and tests/test_imports.py have their rows.
IMPORT_PAGES = {"networks_companyimport_bad_lines", "events_schoolholiday_import", "events_blackout_import"}


def test_every_address_of_the_admin_has_a_row() -> None:
    expected = set(SITE_PAGES) | NETWORK_PAGES | COMPANY_PAGES | IMPORT_PAGES
    for model in [*SCOPED, *COMMON, *MANAGED, *OPERATED]:
        expected |= {f"{model}_{page}" for page in PAGES - ({"review"} if model not in REVIEWED else set())}
    assert names_of_admin() == expected
    assert {f"{m._meta.app_label}_{m._meta.model_name}" for m in admin.site._registry} == {
        *SCOPED,
        *COMMON,
        *MANAGED,
        *OPERATED,
    }


@pytest.mark.parametrize("name", ["index", "jsi18n"])
def test_pages_of_the_site(cast: SimpleNamespace, client_of: Any, name: str) -> None:
    url = reverse(f"admin:{name}")
    assert client_of(cast.curator_west).get(url).status_code == 200
    if name == "index":
        assert client_of(cast.owner).get(url).status_code == 403
        chain = client_of(None).get(url, follow=True).redirect_chain
        assert chain[-1][0] == "/konto/login/?next=/admin/"


def test_app_lists(cast: SimpleNamespace, client_of: Any) -> None:
    url = reverse("admin:app_list", args=["networks"])
    assert client_of(cast.curator_west).get(url).status_code == 200
    assert client_of(cast.owner).get(url).status_code == 403


def test_signing_in_and_out_is_the_portals(cast: SimpleNamespace, client_of: Any) -> None:
    assert client_of(None).get(reverse("admin:login")).status_code == 302
    assert client_of(cast.owner).get(reverse("admin:login")).status_code == 403
    assert client_of(cast.curator_west).post(reverse("admin:logout")).url == reverse("account_logout")


def test_autocomplete_and_redirect_tell_nothing(cast: SimpleNamespace, client_of: Any) -> None:
    staff = client_of(cast.curator_west)
    query = {"term": "", "app_label": "networks", "model_name": "membership", "field_name": "company"}
    found = staff.get(reverse("admin:autocomplete"), query)
    assert found.status_code in {200, 403}
    assert "Teuto" not in found.content.decode()
    people = {**query, "model_name": "claim", "field_name": "person"}
    assert staff.get(reverse("admin:autocomplete"), people).status_code == 403
    assert staff.get(f"/admin/r/1/{cast.company_east.pk}/").status_code == 404


def test_staff_write_announcements(cast: SimpleNamespace, client_of: Any) -> None:
    data = {
        "title": "Größer werden",
        "summary": "Neu.",
        "body": "Text.",
        "agency": cast.west.agency.pk,
        "publish_at": "2016-03-02T10:00",
        "image_focus": "center",
    }
    for slug in ("groesser-werden", "groesser-werden-2"):
        assert client_of(cast.curator_west).post(reverse("admin:events_announcement_add"), data).status_code == 302
        made = Announcement.objects.get(slug=slug)
        assert made.state == Announcement.State.DRAFT
    url = reverse("admin:events_announcement_review", args=[made.pk])
    client_of(cast.curator_west).post(url, {"decision": "publish"})
    made.refresh_from_db()
    assert made.is_public


def test_manager_invites(cast: SimpleNamespace, client_of: Any) -> None:
    url = reverse("admin:networks_staffinvitation_add")
    data = {"agency": cast.west.agency.pk, "email": "neu@example.org", "role": "curator"}
    assert client_of(cast.manager_west).post(url, data).status_code == 302
    assert StaffInvitation.objects.get().invited_by == cast.manager_west
    assert OutboxMail.objects.filter(recipient="neu@example.org").count() == 1
    foreign = client_of(cast.manager_west).post(url, {**data, "agency": cast.east.agency.pk})
    assert "agency" in foreign.context["adminform"].form.errors


def test_edited_company_goes_the_way_of_all(cast: SimpleNamespace, client_of: Any) -> None:
    url = reverse("admin:networks_company_change", args=[cast.company.pk])
    data = {
        "name": "Hellweg Automation",
        "summary": "Neu.",
        "municipality": cast.west.town.pk,
        "email_visibility": "nobody",
        "phone_visibility": "nobody",
    }
    assert client_of(cast.curator_west).post(url, data).status_code == 302
    cast.company.refresh_from_db()
    assert (cast.company.slug, cast.company.name_key) == ("hellweg-automation", "hellweg automation")
