"""The team of a company: invited by mail, handed over, left; each shows of themselves what they chose."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.errors import ActionRefused
from accounts.models import AuditEntry, Consent, OutboxMail, User
from networks.actions import people, staff
from networks.actions.owners import appoint_owner
from networks.models import AgencyStaff, CompanyInvitation, CompanyMember, StaffInvitation
from tests.conftest import show_second_factor

Of = Callable[[User | None], Client]


@pytest.fixture
def team(cast: SimpleNamespace) -> str:
    return f"/mein-bereich/unternehmen/{cast.company.slug}/team/"


@pytest.fixture
def members(cast: SimpleNamespace) -> SimpleNamespace:
    found = {member.role: member for member in CompanyMember.objects.of_company(cast.company)}
    return SimpleNamespace(**found)


def test_an_owner_invites_and_the_colleague_joins(cast: SimpleNamespace, client_of: Of, team: str) -> None:
    client_of(cast.owner).post(team, {"email": "New@example.org", "role": "editor"})
    invitation = CompanyInvitation.objects.get()
    link = f"/einladung/{invitation.token}/"
    assert link.encode() in bytes(OutboxMail.objects.get(recipient="new@example.org").source)

    page = client_of(cast.new).get(link)
    assert "Einladung annehmen" in page.content.decode()
    assert not CompanyMember.objects.filter(person=cast.new).exists(), "opening the link is not joining"
    client_of(cast.new).post(link)

    assert CompanyMember.objects.get(person=cast.new, company=cast.company).role == "editor"
    assert "schon angenommen" in client_of(cast.new).get(link).content.decode()


def test_a_visitor_with_a_link_is_asked_to_sign_in(cast: SimpleNamespace, client_of: Of) -> None:
    invitation = people.invite_colleague(cast.company, cast.new.email, "editor", by=cast.owner)
    page = Client().get(f"/einladung/{invitation.token}/")
    assert "/konto/login/?next=/einladung/" in page.content.decode()
    assert Client().post(f"/einladung/{invitation.token}/").status_code == 403


def test_somebody_else_cannot_use_the_link(cast: SimpleNamespace, client_of: Of) -> None:
    invitation = people.invite_colleague(cast.company, cast.new.email, "owner", by=cast.owner)
    client, link = client_of(cast.pending), f"/einladung/{invitation.token}/"
    assert "gilt für eine andere E-Mail-Adresse" in client.get(link).content.decode()
    assert "gilt für eine andere E-Mail-Adresse" in client.post(link, follow=True).content.decode()
    assert not CompanyMember.objects.filter(company=cast.company, person=cast.pending).exists()


def test_an_expired_invitation_is_sent_again(cast: SimpleNamespace, client_of: Of, team: str) -> None:
    invitation = people.invite_colleague(cast.company, cast.new.email, "editor", by=cast.owner)
    CompanyInvitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert "gilt nicht mehr" in client_of(cast.new).get(f"/einladung/{invitation.token}/").content.decode()
    assert "abgelaufen" in client_of(cast.owner).get(team).content.decode()

    client_of(cast.owner).post(
        f"/mein-bereich/unternehmen/{cast.company.slug}/einladungen/{invitation.pk}/", {"again": "1"}
    )

    again = CompanyInvitation.objects.get()
    assert again.token != invitation.token
    assert not again.is_expired
    assert Client().get(f"/einladung/{invitation.token}/").status_code == 404, "the old link is dead"
    assert OutboxMail.objects.filter(recipient=cast.new.email).count() == 2


def test_an_invitation_is_taken_back(cast: SimpleNamespace, client_of: Of) -> None:
    invitation = people.invite_colleague(cast.company, cast.new.email, "editor", by=cast.owner)
    client_of(cast.owner).post(
        f"/mein-bereich/unternehmen/{cast.company.slug}/einladungen/{invitation.pk}/", {"cancel": "1"}
    )
    assert not CompanyInvitation.objects.exists()


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"email": "editor@example.org", "role": "editor"}, "gehört schon dazu"),
        ({"email": "kein Mensch", "role": "editor"}, "gültige E-Mail-Adresse"),
        ({"email": "a@example.org", "role": "boss"}, "boss"),
    ],
)
def test_a_wrong_invitation_is_refused_in_words(
    answers: dict[str, str], said: str, cast: SimpleNamespace, client_of: Of, team: str
) -> None:
    assert said in client_of(cast.owner).post(team, answers).content.decode()
    assert not CompanyInvitation.objects.exists()


def test_an_editor_sees_the_team_and_changes_only_themselves(
    cast: SimpleNamespace, client_of: Of, team: str, members: SimpleNamespace
) -> None:
    client = client_of(cast.editor)
    assert client.get(team).status_code == 200
    assert client.post(team, {"email": "a@example.org", "role": "owner"}).status_code == 403
    assert client.post(f"{team}{members.owner.pk}/", {"leave": "1"}).status_code == 403
    assert client.post(f"{team}{members.editor.pk}/", {"owner": "1"}).status_code == 403
    assert client.post(f"{team}{members.editor.pk}/", {"leave": "1"})["Location"] == "/mein-bereich/"
    assert not CompanyMember.objects.filter(pk=members.editor.pk).exists()


def test_handing_over_then_leaving(cast: SimpleNamespace, client_of: Of, team: str, members: SimpleNamespace) -> None:
    client = client_of(cast.owner)
    refused = client.post(f"{team}{members.owner.pk}/", {"leave": "1"}, follow=True)
    assert "zuerst jemand anderen verantwortlich" in refused.content.decode()
    client.post(f"{team}{members.editor.pk}/", {"owner": "1"})
    client.post(f"{team}{members.owner.pk}/", {"leave": "1"})
    assert CompanyMember.objects.get(company=cast.company).person == cast.editor
    assert AuditEntry.objects.filter(verb="company.left_team", by=cast.owner).exists()


def test_a_form_without_a_choice_changes_nothing(
    cast: SimpleNamespace, client_of: Of, team: str, members: SimpleNamespace
) -> None:
    people.change_role(members.editor, "owner", by=cast.owner)
    client_of(cast.owner).post(f"{team}{members.editor.pk}/", {})
    members.editor.refresh_from_db()
    assert members.editor.role == "owner"


def test_an_owner_who_cannot_sign_in_is_no_successor(cast: SimpleNamespace, members: SimpleNamespace) -> None:
    people.change_role(members.editor, "owner", by=cast.owner)
    User.objects.filter(pk=cast.editor.pk).update(is_active=False)
    with pytest.raises(ActionRefused):
        people.leave_company(members.owner, by=cast.owner)
    people.leave_company(members.editor, by=cast.owner)
    assert CompanyMember.objects.get(company=cast.company).person == cast.owner


def test_who_left_in_the_meantime_cannot_be_changed(cast: SimpleNamespace, members: SimpleNamespace) -> None:
    stale = CompanyMember.objects.get(pk=members.editor.pk)
    people.leave_company(members.editor, by=cast.editor)
    with pytest.raises(ActionRefused):
        people.change_role(stale, "owner", by=cast.owner)


def test_leaving_takes_back_what_a_person_showed(
    cast: SimpleNamespace, client_of: Of, members: SimpleNamespace
) -> None:
    shown = {"name_visibility": "public", "email_visibility": "members", "phone": "", "phone_visibility": "nobody"}
    client_of(cast.editor).post(f"/mein-bereich/unternehmen/{cast.company.slug}/kontakt/", shown)
    assert cast.editor.name in Client().get(f"/unternehmen/{cast.company.slug}/").content.decode()
    assert Consent.objects.valid().filter(person=cast.editor).count() == 2

    people.leave_company(CompanyMember.objects.get(pk=members.editor.pk), by=cast.editor)

    assert not Consent.objects.valid().filter(person=cast.editor).exists()
    assert cast.editor.name not in Client().get(f"/unternehmen/{cast.company.slug}/").content.decode()


def test_the_agency_names_an_owner_where_nobody_is_left(cast: SimpleNamespace) -> None:
    appoint_owner(cast.unclaimed, cast.new.email, by=cast.curator_west)
    assert CompanyMember.objects.get(company=cast.unclaimed).person == cast.new
    assert AuditEntry.objects.filter(verb="company.named_owner", by=cast.curator_west).exists()
    with pytest.raises(ActionRefused):
        appoint_owner(cast.unclaimed, cast.pending.email, by=cast.curator_west)


def test_staff_join_by_invitation_and_lose_access_when_they_go(cast: SimpleNamespace, client_of: Of) -> None:
    invitation = staff.invite_staff(cast.west.agency, "New@example.org", "curator", by=cast.manager_west)
    link = f"/einladung/team/{invitation.token}/"
    refused: Any = client_of(cast.pending).post(link, follow=True)
    assert "andere E-Mail-Adresse" in refused.content.decode()

    client = client_of(cast.new)
    assert client.post(link)["Location"] == "/admin/"
    show_second_factor(client, User.objects.get(pk=cast.new.pk))
    assert client.get("/admin/").status_code == 200
    employment = AgencyStaff.objects.get(person=cast.new)
    assert employment.role == "curator"

    staff.dismiss(employment, by=cast.manager_west)

    assert client.get("/admin/").status_code != 200
    with pytest.raises(ActionRefused):
        staff.accept_staff_invitation(invitation, by=cast.new)


def test_an_old_staff_invitation_is_refused_and_the_last_manager_stays(cast: SimpleNamespace, client_of: Of) -> None:
    invitation = staff.invite_staff(cast.west.agency, cast.new.email, "curator", by=cast.manager_west)
    StaffInvitation.objects.update(expires_at=timezone.now())
    client_of(cast.new).post(f"/einladung/team/{invitation.token}/")
    assert not AgencyStaff.objects.filter(person=cast.new).exists()
    with pytest.raises(ActionRefused):
        staff.dismiss(AgencyStaff.objects.get(person=cast.manager_west), by=cast.manager_west)
