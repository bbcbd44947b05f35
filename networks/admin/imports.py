"""Lists on their way in: choose a file, sort out its columns, see what would happen, take it over, take it back."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.admin.scoped import ScopedAdmin, person_of
from accounts.errors import ActionRefused
from accounts.models import User
from accounts.sheets.writing import CSV_TYPE, write_csv
from networks.actions import imports as actions
from networks.actions.import_undo import plan_undo, undo_import
from networks.forms.imports import ColumnsForm, ListForm, SuspectForm, unknown_titles
from networks.models import CompanyImport, ImportLine
from networks.sheets.companies import REASON, Column

from .standing import works_in_a_team

State, Verdict = CompanyImport.State, ImportLine.Verdict
PER_PAGE = 50
SAMPLES = 5
NAMED = 40
ORDER = (Verdict.ERROR, Verdict.DUPLICATE, Verdict.NEW, Verdict.CHANGED, Verdict.UNCHANGED)


@admin.register(CompanyImport)
class CompanyImportAdmin(ScopedAdmin[CompanyImport]):
    list_display = ["file_name", "agency", "network", "state_badge", "created_at", "begun_by"]
    list_filter = ["state"]
    list_select_related = ["agency", "network", "begun_by"]
    search_fields = ["file_name"]
    date_hierarchy = "created_at"
    ordering = ["-created_at", "-pk"]
    editable = False
    pages: ClassVar[dict[str, str]] = {
        State.UPLOADED: "columns",
        State.CHECKING: "work",
        State.TAKING: "work",
        State.CHECKED: "preview",
        State.TAKEN: "result",
        State.UNDONE: "result",
    }

    def scope(self, person: User) -> QuerySet[CompanyImport]:
        return CompanyImport.objects.visible_to(person)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return works_in_a_team(request)

    def get_urls(self) -> list[URLPattern]:
        bad_lines = path(
            "<path:object_id>/fehler.csv",
            self.admin_site.admin_view(self.bad_lines_view),
            name="networks_companyimport_bad_lines",
        )
        return [bad_lines, *super().get_urls()]

    # -- the file ------------------------------------------------------------------------------------
    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if request.method not in {"GET", "HEAD", "POST"}:
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        if not self.has_add_permission(request):
            raise PermissionDenied
        sent = (request.POST, request.FILES) if request.method == "POST" else ()
        form = ListForm(person_of(request), *sent, initial={"network": request.GET.get("network")})
        if form.is_valid() and form.table:
            data = form.cleaned_data
            run = actions.begin_import(
                form.table, data["file"].name, agency=data["agency"], network=data["network"], by=person_of(request)
            )
            return self._to(run)
        return self._page(request, "begin", None, form=form, columns=list(Column))

    # -- one list ------------------------------------------------------------------------------------
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """What there is to do with it now; the state decides."""
        if request.method not in {"GET", "HEAD", "POST"}:
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        run = self.found(request, object_id)
        if request.method == "POST":
            return self._act(request, run)
        page = "columns" if run.state == State.CHECKED and "spalten" in request.GET else self.pages[run.state]
        shown: Callable[..., HttpResponse] = getattr(self, f"_{page}")
        return shown(request, run)

    def _act(self, request: HttpRequest, run: CompanyImport) -> HttpResponse:
        steps = {"map": self._map, "decide": self._decide, "take": self._take, "undo": self._undo}
        step = next((steps[name] for name in steps if name in request.POST), None)
        if step is None:
            raise BadRequest
        try:
            return step(request, run)
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
            return self._to(run)

    def _columns(self, request: HttpRequest, run: CompanyImport, form: ColumnsForm | None = None) -> HttpResponse:
        return self._page(request, "columns", run, form=form or ColumnsForm(run, self._samples(run)))

    def _samples(self, run: CompanyImport) -> list[ImportLine]:
        return list(run.lines.order_by("number")[:SAMPLES])

    def _map(self, request: HttpRequest, run: CompanyImport) -> HttpResponse:
        form = ColumnsForm(run, self._samples(run), request.POST)
        if not form.is_valid():
            return self._columns(request, run, form)
        return self._to(actions.map_columns(run, form.columns, by=person_of(request)))

    def _work(self, request: HttpRequest, run: CompanyImport) -> HttpResponse:
        return self._page(request, "work", run, lines=run.lines.count())

    def _preview(self, request: HttpRequest, run: CompanyImport) -> HttpResponse:
        counts = run.lines.by_verdict()
        tabs = [(verdict, verdict.label, counts.get(verdict, 0)) for verdict in ORDER if counts.get(verdict)]
        chosen = next((tab[0] for tab in tabs if tab[0] == request.GET.get("nur")), tabs[0][0])
        return self._page(
            request,
            "preview",
            run,
            tabs=tabs,
            chosen=chosen,
            page=self._lines(request, run, chosen),
            counts=counts,
            good=counts.get(Verdict.NEW, 0) + counts.get(Verdict.CHANGED, 0),
            bad=list(run.lines.judged(Verdict.ERROR).order_by("number").values_list("number", flat=True)[: NAMED + 1]),
            most=NAMED,
            unknown=unknown_titles(run),
        )

    def _lines(self, request: HttpRequest, run: CompanyImport, verdict: str) -> Page[ImportLine]:
        lines = run.lines.judged(verdict).select_related("company").order_by("number")
        page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
        if verdict == Verdict.DUPLICATE:
            for line in page.object_list:
                line.form = SuspectForm(line)  # type: ignore[attr-defined]  # for the template
        return page

    def _decide(self, request: HttpRequest, run: CompanyImport) -> HttpResponse:
        numbers = [int(number) for number in request.POST.getlist("line") if number.isdecimal() and len(number) < 9]
        lines = run.lines.judged(Verdict.DUPLICATE).filter(number__in=numbers[:PER_PAGE])
        forms = [(line.number, SuspectForm(line, request.POST)) for line in lines]
        decisions = {number: form.cleaned_data["decision"] for number, form in forms if form.is_valid()}
        run = actions.decide_lines(run, decisions, by=person_of(request))
        messages.success(request, _("Gemerkt. Die Vorschau ist auf dem neuen Stand."))
        return self._to(run)

    def _take(self, request: HttpRequest, run: CompanyImport) -> HttpResponse:
        run = actions.take_over(run, by=person_of(request))
        if run.state == State.TAKEN:
            messages.success(request, _("Übernommen."))
        return self._to(run)

    def _result(self, request: HttpRequest, run: CompanyImport) -> HttpResponse:
        counts = run.lines.by_verdict()
        taken = run.lines.taken().select_related("company").order_by("number")
        return self._page(
            request,
            "result",
            run,
            counts=[(verdict.label, counts[verdict]) for verdict in ORDER if counts.get(verdict)],
            page=Paginator(taken, PER_PAGE).get_page(request.GET.get("page")),
            errors=counts.get(Verdict.ERROR, 0),
            undoing=plan_undo(run) if run.state == State.TAKEN else None,
            most=NAMED,
        )

    def _undo(self, request: HttpRequest, run: CompanyImport) -> HttpResponse:
        done = undo_import(run, by=person_of(request))
        told = ngettext("{n} Zeile zurückgenommen.", "{n} Zeilen zurückgenommen.", done.possible)
        messages.success(request, told.format(n=done.possible))
        return self._to(run)

    # -- what was wrong ------------------------------------------------------------------------------
    def bad_lines_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The bad lines as they were, each with its reasons, to be corrected and read in again."""
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD"])
        run = self.found(request, object_id)
        lines = run.lines.judged(Verdict.ERROR).order_by("number")
        rows = [[*line.cells, _reasons(line)] for line in lines]
        file = write_csv([*run.header, REASON], rows)
        headers = {"Content-Disposition": f'attachment; filename="{_("fehlerhafte-zeilen")}-{run.pk}.csv"'}
        return HttpResponse(file, content_type=CSV_TYPE, headers=headers)

    def _to(self, run: CompanyImport) -> HttpResponse:
        return redirect("admin:networks_companyimport_change", run.pk)

    def _page(self, request: HttpRequest, name: str, run: CompanyImport | None, **more: Any) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(run) if run else _("Liste einlesen"),
            "run": run,
            "list_url": reverse("admin:networks_companyimport_changelist"),
            **more,
        }
        return TemplateResponse(request, f"admin/networks/companyimport/{name}.html", context)


def _reasons(line: ImportLine) -> str:
    told = (f"{column}: {text}" if column else text for column, text in line.findings.get("problems", []))
    return " | ".join(told)
