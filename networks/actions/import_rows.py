"""Many companies written at once, with everything that writing one does: address, search, history, log."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone

from accounts.audit import record_all
from accounts.models import User
from networks.actions.companies import edit_company
from networks.duplicates import name_key, website_domain
from networks.importing.judging import AT_ONCE, Judgement
from networks.indexing import search_columns
from networks.mails import memberships as mails
from networks.models import (
    Company,
    CompanyImport,
    CompanyMember,
    CompanySlug,
    DirectoryVersion,
    ImportLine,
    Membership,
    Network,
)
from networks.models.company_people import Visibility
from networks.slugs import slug_for

Verdict = ImportLine.Verdict
Values = dict[str, Any]

CONSENTED = {"email": "email_visibility", "phone": "phone_visibility"}
OF_MANY = ("competences", "networks")


class Taking:
    """One list's good lines."""

    def __init__(self, run: CompanyImport, *, by: User | None) -> None:
        self._run, self._by = run, by
        self._now = timezone.now()

    def take(self, judged: Sequence[tuple[ImportLine, Judgement]]) -> dict[str, int]:
        """Returns how many are new and how many changed."""
        counts = Counter(judgement.verdict for _line, judgement in judged)
        new = [(line, told.values) for line, told in judged if told.verdict == Verdict.NEW]
        changed = [(line, told.values) for line, told in judged if told.verdict == Verdict.CHANGED]
        taken_slugs = {
            *Company.objects.values_list("slug", flat=True),
            *CompanySlug.objects.values_list("slug", flat=True),
        }
        for batch in _batches(new):
            self._finish(batch, self._create(batch, taken_slugs), update=False)
        for batch in _batches(changed):
            self._finish(batch, self._change(batch), update=True)
        DirectoryVersion.bump()
        return {"new": counts[Verdict.NEW], "changed": counts[Verdict.CHANGED]}

    def _create(self, batch: list[tuple[ImportLine, Values]], taken_slugs: set[str]) -> list[Company]:
        companies = []
        for _line, values in batch:
            company = Company(state=Company.State.PUBLISHED, published_at=self._now)
            company.slug = slug_for(values["name"], taken_slugs.__contains__)
            taken_slugs.add(company.slug)
            write_values(company, values)
            companies.append(company)
        return Company.objects.bulk_create(companies)

    def _change(self, batch: list[tuple[ImportLine, Values]]) -> list[Company]:
        pairs = [(line.company_id or 0, values) for line, values in batch]
        companies, before = change_companies(pairs, by=self._by)
        for line, _values in batch:
            line.before = before[line.company_id or 0]
        return companies

    def _finish(self, batch: list[tuple[ImportLine, Values]], companies: list[Company], *, update: bool) -> None:
        choose_competences({one.pk: values["competences"] for one, values in _paired(batch, companies, "competences")})
        versions = write_history(companies, by=self._by, update=update)
        joined = self._join(
            [(one, key) for one, values in _paired(batch, companies, "networks") for key in values["networks"]]
        )
        for (line, _values), company in zip(batch, companies, strict=True):
            line.company, line.version = company, versions[company.pk]
            line.joined = joined.get(company.pk, [])
        ImportLine.objects.bulk_update(
            [line for line, _values in batch], ["company", "version", "before", "joined"], 100
        )
        record_all(by=self._by, verb="company.edited_by_list" if update else "company.listed", on=companies)

    def _join(self, wanted: list[tuple[Company, int]]) -> dict[int, list[int]]:
        """The agency notes who is a member; who can read it is told."""
        networks = Network.objects.in_bulk({key for _company, key in wanted})
        rows = Membership.objects.bulk_create(
            Membership(
                company=company,
                network=networks[key],
                state=Membership.State.ACTIVE,
                requested_by=self._by,
                decided_by=self._by,
                requested_at=self._now,
                decided_at=self._now,
                joined_at=self._now,
            )
            for company, key in wanted
        )
        record_all(by=self._by, verb="membership.active", on=rows)
        spoken_for = set(
            CompanyMember.objects.able_to_answer(row.company for row in rows).values_list("company", flat=True)
        )
        found: dict[int, list[int]] = {}
        for row in rows:
            found.setdefault(row.company_id, []).append(row.pk)
            if row.company_id in spoken_for:
                mails.admitted(row)
        return found


