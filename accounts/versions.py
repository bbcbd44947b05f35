"""What was changed in a thing, when, by whom and from where: its history, version beside version, in words."""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

SHOWN = 60
CONTEXT = 6  # words beside a change
Version = Any  # the models of simple-history are made at start


def _common(old: list[str], new: list[str]) -> int:
    """How many words both begin with."""
    return next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


def _around(words: list[str], same: int, tail: int) -> str:
    start, end = max(0, same - CONTEXT), min(len(words), len(words) - tail + CONTEXT)
    return f"{'… ' * (start > 0)}{' '.join(words[start:end])}{' …' * (end < len(words))}"


@dataclass(frozen=True)
class FieldChange:
    label: str
    before: str
    after: str

    @property
    def excerpt(self) -> "FieldChange":
        """Only what differs, with a few words around it: long texts change in one place."""
        old, new = self.before.split(), self.after.split()
        same = _common(old, new)
        tail = _common(old[same:][::-1], new[same:][::-1])
        return FieldChange(self.label, _around(old, same, tail), _around(new, same, tail))


@dataclass(frozen=True)
class Change:
    at: datetime
    by: str
    origin: str
    fields: tuple[FieldChange, ...]


def editor_of(version: Version) -> str:
    return version.history_user.known_as if version.history_user else _("das Portal")


def changes_of(
    thing: Any, *, who: Callable[[Version], str] = editor_of, names: Collection[str] | None = None
) -> list[Change]:
    """The latest changes first; each with the fields that differ from the version before."""
    history = thing.history.order_by("-history_date", "-history_id")[: SHOWN + 1]
    return _compared(thing, list(history), who, names)


def newest_version(thing: Any) -> int | None:
    return thing.history.order_by("-history_date", "-history_id").values_list("pk", flat=True).first()  # type: ignore[no-any-return]


def changes_since(thing: Any, started: int, *, names: Collection[str]) -> list[Change]:
    """What differs now from the version somebody began with."""
    began = thing.history.filter(pk=started).first()
    newest = thing.history.order_by("-history_date", "-history_id").first()
    if began is None or newest is None or began.pk == newest.pk:
        return []
    return _compared(thing, [newest, began], editor_of, names)


def _compared(
    thing: Any, versions: list[Version], who: Callable[[Version], str], names: Collection[str] | None
) -> list[Change]:
    model = thing.history.model
    fields = [field for field in model.tracked_fields if _is_shown(field, names)]
    related = [field.name for field in fields if field.is_relation]
    prefetch_related_objects(versions, "history_user", *related)
    many = {field: _chosen(model, field, versions) for field in model._history_m2m_fields if _is_shown(field, names)}
    spoken = [_in_words(version, fields, many) for version in versions]
    found = [
        Change(version.history_date, who(version), version.get_origin_display(), _differences(newer, older))
        for version, newer, older in zip(versions, spoken, spoken[1:], strict=False)
    ]
    return [change for change in found if change.fields]


def _is_shown(field: Any, names: Collection[str] | None) -> bool:
    return field.editable and not field.primary_key if names is None else field.name in names


def _chosen(model: Any, field: Any, versions: list[Version]) -> dict[int, list[str]]:
    """What each version had chosen in a field of many."""
    links = apps.get_model(model._meta.app_label, f"{model.__name__}_{field.name}")._default_manager
    other = field.m2m_reverse_field_name()
    found: defaultdict[int, list[str]] = defaultdict(list)
    for link in links.filter(history__in=versions).select_related(other):
        found[link.history_id].append(str(getattr(link, other)))
    return found


def _in_words(version: Version, fields: list[Any], many: dict[Any, dict[int, list[str]]]) -> dict[str, str]:
    """Each field as people read it, under its label."""
    said = {str(field.verbose_name): _value(version, field.name) for field in fields}
    lists = {str(field.verbose_name): ", ".join(sorted(chosen[version.pk])) for field, chosen in many.items()}
    return said | lists


def _value(version: Version, name: str) -> str:
    display = getattr(version, f"get_{name}_display", None)
    value = display() if display else getattr(version, name)
    return "" if value is None else str(value)


def _differences(newer: dict[str, str], older: dict[str, str]) -> tuple[FieldChange, ...]:
    return tuple(FieldChange(label, older[label], said) for label, said in newer.items() if said != older[label])
