"""Staff of the next host plan the spring meeting of 2027, from nothing to the chronicle, in a real browser.

With MEETING_SHOTS=FOLDER the story leaves pictures of its pages there.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from playwright.sync_api import Page, expect

from events.models import Meeting, MeetingSeries, Registration
from networks.models import Agency
from tests.browser.test_story import sign_in_at_the_desk

Mails = Callable[[str], list[str]]
Link = Callable[[str, str], str]
PLANNING = "/treffen/planung/?from=2027-02-01&to=2027-05-31&last=2026-09-17"
SIZES = ((390, "dark"), (1280, "light"))
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def members(series: MeetingSeries, cast: SimpleNamespace) -> list[str]:
    """Twelve people of ten agencies, seven on one side and five on the other; one of each side is indispensable."""
    series.quorum, series.least_per_region, series.required_roles = 8, 3, "Geschäftsführung"
    series.save()
    emails = []
    for number in range(12):
        side = cast.west if number < 7 else cast.east
        agency = side.agency
        if number not in {0, 1, 7, 8}:
            name = f"Wirtschaftsförderung {number}"
            agency = Agency.objects.create(
                slug=f"wf-{number}", official_name=name, short_name=name, region=side.region, city="Ort"
            )
            series.places.create(agency=agency, order=number + 5)
        emails.append(f"leitung-{number}@example.org")
        role = "Geschäftsführung" if number in {0, 7} else ""
        series.members.create(name=f"Leitung {number}", email=emails[-1], agency=agency, role=role)
    return emails


@pytest.fixture
def look(assert_axe_clean: Callable[[Page], None]) -> Callable[[Page, str], None]:
    """Every page of the story is clean for axe on a phone and a desk, and not wider than either."""
    folder = os.environ.get("MEETING_SHOTS")

    def look(page: Page, name: str) -> None:
        for width, scheme in SIZES:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            assert (name, page.evaluate("document.documentElement.scrollWidth")) == (name, width)
            assert_axe_clean(page)
            if folder:
                page.screenshot(path=Path(folder) / f"{name}-{width}-{scheme}.png", full_page=True)

    return look


def press(page: Page, text: str) -> None:
    page.locator("main").get_by_role("button", name=text, exact=True).click()


def follow(page: Page, text: str) -> None:
    page.locator("main").get_by_role("link", name=text, exact=True).first.click()


def choose_days(page: Page, site: str, look: Callable[[Page, str], None]) -> None:
    page.goto(f"{site}{PLANNING}")
    look(page, "planning")
    for box in page.locator("input[name=day]").all()[:3]:
        box.check()
    press(page, "Diese Tage vorschlagen")


def ask(page: Page, look: Callable[[Page, str], None]) -> None:
    page.goto(f"{page.url.split('/treffen/')[0]}{Meeting.objects.get().get_absolute_url()}")
    follow(page, "Abstimmung beginnen")
    look(page, "poll-new")
    press(page, "Abstimmung beginnen")
    expect(page.locator("h1")).to_have_text("Wann passt es allen?")


def answer(page: Page, link: str, letters: str) -> None:
    """One letter per day: y yes, i if need be, n no."""
    values = {"y": "yes", "i": "if_need_be", "n": "no"}
    page.goto(link)
    for group, letter in zip(page.locator("fieldset").all(), letters, strict=True):
        group.locator(f"input[value={values[letter]}]").check()
    press(page, "Antwort speichern")
    expect(page.locator("main")).to_contain_text("Ihre Antwort ist da")


def register_guest(page: Page, site: str, name: str, mails_to: Mails, link_in: Link) -> str:
    """Register and confirm; returns the address of one's own page."""
    email = f"{name.lower()}@gast.example.org"
    page.goto(f"{site}{Meeting.objects.get().get_absolute_url()}anmelden/")
    page.fill("[name=name]", name)
    page.fill("[name=email]", email)
    page.check("[name=listed]")
    page.locator("main form button").click()
    page.goto(link_in(mails_to(email)[-1], "/bestaetigen/"))
    press(page, "Ja, ich melde mich an")
    return page.url


@dataclass
class Story:
    """Two windows: of the host's staff, and of everybody else in turn."""

    site: str
    staff: Page
    guest: Page
    mails_to: Mails
    link_in: Link
    look: Callable[[Page, str], None]

    @property
    def meeting(self) -> str:
        return f"{self.site}{Meeting.objects.get().get_absolute_url()}"


@pytest.fixture
def story(page: Page, browser, browser_context_args, site: str, mails_to: Mails, link_in: Link, look) -> Story:
    return Story(site, page, browser.new_context(**browser_context_args).new_page(), mails_to, link_in, look)


def answer_all(story: Story, members: list[str]) -> None:
    """The last day suits nobody on one side, the first one not the person nobody can do without."""
    letters = ["nyy"] + ["yyi"] * 6 + ["yyy"] + ["yyi"] * 3 + ["nnn"]
    for number, (email, said) in enumerate(zip(members, letters, strict=True)):
        link = story.link_in(story.mails_to(email)[0], "/termin/")
        if number == 0:
            story.guest.goto(link)
            story.look(story.guest, "poll-answer")
        answer(story.guest, link, said)


def decide_date(story: Story) -> None:
    story.staff.reload()
    story.look(story.staff, "poll")
    first = story.staff.locator("[data-option]").first
    assert (first.get_attribute("data-option"), first.get_attribute("data-standing")) == ("2027-03-18", "ok")
    expect(story.staff.locator("[data-standing=out]").first).to_contain_text("ohne Leitung 0")
    follow(story.staff, "Termin festlegen")
    press(story.staff, "Termin festlegen")


