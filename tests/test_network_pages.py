"""Members in their order, circles, and many invited at once: for the curating agency, and for twins on their side."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.errors import ActionRefused
from accounts.models import AuditEntry, OutboxMail, User
from networks.actions import members as arranging
from networks.actions.bulk_invitations import invite_companies, plan_invitations
from networks.models import Circle, Company, CompanyMember, Membership, Network, TwinAgency
from networks.sides import network_sides

ClientOf = Callable[[User | None], Client]
State = Membership.State


@pytest.fixture
def crowd(cast: SimpleNamespace, make_company: Any) -> SimpleNamespace:
    """Three more members from the west, one from the east; the east's agency is the network's twin."""
    cast.members = [cast.membership]
    for name, side in (("Anker", cast.west), ("Bocholter", cast.west), ("Zahn", cast.west), ("Dissen", cast.east)):
        company = make_company(name, side)
        cast.members.append(
            Membership.objects.create(
                company=company, network=cast.network, state=State.ACTIVE, joined_at=timezone.now()
            )
        )
    TwinAgency.objects.create(network=cast.network, region=cast.east.region, agency=cast.east.agency)
    return cast


def page(cast: SimpleNamespace, name: str = "members", network: Network | None = None) -> str:
    return reverse(f"admin:networks_network_{name}", args=[(network or cast.network).pk])


def shown(cast: SimpleNamespace) -> list[str]:
    """The west's members as the network's page shows them."""
    return [
        company.name for company in network_sides(Network.objects.with_leads().get(pk=cast.network.pk))[0].companies
    ]


# -- order ---------------------------------------------------------------------------------------
def test_members_stand_by_name_until_somebody_is_put_first(crowd: SimpleNamespace) -> None:
    assert shown(crowd) == ["Anker", "Bocholter", "Hellweg Robotik", "Zahn"]
    hellweg, _anker, bocholter, zahn, _dissen = crowd.members
    arranging.put_first(zahn, by=crowd.curator_west)
    arranging.put_first(bocholter, by=crowd.curator_west)
    assert shown(crowd) == ["Zahn", "Bocholter", "Anker", "Hellweg Robotik"]
    arranging.move_up(bocholter, by=crowd.curator_west)
    arranging.move_up(bocholter, by=crowd.curator_west)
    assert shown(crowd) == ["Bocholter", "Zahn", "Anker", "Hellweg Robotik"]
    arranging.move_down(bocholter, by=crowd.curator_west)
    arranging.put_back(zahn, by=crowd.curator_west)
    assert shown(crowd) == ["Bocholter", "Anker", "Hellweg Robotik", "Zahn"]
    with pytest.raises(ActionRefused, match="nicht mehr oben"):
        arranging.move_up(zahn, by=crowd.curator_west)
    Membership.objects.filter(pk=hellweg.pk).update(state=State.LEFT, ended_at=timezone.now())
    with pytest.raises(ActionRefused, match="nicht mehr Mitglied"):
        arranging.put_first(hellweg, by=crowd.curator_west)


def test_each_side_has_an_order_of_its_own(crowd: SimpleNamespace) -> None:
    *_west, zahn, dissen = crowd.members
    for membership in (zahn, dissen):
        arranging.put_first(membership, by=crowd.curator_west)
    assert set(Membership.objects.placed().values_list("place", flat=True)) == {1}


def test_order_is_made_with_buttons(crowd: SimpleNamespace, client_of: ClientOf) -> None:
    staff, zahn = client_of(crowd.curator_west), crowd.members[3]
    answer = staff.post(f"{page(crowd)}?q=za", {"first": zahn.pk})
    assert answer.url == f"{page(crowd)}?q=za#m{zahn.pk}"
    assert shown(crowd)[0] == "Zahn"
    assert [len(members) for _region, members in staff.get(page(crowd)).context["sides"]] == [1]
    for wrong in ({}, {"up": "x"}, {"first": ""}):
        assert staff.post(page(crowd), wrong).status_code == 400
    assert staff.post(page(crowd), {"up": "9" * 30}).status_code == 404
    assert staff.put(page(crowd)).status_code == 405


def test_twin_orders_its_own_region_only(crowd: SimpleNamespace, client_of: ClientOf) -> None:
    twin, (_h, _a, _b, zahn, dissen) = client_of(crowd.curator_east), crowd.members
    assert [member.company.name for member in twin.get(page(crowd)).context["page"]] == ["Dissen"]
    assert twin.post(page(crowd), {"first": dissen.pk}).status_code == 302
    assert twin.post(page(crowd), {"first": zahn.pk}).status_code == 404
    assert set(Membership.objects.placed()) == {dissen}


@pytest.mark.parametrize("name", ["members", "invite"])
def test_pages_are_the_curating_and_the_twin_agencys(crowd: SimpleNamespace, client_of: ClientOf, name: str) -> None:
    url, foreign = page(crowd, name), page(crowd, name, crowd.network_east)
    for person in (crowd.curator_west, crowd.curator_east, crowd.operator):
        assert client_of(person).get(url).status_code == 200
    TwinAgency.objects.all().delete()
    data = {"company": [crowd.company.pk]}
    for method in ("get", "post"):
        assert getattr(client_of(crowd.curator_east), method)(url).status_code == 404
        assert getattr(client_of(crowd.curator_west), method)(foreign, data).status_code == 404
        assert getattr(client_of(crowd.owner), method)(url).status_code == 403
        assert getattr(client_of(None), method)(url).status_code == 302
    assert client_of(crowd.curator_west).get(url.replace(str(crowd.network.pk), "x")).status_code == 404
    assert not Membership.objects.invited().exists()


def test_twin_decides_about_members_and_not_about_the_text(crowd: SimpleNamespace, client_of: ClientOf) -> None:
    twin = client_of(crowd.curator_east)
    change = reverse("admin:networks_network_change", args=[crowd.network.pk])
    circle = Circle.objects.create(network=crowd.network, name="Greifen")
    for url in (change, reverse("admin:networks_circle_change", args=[circle.pk])):
        for answer in (twin.get(url), twin.post(url, {"name": "Unseres"})):
            assert answer.status_code == 404
    asked = Membership.objects.create(company=crowd.company_east, network=crowd.network, message="Bitte.")
    review = reverse("admin:networks_membership_review", args=[asked.pk])
    twin.post(review, {"decision": "approve"})
    asked.refresh_from_db()
    assert asked.state == State.ACTIVE
    of_west = reverse("admin:networks_membership_review", args=[crowd.membership.pk])
    for answer in (twin.get(of_west), twin.post(of_west, {"decision": "remove", "remove-text": "Nein."})):
        assert answer.status_code == 404
    crowd.membership.refresh_from_db()
    assert crowd.membership.state == State.ACTIVE


# -- circles -------------------------------------------------------------------------------------
def test_members_work_in_circles(crowd: SimpleNamespace, client_of: ClientOf) -> None:
    circle = Circle.objects.create(network=crowd.network, name="Greifen", order=1)
    url = reverse("admin:networks_circle_change", args=[circle.pk])
    staff, (hellweg, anker, *_rest) = client_of(crowd.curator_west), crowd.members
    foreign = Membership.objects.create(
        company=crowd.company_east, network=crowd.network_east, state=State.ACTIVE, joined_at=timezone.now()
    )
    data = {"name": "Greifen", "purpose": "Was die Hand kann.", "order": 1}
    assert "members" in staff.post(url, {**data, "members": [foreign.pk]}).context["adminform"].form.errors
    assert staff.post(url, {**data, "members": [hellweg.pk, anker.pk]}).status_code == 302
    seen = client_of(None).get(crowd.network.get_absolute_url()).content.decode()
    assert "Es arbeiten mit:" in seen
    Membership.objects.filter(pk__in=[hellweg.pk, anker.pk]).update(state=State.LEFT, ended_at=timezone.now())
    seen = client_of(None).get(crowd.network.get_absolute_url()).content.decode()
    assert "Was die Hand kann." in seen
    assert "Es arbeiten mit:" not in seen


# -- who may join --------------------------------------------------------------------------------
def test_join_policy_says_what_follows(crowd: SimpleNamespace, client_of: ClientOf) -> None:
    Membership.objects.create(company=crowd.company_east, network=crowd.network)
    seen = client_of(crowd.curator_west).get(reverse("admin:networks_network_change", args=[crowd.network.pk]))
    text = seen.content.decode()
    for said in ("Wer anfragt, ist sofort Mitglied", "Niemand kann anfragen", "1 Anfrage wartet"):
        assert said in text


# -- many at once --------------------------------------------------------------------------------
@pytest.fixture
def chosen(cast: SimpleNamespace, make_company: Any) -> list[Company]:
    """Two who can be invited, and one of everybody who cannot."""
    asked, invited = make_company("Angefragt", cast.west), make_company("Eingeladen", cast.west)
    Membership.objects.create(company=asked, network=cast.network)
    Membership.objects.create(company=invited, network=cast.network, state=State.INVITED)
    second = make_company("Zweites", cast.west)
    CompanyMember.objects.create(company=second, person=cast.new)
    return [cast.company_east, second, cast.company, asked, invited, cast.hidden_company, cast.unclaimed]


REASONS = {
    "Hellweg Robotik": "ist schon Mitglied",
    "Angefragt": "hat selbst angefragt und wartet auf Antwort",
    "Eingeladen": "ist schon eingeladen",
    "Verborgen Metall": "ist nicht veröffentlicht",
    "Baumberge Verpackung": "niemand spricht dafür; die Einladung käme bei niemandem an",
}


def test_preview_says_who_is_invited_and_who_is_skipped_why(cast: SimpleNamespace, chosen: list[Company]) -> None:
    before = Membership.objects.count()
    plan = plan_invitations(cast.network, chosen)
    assert [company.name for company in plan.invited] == ["Teuto Sensorik", "Zweites"]
    assert {company.name: reason for company, reason in plan.skipped} == REASONS
    assert (Membership.objects.count(), OutboxMail.objects.count()) == (before, 0)


def test_each_gets_an_invitation_and_a_mail_of_its_own(cast: SimpleNamespace, chosen: list[Company]) -> None:
    done = invite_companies(cast.network, chosen, by=cast.curator_west, message="Das passt.")
    assert [company.name for company in done.invited] == ["Teuto Sensorik", "Zweites"]
    assert {company.name: reason for company, reason in done.skipped} == REASONS
    assert set(OutboxMail.objects.values_list("recipient", flat=True)) == {cast.owner_east.email, cast.new.email}
    again = invite_companies(cast.network, chosen, by=cast.curator_west, message="Das passt.")
    assert (again.invited, OutboxMail.objects.count()) == ([], 2)
    assert AuditEntry.objects.filter(verb="network.invited").count() == 2


def test_a_network_that_is_no_longer_public_invites_nobody(cast: SimpleNamespace) -> None:
    done = invite_companies(cast.draft, [cast.company_east], by=cast.curator_west, message="Bitte.")
    assert (done.invited, len(done.skipped), OutboxMail.objects.count()) == ([], 1, 0)


def test_searched_previewed_and_sent_at_the_desk(
    cast: SimpleNamespace, client_of: ClientOf, chosen: list[Company]
) -> None:
    staff, url = client_of(cast.curator_west), page(cast, "invite")
    found = staff.get(url, {"region": cast.east.region.slug}).context
    assert [company.name for company, _standing in found["rows"]] == ["Teuto Sensorik"]
    ids = [company.pk for company in chosen]
    preview = staff.post(url, {"company": ids, "step": "preview"})
    assert len(preview.context["plan"].invited) == 2
    empty = staff.post(url, {"company": ids, "step": "send", "message": ""})
    assert "message" in empty.context["form"].errors
    assert not OutboxMail.objects.exists()
    answer = staff.post(url, {"company": ids, "step": "send", "message": "Das passt gut."}, follow=True)
    text = answer.content.decode()
    assert "2 Unternehmen sind eingeladen." in text
    assert "Übersprungen, ist schon Mitglied: Hellweg Robotik" in text


def test_all_that_were_found_can_be_taken(cast: SimpleNamespace, client_of: ClientOf, chosen: list[Company]) -> None:
    url = page(cast, "invite")
    answer = client_of(cast.curator_west).post(f"{url}?region={cast.east.region.slug}", {"all": "1"})
    assert [company.name for company in answer.context["plan"].invited] == ["Teuto Sensorik"]
    nothing = client_of(cast.curator_west).post(url, {})
    assert "mindestens ein Unternehmen" in nothing.content.decode()
    assert client_of(cast.curator_west).get(url, {"region": "nirgends"}).context["rows"] == []


def test_twin_invites_from_its_own_region(crowd: SimpleNamespace, client_of: ClientOf) -> None:
    twin, url = client_of(crowd.curator_east), page(crowd, "invite")
    assert {company.name for company, _standing in twin.get(url).context["rows"]} == {"Dissen", "Teuto Sensorik"}
    foreign = twin.post(url, {"company": [crowd.unclaimed.pk], "step": "send", "message": "Kommen Sie zu uns."})
    assert "company" in foreign.context["chosen"].errors
    twin.post(url, {"company": [crowd.company_east.pk], "step": "send", "message": "Kommen Sie zu uns."})
    assert [membership.company for membership in Membership.objects.invited()] == [crowd.company_east]


def test_queries_do_not_grow(
    crowd: SimpleNamespace, client_of: ClientOf, make_company: Any, django_assert_num_queries: Any
) -> None:
    staff, urls = client_of(crowd.curator_west), [page(crowd), page(crowd, "invite")]
    counts = []
    for url in urls:
        staff.get(url)
        with CaptureQueriesContext(connection) as captured:
            staff.get(url)
        counts.append(len(captured))
    for number in range(4):
        company = make_company(f"Neu {number}", crowd.west)
        Membership.objects.create(
            company=company, network=crowd.network, state=State.ACTIVE, joined_at=timezone.now(), place=number + 1
        )
    for url, count in zip(urls, counts, strict=True):
        assert count <= 20
        with django_assert_num_queries(count):
            staff.get(url)
