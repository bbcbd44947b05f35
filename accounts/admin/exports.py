"""A list as a file: as filtered, with the columns that somebody chooses, and logged."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any, ClassVar, cast

from django import forms
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.audit import record
from accounts.models import User
from accounts.sheets.writing import CSV_TYPE, XLSX_TYPE, Value, write_csv, write_xlsx

FORMATS = [
    ("xlsx", gettext_lazy("Excel (XLSX)")),
    ("csv", gettext_lazy("CSV mit Semikolons, für Excel und andere Programme")),
]


@dataclass(frozen=True)
class ExportColumn:
    """One column: whether it is ticked at first, and what stands in it."""

    key: str
    title: str
    value: Callable[[Any], Value]
    ticked: bool = True


class ExportForm(forms.Form):
    columns = forms.MultipleChoiceField(label=gettext_lazy("Spalten"), widget=forms.CheckboxSelectMultiple)
    format = forms.ChoiceField(label=gettext_lazy("Format"), choices=FORMATS, widget=forms.RadioSelect, initial="xlsx")

    def __init__(self, columns: Sequence[ExportColumn], data: Any = None) -> None:
        super().__init__(data)
        field = cast(forms.MultipleChoiceField, self.fields["columns"])
        field.choices = [(one.key, one.title) for one in columns]
        field.initial = [one.key for one in columns if one.ticked]


def as_cell(value: Any) -> Value:
    """Numbers and dates stay what they are; a moment is told in local time."""
    if value is None or isinstance(value, bool):
        return {None: "", True: _("ja"), False: _("nein")}[value]
    if isinstance(value, datetime):
        return timezone.localtime(value)
    if isinstance(value, SafeString):
        return unescape(strip_tags(value)).strip()
    return value if isinstance(value, Value) else str(value)


class ExportPage:
    """For lists of the desk. `private` names columns about persons who did not agree to stand in files."""

    private: ClassVar[frozenset[str]] = frozenset()

    @property
    def _list(self) -> Any:
        """The admin that this is mixed into."""
        return self

    def export_columns(self, person: User) -> list[ExportColumn]:
        return [self._column(name) for name in self._list.list_display if not self._is_private(name)]

    def _is_private(self, name: str) -> bool:
        """Persons stand in files by choice of their own only."""
        field = next((one for one in self._list.opts.get_fields() if one.name == name), None)
        return name in self.private or (field is not None and field.related_model is User)

    def export_rows(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With all that the columns read."""
        return rows

    def _column(self, name: str) -> ExportColumn:
        title = str(label_for_field(name, self._list.model, self._list))
        return ExportColumn(name, capfirst(title), lambda row: self._value(name, row))

    def _value(self, name: str, row: Model) -> Value:
        field, _attribute, value = lookup_field(name, row, self._list)
        if field is not None and getattr(field, "flatchoices", None):
            value = getattr(row, f"get_{name}_display")()
        return as_cell(value)

    def get_urls(self) -> list[URLPattern]:
        name = f"{self._list.opts.app_label}_{self._list.opts.model_name}_export"
        export = path("export/", self._list.admin_site.admin_view(self.export_view), name=name)
        return [export, *super().get_urls()]  # type: ignore[misc]  # mixed into an admin

    def export_view(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD", "POST"}:
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        if not self._list.has_view_permission(request):
            raise PermissionDenied
        rows = self._listed(request)
        person = cast(User, request.user)
        columns = self.export_columns(person)
        form = ExportForm(columns, request.POST if request.method == "POST" else None)
        if form.is_valid():
            chosen = [one for one in columns if one.key in form.cleaned_data["columns"]]
            return self._file(person, rows, chosen, form.cleaned_data["format"])
        context = {
            **self._list.admin_site.each_context(request),
            "opts": self._list.opts,
            "title": _("{list}: exportieren").format(list=self._list.opts.verbose_name_plural),
            "form": form,
            "count": rows.count(),
            "filters": request.GET.urlencode(),
        }
        return TemplateResponse(request, "admin/export.html", context)

    def _listed(self, request: HttpRequest) -> QuerySet[Any]:
        """What the list shows under this address, all pages of it."""
        try:
            listed = self._list.get_changelist_instance(request)
        except IncorrectLookupParameters as error:
            raise BadRequest from error
        rows: QuerySet[Any] = listed.queryset
        return rows

    def _file(self, by: User, rows: QuerySet[Any], columns: list[ExportColumn], kind: str) -> HttpResponse:
        table = [[one.value(row) for one in columns] for row in self.export_rows(rows)]
        name = str(self._list.opts.verbose_name_plural)
        titles = [one.title for one in columns]
        record(
            by=by,
            verb="list.exported",
            list=self._list.opts.label_lower,
            columns=[one.key for one in columns],
            count=len(table),
            note=_("{list}: {n} Zeilen").format(list=name, n=len(table)),
        )
        return _answer(name, kind, titles, table)


def _answer(name: str, kind: str, titles: list[str], table: Iterable[Sequence[Value]]) -> HttpResponse:
    content = write_csv(titles, table) if kind == "csv" else write_xlsx(titles, table, name)
    answer = HttpResponse(content, content_type=CSV_TYPE if kind == "csv" else XLSX_TYPE)
    file_name = f"{slugify(name)}-{timezone.localdate():%Y-%m-%d}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return answer
