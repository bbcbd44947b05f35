"""Takes a person's name, addresses and numbers out of what others wrote."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote, quote_plus

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast

from accounts.models import User
from accounts.personal_data import Model, Somebody, all_quotes, all_sweeps

FORMER = "ehemaliges Mitglied"
GONE = "gelöscht"
LEAST_DIGITS = 6
PLAIN = re.compile(r"[A-Za-z]{3,}")
Replace = Callable[[str], str]


def sweep(who: Somebody) -> None:
    replace, needles = _search_for(who)
    for model, columns in all_quotes().items():
        for row in _candidates(model, columns, needles):
            changes = _changes(model, row, columns, replace)
            if changes:  # past `save()`: the history gets no new version that says what was taken out
                model._base_manager.filter(pk=row.pk).update(**changes)
    for one in all_sweeps():
        one(who, replace)


def mentions(who: Somebody) -> Iterator[tuple[Model, str, str]]:
    """Where others name somebody: model, key and column."""
    replace, needles = _search_for(who)
    for model, columns in all_quotes().items():
        for row in _candidates(model, columns, needles):
            yield from ((model, str(row.pk), name) for name in _changes(model, row, columns, replace))


def _search_for(who: Somebody) -> tuple[Replace, set[str]]:
    names, addresses = _names(who), [*who.emails, *_numbers(who)]
    needles = {needle for name in names for needle in _needles(name)}
    needles |= {spelt for one in addresses for spelt in (one, quote(one))}
    return _replacing(names, addresses), needles


def _names(who: Somebody) -> list[str]:
    """Full names only, and none that another account carries, too: a single word means too many things."""
    full = [name for name in who.names if len(name.split()) > 1]
    others = User.objects.exclude(pk=who.person.pk) if who.person else User.objects.all()
    return [name for name in full if not others.filter(name__iexact=name).exists()]


def _numbers(who: Somebody) -> list[str]:
    return [phone for phone in who.phones if sum(map(str.isdigit, phone)) >= LEAST_DIGITS]


def _replacing(names: Iterable[str], addresses: Iterable[str]) -> Replace:
    found = [(_pattern(_spellings(name)), FORMER) for name in names]
    found += [(_pattern({re.escape(one), re.escape(quote(one))}), GONE) for one in addresses]

    def replace(text: str) -> str:
        for pattern, instead in found:
            text = pattern.sub(instead, text)
        return text

    return replace


def _spellings(name: str) -> set[str]:
    """As it is said, as in a register, and as in the address of a search."""
    *first, last = name.split()
    orders = ([*first, last], [f"{last},", *first])
    spaced = {r"\s+".join(map(re.escape, words)) for words in orders}
    return spaced | {re.escape(quote_plus(name)), re.escape(quote(name))}


def _pattern(spellings: set[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(spellings))})(?!\w)", re.IGNORECASE)


def _needles(name: str) -> set[str]:
    """A part of the name that every database finds in any case, and that no escape changes; else all spellings."""
    plain = max(PLAIN.findall(name), key=len, default="")
    return {plain} if plain else {name, json.dumps(name)[1:-1], quote(name), quote_plus(name)}


def _candidates(model: Model, columns: tuple[str, ...], needles: set[str]) -> list[Any]:
    rows = model._base_manager.annotate(**{f"said_{name}": Cast(name, models.TextField()) for name in columns})
    mentioned = Q(pk=None)
    for name in columns:
        for needle in needles:
            mentioned |= Q(**{f"said_{name}__icontains": needle})
    return list(rows.filter(mentioned))


def _changes(model: Model, row: Any, columns: tuple[str, ...], replace: Replace) -> dict[str, Any]:
    cleaned = {name: _fitting(model._meta.get_field(name), _in(getattr(row, name), replace)) for name in columns}
    return {name: value for name, value in cleaned.items() if value != getattr(row, name)}


def _in(value: Any, replace: Replace) -> Any:
    if isinstance(value, str):
        return replace(value)
    if isinstance(value, list):
        return [_in(one, replace) for one in value]
    if isinstance(value, dict):
        return {replace(key): _in(one, replace) for key, one in value.items()}
    return value


def _fitting(column: Any, value: Any) -> Any:
    if isinstance(column, models.EmailField) and value in {GONE, FORMER}:
        return ""
    return value[: column.max_length] if isinstance(value, str) and column.max_length else value
