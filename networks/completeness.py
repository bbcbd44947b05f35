"""How complete a company's page is, and what would make it better. Named things, no bare number."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from networks.models import Company
from networks.models.company_people import Visibility


@dataclass(frozen=True)
class Completeness:
    filled: int
    of: int
    missing: tuple[str, ...]

    @property
    def fraction(self) -> float:
        return self.filled / self.of


def _is_reachable(company: Company) -> bool:
    by_mail = bool(company.email) and company.email_visibility != Visibility.NOBODY
    return by_mail or (bool(company.phone) and company.phone_visibility != Visibility.NOBODY)


def completeness(company: Company, competences: int | None = None) -> Completeness:
    """Whoever has counted the competences of many companies says so; else they are looked up."""
    chosen = len(company.competences.all()) if competences is None else competences
    wanted = {
        _("eine Beschreibung"): bool(company.description),
        _("Ihre Branche"): company.industry_id is not None,
        _("mindestens drei Kompetenzen"): chosen >= 3,
        _("Ihre Website"): bool(company.website),
        _("die Zahl der Mitarbeitenden"): bool(company.size),
        _("Ihre Anschrift"): bool(company.street and company.postcode),
        _("ein Logo"): bool(company.logo),
        _("ein Weg, Sie zu erreichen"): _is_reachable(company),
    }
    missing = tuple(name for name, there in wanted.items() if not there)
    return Completeness(len(wanted) - len(missing), len(wanted), missing)
