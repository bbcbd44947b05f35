from collections.abc import Callable
from types import SimpleNamespace

from django.test import Client
from django.urls import reverse

from accounts.models import OutboxMail, User
from networks.actions.memberships import invite_company
from networks.models import Membership, Network

ClientOf = Callable[[User | None], Client]


def test_curator_invites_a_company_of_the_other_side(cast: SimpleNamespace, client_of: ClientOf) -> None:
    path = reverse("networks:membership-invite", args=[cast.company_east.slug])

    answer = client_of(cast.curator_west).post(path, {"network": cast.network.pk, "message": "Das passt."})

    assert answer.status_code == 302
    invited = Membership.objects.get(company=cast.company_east)
    assert (invited.network, invited.state) == (cast.network, Membership.State.INVITED)
    assert list(OutboxMail.objects.values_list("recipient", flat=True)) == [cast.owner_east.email]


def test_curator_cannot_invite_to_a_foreign_network(cast: SimpleNamespace, client_of: ClientOf) -> None:
    path = reverse("networks:membership-invite", args=[cast.company.slug])

    answer = client_of(cast.curator_west).post(path, {"network": cast.network_east.pk, "message": "Das passt."})

    assert answer.status_code == 200
    assert "network" in answer.context["form"].errors
    assert not Membership.objects.invited().exists()


def test_members_and_drafts_are_not_offered(cast: SimpleNamespace, client_of: ClientOf) -> None:
    path = reverse("networks:membership-invite", args=[cast.company.slug])
    assert Network.objects.on_the_desk_of(cast.curator_west).count() == 2

    offered = client_of(cast.curator_west).get(path).context["form"].fields["network"].queryset

    assert list(offered) == []


def test_curator_takes_an_invitation_back(cast: SimpleNamespace, client_of: ClientOf) -> None:
    membership = invite_company(cast.company_east, cast.network, by=cast.curator_west, message="Das passt.")
    path = reverse("admin:networks_membership_review", args=[membership.pk])

    client_of(cast.curator_west).post(path, {"decision": "take_back"})

    membership.refresh_from_db()
    assert membership.state == Membership.State.WITHDRAWN
    assert "zurückgenommen" in OutboxMail.objects.order_by("pk").last().subject  # type: ignore[union-attr]
