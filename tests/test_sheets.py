"""Tables in and out: every spelling of CSV that German offices send, XLSX, and formulas that must stay text."""

import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from accounts.sheets.formulas import as_meant, harmless
from accounts.sheets.reading import Unreadable, read_table
from accounts.sheets.writing import write_csv, write_xlsx
from networks.sheets.companies import REASON, Column, guess
from networks.sheets.names import name_and_form, several

LINES = 'Name{0}Ort{0}Text\r\nMüller{0}Bad Iburg{0}"zwei\nZeilen, und ""Zitat"""\r\n\r\nGroß & Co{0}Ahaus{0}€ 5\r\n'


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_separators_encodings_and_quoted_line_breaks_are_read(separator, encoding):
    table = read_table(LINES.format(separator).encode(encoding))
    assert table.header == ("Name", "Ort", "Text")
    assert [line.number for line in table.lines] == [2, 4]
    assert table.lines[0].cells == ("Müller", "Bad Iburg", 'zwei\nZeilen, und "Zitat"')
    assert table.lines[1].cells == ("Groß & Co", "Ahaus", "€ 5")


def test_the_line_with_which_excel_names_its_separator_is_no_header():
    assert read_table(b"sep=,\r\nName,Ort\r\nA;B,Ahaus\r\n").lines[0].cells == ("A;B", "Ahaus")


def test_spreadsheet_is_read_as_it_shows():
    book = Workbook()
    book.active.append(["Name", "PLZ", "Jahr", "Tag", "Kosten", "leer"])
    day = datetime(2026, 5, 4)  # noqa: DTZ001 - spreadsheets know no zones
    book.active.append([" Müller\u00a0", 48143, 1998.0, day, 2.5, None])
    content = BytesIO()
    book.save(content)
    table = read_table(content.getvalue())
    assert table.lines[0].cells == ("Müller", "48143", "1998", "04.05.2026", "2,5", "")


@pytest.mark.parametrize(
    "content",
    [b"", b"Name;Ort\r\n", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\x00\x00\x00old xls", b"x" * 10_000_001],
)
def test_what_is_no_table_is_refused_in_words(content):
    with pytest.raises(Unreadable) as told:
        read_table(content)
    assert len(str(told.value)) > 20


def a_book() -> bytes:
    book, content = Workbook(), BytesIO()
    for number in range(300):
        book.active.append([f"Firma {number}", "Ort"])
    book.save(content)
    return content.getvalue()


def damaged(name: str) -> bytes:
    """The first bytes of one file in the archive are no longer what they were."""
    content = bytearray(a_book())
    at = zipfile.ZipFile(BytesIO(content)).getinfo(name).header_offset + 30 + len(name)
    content[at : at + 8] = b"\xff" * 8
    return bytes(content)


def marked(byte_of_entry: int, value: int) -> bytes:
    """Every entry of the archive says something else of itself, in both of its headers."""
    content = bytearray(a_book())
    for signature, later in ((b"PK\x03\x04", 0), (b"PK\x01\x02", 2)):
        at = content.find(signature)
        while at >= 0:
            content[at + byte_of_entry + later] = value
            at = content.find(signature, at + 4)
    return bytes(content)


def bomb() -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 90_000_000)
    return content.getvalue()


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: damaged("xl/worksheets/sheet1.xml"), id="damaged sheet"),
        pytest.param(lambda: damaged("xl/workbook.xml"), id="damaged workbook"),
        pytest.param(lambda: damaged("[Content_Types].xml"), id="damaged types"),
        pytest.param(lambda: marked(6, 1), id="encrypted"),
        pytest.param(lambda: marked(8, 99), id="packed in an unknown way"),
        pytest.param(bomb, id="bomb"),
    ],
)
def test_a_spreadsheet_that_is_broken_is_refused_in_words(make):
    test_what_is_no_table_is_refused_in_words(make())


