"""A new curator's first morning, with only the help page: queues, a double, an opening, invitations, a list in and out.

With CURATOR_SHOTS=FOLDER the story leaves pictures of its pages there.
"""

import os
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

from accounts.models import OutboxMail, User
from networks.duplicates import name_key
from networks.indexing import reindex
from networks.models import (
    Agency,
    AgencyStaff,
    Claim,
    Company,
    CompanyMember,
    Membership,
    Municipality,
    Network,
    Opening,
    OutdatedNote,
)
from networks.slugs import slug_for
from tests.browser.test_story import sign_in_at_the_desk
from tests.conftest import PASSWORD
from tests.test_imports import corrected

SAMPLE = Path(__file__).parents[1] / "data" / "companies_248.csv"
SIZES = ((390, "dark"), (1280, "light"))
MOST_CLICKS = 30
Look = Callable[[Page, str], None]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def look(assert_axe_clean: Callable[[Page], None]) -> Look:
    folder = os.environ.get("CURATOR_SHOTS")

    def look(page: Page, name: str) -> None:
        for width, scheme in SIZES:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            assert (name, page.evaluate("document.documentElement.scrollWidth")) == (name, width)
            assert_axe_clean(page)
            if folder:
                page.screenshot(path=Path(folder) / f"{name}-{width}-{scheme}.png", full_page=True)

    return look


@pytest.fixture
def morning(db: None) -> SimpleNamespace:
    """Two real agencies, one on each side; ten things wait for the first of them."""
    call_command("load_reference", verbosity=0, stdout=StringIO())
    call_command("load_pages", verbosity=0, stdout=StringIO())
    here, there = Agency.objects.get(slug="wfg-borken"), Agency.objects.get(slug="wigos")
    made = SimpleNamespace(here=here, there=there, network=Network.objects.get(short_name="TECH.LAND"))
    made.curator, made.other = staff("karla@example.org", here), staff("olaf@example.org", there)
    made.owner = person("chefin@example.org")
    town = Municipality.objects.filter(district__home_agency=here).first()
    for name in ("Antrag Alpha", "Antrag Beta", "Antrag Gamma", "Antrag Delta"):
        company(name, town, made.owner, state=Company.State.PENDING)
    members = [company(name, town, made.owner) for name in ("Metallbau Nord", "Optik West", "Tischlerei Süd")]
    for member in members:
        Membership.objects.create(company=member, network=made.network, requested_by=made.owner)
    for number in (1, 2):
        claimed = company(f"Herrenlos {number}", town, None)
        Claim.objects.create(company=claimed, person=made.owner, message="Ich leite den Betrieb.")
    OutdatedNote.objects.create(agency=here, page="/", label="Startseite", message="Die Telefonnummer stimmt nicht.")
    made.twins = [company(name, town, made.owner) for name in ("Doppelt Maschinenbau", "Doppelt Maschinenbau KG")]
    return made


def person(email: str, **fields: object) -> User:
    name = email.partition("@")[0].title()
    return User.objects.create(email=email, name=name, password=make_password(PASSWORD), **fields)


def staff(email: str, agency: Agency) -> User:
    someone = person(email, is_staff=True)
    someone.emailaddress_set.create(email=email, verified=True, primary=True)
    AgencyStaff.objects.create(agency=agency, person=someone)
    return someone


def company(name: str, town: Municipality | None, owner: User | None, **fields: object) -> Company:
    slug = slug_for(name, lambda slug: Company.objects.called(slug).exists())
    made = Company(slug=slug, name=name, municipality=town, summary=f"{name} fertigt.", name_key=name_key(name))
    made.state = Company.State.PUBLISHED
    for field, value in fields.items():
        setattr(made, field, value)
    made.save()
    reindex(made)
    if owner:
        CompanyMember.objects.create(company=made, person=owner)
    return made


