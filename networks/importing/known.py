"""Is the company of a line one that is there already? Asked for thousands of lines against an index in memory."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from networks.duplicates import SIMILAR, Sought, form_key, name_key
from networks.models import Agency, Company
from networks.search.fold import fold

State = Company.State
OVER = (State.MERGED, State.DECLINED, State.WITHDRAWN)
MOST_SUSPECTS = 5


class Entry(NamedTuple):
    """What is compared of a company."""

    pk: int
    name: str
    key: str
    form: str
    domain: str
    postcode: str
    place: int | str
    state: str
    home: int | None


@dataclass(frozen=True)
class Suspected:
    pk: int
    name: str
    reason: str
    is_own: bool


@dataclass(frozen=True)
class Match:
    """The company itself, or those it may be, or why the line is refused."""

    pk: int | None = None
    suspects: tuple[Suspected, ...] = ()
    refusal: str = ""


class KnownCompanies:
    def __init__(self, agency: Agency) -> None:
        self._agency = agency.pk
        self._by_key: defaultdict[str, list[Entry]] = defaultdict(list)
        self._by_domain: defaultdict[str, list[Entry]] = defaultdict(list)
        self._by_postcode: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in _entries():
            if entry.home == self._agency or entry.state == State.PUBLISHED:
                self._note(entry)

    def _note(self, entry: Entry) -> None:
        self._by_key[entry.key].append(entry)
        if entry.domain:
            self._by_domain[entry.domain].append(entry)
        if entry.postcode:
            self._by_postcode[entry.postcode].append(entry)

    def match(self, values: Mapping[str, Any], town_said: str) -> Match:
        sought = sought_for(values)
        place = values.get("municipality") or fold(town_said)
        agreeing = [entry for entry in self._by_key[sought.key] if _agree(entry.form, sought.legal_form)]
        here = [entry for entry in agreeing if (entry.place == place if place else entry.home == self._agency)]
        same = [entry for entry in here if entry.form == sought.legal_form] or here
        if len(same) == 1:
            return self._found(same[0])
        foreign = [entry for entry in agreeing if entry.home != self._agency and _same_site(entry, sought)]
        if foreign and not same:
            return self._found(foreign[0])
        return Match(suspects=tuple(self._suspects(sought, same)))

    def _found(self, entry: Entry) -> Match:
        if entry.home != self._agency:
            return Match(
                refusal=_("{name} wird von einer anderen Wirtschaftsförderung betreut.").format(name=entry.name)
            )
        if entry.state == State.ARCHIVED:
            return Match(refusal=_("{name} ist archiviert. Holen Sie den Eintrag erst zurück.").format(name=entry.name))
        return Match(pk=entry.pk)

    def _suspects(self, sought: Sought, same: list[Entry]) -> Iterable[Suspected]:
        found: dict[int, Suspected] = {}
        for entry, reason in self._reasons(sought, same):
            if entry.state != State.ARCHIVED and len(found) < MOST_SUSPECTS:
                own = entry.home == self._agency
                found.setdefault(entry.pk, Suspected(entry.pk, entry.name, reason, own))
        return found.values()

    def _reasons(self, sought: Sought, same: list[Entry]) -> Iterable[tuple[Entry, str]]:
        yield from ((entry, _("gleicher Name, gleicher Ort")) for entry in same)
        yield from ((entry, _("gleicher Name")) for entry in self._by_key[sought.key])
        if sought.domain:
            yield from ((entry, _("gleiche Website")) for entry in self._by_domain[sought.domain])
        for entry in self._by_postcode[sought.postcode] if sought.postcode else []:
            if fuzz.token_sort_ratio(entry.key, sought.key, score_cutoff=SIMILAR):
                yield entry, _("ähnlicher Name, gleiche Postleitzahl")


def sought_for(values: Mapping[str, Any]) -> Sought:
    text = {name: str(values.get(name, "")) for name in ("name", "legal_form", "website", "postcode")}
    return Sought.from_entry(text["name"], text["legal_form"], text["website"], text["postcode"])


def _agree(one: str, other: str) -> bool:
    """Legal forms; one that is not said disagrees with none."""
    return not one or not other or one == other


def _same_site(entry: Entry, sought: Sought) -> bool:
    return bool(sought.domain) and entry.domain == sought.domain


def _entries() -> Iterable[Entry]:
    rows = Company.objects.exclude(state__in=OVER).values_list(
        *("pk", "name", "legal_form", "name_key", "website_domain", "postcode"),
        *("municipality", "guest_place", "state", "municipality__district__home_agency", "caring_agency"),
    )
    for pk, name, form, key, domain, postcode, town, guest_place, state, home, carer in rows.iterator():
        place = town or fold(guest_place)
        yield Entry(
            pk, name, key or name_key(name), form_key(form), domain, postcode, place, state, home if town else carer
        )
