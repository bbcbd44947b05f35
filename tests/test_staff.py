"""Who works for an agency: roles given and taken, absences handed to a colleague, access that ends at once."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.errors import ActionRefused
from accounts.models import AuditEntry, OutboxMail, User
from networks.actions import absences, staff
from networks.actions.memberships import request_membership
from networks.mails.people import staff_of
from networks.models import Absence, AgencyStaff, OutdatedNote, StaffInvitation

ClientOf = Callable[[User | None], Client]
Role = AgencyStaff.Role


def employment(person: User) -> AgencyStaff:
    return AgencyStaff.objects.select_related("agency", "person").get(person=person)


def days(first: int, last: int) -> dict[str, date]:
    today = timezone.localdate()
    return {"first_day": today + timedelta(days=first), "last_day": today + timedelta(days=last)}


def away(cast: SimpleNamespace, first: int = 0, last: int = 7, **changed: Any) -> Absence:
    values = {
        "employment": employment(cast.curator_west),
        "deputy": employment(cast.manager_west),
        **days(first, last),
        **changed,
    }
    return absences.enter_absence(values, by=cast.curator_west)


def readers(cast: SimpleNamespace) -> set[User]:
    return set(staff_of([cast.west.agency]))


# -- roles ---------------------------------------------------------------------------------------
def test_the_lead_is_given_and_taken(cast: SimpleNamespace) -> None:
    staff.change_role(employment(cast.curator_west), Role.MANAGER, by=cast.manager_west)
    assert employment(cast.curator_west).role == Role.MANAGER
    staff.change_role(employment(cast.manager_west), Role.CURATOR, by=cast.curator_west)
    assert employment(cast.manager_west).role == Role.CURATOR
    assert set(OutboxMail.objects.values_list("recipient", flat=True)) == {
        cast.curator_west.email,
        cast.manager_west.email,
    }
    assert set(AuditEntry.objects.values_list("verb", flat=True)) == {"staff.became_manager", "staff.became_curator"}


@pytest.mark.parametrize(
    "act",
    [
        lambda last, by: staff.change_role(last, Role.CURATOR, by=by),
        lambda last, by: staff.dismiss(last, by=by),
    ],
)
def test_the_last_manager_stays_unless_the_operator_decides(cast: SimpleNamespace, act: Any) -> None:
    with pytest.raises(ActionRefused, match="Leitung"):
        act(employment(cast.manager_west), cast.manager_west)
    assert employment(cast.manager_west).role == Role.MANAGER
    act(employment(cast.manager_west), cast.operator)
    assert not AgencyStaff.objects.active().managers().filter(agency=cast.west.agency).exists()


def test_a_manager_who_cannot_sign_in_does_not_count(cast: SimpleNamespace, make_person: Any) -> None:
    second = make_person("zweite@example.org", is_active=False)
    AgencyStaff.objects.create(agency=cast.west.agency, person=second, role=Role.MANAGER)
    with pytest.raises(ActionRefused):
        staff.dismiss(employment(cast.manager_west), by=cast.manager_west)


def test_who_goes_is_signed_out_everywhere_and_the_work_stays(cast: SimpleNamespace, client_of: ClientOf) -> None:
    phone, desk, colleague = (client_of(one) for one in (cast.curator_west, cast.curator_west, cast.manager_west))
    note = OutdatedNote.objects.create(
        agency=cast.west.agency,
        page="/",
        label="Seite",
        message="Alt.",
        done_at=timezone.now(),
        done_by=cast.curator_west,
    )
    StaffInvitation.objects.create(
        agency=cast.west.agency, email=cast.curator_west.email, token="x", expires_at=timezone.now() + timedelta(days=1)
    )
    staff.dismiss(employment(cast.curator_west), by=cast.manager_west)
    for client in (phone, desk):
        assert client.get("/admin/").status_code == 302, "not even signed in any more"
    assert colleague.get("/admin/").status_code == 200
    note.refresh_from_db()
    assert note.done_by == cast.curator_west
    assert not StaffInvitation.objects.exists(), "an older invitation would let them in again"
    with pytest.raises(ActionRefused, match="nicht mehr"):
        staff.change_role(employment(cast.curator_west), Role.MANAGER, by=cast.manager_west)


def test_roles_at_the_desk(cast: SimpleNamespace, client_of: ClientOf) -> None:
    own = reverse("admin:networks_agencystaff_review", args=[employment(cast.curator_west).pk])
    manager = client_of(cast.manager_west)
    assert [decision.key for decision, _form in manager.get(own).context["decisions"]] == ["lead", "dismiss"]
    manager.post(own, {"decision": "lead"})
    assert employment(cast.curator_west).role == Role.MANAGER
    foreign = reverse("admin:networks_agencystaff_review", args=[employment(cast.curator_east).pk])
    assert manager.post(foreign, {"decision": "lead"}).status_code == 404
    assert employment(cast.curator_east).role == Role.CURATOR


# -- absences ------------------------------------------------------------------------------------
def test_mail_about_waiting_things_goes_to_the_deputy(cast: SimpleNamespace) -> None:
    assert readers(cast) == {cast.manager_west, cast.curator_west}
    away(cast)
    OutboxMail.objects.all().delete()
    request_membership(cast.company_east, cast.network, by=cast.owner_east, message="Bitte.")
    written_to = set(OutboxMail.objects.values_list("recipient", flat=True))
    assert cast.manager_west.email in written_to
    assert cast.curator_west.email not in written_to


@pytest.mark.parametrize(("first", "last"), [(1, 7), (-7, -1)])
def test_before_and_after_everything_is_as_usual(cast: SimpleNamespace, first: int, last: int) -> None:
    values = {"employment": employment(cast.curator_west), "deputy": employment(cast.manager_west)}
    Absence.objects.create(**values, **days(first, last))
    assert readers(cast) == {cast.manager_west, cast.curator_west}


def test_back_earlier(cast: SimpleNamespace) -> None:
    absence = absences.end_absence(away(cast), by=cast.curator_west)
    assert readers(cast) == {cast.manager_west, cast.curator_west}
    with pytest.raises(ActionRefused, match="vorbei"):
        absences.end_absence(absence, by=cast.curator_west)


def test_when_everybody_is_away_everybody_is_told(cast: SimpleNamespace) -> None:
    away(cast)
    Absence.objects.create(employment=employment(cast.manager_west), deputy=employment(cast.curator_west), **days(0, 1))
    assert readers(cast) == {cast.manager_west, cast.curator_west}


def test_the_deputy_is_told(cast: SimpleNamespace) -> None:
    away(cast)
    mail = OutboxMail.objects.get()
    assert (mail.recipient, "Sie vertreten" in mail.subject) == (cast.manager_west.email, True)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda cast: {"deputy": employment(cast.curator_west)}, "jemand anderen"),
        (lambda cast: {"deputy": employment(cast.curator_east)}, "jemand anderen"),
        (lambda cast: days(3, 1), "vor dem ersten"),
        (lambda cast: days(-5, -1), "schon vorbei"),
    ],
)
def test_what_cannot_be_is_refused(cast: SimpleNamespace, change: Any, why: str) -> None:
    with pytest.raises(ActionRefused, match=why):
        away(cast, **change(cast))
    assert not Absence.objects.exists()


def test_no_two_absences_at_once_and_no_absent_deputy(cast: SimpleNamespace) -> None:
    away(cast, 0, 7)
    with pytest.raises(ActionRefused, match="schon eine Abwesenheit"):
        away(cast, 7, 9)
    with pytest.raises(ActionRefused, match="selbst nicht da"):
        away(cast, 5, 6, employment=employment(cast.manager_west), deputy=employment(cast.curator_west))
    assert away(cast, 8, 9)


def test_absence_at_the_desk(cast: SimpleNamespace, client_of: ClientOf) -> None:
    mine, deputy = employment(cast.curator_west), employment(cast.manager_west)
    curator, manager = client_of(cast.curator_west), client_of(cast.manager_west)
    add = reverse("admin:networks_absence_add")
    data = {"employment": mine.pk, "deputy": deputy.pk, **days(0, 4)}
    assert curator.get(add).context["adminform"].form.initial["employment"] == mine.pk
    assert curator.post(add, data).url == "/admin/"
    assert "Sie vertreten <strong>Curator-West</strong>" in manager.get("/admin/").content.decode()
    assert "Ich bin wieder da" in curator.get("/admin/").content.decode()
    curator.post(reverse("admin:networks_absence_review", args=[Absence.objects.get().pk]), {"decision": "back"})
    assert "Sie vertreten" not in manager.get("/admin/").content.decode()


def test_curators_enter_their_own_only_managers_for_all(cast: SimpleNamespace, client_of: ClientOf) -> None:
    add = reverse("admin:networks_absence_add")
    curator, manager = employment(cast.curator_west), employment(cast.manager_west)
    of_manager = {"employment": manager.pk, "deputy": curator.pk, **days(0, 4)}
    refused = client_of(cast.curator_west).post(add, of_manager)
    assert "employment" in refused.context["adminform"].form.errors
    assert client_of(cast.manager_west).post(add, {"employment": curator.pk, "deputy": manager.pk, **days(0, 4)}).url
    absence = Absence.objects.get()
    assert set(OutboxMail.objects.values_list("recipient", flat=True)) == {cast.curator_west.email}
    AgencyStaff.objects.filter(pk=manager.pk).update(role=Role.CURATOR)
    url = reverse("admin:networks_absence_review", args=[absence.pk])
    answer = client_of(cast.manager_west).post(url, {"decision": "back"})
    assert answer.status_code == 403, "another curator's absence"


def test_the_form_says_what_is_wrong_once(cast: SimpleNamespace, client_of: ClientOf) -> None:
    mine, deputy = employment(cast.curator_west), employment(cast.manager_west)
    add = reverse("admin:networks_absence_add")
    for changed, field in (
        ({"deputy": deputy.pk, **days(4, 0)}, "last_day"),
        ({"deputy": mine.pk, **days(0, 4)}, "deputy"),
    ):
        form = client_of(cast.curator_west).post(add, {"employment": mine.pk, **changed}).context["adminform"].form
        assert {name: len(found) for name, found in form.errors.items()} == {field: 1}


# -- a deputy leaves -----------------------------------------------------------------------------
@pytest.fixture
def colleague(cast: SimpleNamespace, make_person: Callable[..., User]) -> User:
    """A second curator of the west."""
    person = make_person("kollegin@example.org", is_staff=True)
    AgencyStaff.objects.create(agency=cast.west.agency, person=person)
    return person


@pytest.mark.parametrize("first", [0, 3])
def test_when_the_deputy_leaves_a_manager_takes_over(cast: SimpleNamespace, colleague: User, first: int) -> None:
    absence = away(cast, first, 7, deputy=employment(colleague))
    OutboxMail.objects.all().delete()
    staff.dismiss(employment(colleague), by=cast.operator)
    absence.refresh_from_db()
    assert (absence.deputy.person, absence.ended_at) == (cast.manager_west, None)
    assert AuditEntry.objects.filter(verb="absence.handed_over").count() == 1
    assert set(OutboxMail.objects.values_list("recipient", flat=True)) == {
        colleague.email,
        cast.manager_west.email,
        cast.curator_west.email,
    }


def test_without_anybody_to_take_over_the_absence_ends(cast: SimpleNamespace) -> None:
    """The manager deputises and goes; the operator may do that, and nobody is left to lead."""
    absence = away(cast)
    OutboxMail.objects.all().delete()
    staff.dismiss(employment(cast.manager_west), by=cast.operator)
    absence.refresh_from_db()
    assert absence.ended_at
    told = OutboxMail.objects.filter(recipient=cast.curator_west.email)
    assert [mail.subject for mail in told] == ["Ihre Abwesenheit ist aufgehoben"]
    assert OutboxMail.objects.filter(recipient=cast.manager_west.email).count() == 1, "only that they left"
    assert readers(cast) == {cast.curator_west}


def test_a_manager_who_is_away_then_does_not_take_over(cast: SimpleNamespace, colleague: User) -> None:
    absence = away(cast, deputy=employment(colleague))
    away(cast, 2, 3, employment=employment(cast.manager_west), deputy=employment(colleague))
    staff.dismiss(employment(colleague), by=cast.operator)
    absence.refresh_from_db()
    assert absence.ended_at


def test_absences_of_who_leaves_end_and_past_ones_stay(cast: SimpleNamespace, colleague: User) -> None:
    theirs = away(cast, employment=employment(colleague))
    past = Absence.objects.create(
        employment=employment(cast.curator_west), deputy=employment(colleague), **days(-9, -2)
    )
    staff.dismiss(employment(colleague), by=cast.operator)
    theirs.refresh_from_db()
    past.refresh_from_db()
    assert theirs.ended_at
    assert (past.deputy.person, past.ended_at) == (colleague, None)
