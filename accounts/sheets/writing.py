"""Tables as German spreadsheets open them: umlauts, dates, decimal commas, and nothing that is carried out."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from .formulas import harmless

Value = str | int | float | Decimal | date | datetime | None
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767  # more than that Excel takes for a broken file
WIDEST = 48


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """UTF-8 with a mark, semicolons, CRLF: what German Excel opens right by a double click."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(cell) for cell in header])
    writer.writerows(
        [harmless(_as_text(cell)) if isinstance(cell, str) else _as_text(cell) for cell in row] for row in rows
    )
    return text.getvalue().encode("utf-8-sig")


def _as_text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%d.%m.%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, float | Decimal):
        return str(value).replace(".", ",")
    return str(value)


def write_xlsx(header: Sequence[str], rows: Iterable[Sequence[Value]], title: str = "") -> bytes:
    """Numbers and dates stay numbers and dates; moments lose their time zone, which the format does not know."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(_sheet_title(title))  # the type stubs know less of it
    sheet.freeze_panes = "A2"
    for number, name in enumerate(header, 1):
        sheet.column_dimensions[get_column_letter(number)].width = min(WIDEST, max(12, len(name) + 4))
    sheet.append([_heading(sheet, name) for name in header])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _sheet_title(title: str) -> str:
    return "".join(sign for sign in title if sign not in r"[]:*?/\'")[:31] or "Liste"


def _heading(sheet: Any, name: str) -> Any:
    cell = WriteOnlyCell(sheet, harmless(name))
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, value: Value) -> Any:
    if isinstance(value, str):
        return WriteOnlyCell(sheet, harmless(ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL]))
    told: Any = value.replace(tzinfo=None) if isinstance(value, datetime) else value
    cell = WriteOnlyCell(sheet, told)
    if isinstance(value, date):
        cell.number_format = "DD.MM.YYYY HH:MM" if isinstance(value, datetime) else "DD.MM.YYYY"
    return cell
