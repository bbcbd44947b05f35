"""Rows of reference data: created once, updated later, but never against what staff did in between."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import ForeignKey, Manager, Model

from networks.models import LoadedRecord

KEY_FIELDS = ("slug", "ags", "code", "key")
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Row:
    """One row of a file: how to find it, and what it should say: objects, dates, plain values, lists of objects."""

    find: dict[str, Any]
    values: dict[str, Any]

    @property
    def key(self) -> str:
        return _key(self.find.values())


@dataclass
class Counts:
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    left_alone: int = 0  # staff edited or deleted it

    @property
    def changed(self) -> bool:
        return bool(self.created or self.updated)


@dataclass
class Loader:
    """Loads rows of any model; `at` is the moment that the history names."""

    at: datetime
    counts: dict[str, Counts] = field(default_factory=dict)

    def load(self, model: type[M], rows: Iterable[Row]) -> dict[str, M]:
        """What is there now, by key; what staff deleted stays deleted and is missing here."""
        wanted = list(rows)
        counts = self.counts.setdefault(_name(model), Counts())
        last = {record.key: record for record in LoadedRecord.objects.filter(model=_name(model))}
        existing = _existing(model, wanted)
        found: dict[str, M] = {}
        for row in wanted:
            record = last.get(row.key)
            if row.key in existing:
                found[row.key] = self._update(existing[row.key], row, record, counts)
            elif record is None:
                found[row.key] = self._create(model, row, counts)
            else:
                counts.left_alone += 1
        return found

    def _create(self, model: type[M], row: Row, counts: Counts) -> M:
        lists = {name for name, value in row.values.items() if isinstance(value, list)} & _many(model)
        thing = model(**row.find, **{name: value for name, value in row.values.items() if name not in lists})
        self._save(thing)
        for name in sorted(lists):
            getattr(thing, name).set(row.values[name])
        LoadedRecord.objects.create(model=_name(model), key=row.key, values=_plain_values(row.values))
        counts.created += 1
        return thing

    def _update(self, thing: M, row: Row, record: LoadedRecord | None, counts: Counts) -> M:
        """Each field for itself: it changes only where it still says what was loaded last."""
        last = record.values if record else {}
        wanted, present = _plain_values(row.values), {name: _present(thing, name) for name in row.values}
        changed = [name for name in wanted if wanted[name] != present[name]]
        ours = [name for name in changed if present[name] == last.get(name, _default(thing, name))]
        if ours:
            self._write(thing, {name: row.values[name] for name in ours})
            LoadedRecord.objects.update_or_create(
                model=_name(type(thing)),
                key=row.key,
                defaults={"values": {**last, **{name: wanted[name] for name in ours}}},
            )
        counts.updated += bool(ours)
        counts.left_alone += bool(len(changed) > len(ours))
        counts.unchanged += not changed
        return thing

    def _write(self, thing: Model, values: dict[str, Any]) -> None:
        lists = _many(type(thing)) & set(values)
        fields = [name for name in values if name not in lists]
        for name in fields:
            setattr(thing, name, values[name])
        if fields:
            self._save(thing, update_fields=fields)
        for name in sorted(lists):
            getattr(thing, name).set(values[name])

    def _save(self, thing: Model, **how: Any) -> None:
        thing._history_date = self.at  # type: ignore[attr-defined]  # simple-history reads it
        thing.save(**how)


def plain(value: Any) -> Any:
    """The value as JSON knows it; objects by their key, which outlives a move to another database."""
    if isinstance(value, Model):
        return next(getattr(value, name) for name in KEY_FIELDS if hasattr(value, name))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return sorted(map(plain, value))
    return value


def _plain_values(values: dict[str, Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in values.items()}


def _present(thing: Model, name: str) -> Any:
    value = getattr(thing, name)
    return plain(list(value.all()) if isinstance(value, Manager) else value)


def _default(thing: Model, name: str) -> Any:
    return [] if name in _many(type(thing)) else plain(thing._meta.get_field(name).get_default())  # type: ignore[union-attr]


def _existing(model: type[M], rows: list[Row]) -> dict[str, M]:
    if not rows:
        return {}
    names = list(rows[0].find)
    relations = set(_relations(model))
    related = [name for name in (*names, *rows[0].values) if name in relations]
    things = model._default_manager.select_related(*related).prefetch_related(
        *sorted(_many(model) & set(rows[0].values))
    )
    return {_key(getattr(thing, name) for name in names): thing for thing in things}


def _key(values: Iterable[Any]) -> str:
    return "/".join(str(plain(value)) for value in values)


def _many(model: type[Model]) -> set[str]:
    return {relation.name for relation in model._meta.many_to_many}


def _relations(model: type[Model]) -> Iterator[str]:
    return (relation.name for relation in model._meta.get_fields() if isinstance(relation, ForeignKey))


def _name(model: type[Model]) -> str:
    return model._meta.label_lower
