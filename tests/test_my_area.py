"""My area: what waits for me, what is mine; and the demo's mailbox beside it."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.mails import Letter, send
from accounts.models import OutboxMail, User
from networks.models import Company, Membership
from portal.models import SiteState

Of = Callable[[User | None], Client]
MINE = "/mein-bereich/"


def test_a_newcomer_is_shown_the_first_step(cast: SimpleNamespace, client_of: Of) -> None:
    page = client_of(cast.new).get(MINE).content.decode()
    assert "Noch kein Unternehmen" in page
    assert "/mein-bereich/eintragen/" in page
    assert "Wartet auf Sie" not in page


def test_an_owner_sees_companies_networks_and_what_is_missing(cast: SimpleNamespace, client_of: Of) -> None:
    page = client_of(cast.owner).get(MINE).content.decode()
    for said in (
        "Hellweg Robotik GmbH",
        "veröffentlicht",
        "als Nächstes: eine Beschreibung",
        f"/mitgliedschaften/{cast.membership.pk}/",
    ):
        assert said in page
    assert "Teuto Sensorik" not in page


def test_questions_and_invitations_wait(cast: SimpleNamespace, client_of: Of) -> None:
    Company.objects.filter(pk=cast.pending_company.pk).update(state=Company.State.CHANGES_REQUESTED)
    Membership.objects.create(company=cast.company_east, network=cast.network, state=Membership.State.INVITED)
    assert "Rückfrage zu Ihrem Eintrag" in client_of(cast.pending).get(MINE).content.decode()
    assert "Einladung ins Netzwerk" in client_of(cast.owner_east).get(MINE).content.decode()


def test_more_companies_need_no_more_queries(
    cast: SimpleNamespace, client_of: Of, make_company: Any, django_assert_max_num_queries: Any
) -> None:
    client = client_of(cast.owner)
    with django_assert_max_num_queries(100) as few:
        client.get(MINE)
    before = len(few)
    for number in range(5):
        make_company(f"Werk {number}", cast.west).people.create(person=cast.owner)
    with django_assert_max_num_queries(before):
        client.get(MINE)


@pytest.fixture
def mail(db: None) -> OutboxMail:
    letter = Letter(
        subject="Guten Tag", paragraphs=("<b>Hallo</b>",), reason="Darum.", button="Ansehen", path="/hilfe/"
    )
    send(lambda: letter, "a@example.org")
    call_command("send_mail", "--once")
    return OutboxMail.objects.get()


def test_delivered_mail_is_read_in_the_demo(mail: OutboxMail, client: Client) -> None:
    SiteState.declare_demo()
    assert "Guten Tag" in client.get("/demo/postfach/").content.decode()
    page = client.get(f"/demo/postfach/{mail.pk}/").content.decode()
    assert '<a href="/hilfe/">' in page
    assert "<b>Hallo</b>" not in page


def test_nowhere_else(mail: OutboxMail, client: Client, settings: Any) -> None:
    pages = ("/demo/postfach/", f"/demo/postfach/{mail.pk}/")
    assert [client.get(page).status_code for page in pages] == [404, 404]
    SiteState.declare_demo()
    settings.DELIVERY = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend"}
    assert [client.get(page).status_code for page in pages] == [404, 404]