def prepare(story: Story) -> None:
    """Places and agenda."""
    page = story.staff
    page.goto(story.meeting)
    follow(page, "Plätze")
    page.fill("[name=capacity]", "2")
    page.check("[name=guests]")
    press(page, "Speichern")
    page.goto(f"{story.meeting}tagesordnung/")
    for title, minutes in (("Begrüßung", "10"), ("Robotik stellt sich vor", "40")):
        page.fill("[name=title]", title)
        page.fill("[name=minutes]", minutes)
        press(page, "Hinzufügen")
    story.look(page, "agenda")


def invite_and_announce(story: Story, somebody: str) -> None:
    story.staff.goto(story.meeting)
    follow(story.staff, "Einladen")
    press(story.staff, "Einladen")
    assert "lädt Sie ein" in story.mails_to(somebody)[-1]
    story.guest.goto(story.link_in(story.mails_to(somebody)[-1], "/antwort/"))
    press(story.guest, "Ich komme")
    story.look(story.guest, "invitation")
    story.staff.goto(story.meeting)
    follow(story.staff, "Ankündigen")
    press(story.staff, "Ankündigen")


def fill_up(story: Story) -> None:
    """Three guests for two places; one gives the place back and the waiting one moves up."""
    guest = story.guest
    own = [register_guest(guest, story.site, name, story.mails_to, story.link_in) for name in ("Anna", "Bert", "Clara")]
    expect(guest.locator("h1")).to_contain_text("Warteliste")
    story.look(guest, "waiting")
    guest.goto(own[0])
    follow(guest, "Ich kann doch nicht")
    press(guest, "Absagen")
    assert "Ein Platz ist frei geworden" in story.mails_to("clara@gast.example.org")[-1]
    guest.goto(own[2])
    expect(guest.locator("h1")).to_contain_text("Sie sind angemeldet")


def move(story: Story) -> None:
    page = story.staff
    page.goto(story.meeting)
    follow(page, "Verschieben")
    page.fill("[name=starts_at]", "2027-04-07T10:00")
    page.fill("[name=ends_at]", "2027-04-07T13:00")
    page.fill("[name=reason]", "Der Saal wird gestrichen.")
    press(page, "Verschieben")
    assert "Mi., 7. April 2027" in story.mails_to("bert@gast.example.org")[-1]
    story.guest.goto(story.meeting)
    expect(story.guest.locator("main")).to_contain_text("Bisher: Do., 18. März 2027")
    story.look(story.guest, "meeting")


def meet(story: Story) -> None:
    page = story.staff
    page.goto(f"{story.meeting}teilnahme/")
    page.locator("li", has_text="Bert").locator("button[value=attended]").click()
    expect(page.locator("[data-check-in-status]")).to_have_text("Gespeichert")
    story.look(page, "attendance")
    # Half a year passes in a moment; the desk's session would have ended on the way.
    Session.objects.update(expire_date=datetime(2027, 5, 1, tzinfo=UTC))
    call_command("tick", today=date(2027, 4, 8))


def write_down(story: Story) -> None:
    page = story.staff
    page.goto(f"{story.meeting}tagesordnung/")
    page.locator("li", has_text="Robotik").get_by_text("Protokoll schreiben").click()
    page.fill("[name=text]", "Drei Betriebe wollen die Zelle ausleihen.")
    page.check("[name=outcome][value=done]")
    press(page, "Speichern")
    page.goto(f"{story.meeting}bericht/")
    follow(page, "Beschluss festhalten")
    page.fill("[name=text]", "Die Zelle geht auf Reisen.")
    page.check("[name=public]")
    press(page, "Festhalten")
    follow(page, "Aufgabe verteilen")
    page.fill("[name=text]", "Leihvertrag entwerfen")
    page.fill("[name=owner]", "Leitung 3")
    press(page, "Verteilen")
    story.look(page, "report")
    expect(page.locator("main")).to_contain_text("Bert")


def test_the_spring_meeting_from_nothing_to_the_chronicle(
    story: Story, cast: SimpleNamespace, members: list[str]
) -> None:
    call_command("tick", today=date(2026, 11, 23))
    assert "Halbjahrestreffen" in story.mails_to(cast.curator_west.email)[-1]
    sign_in_at_the_desk(story.staff, story.site, cast.curator_west)
    choose_days(story.staff, story.site, story.look)
    ask(story.staff, story.look)
    answer_all(story, members)
    assert any("Alle Antworten sind da" in text for text in story.mails_to(cast.curator_west.email))
    decide_date(story)
    assert "Do., 18. März 2027" in story.mails_to(members[3])[-1]
    prepare(story)
    invite_and_announce(story, members[5])
    fill_up(story)
    move(story)
    meet(story)
    write_down(story)

    story.guest.goto(f"{story.site}/treffen/")
    expect(story.guest.locator(".timeline")).to_contain_text(Meeting.objects.get().title)
    story.guest.goto(f"{story.site}/treffen/beschluesse/")
    expect(story.guest.locator("main")).to_contain_text("Die Zelle geht auf Reisen.")
    story.look(story.guest, "decisions")
    assert Meeting.objects.get().state == Meeting.State.HELD
    assert set(Registration.objects.values_list("name", "state")) == {
        ("Anna", "cancelled"),
        ("Bert", "attended"),
        ("Clara", "registered"),
    }
