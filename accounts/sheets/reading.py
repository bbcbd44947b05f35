"""Tables that people have at hand: CSV in the spellings of German offices, and XLSX."""

import csv
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from accounts.sheets.formulas import as_meant

LARGEST = 10_000_000  # bytes
LARGEST_UNPACKED = 80_000_000
MOST_LINES = 20_000
MOST_COLUMNS = 100
LONGEST_CELL = 20_000
SEPARATORS = ";,\t"
BROKEN = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    OSError,
    zlib.error,
    RuntimeError,  # an encrypted archive, or packed in a way nobody knows here
    EOFError,
)


class Unreadable(Exception):
    """The file as a whole cannot be read; the text is for people."""


@dataclass(frozen=True)
class Line:
    """One line; `number` is the one that a spreadsheet shows beside it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    header: tuple[str, ...]
    lines: tuple[Line, ...]


def read_table(content: bytes) -> Table:
    """The first line that is not empty names the columns; empty lines count for the numbers only."""
    if len(content) > LARGEST:
        raise Unreadable(_("Die Datei ist zu groß: höchstens 10 MB."))
    rows = _sheet(content) if content.startswith(b"PK") else _csv(decoded(content))
    filled = (Line(number, cells) for number, cells in enumerate(map(_cells, rows), 1) if any(cells))
    head, *lines = list(islice(filled, MOST_LINES + 2)) or [Line(0, ())]
    if not lines:
        raise Unreadable(_("In dieser Datei steht nichts außer vielleicht einer Kopfzeile."))
    if len(lines) > MOST_LINES:
        raise Unreadable(_("Die Datei hat zu viele Zeilen: höchstens {n}.").format(n=MOST_LINES))
    width = max(len(line.cells) for line in (head, *lines))
    return Table(_padded(head.cells, width), tuple(Line(line.number, _padded(line.cells, width)) for line in lines))


def _padded(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    return cells + ("",) * (width - len(cells))


def _cells(row: Iterable[Any]) -> tuple[str, ...]:
    cells = [_as_text(cell) for cell in islice(row, MOST_COLUMNS)]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _as_text(cell: Any) -> str:
    """What the spreadsheet shows: whole numbers without a point, dates as people write them."""
    if cell is None:
        return ""
    if isinstance(cell, datetime) and not (cell.hour or cell.minute):
        return f"{cell:%d.%m.%Y}"
    if isinstance(cell, datetime):
        return f"{cell:%d.%m.%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else str(cell).replace(".", ",")
    text = str(cell).replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    return as_meant(text.strip(" \u00a0\ufeff")).strip(" \n\u00a0\ufeff")[:LONGEST_CELL]


# -- CSV -------------------------------------------------------------------------------------------
def decoded(content: bytes) -> str:
    """UTF-8 with or without a mark, what Excel calls Unicode text, else the Windows code page."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _csv(text: str) -> Iterator[list[str]]:
    if "\0" in text[:4000]:
        raise Unreadable(
            _("Das ist weder eine CSV- noch eine XLSX-Datei. Ältere XLS-Dateien speichern Sie bitte als XLSX.")
        )
    csv.field_size_limit(1_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    try:
        yield from ([] if _names_separator(row) else row for row in reader)
    except csv.Error as error:
        raise Unreadable(_("Diese Tabelle lässt sich nicht lesen (Zeile {n}).").format(n=reader.line_num)) from error


def _separator(text: str) -> str:
    """The one that the first filled line has most of, outside quotes; Excel may name it before that."""
    head = next((line for line in text.splitlines() if line.strip(f" {SEPARATORS}")), "")
    if head.lower().startswith("sep=") and len(head) == 5:
        return head[4]
    signs = Counter("".join(head.split('"')[::2]))
    return max(SEPARATORS, key=lambda sign: signs[sign])


def _names_separator(row: list[str]) -> bool:
    return bool(row) and row[0].lower() == "sep=" and not any(row[1:])


# -- XLSX ------------------------------------------------------------------------------------------
def _sheet(content: bytes) -> Iterator[tuple[Any, ...]]:
    """The sheet that was in front when the file was saved."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(each.file_size for each in archive.infolist()) > LARGEST_UNPACKED:
                raise Unreadable(_("Die Datei ist ausgepackt zu groß."))
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.active or book.worksheets[0]
        yield from sheet.iter_rows(values_only=True)
    except BROKEN as error:
        raise Unreadable(
            _("Diese Tabelle lässt sich nicht lesen. Bitte speichern Sie sie neu als XLSX oder CSV.")
        ) from error
