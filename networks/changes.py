"""What was changed, when and by whom: the history of a company in words."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from networks.models import Company, CompanyMember

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
    history = company.history.select_related(*RELATED).order_by("-history_date", "-history_id")
    versions = list(history[: SHOWN + 1])
    competences = _competences(versions)
    team = set(CompanyMember.objects.of_company(company).values_list("person", flat=True))
    spoken = [_in_words(version, competences[version.pk]) for version in versions]
    found = [
        Change(version.history_date, _who(version, team), _differences(newer, older))
        for version, newer, older in zip(versions, spoken, spoken[1:], strict=False)
    ]
    return [change for change in found if change.fields]


def _competences(versions: list[Any]) -> dict[int, list[str]]:
    """The names of the competences that each version had."""
    links = apps.get_model("networks", "HistoricalCompany_competences")._default_manager
    found: defaultdict[int, list[str]] = defaultdict(list)
    for link in links.filter(history__in=versions).select_related("competence"):
        found[link.history_id].append(str(link.competence))
    return found


def _in_words(version: Any, competences: list[str]) -> dict[str, str]:
    """Each field as people read it, under its label."""
    said = {_label(name): _value(version, name) for name in FIELDS}
    return said | {_("Kompetenzen"): ", ".join(sorted(competences))}


def _label(name: str) -> str:
    return str(getattr(Company._meta.get_field(name), "verbose_name", name))


def _value(version: Any, name: str) -> str:
    display = getattr(version, f"get_{name}_display", None)
    value = display() if display else getattr(version, name)
    return "" if value is None else str(value)


def _differences(newer: dict[str, str], older: dict[str, str]) -> tuple[FieldChange, ...]:
    return tuple(FieldChange(label, older[label], said) for label, said in newer.items() if said != older[label])


def _who(version: Any, team: set[int]) -> str:
    """The team's people by name; staff, and who has left, without: nobody asked them."""
    person = version.history_user
    if person is None:
        return _("das Portal")
    if person.pk in team:
        return person.name or _("jemand aus dem Team")
    return _("die Wirtschaftsförderung") if person.is_staff else _("jemand, der nicht mehr zum Team gehört")
