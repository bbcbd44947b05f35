"""Two entries of one company become one: nothing is lost, everybody is told, and the other agency is asked."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.errors import ActionRefused
from accounts.models import AuditEntry, Consent, OutboxMail
from events.models import Meeting, Registration
from networks.actions.merge_requests import confirm_merge, decline_merge, propose_merge, withdraw_merge
from networks.actions.merging import merge_companies
from networks.models import (
    Circle,
    Claim,
    Company,
    CompanyImage,
    CompanyInvitation,
    CompanyMember,
    CompanySlug,
    DirectoryVersion,
    InternalNote,
    Membership,
    MergeRequest,
)

State = Company.State
OWNER, EDITOR = CompanyMember.Role.OWNER, CompanyMember.Role.EDITOR


def mailed() -> Counter[str]:
    return Counter(OutboxMail.objects.values_list("recipient", flat=True))


@pytest.fixture
def twin(cast: SimpleNamespace, make_company: Callable[..., Company], vocabulary: SimpleNamespace) -> Company:
    """The same company as `cast.company`, entered a second time."""
    twin = make_company("Hellweg Robotics", cast.west, phone="0251 99", founded=1999, slug="hellweg-robotics")
    twin.competences.set([vocabulary.welding])
    cast.company.competences.set([vocabulary.robots])
    CompanyMember.objects.create(company=twin, person=cast.new, role=OWNER)
    return twin


def test_chosen_fields_are_taken_and_the_rest_stays(cast: SimpleNamespace, twin: Company) -> None:
    before = DirectoryVersion.current()
    kept = merge_companies(cast.company, twin, {"phone", "founded", "all_competences"}, by=cast.curator_west)
    kept.refresh_from_db()
    assert (kept.name, kept.phone, kept.founded) == ("Hellweg Robotik", "0251 99", 1999)
    assert kept.competences.count() == 2
    twin.refresh_from_db()
    assert (twin.state, twin.merged_into) == (State.MERGED, kept)
    assert DirectoryVersion.current() > before
    assert AuditEntry.objects.filter(verb="company.merged", object_id=str(twin.pk), by=cast.curator_west).exists()
    assert kept.history.latest().origin == "merge"


def test_the_search_finds_the_taken_words(cast: SimpleNamespace, twin: Company) -> None:
    kept = merge_companies(cast.company, twin, {"name"}, by=cast.curator_west)
    kept.refresh_from_db()
    assert "Robotics" in kept.search_name


def test_the_old_address_leads_on(cast: SimpleNamespace, twin: Company, client_of: Any) -> None:
    CompanySlug.objects.create(slug="hellweg-alt", company=twin)
    kept = merge_companies(cast.company, twin, {"name"}, by=cast.curator_west)
    for slug in ("hellweg-robotics", "hellweg-alt", "hellweg-robotik"):
        answer = client_of(None).get(reverse("company", args=[slug]))
        assert (answer.status_code, answer.url) == (301, kept.get_absolute_url())


def test_a_chain_of_merges_leads_to_the_last(cast: SimpleNamespace, twin: Company, client_of: Any) -> None:
    merge_companies(twin, cast.unclaimed, set(), by=cast.curator_west)
    merge_companies(cast.company, twin, set(), by=cast.curator_west)
    answer = client_of(None).get(reverse("company", args=[cast.unclaimed.slug]))
    assert (answer.status_code, answer.url) == (301, cast.company.get_absolute_url())


def _belongings(company: Company, cast: SimpleNamespace) -> None:
    """One of everything that hangs on a company."""
    CompanyImage.objects.create(company=company, image="bilder/x.webp", caption="Halle")
    CompanyInvitation.objects.create(
        company=company, email="a@example.org", token=f"t{company.pk}", expires_at=timezone.now()
    )
    Claim.objects.create(company=company, person=cast.pending, message="Ich.", state=Claim.State.DECLINED)
    Membership.objects.create(company=company, network=cast.network_east, message="Gern.")
    InternalNote.objects.create(
        agency=cast.west.agency, object_type="networks.company", object_id=str(company.pk), text="Nett."
    )
    Consent.objects.create(
        person=cast.new, purpose="contact", about=f"{company.pk}:name_visibility:public", text_version="1"
    )
    meeting = Meeting.objects.create(
        slug=f"m-{company.pk}",
        title="Treffen",
        starts_at=timezone.now(),
        ends_at=timezone.now() + timedelta(hours=1),
        city="Ort",
        host=cast.west.agency,
    )
    Registration.objects.create(meeting=meeting, name="A", email="a@example.org", company=company, token="r")


def test_nothing_of_the_given_up_entry_is_lost(cast: SimpleNamespace, twin: Company) -> None:
    _belongings(twin, cast)
    kept = merge_companies(cast.company, twin, set(), by=cast.curator_west)
    for rows in (
        CompanyImage.objects.filter(caption="Halle"),
        CompanyInvitation.objects.filter(email="a@example.org"),
        Claim.objects.filter(person=cast.pending),
        Membership.objects.filter(network=cast.network_east, message="Gern."),
        Registration.objects.filter(token="r"),
    ):
        assert [row.company for row in rows] == [kept]
    assert [note.text for note in InternalNote.objects.about(kept)] == ["Nett."]
    assert Consent.objects.valid().get(person=cast.new).about == f"{kept.pk}:name_visibility:public"
    team = {member.person: member.role for member in CompanyMember.objects.of_company(kept)}
    assert team == {cast.owner: OWNER, cast.editor: EDITOR, cast.new: OWNER}
    assert not CompanyMember.objects.of_company(twin).exists()
    assert mailed() == Counter([cast.owner.email, cast.editor.email, cast.new.email])


def test_who_spoke_for_both_is_there_once_with_the_greater_role(cast: SimpleNamespace, twin: Company) -> None:
    CompanyMember.objects.create(company=twin, person=cast.editor, role=OWNER)
    kept = merge_companies(cast.company, twin, set(), by=cast.curator_west)
    assert CompanyMember.objects.get(company=kept, person=cast.editor).role == OWNER


def test_an_applicant_joins_but_does_not_lead(
    cast: SimpleNamespace, make_company: Callable[..., Company], client_of: Any
) -> None:
    kept = merge_companies(cast.company, cast.pending_company, set(), by=cast.curator_west)
    assert CompanyMember.objects.get(company=kept, person=cast.pending).role == EDITOR
    assert kept.state == State.PUBLISHED


MEMBER = Membership.State
PAIRS = [
    (MEMBER.ACTIVE, MEMBER.REQUESTED, MEMBER.ACTIVE),
    (MEMBER.REQUESTED, MEMBER.ACTIVE, MEMBER.ACTIVE),
    (MEMBER.INVITED, MEMBER.REQUESTED, MEMBER.INVITED),
    (MEMBER.ASKED_BACK, MEMBER.REQUESTED, MEMBER.REQUESTED),
    (MEMBER.ACTIVE, MEMBER.ACTIVE, MEMBER.ACTIVE),
]


@pytest.mark.parametrize(("of_kept", "of_twin", "after"), PAIRS)
def test_the_better_membership_stays(
    cast: SimpleNamespace, twin: Company, of_kept: str, of_twin: str, after: str
) -> None:
    long_ago, now = timezone.now() - timedelta(days=900), timezone.now()
    Membership.objects.filter(pk=cast.membership.pk).update(state=of_kept, joined_at=now)
    second = Membership.objects.create(company=twin, network=cast.network, state=of_twin, joined_at=long_ago, place=3)
    circle = Circle.objects.create(network=cast.network, name="Greifen")
    circle.members.add(second)
    kept = merge_companies(cast.company, twin, set(), by=cast.curator_west)
    standing = Membership.objects.open().get(company=kept, network=cast.network)
    assert standing.state == after
    assert (standing.place, circle in standing.circles.all()) == (3, True)
    if of_kept == of_twin:
        assert standing.joined_at == long_ago
    assert Membership.objects.filter(company=kept, network=cast.network).count() == 2


def test_the_chosen_logo_moves_and_the_other_is_kept(cast: SimpleNamespace, twin: Company) -> None:
    Company.objects.filter(pk=cast.company.pk).update(logo="logos/alt.webp")
    Company.objects.filter(pk=twin.pk).update(logo="logos/neu.webp")
    merge_companies(cast.company, twin, {"logo"}, by=cast.curator_west)
    assert Company.objects.get(pk=cast.company.pk).logo.name == "logos/neu.webp"
    assert Company.objects.get(pk=twin.pk).logo.name == "logos/alt.webp"


@pytest.mark.parametrize(("kept", "given_up"), [("hidden_company", "company"), ("pending_company", "company")])
def test_what_is_public_stays(cast: SimpleNamespace, kept: str, given_up: str) -> None:
    with pytest.raises(ActionRefused):
        merge_companies(getattr(cast, kept), getattr(cast, given_up), set(), by=cast.curator_west)


@pytest.mark.parametrize("state", [State.ARCHIVED, State.DECLINED, State.WITHDRAWN])
def test_what_is_over_is_not_merged(cast: SimpleNamespace, twin: Company, state: str) -> None:
    Company.objects.filter(pk=twin.pk).update(state=state)
    with pytest.raises(ActionRefused):
        merge_companies(cast.company, twin, set(), by=cast.curator_west)


def test_an_entry_does_not_swallow_itself(cast: SimpleNamespace) -> None:
    with pytest.raises(ActionRefused):
        merge_companies(cast.company, cast.company, set(), by=cast.curator_west)


# -- two agencies ------------------------------------------------------------------------------
@pytest.fixture
def proposal(cast: SimpleNamespace) -> MergeRequest:
    return propose_merge(cast.company, cast.company_east, {"phone"}, by=cast.curator_west, message="Umgezogen.")


def test_the_other_agency_is_asked_and_nothing_changes_before(cast: SimpleNamespace, proposal: MergeRequest) -> None:
    assert (proposal.agency, proposal.asked) == (cast.west.agency, cast.east.agency)
    assert mailed() == Counter([cast.curator_east.email])
    assert Company.objects.get(pk=cast.company_east.pk).state == State.PUBLISHED
    with pytest.raises(ActionRefused):
        propose_merge(cast.company_east, cast.company, set(), by=cast.curator_east)


def test_confirmed_by_the_other_agency(cast: SimpleNamespace, proposal: MergeRequest) -> None:
    OutboxMail.objects.all().delete()
    confirm_merge(proposal, by=cast.curator_east)
    assert Company.objects.get(pk=cast.company_east.pk).merged_into == cast.company
    people = [cast.owner.email, cast.editor.email, cast.owner_east.email]
    assert mailed() == Counter([*people, cast.curator_west.email, cast.manager_west.email])
    with pytest.raises(ActionRefused):
        confirm_merge(proposal, by=cast.operator)


def test_declined_or_taken_back(cast: SimpleNamespace, proposal: MergeRequest) -> None:
    OutboxMail.objects.all().delete()
    decline_merge(proposal, by=cast.curator_east, reason="Zwei Betriebe.")
    assert mailed() == Counter([cast.curator_west.email, cast.manager_west.email])
    again = propose_merge(cast.company, cast.company_east, set(), by=cast.curator_west)
    assert withdraw_merge(again, by=cast.curator_west).state == MergeRequest.State.WITHDRAWN
    assert Company.objects.get(pk=cast.company_east.pk).state == State.PUBLISHED


def test_a_move_in_between_asks_anew(cast: SimpleNamespace, proposal: MergeRequest) -> None:
    Company.objects.filter(pk=cast.company.pk).update(municipality=cast.east.town)
    with pytest.raises(ActionRefused):
        confirm_merge(proposal, by=cast.curator_east)
    proposal.refresh_from_db()
    assert proposal.state == MergeRequest.State.REQUESTED


# -- pages ---------------------------------------------------------------------------------------
def merge_url(company: Company, other: Company | None = None) -> str:
    url = reverse("admin:networks_company_merge", args=[company.pk])
    return f"{url}?mit={other.pk}" if other else url


def chosen(page: Any, **changed: str) -> dict[str, str]:
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields} | changed


def test_from_the_list_of_suspects_to_one_entry(cast: SimpleNamespace, twin: Company, client_of: Any) -> None:
    staff = client_of(cast.curator_west)
    Company.objects.filter(pk__in=[twin.pk, cast.company.pk]).update(name_key="hellweg robotik")
    review = staff.get(reverse("admin:networks_company_review", args=[cast.company.pk])).content.decode()
    assert merge_url(cast.company, twin) in review
    assert twin.name in staff.get(merge_url(cast.company)).content.decode()
    assert twin.name in staff.get(merge_url(cast.company), {"q": "robotics"}).content.decode()
    page = staff.get(merge_url(cast.company, twin))
    assert page.context["form"]["competences"].value() == "both"
    answer = staff.post(merge_url(cast.company, twin), chosen(page, name="other"))
    assert answer.url == reverse("admin:networks_company_review", args=[cast.company.pk])
    kept = Company.objects.get(pk=cast.company.pk)
    assert (kept.name, kept.phone, kept.competences.count()) == ("Hellweg Robotics", "0251 99", 2)


def test_the_other_way_round(cast: SimpleNamespace, twin: Company, client_of: Any) -> None:
    staff = client_of(cast.curator_west)
    page = staff.get(merge_url(cast.company, twin))
    staff.post(merge_url(cast.company, twin), chosen(page, kept="other", phone="other", name="one"))
    kept = Company.objects.get(pk=twin.pk)
    assert (kept.name, kept.phone, kept.state) == ("Hellweg Robotik", "0251 99", State.PUBLISHED)
    assert Company.objects.get(pk=cast.company.pk).merged_into == kept


def test_a_refusal_is_said_on_the_page(cast: SimpleNamespace, client_of: Any) -> None:
    staff, url = client_of(cast.curator_west), merge_url(cast.hidden_company, cast.company)
    page = staff.get(url)
    assert page.context["form"]["kept"].value() == "other"
    answer = staff.post(url, chosen(page, kept="one"))
    assert answer.status_code == 200
    assert "der weiter ist" in answer.content.decode()


def test_a_foreign_entry_is_proposed(cast: SimpleNamespace, client_of: Any) -> None:
    staff, url = client_of(cast.curator_west), merge_url(cast.company, cast.company_east)
    page = staff.get(url)
    assert "Zusammenführen vorschlagen" in page.content.decode()
    answer = staff.post(url, chosen(page, message="Umgezogen."))
    proposal = MergeRequest.objects.get()
    review = reverse("admin:networks_mergerequest_review", args=[proposal.pk])
    assert answer.url == review
    assert [one.key for one, _form in staff.get(review).context["decisions"]] == ["withdraw"]
    assert staff.post(review, {"decision": "confirm"}).status_code == 403
    east = client_of(cast.curator_east)
    assert [one.key for one, _form in east.get(review).context["decisions"]] == ["confirm", "decline"]
    assert "Umgezogen." in east.get(review).content.decode()
    east.post(review, {"decision": "confirm"})
    assert Company.objects.get(pk=cast.company_east.pk).state == State.MERGED


def test_nobody_merges_what_they_do_not_see(cast: SimpleNamespace, make_company: Any, client_of: Any) -> None:
    foreign = make_company("Fremder Antrag", cast.east, state=State.PENDING)
    staff = client_of(cast.curator_west)
    data = {"kept": "one"}
    for url in (
        merge_url(cast.company_east),
        merge_url(cast.company_east, cast.company),
        merge_url(cast.company, foreign),
        merge_url(cast.company, cast.company),
    ):
        for answer in (staff.get(url), staff.post(url, data)):
            assert answer.status_code == 404
    assert "Fremder" not in staff.get(merge_url(cast.company), {"q": "Antrag"}).context["results"]
    assert not MergeRequest.objects.exists()
    for method in ("get", "post"):
        assert getattr(client_of(cast.owner), method)(merge_url(cast.company, foreign)).status_code == 403
        assert getattr(client_of(None), method)(merge_url(cast.company)).status_code == 302


# -- two at once -----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_curators_merge_at_once_over_twenty_rounds(
    cast: SimpleNamespace, make_company: Callable[..., Company], both_at_once: Callable[..., list[str]]
) -> None:
    """The same pair, each the other way round: one entry stays, one mail goes out."""
    for number in range(20):
        one, other = (make_company(f"Paar {number} {name}", cast.west) for name in ("A", "B"))
        CompanyMember.objects.create(company=one, person=cast.new)
        OutboxMail.objects.all().delete()
        outcomes = both_at_once(
            lambda one=one, other=other: merge_companies(one, other, {"name"}, by=cast.curator_west),
            lambda one=one, other=other: merge_companies(other, one, {"name"}, by=cast.manager_west),
        )
        assert outcomes == ["done", "refused"]
        assert Company.objects.among([one, other]).filter(state=State.MERGED).count() == 1
        assert mailed() == Counter([cast.new.email])


@pytest.mark.django_db(transaction=True)
def test_confirmed_and_declined_at_once_over_twenty_rounds(
    cast: SimpleNamespace, make_company: Callable[..., Company], both_at_once: Callable[..., list[str]]
) -> None:
    for number in range(20):
        mine, theirs = make_company(f"West {number}", cast.west), make_company(f"Ost {number}", cast.east)
        proposal = propose_merge(mine, theirs, set(), by=cast.curator_west)
        OutboxMail.objects.all().delete()
        outcomes = both_at_once(
            lambda proposal=proposal: confirm_merge(proposal, by=cast.curator_east),
            lambda proposal=proposal: decline_merge(proposal, by=cast.operator, reason="Nein."),
        )
        assert outcomes == ["done", "refused"]
        assert mailed()[cast.curator_west.email] == 1


def test_an_endless_search_finds_nothing_and_breaks_nothing(cast: SimpleNamespace, client_of: Any) -> None:
    page = client_of(cast.curator_west).get(merge_url(cast.company), {"q": "\0x" * 70_000})
    assert page.status_code == 200
