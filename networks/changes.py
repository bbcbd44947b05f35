"""What was changed in a company's entry, as its own people read it."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.versions import Change
from accounts.versions import changes_of as versions_of
from networks.models import Company, CompanyMember

FIELDS = (
    *("name", "legal_form", "summary", "description", "website", "founded", "size", "street", "postcode"),
    *("municipality", "guest_place", "caring_agency", "industry", "email", "email_visibility", "phone"),
    *("phone_visibility", "logo", "competences", *Company.WORDINGS),
)


def changes_of(company: Company) -> list[Change]:
    """The latest changes first; each with the fields that differ from the version before."""
    team = set(CompanyMember.objects.of_company(company).values_list("person", flat=True))
    return versions_of(company, who=lambda version: _who(version, team), names=FIELDS)


def _who(version: Any, team: set[int]) -> str:
    """The team's people by name; staff, and who has left, without: nobody asked them."""
    person = version.history_user
    if person is None:
        return _("das Portal")
    if person.pk in team:
        return person.name or _("jemand aus dem Team")
    return _("die Wirtschaftsförderung") if person.is_staff else _("jemand, der nicht mehr zum Team gehört")
