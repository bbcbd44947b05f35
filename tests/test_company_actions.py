"""The life of an entry and of the team that speaks for it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.audit import AuditEntry
from accounts.errors import ActionRefused
from accounts.models import Consent, OutboxMail
from networks.actions import claims, companies, people
from networks.models import Claim, Company, CompanyInvitation, CompanyMember, CompanySlug

State = Company.State
OWNER, EDITOR = CompanyMember.Role.OWNER, CompanyMember.Role.EDITOR


def recipients() -> set[str]:
    return set(OutboxMail.objects.values_list("recipient", flat=True))


def values(side, name="Ems Fräsen"):
    return {"name": name, "legal_form": "GmbH", "municipality": side.town, "website": "", "summary": "Wir fräsen."}


def test_entering_tells_the_home_agency_and_makes_an_owner(cast):
    company = companies.submit_company(values(cast.west), by=cast.new)
    assert company.state == State.PENDING
    assert CompanyMember.objects.get(company=company).person == cast.new
    assert recipients() == {cast.curator_west.email, cast.manager_west.email}
    assert AuditEntry.objects.filter(verb="company.submitted", by=cast.new).exists()


def test_the_same_name_gets_another_address(cast):
    first = companies.submit_company(values(cast.west), by=cast.new)
    second = companies.submit_company(values(cast.east), by=cast.owner)
    assert first.slug != second.slug


def test_a_new_name_keeps_the_old_address(cast):
    old = cast.company.slug
    company = companies.edit_company(cast.company, {"name": "Lippe Robotik"}, by=cast.owner)
    assert company.slug != old
    assert CompanySlug.objects.get(slug=old).company == company


def test_back_to_an_old_name(cast):
    old_name, old_slug = cast.company.name, cast.company.slug
    companies.edit_company(cast.company, {"name": "Lippe Robotik"}, by=cast.owner)
    company = companies.edit_company(cast.company, {"name": old_name}, by=cast.owner)
    assert company.slug
    assert Company.objects.filter(pk=company.pk).count() == 1
    assert CompanySlug.objects.filter(slug="lippe-robotik", company=company).exists()
    assert company.slug == old_slug or CompanySlug.objects.filter(slug=old_slug, company=company).exists()


def test_moving_tells_both_agencies(cast):
    companies.edit_company(cast.company, {"municipality": cast.east.town}, by=cast.owner)
    assert recipients() == {cast.curator_west.email, cast.manager_west.email, cast.curator_east.email}


@pytest.mark.parametrize(
    ("decide", "state", "said"),
    [
        (lambda company, by: companies.approve_company(company, by=by), State.PUBLISHED, ""),
        (lambda company, by: companies.ask_back_company(company, by=by, message="Wo?"), State.CHANGES_REQUESTED, "Wo?"),
        (lambda company, by: companies.decline_company(company, by=by, reason="Nein."), State.DECLINED, "Nein."),
    ],
)
def test_the_applicant_hears_every_decision(cast, decide, state, said):
    decide(cast.pending_company, cast.curator_west)
    cast.pending_company.refresh_from_db()
    assert (cast.pending_company.state, cast.pending_company.decision_note) == (state, said)
    assert recipients() == {cast.pending.email}


def test_a_decision_is_made_once(cast):
    companies.approve_company(cast.pending_company, by=cast.curator_west)
    with pytest.raises(ActionRefused):
        companies.approve_company(cast.pending_company, by=cast.manager_west)
    with pytest.raises(ActionRefused):
        companies.decline_company(cast.pending_company, by=cast.manager_west, reason="Doch nicht.")


def test_asked_back_withdrawn_or_declined_can_be_tried_again(cast):
    companies.ask_back_company(cast.pending_company, by=cast.curator_west, message="Wo?")
    companies.resubmit_company(cast.pending_company, by=cast.pending)
    companies.withdraw_company(cast.pending_company, by=cast.pending)
    companies.resubmit_company(cast.pending_company, by=cast.pending)
    companies.decline_company(cast.pending_company, by=cast.curator_west, reason="Nein.")
    assert companies.resubmit_company(cast.pending_company, by=cast.pending).state == State.PENDING


def test_an_invitation_is_for_its_address_once_and_for_a_while(cast):
    invitation = people.invite_colleague(cast.company, "New@example.org", EDITOR, by=cast.owner)
    with pytest.raises(ActionRefused):
        people.accept_company_invitation(invitation, by=cast.pending)
    assert people.accept_company_invitation(invitation, by=cast.new).role == EDITOR
    with pytest.raises(ActionRefused):
        people.accept_company_invitation(invitation, by=cast.new)


def test_an_old_invitation_is_refused_and_a_new_link_replaces_it(cast):
    invitation = people.invite_colleague(cast.company, cast.new.email, EDITOR, by=cast.owner)
    CompanyInvitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(ActionRefused):
        people.accept_company_invitation(invitation, by=cast.new)
    again = people.resend_invitation(invitation, by=cast.owner)
    assert again.token != invitation.token
    assert CompanyInvitation.objects.count() == 1
    people.accept_company_invitation(again, by=cast.new)


def test_somebody_stays_responsible(cast):
    owner = CompanyMember.objects.get(company=cast.company, person=cast.owner)
    editor = CompanyMember.objects.get(company=cast.company, person=cast.editor)
    with pytest.raises(ActionRefused):
        people.leave_company(owner, by=cast.owner)
    with pytest.raises(ActionRefused):
        people.change_role(owner, EDITOR, by=cast.owner)
    people.change_role(editor, OWNER, by=cast.owner)
    people.leave_company(owner, by=cast.owner)
    assert CompanyMember.objects.get(company=cast.company).person == cast.editor


def test_consent_to_be_shown_is_kept_and_withdrawn(cast):
    member = CompanyMember.objects.get(company=cast.company, person=cast.owner)
    member.name_visibility, member.email_visibility, member.phone_visibility = "public", "nobody", "nobody"
    people.show_contact(member, by=cast.owner)
    people.show_contact(member, by=cast.owner)
    assert Consent.objects.valid().filter(person=cast.owner).count() == 1
    member.name_visibility = "nobody"
    people.show_contact(member, by=cast.owner)
    assert not Consent.objects.valid().filter(person=cast.owner).exists()
    assert Consent.objects.filter(person=cast.owner).count() == 1


def test_only_one_claim_wins(cast):
    first = claims.claim_company(cast.unclaimed, by=cast.new, message="Ich bin es.")
    second = claims.claim_company(cast.unclaimed, by=cast.pending, message="Nein, ich.")
    claims.approve_claim(first, by=cast.curator_west)
    second.refresh_from_db()
    assert second.state == Claim.State.DECLINED
    assert CompanyMember.objects.get(company=cast.unclaimed).person == cast.new


def test_who_is_spoken_for_cannot_be_claimed(cast):
    with pytest.raises(ActionRefused):
        claims.claim_company(cast.company, by=cast.new, message="Ich auch.")
