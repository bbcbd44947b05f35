"""The list of companies as a file: the columns that an import reads first, then what helps the desk."""

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, cast

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.admin.exports import ExportColumn, ExportPage, as_cell
from accounts.models import User
from networks.completeness import completeness
from networks.exporting import company_cells, with_cells
from networks.models import Company, InternalNote
from networks.sheets.companies import Column

if TYPE_CHECKING:
    from networks.models.companies import CompanyQuerySet


def _more() -> list[ExportColumn]:
    return [
        ExportColumn("state", _("Stand"), lambda company: company.get_state_display(), ticked=False),
        ExportColumn("region", _("Region"), lambda company: str(company.region or ""), ticked=False),
        ExportColumn("home", _("Zuständig"), lambda company: str(company.home_agency or ""), ticked=False),
        ExportColumn(
            "complete", _("Vollständig (Anteil)"), lambda company: completeness(company).fraction, ticked=False
        ),
        ExportColumn("updated", _("Zuletzt geändert"), lambda company: as_cell(company.updated_at), ticked=False),
    ]


class CompanyExport(ExportPage):
    def export_rows(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return with_cells(cast("CompanyQuerySet", rows))

    def export_columns(self, person: User) -> list[ExportColumn]:
        cells = lru_cache(maxsize=1)(company_cells)  # a row is read column by column

        def listed(column: Column) -> ExportColumn:
            return ExportColumn(column.name.lower(), column.value, lambda company: cells(company)[column])

        @cache
        def notes() -> dict[str, str]:
            """Asked for once, and only when somebody wants them."""
            return InternalNote.objects.visible_to(person).texts_about(Company)

        about = ExportColumn(
            "notes", _("Interne Notizen"), lambda company: notes().get(str(company.pk), ""), ticked=False
        )
        return [*(listed(column) for column in Column), *_more(), about]
