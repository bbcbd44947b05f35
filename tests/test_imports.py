"""Lists come in: what a curator sees before, what is written, what is refused by line, and how it is taken back."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from accounts.daily import tick
from accounts.errands import run_errands
from accounts.models import AuditEntry, OutboxMail, User
from accounts.sheets.reading import read_table
from accounts.sheets.writing import write_csv, write_xlsx
from networks.actions import imports as actions
from networks.actions.companies import edit_company
from networks.actions.import_undo import plan_undo, undo_import
from networks.duplicates import name_key, website_domain
from networks.exporting import company_cells, with_cells
from networks.models import (
    Agency,
    AgencyStaff,
    ColumnChoice,
    Company,
    CompanyImport,
    Competence,
    ImportLine,
    Industry,
    Membership,
    Municipality,
    Network,
)
from networks.sheets.companies import Column
from tests.conftest import show_second_factor

SAMPLE = Path(__file__).parent / "data" / "companies_248.csv"
BAD = {17, 38, 61, 79, 98, 121, 140, 163, 182, 201, 220, 239}
State, Verdict = CompanyImport.State, ImportLine.Verdict
HEAD = "Name;Rechtsform;PLZ;Ort;Website"


@pytest.fixture
def borken(db: None) -> SimpleNamespace:
    """An agency of the real reference data, with a curator."""
    call_command("load_reference", verbosity=0, stdout=StringIO())
    agency = Agency.objects.get(slug="wfg-borken")
    person = User.objects.create_user("kuratorin@example.org", "x", name="Karla Kurator", is_staff=True)
    AgencyStaff.objects.create(agency=agency, person=person)
    client = Client()
    client.force_login(person)
    show_second_factor(client, person)
    return SimpleNamespace(agency=agency, curator=person, client=client)


def read_in(who: SimpleNamespace, text: str | bytes, network: Network | None = None) -> CompanyImport:
    content = text.encode() if isinstance(text, str) else text
    agency = getattr(who, "agency", None)
    return actions.begin_import(read_table(content), "liste.csv", agency=agency, network=network, by=who.curator)


def verdicts(run: CompanyImport) -> dict[int, str]:
    return dict(run.lines.order_by("number").values_list("number", "verdict"))


def reasons(run: CompanyImport, number: int) -> str:
    return " ".join(text for _column, text in run.lines.get(number=number).findings["problems"])


def upload(who: SimpleNamespace, content: bytes, name: str = "liste.csv") -> CompanyImport:
    """As people do it: by the form of the page."""
    file = BytesIO(content)
    file.name = name
    answer = who.client.post(reverse("admin:networks_companyimport_add"), {"file": file, "agency": who.agency.pk})
    assert answer.status_code == 302, answer.context["form"].errors
    return CompanyImport.objects.latest("pk")


# -- the messy list of the agency ----------------------------------------------------------------------
def test_messy_list_of_248_lines_with_12_bad_ones(borken):
    run = upload(borken, SAMPLE.read_bytes())
    assert run.state == State.UPLOADED  # «Lieblingsfarbe» means nothing to us
    page = borken.client.get(reverse("admin:networks_companyimport_change", args=[run.pk]))
    columns = {name: field.initial for name, field in page.context["form"].fields.items()}
    borken.client.post(page.request["PATH_INFO"], columns | {"map": "1"})
    preview = borken.client.get(page.request["PATH_INFO"])
    assert set(preview.context["bad"]) == BAD
    assert preview.context["good"] == 236
    assert preview.context["unknown"] == ["Lieblingsfarbe"]
    for number in BAD:
        assert f">{number}</td>" in preview.content.decode()
        assert reasons(run, number)

    borken.client.post(page.request["PATH_INFO"], {"take": "1"})
    assert Company.objects.published().count() == 236
    assert Company.objects.unclaimed().count() == 236

    bad_lines = borken.client.get(reverse("admin:networks_companyimport_bad_lines", args=[run.pk])).content
    again = upload(borken, corrected(bad_lines))
    assert again.state == State.CHECKED  # the columns are remembered
    assert set(verdicts(again).values()) == {Verdict.NEW}
    actions.take_over(again, by=borken.curator)
    assert Company.objects.published().count() == 248

    for content in (corrected(SAMPLE.read_bytes()), corrected(bad_lines)):
        same = upload(borken, content)
        assert set(verdicts(same).values()) == {Verdict.UNCHANGED}
        borken.client.post(reverse("admin:networks_companyimport_change", args=[same.pk]), {"take": "1"})
    assert Company.objects.count() == 248


def corrected(content: bytes) -> bytes:
    """What the curator writes into the twelve cells, each known by what was wrong there."""
    text = content.decode("utf-8-sig") if content.startswith(b"\xef\xbb\xbf") else content.decode("cp1252")
    head, *rows = list(csv.reader(StringIO(text), delimiter=";"))
    place = {title: number for number, title in enumerate(head)}
    right = {
        ("Ort", "Entenhausen"): "Ahaus",
        ("E-Mail", "info(at)firma.example"): "info@firma.example",
        ("Homepage", "bald verfügbar"): "",
        ("gegründet", "2999"): "1999",
        ("Branche", "Zauberei"): "28",
        ("Kompetenzen", "Handauflegen"): "",
        ("Mitarbeiter", "viele"): "30",
        ("Tel.", "nach Vereinbarung"): "",
        ("Firma", ""): "Nachgetragen GmbH",
        ("PLZ", "49074"): "",
    }
    seen = "Grund" in place
    for number, row in enumerate(rows):
        repeated = row in rows[:number] or (seen and "steht schon in Zeile" in row[place["Grund"]])
        for (title, wrong), better in right.items():
            row[place[title]] = better if row[place[title]] == wrong else row[place[title]]
        if row[place["Ort"]] == "Münster":
            row[place["Ort"]], row[place["PLZ"]] = "Bocholt", ""
        if repeated:
            row[place["Firma"]], row[place["Homepage"]] = "Zweitname KG", ""
    out = StringIO()
    csv.writer(out, delimiter=";").writerows([head, *rows])
    return out.getvalue().encode("utf-8-sig")


# -- spellings -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("Ort=Hamburg", "kennen wir in den Regionen nicht"),
        ("Ort=Münster", "zuständig: "),
        ("PLZ=48143", "48143 gehört zu: Münster."),
        ("PLZ=abc", "keine Postleitzahl"),
        ("Website=nicht da", "keine Webadresse"),
        ("Website=javascript:alert(1)", "keine Webadresse"),
        ("E-Mail=a@b@c", "keine E-Mail-Adresse"),
        ("Telefon=gerne mittags", "keine Telefonnummer"),
        ("Gründungsjahr=3026", "kein Gründungsjahr"),
        ("Gründungsjahr=alt", "kein Gründungsjahr"),
        ("Mitarbeitende=10 bis 300", "keine Zahl von Mitarbeitenden"),
        ("Branche=Maschinnenbau", "Meinten Sie"),
        ("Kompetenzen=Cobots; Zaubern", "Das kennen wir nicht: „Zaubern“"),
        ("Netzwerke=Geheimbund", "Das kennen wir nicht"),
        ("Netzwerke=autOS", "betreut Ihre Wirtschaftsförderung nicht"),
        ("Kurzbeschreibung=" + "x" * 221, "Höchstens 220 Zeichen; hier sind es 221."),
        ("Name=" + "x" * 161, "Höchstens 160 Zeichen"),
        ("Straße=#REF!", "Fehler der Tabelle"),
        ("Name=", "Der Name fehlt."),
        ("Ort=", "Der Ort fehlt."),
    ],
)
def test_bad_cell_is_refused_by_line_with_its_reason(borken, cell, problem):
    column, _sign, value = cell.partition("=")
    row = {"Name": "Muster", "Ort": "Ahaus"} | {column: value}
    file = StringIO()
    writer = csv.DictWriter(file, list(row), delimiter=";")
    writer.writeheader()
    writer.writerow(row)
    writer.writerow({"Name": "Gut", "Ort": "Ahaus"})
    run = read_in(borken, file.getvalue())
    assert verdicts(run) == {2: Verdict.ERROR, 3: Verdict.NEW}
    assert problem in reasons(run, 2)
    assert run.lines.get(number=2).findings["problems"][0][0] == column


@pytest.mark.parametrize(
    ("column", "value", "field", "stored"),
    [
        ("Mitarbeitende", "ca. 25", "size", "10-49"),
        ("Mitarbeitende", "10–49", "size", "10-49"),
        ("Mitarbeitende", "1.200", "size", "250+"),
        ("Mitarbeitende", "50 bis 249", "size", "50-249"),
        ("Gründungsjahr", "01.05.1998", "founded", 1998),
        ("Website", "www.muster.example", "website", "https://www.muster.example"),
        ("PLZ", "D-48683", "postcode", "48683"),
        ("Ort", "Stadtlohn", "place", "Stadtlohn"),
        ("Telefon", "'+49 2561 123", "phone", "+49 2561 123"),
        ("Name", "Muster Technik GmbH & Co. KG", "full_name", "Muster Technik GmbH & Co. KG"),
        ("Kurzbeschreibung", "  zwei   Leerzeichen ", "summary", "zwei Leerzeichen"),
    ],
)
def test_usual_spellings_are_understood(borken, column, value, field, stored):
    row = {"Name": "Muster", "Ort": "Ahaus"} | {column: value}
    run = read_in(borken, ";".join(row) + "\n" + ";".join(row.values()))
    actions.take_over(run, by=borken.curator)
    assert getattr(Company.objects.get(), field) == stored


def test_legal_form_is_split_from_the_name(borken):
    actions.take_over(read_in(borken, "Firma;Ort\nMuster GmbH & Co. KG;Ahaus"), by=borken.curator)
    company = Company.objects.get()
    assert (company.name, company.legal_form, company.slug) == ("Muster", "GmbH & Co. KG", "muster")


def test_spreadsheet_comes_in_as_a_csv_does(borken):
    book = Workbook()
    book.active.append(["Firma", "PLZ", "Ort", "gegründet"])
    book.active.append(["Muster GmbH", 48683, "Ahaus", 1998])
    content = BytesIO()
    book.save(content)
    run = upload(borken, content.getvalue(), "liste.xlsx")
    actions.take_over(run, by=borken.curator)
    company = Company.objects.get()
    assert (company.founded, company.postcode, company.place) == (1998, "48683", "Ahaus")


# -- what is there already -----------------------------------------------------------------------------
def test_imported_company_is_published_unclaimed_and_its_contact_is_for_the_agency_only(borken, client):
    head = "Name;Ort;Ansprechperson;E-Mail;Telefon"
    actions.take_over(
        read_in(borken, f"{head}\nMuster;Ahaus;Erika Muster;erika@muster.example;02561 77"), by=borken.curator
    )
    company = Company.objects.get()
    assert (company.state, company.has_owner) == (Company.State.PUBLISHED, False)
    public = client.get(company.get_absolute_url()).content.decode()
    desk = borken.client.get(reverse("admin:networks_company_change", args=[company.pk])).content.decode()
    for told in ("Erika Muster", "erika@muster.example", "02561 77"):
        assert told not in public
        assert told in desk


def test_changes_are_shown_field_by_field_and_empty_cells_leave_things_alone(borken):
    actions.take_over(read_in(borken, f"{HEAD};Telefon\nMuster;GmbH;48683;Ahaus;muster.example;1"), by=borken.curator)
    run = read_in(borken, f"{HEAD};Telefon;Branche\nMuster;GmbH;48683;Ahaus;;2;28")
    line = run.lines.get()
    assert line.verdict == Verdict.CHANGED
    assert [(one["column"], one["before"], one["after"]) for one in line.findings["changes"]] == [
        ("Telefon", "1", "2"),
        ("Branche", "", "28 Maschinenbau"),
    ]
    actions.take_over(run, by=borken.curator)
    company = Company.objects.get()
    assert (company.website, company.phone, company.industry.code) == ("https://muster.example", "2", "28")


def test_history_says_that_it_came_from_a_list(borken):
    actions.take_over(read_in(borken, "Name;Ort;Kompetenzen\nMuster;Ahaus;Cobots; "), by=borken.curator)
    actions.take_over(read_in(borken, "Name;Ort;Telefon\nMuster;Ahaus;3"), by=borken.curator)
    company = Company.objects.get()
    versions = list(company.history.order_by("history_id"))
    assert [(one.origin, one.history_type, one.history_user) for one in versions] == [
        ("import", "+", borken.curator),
        ("import", "~", borken.curator),
    ]
    assert [one.competences.count() for one in versions] == [1, 1]
    verbs = AuditEntry.objects.filter(object_type="networks.company").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["company.listed", "company.edited_by_list"]


def test_imported_company_is_found_in_the_directory(borken, client):
    actions.take_over(read_in(borken, "Name;Ort;Kurzbeschreibung\nÜbbing;Ahaus;Fräsen"), by=borken.curator)
    assert "Übbing" in client.get(reverse("networks:company-list"), {"q": "fraesen"}).content.decode()


def test_perhaps_the_same_waits_for_the_curator(borken):
    actions.take_over(read_in(borken, f"{HEAD}\nMüller;GmbH;48683;Ahaus;mueller.example"), by=borken.curator)
    run = read_in(borken, f"{HEAD}\nMueller Technik;;46325;Borken;www.mueller.example\nAndere;;;Ahaus;")
    assert verdicts(run) == {2: Verdict.DUPLICATE, 3: Verdict.NEW}
    line = run.lines.get(number=2)
    assert [one["reason"] for one in line.findings["suspects"]] == ["gleiche Website"]
    actions.take_over(run, by=borken.curator)
    assert Company.objects.count() == 2

    run = read_in(borken, f"{HEAD}\nMueller Technik;;46325;Borken;www.mueller.example")
    url = reverse("admin:networks_companyimport_change", args=[run.pk])
    borken.client.post(url, {"line": "2", "l2-decision": "new", "decide": "1"})
    assert verdicts(run) == {2: Verdict.NEW}
    borken.client.post(url, {"take": "1"})
    assert Company.objects.count() == 3


def test_curator_says_that_it_is_the_same(borken):
    actions.take_over(read_in(borken, f"{HEAD}\nMüller;GmbH;48683;Ahaus;mueller.example"), by=borken.curator)
    company = Company.objects.get()
    run = read_in(borken, f"{HEAD}\nMueller Technik;;46325;Borken;www.mueller.example")
    run = actions.decide_lines(run, {2: str(company.pk)}, by=borken.curator)
    actions.take_over(run, by=borken.curator)
    company.refresh_from_db()
    assert (company.name, company.place, company.slug) == ("Mueller Technik", "Borken", "mueller-technik")
    assert company.history.first().origin == "import"


def test_companies_of_other_agencies_and_places_are_refused_by_line(borken, make_company):
    elsewhere = Agency.objects.get(slug="wfm-muenster")
    muenster = SimpleNamespace(agency=elsewhere, curator=borken.curator)
    actions.take_over(read_in(muenster, f"{HEAD}\nFremd;;;Münster;fremd.example"), by=borken.curator)
    run = read_in(borken, f"{HEAD}\nFremd;;;Münster;fremd.example\nFremd;;;Ahaus;fremd.example")
    assert verdicts(run) == {2: Verdict.ERROR, 3: Verdict.ERROR}
    assert "zuständig: " in reasons(run, 2)
    assert "von einer anderen Wirtschaftsförderung betreut" in reasons(run, 3)


def test_unpublished_company_of_another_agency_is_not_betrayed(borken):
    muenster = SimpleNamespace(agency=Agency.objects.get(slug="wfm-muenster"), curator=borken.curator)
    actions.take_over(read_in(muenster, f"{HEAD}\nGeheim;;;Münster;geheim.example"), by=borken.curator)
    Company.objects.update(state=Company.State.PENDING)
    assert verdicts(read_in(borken, f"{HEAD}\nGeheim;;;Ahaus;geheim.example")) == {2: Verdict.NEW}


def test_archived_company_is_not_changed(borken):
    actions.take_over(read_in(borken, "Name;Ort\nMuster;Ahaus"), by=borken.curator)
    Company.objects.update(state=Company.State.ARCHIVED)
    run = read_in(borken, "Name;Ort;Telefon\nMuster;Ahaus;1")
    assert "archiviert" in reasons(run, 2)


# -- networks ------------------------------------------------------------------------------------------
def test_member_list_of_a_network(borken):
    network = Network.objects.get(short_name="Robotik für KMU")
    run = read_in(borken, "Name;Ort\nMuster;Ahaus\nBeispiel;Ahaus", network=network)
    actions.take_over(run, by=borken.curator)
    assert Membership.objects.active().filter(network=network).count() == 2
    assert verdicts(read_in(borken, "Name;Ort\nMuster;Ahaus", network=network)) == {2: Verdict.UNCHANGED}


def test_member_with_an_owner_is_told_and_others_cost_no_mail(borken, make_person):
    actions.take_over(read_in(borken, "Name;Ort\nMuster;Ahaus\nBeispiel;Ahaus"), by=borken.curator)
    owner = make_person("chefin@muster.example", "Chefin")
    Company.objects.get(name="Muster").people.create(person=owner)
    OutboxMail.objects.all().delete()
    run = read_in(borken, "Name;Ort;Netzwerke\nMuster;Ahaus;Robotik für KMU\nBeispiel;Ahaus;Robotik für KMU")
    actions.take_over(run, by=borken.curator)
    assert list(OutboxMail.objects.values_list("recipient", flat=True)) == ["chefin@muster.example"]


def test_open_request_is_decided_by_people_not_by_a_list(borken):
    actions.take_over(read_in(borken, "Name;Ort\nMuster;Ahaus"), by=borken.curator)
    network = Network.objects.get(short_name="Robotik für KMU")
    Membership.objects.create(company=Company.objects.get(), network=network)
    run = read_in(borken, "Name;Ort;Netzwerke\nMuster;Ahaus;Robotik für KMU")
    assert "wartet schon" in reasons(run, 2)


# -- all or nothing, and back again --------------------------------------------------------------------
def test_what_changed_since_the_preview_is_shown_first_and_nothing_is_written(borken):
    run = read_in(borken, "Name;Ort;Telefon\nMuster;Ahaus;1\nZweite;Ahaus;2")
    other = read_in(borken, "Name;Ort;Telefon\nMuster;Ahaus;9")
    actions.take_over(other, by=borken.curator)
    run = actions.take_over(run, by=borken.curator)
    assert (run.state, Company.objects.count()) == (State.CHECKED, 1)
    assert "Noch ist nichts übernommen" in run.message
    assert verdicts(run) == {2: Verdict.CHANGED, 3: Verdict.NEW}


def test_error_in_the_middle_leaves_nothing_behind(borken, monkeypatch):
    run = read_in(borken, "Name;Ort;Kompetenzen\nMuster;Ahaus;Cobots\nZweite;Ahaus;")
    with connection.cursor() as cursor:  # the database itself refuses the second line
        cursor.execute("CREATE UNIQUE INDEX one_company_per_town ON networks_company (municipality_id)")
    monkeypatch.setattr(actions, "AT_ONE_SITTING", 0)
    run = actions.take_over(run, by=borken.curator)
    assert run.state == State.TAKING
    run_errands()
    run.refresh_from_db()
    assert (run.state, Company.objects.count()) == (State.CHECKED, 0)
    assert "schiefgegangen" in run.message


def test_long_list_is_the_workers_and_its_progress_is_shown(borken, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONE_SITTING", 1)
    run = upload(borken, b"Name;Ort\nMuster;Ahaus\nZweite;Ahaus")
    url = reverse("admin:networks_companyimport_change", args=[run.pk])
    assert run.state == State.CHECKING
    assert "0 von 2 Zeilen" in borken.client.get(url).content.decode()
    assert run_errands() == 1
    borken.client.post(url, {"take": "1"})
    assert "in einem Schritt" in borken.client.get(url).content.decode()
    run_errands()
    run.refresh_from_db()
    assert (run.state, Company.objects.count()) == (State.TAKEN, 2)
    assert run_errands() == 0


def test_list_is_taken_back_while_nobody_touched_it(borken):
    first = read_in(borken, "Name;Ort;Telefon;Kompetenzen\nMuster;Ahaus;1;Cobots")
    actions.take_over(first, by=borken.curator)
    second = read_in(
        borken,
        "Name;Ort;Telefon;Kompetenzen;Netzwerke\nMuster;Ahaus;2;Industrieroboter;Robotik für KMU\n"
        "Neu;Ahaus;3;Cobots;Robotik für KMU",
    )
    assert set(verdicts(second).values()) == {Verdict.CHANGED, Verdict.NEW}, second.lines.values_list("findings")
    actions.take_over(second, by=borken.curator)
    assert plan_undo(first).possible == 0  # the second list touched it
    assert plan_undo(second).possible == 2
    undo_import(second, by=borken.curator)
    company = Company.objects.get()
    assert (company.phone, company.competences.get().name_de) == ("1", "Kollaborative Roboter (Cobots)")
    assert not Membership.objects.exists()
    assert set(Company.history.values_list("name", flat=True)) == {"Muster"}


def test_what_somebody_touched_stays(borken, make_person):
    run = read_in(borken, "Name;Ort\nMuster;Ahaus\nClaimed;Ahaus\nFrei;Ahaus")
    actions.take_over(run, by=borken.curator)
    edit_company(Company.objects.get(name="Muster"), {"summary": "Neu"}, by=borken.curator)
    Company.objects.get(name="Claimed").people.create(person=make_person("a@b.example"))
    url = reverse("admin:networks_companyimport_change", args=[run.pk])
    page = borken.client.get(url)
    assert [line.name for line in page.context["undoing"].touched] == ["Muster", "Claimed"]
    borken.client.post(url, {"undo": "1"})
    assert set(Company.objects.values_list("name", flat=True)) == {"Muster", "Claimed"}
    run.refresh_from_db()
    assert run.state == State.UNDONE


def test_twice_taken_is_once_written(borken):
    run = read_in(borken, "Name;Ort\nMuster;Ahaus")
    url = reverse("admin:networks_companyimport_change", args=[run.pk])
    for _ in range(2):
        borken.client.post(url, {"take": "1"})
    assert Company.objects.count() == 1


def test_old_lists_are_forgotten_and_companies_stay(borken):
    run = read_in(borken, "Name;Ort\nMuster;Ahaus")
    actions.take_over(run, by=borken.curator)
    tick(timezone.localdate() + timedelta(days=91))
    assert not ImportLine.objects.exists()
    assert Company.objects.exists()


# -- the page ------------------------------------------------------------------------------------------
def test_column_that_nobody_knows_is_sorted_out_once(borken):
    run = upload(borken, b"Kunde;Wo\nMuster;Ahaus")
    url = reverse("admin:networks_companyimport_change", args=[run.pk])
    refused = borken.client.post(url, {"c0": "", "c1": "Ort", "map": "1"})
    assert "Ohne ihn geht es nicht" in refused.content.decode()
    refused = borken.client.post(url, {"c0": "Ort", "c1": "Ort", "map": "1"})
    assert "schon einer anderen Spalte" in refused.content.decode()
    borken.client.post(url, {"c0": "Name", "c1": "Ort", "map": "1"})
    assert verdicts(run) == {2: Verdict.NEW}
    assert dict(ColumnChoice.objects.values_list("title", "column")) == {"kunde": "Name", "wo": "Ort"}
    assert upload(borken, b"Wo;Kunde\nAhaus;Zweite").state == State.CHECKED


@pytest.mark.parametrize("content", [b"", b"Name;Ort\n", b"PK\x03\x04x", b"\0\0\0"])
def test_unreadable_file_is_refused_beside_the_field(borken, content):
    file = BytesIO(content)
    file.name = "liste.csv"
    answer = borken.client.post(reverse("admin:networks_companyimport_add"), {"file": file, "agency": borken.agency.pk})
    assert answer.context["form"].errors["file"]


def test_list_for_another_agency_is_refused(borken):
    file = BytesIO(b"Name;Ort\nMuster;Ahaus")
    file.name = "liste.csv"
    other = Agency.objects.get(slug="wigos")
    answer = borken.client.post(reverse("admin:networks_companyimport_add"), {"file": file, "agency": other.pk})
    assert answer.context["form"].errors["agency"]
    assert not CompanyImport.objects.exists()


# -- out and in again ----------------------------------------------------------------------------------
ODD = st.text(st.sampled_from("aÄß é=+-@'\";,|\t\n\u00ad\u200b&.()GmbHKG1"), max_size=40)
COMPANIES = st.lists(
    st.fixed_dictionaries(
        {
            "name": ODD.filter(str.strip),
            "legal_form": st.sampled_from(["", "GmbH", "e. K.", "UG (haftungsbeschränkt)"]),
            "summary": ODD,
            "description": ODD,
            "website": st.sampled_from(["", "http://a.example/", "https://www.b.example/x/?q=1"]),
            "street": ODD,
            "founded": st.sampled_from([None, 1200, 1999, 2026]),
            "size": st.sampled_from(["", *Company.Size.values]),
            "email": st.sampled_from(["", "a+b@x.example"]),
            "phone": st.sampled_from(["", "+49 2561 1", "0049/2561-12"]),
            "email_visibility": st.sampled_from(["nobody", "public"]),
            "phone_visibility": st.sampled_from(["nobody", "members"]),
        }
    ),
    min_size=1,
    max_size=4,
)


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(companies=COMPANIES, chosen=st.data())
def test_what_is_exported_and_imported_again_changes_nothing(borken, write, companies, chosen):
    Company.objects.all().delete()
    towns = list(Municipality.objects.filter(district__home_agency=borken.agency))
    competences, industries = list(Competence.objects.all()), [None, *Industry.objects.all()]
    networks = list(Network.objects.published())
    for number, fields in enumerate(companies):
        town, industry = chosen.draw(st.sampled_from(towns)), chosen.draw(st.sampled_from(industries))
        company = Company(
            slug=f"c{number}", state=Company.State.PUBLISHED, municipality=town, industry=industry, **fields
        )
        company.name_key, company.website_domain = name_key(company.name), website_domain(company.website)
        company.save()
        company.competences.set(chosen.draw(st.sets(st.sampled_from(competences), max_size=4)))
        for network in chosen.draw(st.sets(st.sampled_from(networks), max_size=2)):
            Membership.objects.create(company=company, network=network, state="active", joined_at=timezone.now())
    rows = [list(company_cells(company).values()) for company in with_cells(Company.objects.by_name())]
    run = read_in(borken, write(list(Column), rows))
    assert not run.lines.to_take().exists()
    if len({name_key(fields["name"]) for fields in companies}) == len(companies):
        assert set(verdicts(run).values()) == {Verdict.UNCHANGED}


def test_lists_are_for_their_agency_only(borken, client_of, make_person):
    """The other pages of a list have their rows in tests/test_admin_scope.py."""
    run = read_in(borken, "Name;Ort\nMuster;Ahaus\n;Ahaus")
    other = make_person("anderswo@example.org", is_staff=True)
    AgencyStaff.objects.create(agency=Agency.objects.get(slug="wigos"), person=other)
    page, file = (reverse(f"admin:networks_companyimport_{name}", args=[run.pk]) for name in ("change", "bad_lines"))
    assert borken.client.get(file).status_code == 200
    assert client_of(other).get(file).status_code == client_of(other).get(page).status_code == 404
    for step in ("map", "decide", "take", "undo"):
        assert client_of(other).post(page, {step: "1", "c0": "Name", "c1": "Ort", "line": "2"}).status_code == 404
        assert client_of(make_person(f"{step}@example.org")).post(page, {step: "1"}).status_code == 403
        assert client_of(None).post(page, {step: "1"}).status_code == 302
    run.refresh_from_db()
    assert (run.state, Company.objects.count()) == (State.CHECKED, 0)


@pytest.mark.parametrize("column", ["Name;Ort", "Name;Ort;Telefon"])
def test_preview_asks_the_same_for_three_lines_and_for_fifty(borken, column):
    def asked(lines: int) -> int:
        run = read_in(borken, "\n".join([column, *(f"Firma {lines} {n};Ahaus;?" for n in range(lines))]))
        url = reverse("admin:networks_companyimport_change", args=[run.pk])
        borken.client.get(url)
        with CaptureQueriesContext(connection) as queries:
            borken.client.get(url)
        return len(queries)

    assert asked(3) == asked(50) <= 25
