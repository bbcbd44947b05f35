"""Ten things wait; the curator has coffee. Only with the buttons that the help page names."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from networks.desk import queues
from networks.models import Claim, Company, CompanyInvitation, Membership, OutdatedNote

ClientOf = Callable[[User | None], Client]
ROUND = {
    "Anträge von Unternehmen": ("Prüfen", ["Freigeben", "Freigeben"]),
    "Aufnahme in Netzwerke": ("Entscheiden", ["Aufnehmen", "Aufnehmen"]),
    "Übernahme eines Eintrags": ("Prüfen", ["Bestätigen"]),
    "Hinweise: veraltet oder eine Barriere": ("Ansehen", ["Erledigt", "Erledigt"]),
    "Texte prüfen": ("Ansehen", ["Texte sind in Ordnung"]),
    "Einladung, für ein Unternehmen zu sprechen, läuft ab": ("Neu einladen", ["Einladung erneuern"]),
    "Einladung in ein Netzwerk lange ohne Antwort": ("Ansehen", ["Noch einmal einladen"]),
}


@pytest.fixture
def full_desk(cast: SimpleNamespace, make_company: Any) -> SimpleNamespace:
    long_ago = timezone.now() - timedelta(days=20)
    make_company("Zweiter Antrag", cast.west, state=Company.State.PENDING, submitted_at=long_ago)
    for name, state in (("Bittet", "requested"), ("Bittet auch", "requested"), ("Schweigt", "invited")):
        asked = make_company(name, cast.west)
        Membership.objects.create(company=asked, network=cast.network, state=state, requested_at=long_ago)
    Claim.objects.create(company=make_company("Verwaist", cast.west), person=cast.new, message="Ich leite es.")
    for label in ("Seite", "Andere Seite"):
        OutdatedNote.objects.create(agency=cast.west.agency, page="/", label=label, message="Alt.")
    Company.objects.filter(pk=cast.company.pk).update(unchecked_since=long_ago)
    CompanyInvitation.objects.create(
        company=cast.unclaimed, email="a@x.example.org", role="owner", token="a", expires_at=timezone.now()
    )
    return cast


def test_ten_things_in_less_than_thirty_clicks(
    page: Page, site: str, full_desk: SimpleNamespace, client_of: ClientOf, page_errors: list[str]
) -> None:
    session = client_of(full_desk.curator_west).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": site}])
    page.goto(f"{site}/admin/")
    expect(page.get_by_text("10 Aufgaben warten")).to_be_visible()
    clicks = 0
    for title, (button, decisions) in ROUND.items():
        row = page.locator(".desk-queue").filter(has=page.get_by_text(title, exact=True))
        row.get_by_role("link", name=button).click()
        for decision in decisions:
            page.get_by_role("button", name=decision, exact=True).click()
            expect(page.locator(".messagelist .success").last).to_contain_text(f"{decision} – erledigt.")
        clicks += 1 + len(decisions)
        expect(page).to_have_url(f"{site}/admin/")
    expect(page.get_by_text("Alles erledigt.")).to_be_visible()
    assert sum(queue.count for queue in queues(full_desk.curator_west)) == 0
    assert clicks < 30
    assert page_errors == []