@pytest.mark.parametrize("text", ["=1+1", "+49 251 1", "-1", "@SUM(A1)", "'=1", "''+2", " =1", "\t=1"])
def test_formulas_get_an_apostrophe_that_reading_takes_off(text):
    assert harmless(text) == f"'{text}"
    assert as_meant(harmless(text)) == text


@given(st.text())
def test_any_text_comes_back_from_its_neutral_form(text):
    assert as_meant(harmless(text)) == text


@pytest.mark.parametrize("text", ["Müller", "'s-Hertogenbosch", "4 + 4", "o'Neil", ""])
def test_plain_text_stays_as_it_is(text):
    assert harmless(text) == as_meant(text) == text


ROW = (
    "Größe",
    12,
    Decimal("2.5"),
    date(2026, 5, 4),
    datetime(2026, 5, 4, 9, 30, tzinfo=UTC),
    None,
    "=1",
    "zwei\nZeilen",
)


def test_csv_opens_right_in_german_excel():
    content = write_csv(["A"] * 8, [ROW])
    assert content.startswith(b"\xef\xbb\xbf")
    assert (
        content.decode("utf-8-sig").split("\r\n")[1] == 'Größe;12;2,5;04.05.2026;04.05.2026 09:30;;\'=1;"zwei\nZeilen"'
    )


def test_xlsx_keeps_numbers_dates_and_no_formula():
    sheet = load_workbook(BytesIO(write_xlsx(["A"] * 8, [ROW], "Liste: Ä/B"))).active
    assert sheet.title == "Liste ÄB"
    assert [cell.value for cell in sheet[2]] == [
        "Größe",
        12,
        2.5,
        datetime(2026, 5, 4),  # noqa: DTZ001 - spreadsheets know no zones
        datetime(2026, 5, 4, 9, 30),  # noqa: DTZ001 - the same
        None,
        "'=1",
        "zwei\nZeilen",
    ]
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n", "d"}


def test_columns_are_known_by_their_usual_names_in_any_order():
    titles = [
        "Telefon-Nr.",
        "Firma",
        "Homepage",
        "Mitarbeiter",
        "STRASSE / HAUSNR.",
        "Ort",
        "E-Mail",
        "Lieblingsfarbe",
        REASON,
    ]
    assert guess(titles, {}) == [
        Column.PHONE,
        Column.NAME,
        Column.WEBSITE,
        Column.SIZE,
        Column.STREET,
        Column.TOWN,
        Column.EMAIL,
        None,
        None,
    ]


def test_each_column_is_taken_once_and_the_exact_title_wins():
    assert guess(["Firma", "Name", "Unternehmen"], {}) == [None, Column.NAME, None]


def test_what_the_agency_chose_before_is_remembered():
    assert guess(["Lieblingsfarbe", "Firma"], {"lieblingsfarbe": "Branche", "firma": ""}) == [Column.INDUSTRY, None]


@pytest.mark.parametrize(
    ("full", "name", "form"),
    [
        ("Muster Technik GmbH & Co. KG", "Muster Technik", "GmbH & Co. KG"),
        ("Müller GmbH", "Müller", "GmbH"),
        ("Tischlerei Voß e. K.", "Tischlerei Voß", "e. K."),
        ("Kleine, UG (haftungsbeschränkt)", "Kleine", "UG (haftungsbeschränkt)"),
        ("Hilfe gGmbH", "Hilfe", "gGmbH"),
        ("Kruse", "Kruse", ""),
        ("GmbH", "GmbH", ""),
    ],
)
def test_legal_form_is_told_from_the_name(full, name, form):
    assert name_and_form(full) == (name, form)


def test_several_things_in_a_cell():
    known = {"Metall, spanend", "Robotik", "Lasern"}
    assert several("Robotik; Metall, spanend\nLasern,Robotik", known.__contains__) == [
        "Robotik",
        "Metall, spanend",
        "Lasern",
    ]