class Clicks:
    """A hand that counts."""

    def __init__(self) -> None:
        self.count = 0

    def on(self, thing: Locator) -> None:
        self.count += 1
        thing.click()


def press(page: Page, text: str) -> None:
    page.locator("#content").get_by_role("button", name=text).first.click()


def follow(page: Page, text: str) -> None:
    page.locator("#content, .breadcrumbs").get_by_role("link", name=text).first.click()


def test_a_new_curators_first_morning(
    page: Page,
    browser: Browser,
    site: str,
    morning: SimpleNamespace,
    look: Look,
    mails_to: Callable[[str], list[str]],
    tmp_path: Path,
) -> None:
    sign_in_at_the_desk(page, site, morning.curator)
    read_the_help(page, site)
    work_through_what_waits(page, site, morning, look)
    merge_the_double_entry(page, site, morning, look)
    open_the_network(page, browser, site, morning, look)
    invite_many(page, site, morning, look)
    take_in_the_list(page, site, look, tmp_path)
    take_it_out_and_in_again(page, site, look, tmp_path)


def read_the_help(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/")
    page.get_by_role("link", name="Hilfe für den Schreibtisch").click()
    expect(page.locator("h1")).to_have_text("Hilfe für den Schreibtisch")
    for word in ("Die Morgenrunde", "zusammenführen", "Öffnung vorschlagen", "Unternehmen einladen", "Liste einlesen"):
        expect(page.locator("main")).to_contain_text(word)


def work_through_what_waits(page: Page, site: str, morning: SimpleNamespace, look: Look) -> None:
    """Ten decisions; each opens the next one."""
    page.goto(f"{site}/admin/")
    expect(page.locator("#content")).to_contain_text("10 Aufgaben warten")
    look(page, "desk")
    clicks, seen = Clicks(), False
    words = {"claim": "Bestätigen", "company": "Freigeben", "membership": "Aufnehmen", "outdatednote": "Erledigt"}
    for _decision in range(10):
        if page.url == f"{site}/admin/":
            clicks.on(page.locator(".desk-queue .action a").first)
            page.wait_for_url("**/pruefen/**")
        if "/company/" in page.url and not seen:
            look(page, "review")
            seen = True
        kind = page.url.split("/networks/")[1].split("/")[0]
        before = page.url
        clicks.on(page.locator("#content").get_by_role("button", name=words[kind], exact=True))
        page.wait_for_url(lambda url, before=before: url != before)
    expect(page.locator("#content")).not_to_contain_text("Aufgaben warten")
    assert clicks.count <= MOST_CLICKS
    assert not Company.objects.waiting().exists()
    assert Membership.objects.active().filter(network=morning.network).count() == 3
    assert OutboxMail.objects.filter(recipient=morning.owner.email).count() == 9


def merge_the_double_entry(page: Page, site: str, morning: SimpleNamespace, look: Look) -> None:
    keep, _given_up = morning.twins
    page.goto(f"{site}/admin/networks/company/{keep.pk}/pruefen/")
    expect(page.locator("#content")).to_contain_text("Vielleicht schon eingetragen")
    page.locator("#content table").get_by_role("link", name="Zusammenführen").click()
    look(page, "merge")
    press(page, "Jetzt zusammenführen")
    expect(page.locator("#content")).to_contain_text("anderen Eintrag aufgenommen")
    merged = Company.objects.get(state=Company.State.MERGED)
    page.goto(f"{site}{merged.get_absolute_url()}")
    assert page.url == f"{site}{merged.heir.get_absolute_url()}"


def open_the_network(page: Page, browser: Browser, site: str, morning: SimpleNamespace, look: Look) -> None:
    """Proposed here, agreed there."""
    Opening.objects.filter(network=morning.network).delete()
    page.goto(f"{site}/admin/networks/network/{morning.network.pk}/change/")
    follow(page, "Öffnung vorschlagen")
    page.get_by_label("Region").select_option(label=str(morning.there.region))
    page.get_by_label("Partner-Wirtschaftsförderung").select_option(label=str(morning.there))
    page.get_by_label("Offen ab").fill(f"{timezone.localdate():%Y-%m-%d}")
    look(page, "opening")
    page.locator("[name=_save]").click()
    page.wait_for_url("**/opening/*/pruefen/")
    there = browser.new_context(locale="de-DE").new_page()
    sign_in_at_the_desk(there, site, morning.other)
    there.goto(f"{site}/admin/")
    there.locator(".desk-queue .action a").first.click()
    press(there, "Bestätigen")
    there.context.close()
    assert morning.network.openings_in_force()


def invite_many(page: Page, site: str, morning: SimpleNamespace, look: Look) -> None:
    town = Municipality.objects.filter(district__home_agency=morning.there).first()
    for number in range(3):
        company(f"Drüben {number}", town, morning.owner)
    company("Drüben ohne Kopf", town, None)
    page.goto(f"{site}/admin/networks/network/{morning.network.pk}/change/")
    follow(page, "Unternehmen einladen")
    page.get_by_label("Name", exact=True).fill("Drüben")
    page.locator("form.find button").click()
    page.get_by_label("Alle 4 gefundenen").check()
    look(page, "invite")
    press(page, "Vorschau")
    expect(page.locator("h1")).to_have_text("3 Unternehmen werden eingeladen")
    expect(page.locator("#content")).to_contain_text("niemand spricht dafür")
    page.locator("[name=message]").fill("Kommen Sie dazu.")
    press(page, "Einladungen verschicken")
    page.wait_for_load_state()
    assert Membership.objects.invited().filter(network=morning.network).count() == 3


def take_in_the_list(page: Page, site: str, look: Look, tmp_path: Path) -> None:
    """The messy list of 248 lines; the twelve bad ones are named, corrected in the file, and come in, too."""
    before = Company.objects.published().count()
    page.goto(f"{site}/admin/networks/company/")
    look(page, "list")
    follow(page, "Liste einlesen")
    page.set_input_files("[name=file]", SAMPLE)
    look(page, "import-file")
    press(page, "Weiter zur Vorschau")
    look(page, "import-columns")
    press(page, "Weiter zur Vorschau")
    expect(page.locator("#content")).to_contain_text("12 Zeilen sind fehlerhaft: 17, 38, 61, 79, 98, 121, 140, 163")
    look(page, "import-preview")
    with page.expect_download() as file:
        follow(page, "Fehlerhafte Zeilen herunterladen")
    bad = file.value.path().read_bytes()
    press(page, "236 Zeilen übernehmen")
    look(page, "import-result")
    assert Company.objects.published().count() == before + 236
    page.goto(f"{site}/admin/networks/companyimport/add/")
    better = tmp_path / "berichtigt.csv"
    better.write_bytes(corrected(bad))
    page.set_input_files("[name=file]", better)
    press(page, "Weiter zur Vorschau")
    press(page, "12 Zeilen übernehmen")
    assert Company.objects.published().count() == before + 248


def take_it_out_and_in_again(page: Page, site: str, look: Look, tmp_path: Path) -> None:
    """Exported to Excel and read in again, nothing would change."""
    page.goto(f"{site}/admin/networks/company/?state__exact=published")
    follow(page, "Liste exportieren")
    look(page, "export")
    with page.expect_download() as file:
        press(page, "Datei herunterladen")
    assert file.value.suggested_filename.endswith(".xlsx")
    again = tmp_path / "wieder.xlsx"
    file.value.save_as(again)
    page.goto(f"{site}/admin/networks/companyimport/add/")
    page.set_input_files("[name=file]", again)
    press(page, "Weiter zur Vorschau")
    expect(page.locator("#content")).to_contain_text("0 Zeilen können übernommen werden")
    expect(page.locator(".tabs")).to_contain_text("unverändert")
    expect(page.locator(".tabs")).not_to_contain_text("fehlerhaft")
