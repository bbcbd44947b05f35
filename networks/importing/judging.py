"""What would become of each line: new, changed field by field, unchanged, perhaps there already, or wrong and why.

The preview shows it, and taking the list over judges once more: what differs then has changed in between.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from networks.duplicates import website_domain
from networks.models import Company, ImportLine, Membership
from networks.search.fold import fold, tidy
from networks.sheets.companies import Column

from .cells import Reading, read_cells
from .known import KnownCompanies, Match, sought_for
from .vocabulary import Vocabulary

Verdict = ImportLine.Verdict
AT_ONCE = 500
NEW = "new"
COLUMN_OF: dict[str, Column] = {
    "name": Column.NAME,
    "legal_form": Column.LEGAL_FORM,
    "summary": Column.SUMMARY,
    "description": Column.DESCRIPTION,
    "website": Column.WEBSITE,
    "street": Column.STREET,
    "postcode": Column.POSTCODE,
    "municipality": Column.TOWN,
    "industry": Column.INDUSTRY,
    "competences": Column.COMPETENCES,
    "networks": Column.NETWORKS,
    "founded": Column.FOUNDED,
    "size": Column.SIZE,
    "contact_person": Column.CONTACT,
    "email": Column.EMAIL,
    "phone": Column.PHONE,
}


@dataclass(frozen=True)
class Change:
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Judgement:
    """`values` are what would be written: of a new company all, else what differs."""

    verdict: str
    values: dict[str, Any]
    company: int | None = None
    problems: tuple[tuple[str, str], ...] = ()
    changes: tuple[Change, ...] = ()
    suspects: tuple[dict[str, Any], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Everything but the verdict and the company, which have columns of their own."""
        told = asdict(self)
        return {name: told[name] for name in ("values", "problems", "changes", "suspects")}


class Judge:
    """For one list; asked in the order of its lines, because a line may repeat an earlier one."""

    def __init__(
        self, vocabulary: Vocabulary, known: KnownCompanies, columns: Sequence[str], network: int | None
    ) -> None:
        self._vocabulary, self._known = vocabulary, known
        self._columns = [Column(column) if column else None for column in columns]
        self._network = network
        self._seen: dict[tuple[Any, ...], int] = {}

    def judge(self, lines: Iterable[ImportLine]) -> Iterator[tuple[ImportLine, Judgement]]:
        """Some hundred lines at once: the companies they mean are fetched together."""
        batch: list[ImportLine] = []
        for line in lines:
            batch.append(line)
            if len(batch) == AT_ONCE:
                yield from self._batch(batch)
                batch = []
        yield from self._batch(batch)

    def _batch(self, lines: list[ImportLine]) -> Iterator[tuple[ImportLine, Judgement]]:
        readings = [(line, self._read(line)) for line in lines]
        matches = [(line, reading, self._match(line, reading)) for line, reading in readings]
        stored = _stored([match.pk for _line, _reading, match in matches if match.pk])
        for line, reading, match in matches:
            yield line, self._judgement(line, reading, match, stored)

    def _read(self, line: ImportLine) -> Reading:
        said = {column: text for column, text in zip(self._columns, line.cells, strict=False) if column}
        reading = read_cells(said, self._vocabulary)
        if self._network:
            reading.values["networks"] = sorted({*reading.values.get("networks", []), self._network})
        return reading

    def _match(self, line: ImportLine, reading: Reading) -> Match:
        if "name" not in reading.values:
            return Match()
        match = self._known.match(reading.values, reading.town_said)
        if not match.suspects or not line.decision:
            return match
        if line.decision == NEW:
            return Match()
        chosen = [one.pk for one in match.suspects if one.is_own and str(one.pk) == line.decision]
        return Match(pk=chosen[0]) if chosen else match

    def _judgement(self, line: ImportLine, reading: Reading, match: Match, stored: "Stored") -> Judgement:
        company = stored.companies.get(match.pk or 0)
        if company is not None:
            reading = _for_guest(reading, company)
        problems = [*reading.problems, *self._more_problems(line, reading, match, stored)]
        if problems:
            told = tuple((str(column or ""), text) for column, text in problems)
            return Judgement(Verdict.ERROR, {}, problems=told)
        if match.suspects:
            return Judgement(Verdict.DUPLICATE, {}, suspects=tuple(asdict(one) for one in match.suspects))
        if company is None:
            return Judgement(Verdict.NEW, reading.values)
        differing, changes = stored.differences(company, reading.values, self._vocabulary)
        return Judgement(Verdict.CHANGED if changes else Verdict.UNCHANGED, differing, company.pk, changes=changes)

    def _more_problems(
        self, line: ImportLine, reading: Reading, match: Match, stored: "Stored"
    ) -> Iterator[tuple[Column | None, str]]:
        values = reading.values
        if match.refusal:
            yield Column.NAME, match.refusal
        if "name" in values:
            yield from self._repeated(line, values, match, reading.town_said)
        wrong = {column for column, _text in reading.problems}
        if match.pk is None and not values.get("municipality") and not wrong & {Column.TOWN, Column.POSTCODE}:
            yield Column.TOWN, _("Der Ort fehlt.")
        for text in stored.obstacles(values.get("networks", []), match.pk or 0, self._vocabulary.own_networks):
            yield Column.NETWORKS, text

    def _repeated(
        self, line: ImportLine, values: Mapping[str, Any], match: Match, town: str
    ) -> Iterator[tuple[Column | None, str]]:
        sought = sought_for(values)
        key = ("", match.pk) if match.pk else (sought.key, sought.legal_form, values.get("municipality") or fold(town))
        first = self._seen.setdefault(key, line.number)
        if first != line.number:
            yield Column.NAME, _("Das steht schon in Zeile {n}.").format(n=first)


