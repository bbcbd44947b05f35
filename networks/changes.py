"""What was changed, when and by whom: the history of a company in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from networks.models import Company

SHOWN = 60
FIELDS = (
    *("name", "legal_form", "summary", "description", "website", "founded", "size", "street", "postcode"),
    *("municipality", "guest_place", "caring_agency", "industry", "email", "email_visibility", "phone"),
    *("phone_visibility", "logo"),
)
RELATED = ("history_user", "municipality", "industry", "caring_agency")


@dataclass(frozen=True)
class FieldChange:
    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    at: datetime
    by: str
    fields: tuple[FieldChange, ...]


def changes_of(company: Company) -> list[Change]:
    """The latest changes first; each with the fields that differ from the version before."""
    versions = list(
        company.history.select_related(*RELATED)
        .prefetch_related("competences__competence")
        .order_by("-history_date", "-history_id")[: SHOWN + 1]
    )
    spoken = [_in_words(version) for version in versions]
    found = [
        Change(version.history_date, _who(version), _differences(newer, older))
        for version, newer, older in zip(versions, spoken, spoken[1:], strict=False)
    ]
    return [change for change in found if change.fields]


def _in_words(version: Any) -> dict[str, str]:
    """Each field as people read it, under its label."""
    said = {_label(name): _value(version, name) for name in FIELDS}
    competences = sorted(str(link.competence) for link in version.competences.all())
    return said | {str(_("Kompetenzen")): ", ".join(competences)}


def _label(name: str) -> str:
    return str(getattr(Company._meta.get_field(name), "verbose_name", name))


def _value(version: Any, name: str) -> str:
    display = getattr(version, f"get_{name}_display", None)
    value = display() if display else getattr(version, name)
    return "" if value is None else str(value)


def _differences(newer: dict[str, str], older: dict[str, str]) -> tuple[FieldChange, ...]:
    return tuple(FieldChange(label, older[label], said) for label, said in newer.items() if said != older[label])


def _who(version: Any) -> str:
    return str(version.history_user) if version.history_user else _("das Portal")
