"""Everything the portal knows about somebody, section by section: for the person to read, and to take along."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.formats import date_format, localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import AuditEntry
from accounts.personal_data import Rows, Somebody, all_rows, all_traces, operator
from accounts.sweeping import mentions
from accounts.verbs import verb_in_words

MOST_SHOWN = 50


@dataclass(frozen=True)
class Value:
    name: str
    label: str
    raw: Any
    text: str


@dataclass(frozen=True)
class Entry:
    responsible: str
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    fate: str
    entries: tuple[Entry, ...]

    @property
    def shown(self) -> tuple[Entry, ...]:
        """What fits on a page."""
        return self.entries[:MOST_SHOWN]

    @property
    def is_long(self) -> bool:
        return len(self.entries) > MOST_SHOWN

    @property
    def responsible(self) -> str:
        """All who answer for something in this section."""
        return ", ".join(sorted({entry.responsible for entry in self.entries}))


def sections_about(who: Somebody) -> list[Section]:
    found = [_section(rows, who) for rows in all_rows()]
    found += [_deeds(who), _log(who)] if who.person else []
    return [section for section in found if section.entries]


def _section(rows: Rows, who: Somebody) -> Section:
    entries = tuple(_entry(rows, row) for row in rows.theirs(who).order_by("pk"))
    return Section(rows.model._meta.label_lower, str(rows.title), str(rows.fate), entries)


def _entry(rows: Rows, row: Any) -> Entry:
    values = (_value(rows, row, name) for name in rows.shows)
    return Entry(rows.responsible(row), tuple(value for value in values if value.raw not in (None, "", [], {})))


def _value(rows: Rows, row: Any, name: str) -> Value:
    column: Any = rows.model._meta.get_field(name)
    label = rows.labels.get(name) or getattr(column, "verbose_name", name)
    raw = str(getattr(row, name) or "") if column.is_relation else column.value_from_object(row)
    display = getattr(row, f"get_{name}_display", None)
    return Value(name, capfirst(str(label)), raw, display() if display else in_words(raw))


def in_words(raw: Any) -> str:
    if isinstance(raw, datetime):
        return date_format(timezone.localtime(raw), "SHORT_DATETIME_FORMAT")
    if isinstance(raw, bool):
        return _("ja") if raw else _("nein")
    if isinstance(raw, dict):
        return "; ".join(f"{key}: {value}" for key, value in raw.items())
    return str(localize(raw)) if isinstance(raw, date) else str(raw)


def _deeds(who: Somebody) -> Section:
    """What somebody did to things of others: how often and when, without what others wrote there."""
    counted = (
        (model, name, _times(model, name, when, who)) for model, name, when in all_traces() if model is not AuditEntry
    )
    entries = [_deed(model, name, times) for model, name, times in counted if times["n"]]
    return Section(
        "traces",
        _("Was Sie an Gemeinsamem getan haben"),
        _("Es bleibt; dass Sie es waren, wird vergessen."),
        tuple(entries),
    )


def _times(model: type[models.Model], name: str, when: str, who: Somebody) -> dict[str, Any]:
    rows = model._base_manager.filter(**{name: who.person})
    return rows.aggregate(n=models.Count("pk"), first=Min(when), last=Max(when))


def _deed(model: type[models.Model], name: str, times: dict[str, Any]) -> Entry:
    column: Any = model._meta.get_field(name)
    what = f"{model._meta.verbose_name}: {column.verbose_name}"
    return _listed(
        ("what", _("was"), what),
        ("count", _("wie oft"), times["n"]),
        ("first", _("zuerst"), times["first"]),
        ("last", _("zuletzt"), times["last"]),
    )


def _log(who: Somebody) -> Section:
    """The names of things may be other people's, so the log says when and what, not on whom."""
    entries = AuditEntry.objects.filter(by=who.person).order_by("-at", "-pk").values_list("at", "verb")
    listed = (_listed(("at", _("wann"), at), ("verb", _("was"), verb_in_words(verb))) for at, verb in entries)
    return Section("log", _("Protokoll"), _("Es bleibt; dass Sie es waren, wird vergessen."), tuple(listed))


def _listed(*values: tuple[str, str, Any]) -> Entry:
    shown = (Value(name, capfirst(label), raw, in_words(raw)) for name, label, raw in values if raw is not None)
    return Entry(operator(None), tuple(shown))


def as_json(sections: Iterable[Section]) -> dict[str, Any]:
    return {
        "as_of": timezone.now(),
        "sections": [
            {
                "key": section.key,
                "title": section.title,
                "entries": [
                    {"responsible": entry.responsible, **{value.name: value.raw for value in entry.values}}
                    for entry in section.entries
                ],
            }
            for section in sections
        ],
    }


def quoted_in(who: Somebody) -> list[dict[str, str]]:
    """For the operator: where others name this person, without their texts."""
    return [{"model": model._meta.label_lower, "key": key, "column": name} for model, key, name in mentions(who)]
