"""Days from files that people have at hand: tables and calendar files, with errors said where they are."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from django.utils.translation import gettext as _
from icalendar import Calendar

BERLIN = ZoneInfo("Europe/Berlin")
LARGEST = 200_000  # bytes
MOST_LINES = 1000
MOST_REPEATED = 100
MOST_REPEATS = 200
LONGEST = timedelta(days=400)
EARLIEST = 1990
AHEAD = timedelta(days=3 * 366)
COLUMNS = {
    "label": ("label", "name", "anlass", "bezeichnung", "titel"),
    "start": ("start", "von", "beginn", "erster tag"),
    "end": ("end", "bis", "ende", "letzter tag"),
}
FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y")


@dataclass(frozen=True)
class Line:
    """What one line or event says; with an error the rest counts for nothing."""

    number: int
    label: str = ""
    start: date = date.min
    end: date = date.min
    uid: str = ""
    error: str = ""


class Unreadable(Exception):
    """The file as a whole cannot be read; the text is for people."""


def read(content: bytes, today: date) -> list[Line]:
    """CSV or ICS, whichever it is."""
    if len(content) > LARGEST:
        raise Unreadable(_("Die Datei ist zu groß: höchstens 200 kB."))
    text = decoded(content)
    lines = _events(text, today) if text.lstrip().upper().startswith("BEGIN:VCALENDAR") else _table(text)
    found = list(islice(lines, MOST_LINES + 1))
    if len(found) > MOST_LINES:
        raise Unreadable(_("Die Datei hat zu viele Einträge: höchstens {n}.").format(n=MOST_LINES))
    return found


def decoded(content: bytes) -> str:
    """Spreadsheets write UTF-8 with a mark, or the Windows code page."""
    try:
        return content.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace").replace("\0", "")


# -- tables ----------------------------------------------------------------------------------------
def _table(text: str) -> Iterator[Line]:
    rows = text.splitlines()
    separator = ";" if rows and rows[0].count(";") >= rows[0].count(",") else ","
    reader = csv.reader(rows, delimiter=separator)
    try:
        places = _places(next(reader, []))
        for row in reader:
            if any(cell.strip() for cell in row):
                yield _line(reader.line_num, row, places)
    except csv.Error as error:
        raise Unreadable(_("Diese Tabelle lässt sich nicht lesen.")) from error


def _places(head: list[str]) -> dict[str, int]:
    """In which column what stands; the first line names them."""
    names = [cell.strip().casefold() for cell in head]
    places = {field: next((n for n, name in enumerate(names) if name in known), -1) for field, known in COLUMNS.items()}
    if places["label"] < 0 or places["start"] < 0:
        raise Unreadable(_("Die erste Zeile muss die Spalten nennen: Anlass; von; bis."))
    return places


def _line(number: int, row: list[str], places: dict[str, int]) -> Line:
    def cell(field: str) -> str:
        return row[places[field]].strip() if 0 <= places[field] < len(row) else ""

    start, end = _day(cell("start")), _day(cell("end") or cell("start"))
    if start is None or end is None:
        return Line(number, error=_("Kein Tag: {text}").format(text=f"{cell('start')} {cell('end')}".strip()[:60]))
    return checked(Line(number, cell("label"), start, end))


def _day(text: str) -> date | None:
    for form in FORMATS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=BERLIN).date()
        except ValueError:
            continue
    return None


def checked(line: Line) -> Line:
    if not line.label:
        return Line(line.number, error=_("Der Anlass fehlt."))
    if len(line.label) > 120:
        return Line(line.number, error=_("Der Anlass ist länger als 120 Zeichen."))
    if line.end < line.start:
        return Line(line.number, error=_("Das Ende liegt vor dem Anfang."))
    if line.end - line.start > LONGEST or not 2000 <= line.start.year <= 2100:
        return Line(line.number, error=_("Dieser Zeitraum kann nicht stimmen."))
    return line


# -- calendar files --------------------------------------------------------------------------------
def _events(text: str, today: date) -> Iterator[Line]:
    try:
        events = list(Calendar.from_ical(text).walk("VEVENT"))
    except (ValueError, IndexError, KeyError, TypeError) as error:
        raise Unreadable(_("Diese Kalenderdatei lässt sich nicht lesen.")) from error
    if sum("RRULE" in event for event in events) > MOST_REPEATED:
        raise Unreadable(_("Die Datei hat zu viele Serientermine: höchstens {n}.").format(n=MOST_REPEATED))
    for number, event in enumerate(events, 1):
        if str(event.get("TRANSP", "")).upper() != "TRANSPARENT" and str(event.get("STATUS", "")) != "CANCELLED":
            yield from _event(number, event, today)


def _event(number: int, event: Any, today: date) -> Iterator[Line]:
    """All its days; of a repeated one those that are still to come, up to a limit."""
    try:
        start, end = event.decoded("DTSTART"), _end(event)
        first, last = _local(start), _last_day(start, end)
        if first.year < EARLIEST:
            raise ValueError
        begins = _repeats(event, start, today) if "RRULE" in event else [first]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        yield Line(number, error=_("Diesen Termin verstehen wir nicht."))
        return
    label, uid = str(event.get("SUMMARY", "")).strip()[:120] or _("belegt"), str(event.get("UID", ""))[:255]
    for begin in begins:
        yield checked(Line(number, label, begin, begin + (last - first), uid))


def _end(event: Any) -> date:
    if "DTEND" in event:
        end: date = event.decoded("DTEND")
        return end
    start = event.decoded("DTSTART")
    lasts = event.decoded("DURATION") if "DURATION" in event else timedelta(days=not isinstance(start, datetime))
    ends: date = start + lasts
    return ends


def _local(moment: date) -> date:
    if isinstance(moment, datetime):
        return moment.astimezone(BERLIN).date() if moment.tzinfo else moment.date()
    return moment


def _last_day(start: date, end: date) -> date:
    """The end is the first moment that is free again."""
    if not isinstance(end, datetime):
        return max(_local(start), end - timedelta(days=1))
    return max(_local(start), _local(end - timedelta(microseconds=1)))


def _repeats(event: Any, start: date, today: date) -> list[date]:
    """By the wall clock: the rule is asked without a time zone."""
    recur = event["RRULE"][0] if isinstance(event["RRULE"], list) else event["RRULE"]
    begin, horizon = _midnight(_local(start)), _midnight(today + AHEAD)
    count = int(recur["COUNT"][0]) if "COUNT" in recur else None
    rule = rrulestr(_as_days(recur, horizon), dtstart=begin)
    days = (each.date() for each in islice(rule, count))
    still = (day for day in days if day >= today - timedelta(days=366))
    left_out = {_local(each.dt) for dates in _exceptions(event) for each in dates.dts}
    return [day for day in islice(still, MOST_REPEATS) if day not in left_out]


def _midnight(day: date) -> datetime:
    """Without a zone, as rules want it: only whole days count."""
    return datetime.combine(day, datetime.min.time())


def _as_days(recur: Any, horizon: datetime) -> str:
    """The rule for whole days, and never beyond the horizon: some rules would be asked until the year 9999."""
    if str(recur.get("FREQ", [""])[0]).upper() not in {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}:
        raise ValueError
    until = min([horizon, *(_midnight(_local(each)) for each in recur.get("UNTIL", []))])
    parts = [f"UNTIL={until:%Y%m%d}"]
    for name, values in recur.items():
        if name.upper() not in {"UNTIL", "COUNT", "BYHOUR", "BYMINUTE", "BYSECOND"}:
            told = ",".join(str(each) for each in (values if isinstance(values, list) else [values]))
            parts.append(f"{name.upper()}={told}")
    return ";".join(parts)


def _exceptions(event: Any) -> list[Any]:
    found = event.get("EXDATE", [])
    return found if isinstance(found, list) else [found]
