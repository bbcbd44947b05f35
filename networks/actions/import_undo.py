"""Taking a list back: what nobody touched since is as it was before; the rest stays, and is named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from accounts.audit import record, record_all
from accounts.models import User
from accounts.origins import IMPORT, acting_from
from networks.actions.import_rows import change_companies, choose_competences, write_history
from networks.life_cycle import require_step
from networks.models import Company, CompanyImport, DirectoryVersion, ImportLine, Membership

State = CompanyImport.State


@dataclass(frozen=True)
class Undoing:
    """Whose line can be taken back, and whose not any more."""

    created: list[ImportLine]
    changed: list[ImportLine]
    touched: list[ImportLine]

    @property
    def possible(self) -> int:
        return len(self.created) + len(self.changed)


def plan_undo(run: CompanyImport) -> Undoing:
    """The same judgement for the preview and for the deed."""
    lines = list(run.lines.taken().select_related("company").order_by("number"))
    untouched = _untouched(lines)
    created = [line for line in lines if line.verdict == ImportLine.Verdict.NEW]
    alone = _without_company_of_others(created)
    return Undoing(
        [line for line in created if line.pk in untouched and line.company_id in alone],
        [line for line in lines if line.pk in untouched and line.verdict == ImportLine.Verdict.CHANGED],
        [line for line in lines if line.pk not in untouched or _is_kept(line, alone)],
    )


def _is_kept(line: ImportLine, alone: set[int]) -> bool:
    return line.verdict == ImportLine.Verdict.NEW and line.company_id not in alone


def _untouched(lines: Iterable[ImportLine]) -> set[int]:
    """Lines whose company has no newer version, and whose memberships are as they were."""
    versions = Company.history.filter(id__in=[line.company_id for line in lines if line.company_id])
    newest = dict(versions.order_by().values_list("id").annotate(newest=Max("history_id")))
    joined = [key for line in lines for key in line.joined]
    standing = set(Membership.objects.active().filter(pk__in=joined).values_list("pk", flat=True))
    return {
        line.pk
        for line in lines
        if line.company_id and newest.get(line.company_id) == line.version and standing.issuperset(line.joined)
    }


def _without_company_of_others(lines: Sequence[ImportLine]) -> set[int]:
    """Companies on which nothing hangs but what the list itself brought: no people, images, registrations, notes."""
    companies = {line.company_id for line in lines if line.company_id}
    joined = {key for line in lines for key in line.joined}
    for relation in Company._meta.related_objects:
        if relation.related_model is ImportLine or relation.many_to_many:
            continue
        rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": companies})
        own = joined if relation.related_model is Membership else set()
        companies -= {company for key, company in rows.values_list("pk", relation.field.attname) if key not in own}
    return companies


@transaction.atomic
def undo_import(run: CompanyImport, *, by: User) -> Undoing:
    locked = CompanyImport.objects.select_for_update(of=("self",)).get(pk=run.pk)
    require_step(locked, State.UNDONE)
    plan = plan_undo(locked)
    with acting_from(IMPORT):
        _put_back(plan.changed, by=by)
        _remove(plan.created, by=by)
    DirectoryVersion.bump()
    locked.state = State.UNDONE
    locked.save(update_fields=["state"])
    record(by=by, verb="import.undone", on=locked, undone=plan.possible, kept=len(plan.touched))
    return plan


def _put_back(lines: list[ImportLine], *, by: User) -> None:
    Membership.objects.filter(pk__in=[key for line in lines for key in line.joined]).delete()
    pairs = [(line.company_id or 0, line.before) for line in lines]
    companies, _before = change_companies(pairs, by=by)
    choose_competences({pk: said["competences"] for pk, said in pairs if "competences" in said})
    write_history(companies, by=by, update=True)
    record_all(by=by, verb="company.unlisted", on=companies)


def _remove(lines: list[ImportLine], *, by: User) -> None:
    """As if they had never been there: no address, no history, no page."""
    companies = Company.objects.filter(pk__in=[line.company_id for line in lines])
    record_all(by=by, verb="company.unlisted", on=list(companies))
    keys = list(companies.values_list("pk", flat=True))
    Membership.objects.filter(company__in=keys).delete()
    companies.delete()
    versions = Company.history.filter(id__in=keys)
    Company.history.model.competences.filter(history__in=versions.values("pk")).delete()
    versions.delete()
