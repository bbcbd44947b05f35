"""A list on its way in: read, its columns sorted out, checked, taken over whole or not at all, taken back."""

import logging
from collections.abc import Iterator, Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.audit import record
from accounts.errors import ActionRefused
from accounts.models import User
from accounts.origins import IMPORT, acting_from
from accounts.sheets.reading import Line, Table
from networks.actions.import_rows import Taking
from networks.importing.judging import AT_ONCE, Judge, Judgement
from networks.importing.known import KnownCompanies
from networks.importing.vocabulary import Vocabulary
from networks.life_cycle import require_step
from networks.models import Agency, ColumnChoice, CompanyImport, ImportLine, Network
from networks.sheets.companies import REASON, Column, guess, title_key

log = logging.getLogger(__name__)
State = CompanyImport.State
AT_ONE_SITTING = 500  # so many lines are checked while somebody waits; longer lists are the worker's


# -- what people do ----------------------------------------------------------------------------------
@transaction.atomic
def begin_import(table: Table, file_name: str, *, agency: Agency, network: Network | None, by: User) -> CompanyImport:
    """Keep the lines; columns that everybody calls so, or that this agency explained before, are sorted out."""
    known = {choice.title: choice.column for choice in ColumnChoice.objects.filter(agency=agency)}
    columns = [column or "" for column in guess(table.header, known)]
    run = CompanyImport.objects.create(
        agency=agency,
        network=network,
        file_name=file_name[:200],
        header=list(table.header),
        columns=columns,
        begun_by=by,
    )
    _keep(run, table.lines)
    record(by=by, verb="import.begun", on=run, lines=len(table.lines))
    settled = {*known, title_key(REASON), ""}
    pairs = zip(columns, table.header, strict=True)
    if Column.NAME in columns and all(column or title_key(title) in settled for column, title in pairs):
        return _start(run, State.CHECKING)
    return run


def _keep(run: CompanyImport, lines: Sequence[Line]) -> None:
    rows = [ImportLine(run=run, number=line.number, cells=list(line.cells)) for line in lines]
    ImportLine.objects.bulk_create(rows, batch_size=AT_ONCE)


@transaction.atomic
def map_columns(run: CompanyImport, columns: Sequence[str], *, by: User) -> CompanyImport:
    """What each column means; the agency need not say it again."""
    locked = _locked(run)
    if locked.state == State.CHECKED:
        locked.state = State.UPLOADED
    locked.columns = list(columns)
    for title, column in zip(locked.header, columns, strict=True):
        ColumnChoice.objects.update_or_create(
            agency=locked.agency, title=title_key(title)[:200], defaults={"column": column}
        )
    return _start(locked, State.CHECKING)


@transaction.atomic
def decide_lines(run: CompanyImport, decisions: Mapping[int, str], *, by: User) -> CompanyImport:
    """What a line is that may be there already: a new company, this one, or (empty) nothing yet."""
    locked = _locked(run)
    lines = {line.number: line for line in locked.lines.filter(number__in=list(decisions))}
    for number, line in lines.items():
        line.decision = decisions[number]
    ImportLine.objects.bulk_update(lines.values(), ["decision"])
    return _start(locked, State.CHECKING)


@transaction.atomic
def take_over(run: CompanyImport, *, by: User) -> CompanyImport:
    """Write the good lines, all in one step."""
    locked = _locked(run)
    if not locked.lines.to_take().exists():
        raise ActionRefused(_("In dieser Liste ist nichts zu übernehmen."))
    return _start(locked, State.TAKING)


def _start(run: CompanyImport, state: str) -> CompanyImport:
    """Short lists at once, in the same transaction; of long ones the worker hears."""
    require_step(run, state)
    run.state, run.done, run.message = state, 0, ""
    run.save(update_fields=["state", "done", "message", "columns"])
    if run.lines.count() <= AT_ONE_SITTING:
        WORK[run.state](run)
        run.refresh_from_db()
    return run


def _locked(run: CompanyImport) -> CompanyImport:
    return CompanyImport.objects.select_for_update(of=("self",)).select_related("agency").get(pk=run.pk)


