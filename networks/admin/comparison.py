"""An application beside what may be the same company, line by line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from networks.duplicates import Suspect
from networks.models import Company


def _with_visibility(value: str, who: str) -> str:
    return f"{value} ({who})" if value else ""


LINES: tuple[tuple[str, Callable[[Company], object]], ...] = (
    ("name", lambda company: company.name),
    ("legal_form", lambda company: company.legal_form),
    ("summary", lambda company: company.summary),
    ("description", lambda company: company.description),
    *((name, attrgetter(name)) for name in Company.WORDINGS),
    ("website", lambda company: company.website),
    ("founded", lambda company: company.founded),
    ("size", lambda company: company.get_size_display()),
    ("street", lambda company: company.street),
    ("postcode", lambda company: company.postcode),
    ("municipality", lambda company: company.place),
    ("industry", lambda company: company.industry),
    ("competences", lambda company: ", ".join(str(one) for one in company.competences.all())),
    ("email", lambda company: _with_visibility(company.email, company.get_email_visibility_display())),
    ("phone", lambda company: _with_visibility(company.phone, company.get_phone_visibility_display())),
)
ALWAYS_SEEN = {"name", "municipality"}


@dataclass(frozen=True)
class Other:
    value: str
    same: bool
    shown: bool


@dataclass(frozen=True)
class Line:
    label: str
    value: str
    others: tuple[Other, ...]


def compare(company: Company, suspects: Sequence[Suspect]) -> list[Line]:
    return [_line(name, read, company, suspects) for name, read in LINES]


def _line(name: str, read: Callable[[Company], object], company: Company, suspects: Sequence[Suspect]) -> Line:
    value = _text(read(company))
    others = []
    for suspect in suspects:
        shown = suspect.in_full or name in ALWAYS_SEEN
        other = _text(read(suspect.company)) if shown else ""
        others.append(Other(other, other == value, shown))
    label = _("Ort") if name == "municipality" else Company._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    return Line(str(label), value, tuple(others))


def _text(value: object) -> str:
    return "" if value is None else str(value)