def _for_guest(reading: Reading, company: Company) -> Reading:
    """A company outside the regions stays where it is."""
    if company.municipality_id or fold(reading.town_said) != fold(company.guest_place):
        return reading
    kept = [problem for problem in reading.problems if problem[0] is not Column.TOWN]
    return Reading(reading.values, kept, reading.town_said)


class Stored:
    """What the companies of some lines say now."""

    def __init__(self, companies: dict[int, Company]) -> None:
        self.companies = companies
        self.networks: dict[int, set[int]] = {pk: set() for pk in companies}
        self._waiting: dict[int, set[int]] = {pk: set() for pk in companies}
        rows = Membership.objects.open().of_keys(companies).values_list("company", "network", "state")
        for pk, network, state in rows:
            (self.networks if state == Membership.State.ACTIVE else self._waiting)[pk].add(network)

    def obstacles(self, networks: Iterable[int], company: int, own: set[int]) -> Iterator[str]:
        """Why the company cannot simply be noted as a member."""
        new = set(networks) - self.networks.get(company, set())
        if new - own:
            yield _("Eines dieser Netzwerke betreut Ihre Wirtschaftsförderung nicht.")
        if new & self._waiting.get(company, set()):
            yield _("Hier wartet schon eine Anfrage oder Einladung. Bitte entscheiden Sie diese zuerst.")
        if new and company and self.companies[company].state != Company.State.PUBLISHED:
            yield _("Nur veröffentlichte Unternehmen können einem Netzwerk beitreten.")

    def differences(
        self, company: Company, values: Mapping[str, Any], vocabulary: Vocabulary
    ) -> tuple[dict[str, Any], tuple[Change, ...]]:
        differing: dict[str, Any] = {}
        changes: list[Change] = []
        for name, value in values.items():
            now = self._now(company, name)
            if self._is_same(company, name, now, values):
                continue
            differing[name] = sorted(set(value) - set(now)) if name == "networks" else value
            told = (in_words(name, now, vocabulary), in_words(name, differing[name], vocabulary))
            changes.append(Change(str(COLUMN_OF[name]), *told))
        return differing, tuple(changes)

    def _now(self, company: Company, name: str) -> Any:
        if name == "competences":
            return sorted(one.pk for one in company.competences.all())
        if name == "networks":
            return sorted(self.networks[company.pk])
        if name in {"municipality", "industry"}:
            return getattr(company, f"{name}_id")
        return getattr(company, name)

    def _is_same(self, company: Company, name: str, now: Any, values: Mapping[str, Any]) -> bool:
        value = values[name]
        if name in {"name", "legal_form"}:
            said = f"{values['name']} {values.get('legal_form', company.legal_form)}"
            return _line(value) == _line(now) or _line(said) == _line(company.full_name)
        if name == "networks":
            return set(value) <= set(now)
        if name == "website":
            return _address(value) == _address(now)
        if name == "contact_person" and set(value.split("; ")) <= {
            _line(one.person.name) for one in company.people.all()
        }:
            return True
        if name == "description":
            return _paragraphs(value) == _paragraphs(now)
        return _line(value) == _line(now)


def _paragraphs(text: str) -> object:
    """A text as a list would bring it back."""
    return "\n".join(line.rstrip() for line in tidy(text).strip().splitlines())


def _line(value: object) -> object:
    return " ".join(tidy(value).split()) if isinstance(value, str) else value


def _address(website: str) -> tuple[str, str]:
    """Written with or without www, https and a last slash it is the same place."""
    rest = website.partition("://")[2].partition("/")[2]
    return website_domain(website), rest.rstrip("/")


def _stored(keys: Iterable[int]) -> Stored:
    rows = Company.objects.with_place().prefetch_related("competences", "people__person")
    return Stored(rows.in_bulk(set(keys)))


def in_words(name: str, value: Any, vocabulary: Vocabulary) -> str:
    if name == "municipality":
        return str(vocabulary.towns_by_pk.get(value, ""))
    names = {"industry": vocabulary.industries, "competences": vocabulary.competences, "networks": vocabulary.networks}
    if name in names:
        keys = value if isinstance(value, list) else [value]
        return "; ".join(names[name].label_of.get(key, "") for key in keys if key is not None)
    if name == "size":
        return str(dict(Company.Size.choices).get(value, ""))
    return str(value or "")