# -- the work ----------------------------------------------------------------------------------------
def work_off() -> int:
    """The worker's part: long lists, one after the other."""
    runs = list(CompanyImport.objects.begun())
    for run in runs:
        with override(run.begun_by.language if run.begun_by else None):
            _carry_on(run)
    return len(runs)


def _carry_on(run: CompanyImport) -> None:
    """A list that breaks the work goes back to people instead of being tried for ever."""
    before = {State.CHECKING: State.UPLOADED, State.TAKING: State.CHECKED}[State(run.state)]
    try:
        WORK[run.state](run)
    except Exception:
        log.exception("a list could not be worked off: %s", run.pk)
        told = _("Dabei ist bei uns etwas schiefgegangen. Bitte versuchen Sie es noch einmal.")
        CompanyImport.objects.filter(pk=run.pk).update(state=before, message=told)


def check(run: CompanyImport) -> None:
    """Judge every line; some hundred at once are stored, so that people see it go on."""
    batch: list[ImportLine] = []
    for line, judgement in _judged(run):
        batch.append(_note(line, judgement, run))
        if len(batch) == AT_ONCE:
            _store(run, batch)
            batch = []
    _store(run, batch)
    CompanyImport.objects.filter(pk=run.pk, state=State.CHECKING).update(state=State.CHECKED)


def _judged(run: CompanyImport) -> Iterator[tuple[ImportLine, Judgement]]:
    judge = Judge(Vocabulary(run.agency), KnownCompanies(run.agency), run.columns, run.network_id)
    return judge.judge(run.lines.order_by("number"))


def _note(line: ImportLine, judgement: Judgement, run: CompanyImport) -> ImportLine:
    place = run.columns.index(Column.NAME) if Column.NAME in run.columns else 0
    line.verdict, line.findings = judgement.verdict, judgement.as_json()
    line.name, line.company_id = line.cells[place][:200], judgement.company
    return line


def _store(run: CompanyImport, lines: list[ImportLine]) -> None:
    ImportLine.objects.bulk_update(lines, ["verdict", "findings", "name", "company"], batch_size=100)
    CompanyImport.objects.filter(pk=run.pk).update(done=run.done + len(lines))
    run.done += len(lines)


@transaction.atomic
def take(run: CompanyImport) -> None:
    """All good lines or none: what changed since the preview is shown first, and nothing is written."""
    locked = _locked(run)
    if locked.state != State.TAKING:
        return
    Agency.objects.select_for_update().get(pk=locked.agency_id)  # two lists of one agency one after the other
    judged = list(_judged(locked))
    outdated = [line for line, judgement in judged if not _as_shown(line, judgement)]
    if outdated:
        _show_again(locked, judged, len(outdated))
        return
    with acting_from(IMPORT):
        counts = Taking(locked, by=locked.begun_by).take(judged)
    locked.state, locked.taken_at = State.TAKEN, timezone.now()
    locked.save(update_fields=["state", "taken_at"])
    record(by=locked.begun_by, verb="import.taken", on=locked, **counts)


def _as_shown(line: ImportLine, judgement: Judgement) -> bool:
    """Compared as JSON keeps it: tuples have become lists."""
    same = (line.verdict, line.company_id) == (judgement.verdict, judgement.company)
    return same and line.findings["values"] == judgement.values


def _show_again(run: CompanyImport, judged: list[tuple[ImportLine, Judgement]], outdated: int) -> None:
    _store(run, [_note(line, judgement, run) for line, judgement in judged])
    run.state = State.CHECKED
    run.message = ngettext(
        "Noch ist nichts übernommen: {n} Zeile ist seit der Vorschau anders. Bitte sehen Sie noch einmal nach.",
        "Noch ist nichts übernommen: {n} Zeilen sind seit der Vorschau anders. Bitte sehen Sie noch einmal nach.",
        outdated,
    ).format(n=outdated)
    run.save(update_fields=["state", "message"])


WORK = {State.CHECKING.value: check, State.TAKING.value: take}