def _batches(pairs: list[tuple[ImportLine, Values]]) -> Iterable[list[tuple[ImportLine, Values]]]:
    return (pairs[start : start + AT_ONCE] for start in range(0, len(pairs), AT_ONCE))


def _paired(
    batch: list[tuple[ImportLine, Values]], companies: list[Company], name: str
) -> list[tuple[Company, Values]]:
    """Companies with the values that say something about this field of many."""
    pairs = zip(companies, batch, strict=True)
    return [(company, values) for company, (_line, values) in pairs if name in values]


def write_values(company: Company, values: Values) -> None:
    """Onto the object, with all that follows; a new address or number is for nobody until somebody agrees."""
    for name, value in values.items():
        if name in {"municipality", "industry"}:
            setattr(company, f"{name}_id", value)
        elif name not in OF_MANY:
            setattr(company, name, value)
        if name in CONSENTED and CONSENTED[name] not in values:
            setattr(company, CONSENTED[name], Visibility.NOBODY)
    company.name_key, company.website_domain = name_key(company.name), website_domain(company.website)
    company.updated_at = timezone.now()
    for column, words in search_columns(company).items():
        setattr(company, column, words)


def change_companies(
    pairs: Iterable[tuple[int, Values]], *, by: User | None
) -> tuple[list[Company], dict[int, dict[str, Any]]]:
    """Write these values; returns the companies, and what each said before of the same fields."""
    wanted = dict(pairs)
    rows = Company.objects.select_for_update(of=("self",)).prefetch_related("competences").in_bulk(wanted)
    before = {pk: _said(rows[pk], values) for pk, values in wanted.items()}
    for pk, values in wanted.items():
        if "name" in values and by is not None:  # its address follows: one by one, they are few
            rows[pk] = edit_company(rows[pk], {"name": values["name"]}, by=by)
        write_values(rows[pk], values)
    names = {name for values in wanted.values() for name in values if name not in OF_MANY}
    fields = {*names, *CONSENTED.values(), "name_key", "website_domain", "updated_at", *search_columns(Company())}
    Company.objects.bulk_update(rows.values(), sorted(fields), batch_size=100)
    return [rows[pk] for pk in wanted], before


def _said(company: Company, values: Values) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name in values:
        if name == "competences":
            said[name] = sorted(one.pk for one in company.competences.all())
        elif name != "networks":
            said[name] = getattr(company, f"{name}_id" if name in {"municipality", "industry"} else name)
        if name in CONSENTED:
            said[CONSENTED[name]] = getattr(company, CONSENTED[name])
    return said


def choose_competences(chosen: Mapping[int, Sequence[int]]) -> None:
    """By company key; each gets these and no others."""
    through = Company.competences.through._default_manager
    through.filter(company__in=list(chosen)).delete()
    rows = (through.model(company_id=pk, competence_id=key) for pk, keys in chosen.items() for key in keys)
    through.bulk_create(rows, batch_size=1000)


def write_history(companies: Sequence[Company], *, by: User | None, update: bool) -> dict[int, int]:
    """A version each, with its competences, as single changes write it; returns the versions' keys."""
    versions = Company.history.bulk_history_create(companies, update=update, default_user=by)
    of_company = {version.id: version for version in versions}
    links = Company.history.model.competences.model
    through = Company.competences.through._default_manager
    rows = through.filter(company__in=list(of_company)).values_list("pk", "company", "competence")
    links._default_manager.bulk_create(
        (links(history=of_company[pk], id=row, company_id=pk, competence_id=key) for row, pk, key in rows),
        batch_size=1000,
    )
    return {pk: version.pk for pk, version in of_company.items()}
