"""What two entries say differently, part by part: for choosing, and for taking over."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from networks.models import Company

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

ALL_COMPETENCES = "all_competences"


@dataclass(frozen=True)
class Part:
    """Fields that belong together: an address is taken whole, a phone number with who may see it."""

    key: str
    label: "StrOrPromise"
    fields: tuple[str, ...]
    read: Callable[[Company], str]


def _plain(name: str) -> Callable[[Company], str]:
    return lambda company: str(getattr(company, name) or "")


def _address(company: Company) -> str:
    town = " ".join(word for word in (company.postcode, company.place) if word)
    return ", ".join(line for line in (company.street, town) if line)


def competences_in_words(companies: Collection[Company]) -> str:
    return ", ".join(sorted({str(one) for company in companies for one in company.competences.all()}))


PARTS = (
    Part("name", _("Name und Rechtsform"), ("name", "legal_form"), lambda company: company.full_name),
    Part("summary", _("In einem Satz"), ("summary", "summary_en", "summary_nl"), _plain("summary")),
    Part("description", _("Beschreibung"), ("description", "description_en", "description_nl"), _plain("description")),
    Part("website", _("Website"), ("website",), _plain("website")),
    Part("founded", _("Gründungsjahr"), ("founded",), _plain("founded")),
    Part("size", _("Mitarbeitende"), ("size",), lambda company: company.get_size_display()),
    Part(
        "place",
        _("Anschrift"),
        ("street", "postcode", "municipality", "guest_place", "caring_agency"),
        _address,
    ),
    Part("industry", _("Branche"), ("industry",), _plain("industry")),
    Part("competences", _("Kompetenzen"), ("competences",), lambda company: competences_in_words([company])),
    Part("email", _("E-Mail des Unternehmens"), ("email", "email_visibility"), _plain("email")),
    Part("phone", _("Telefon des Unternehmens"), ("phone", "phone_visibility"), _plain("phone")),
    Part("logo", _("Logo"), (), lambda company: str(_("mit Logo")) if company.logo else ""),
)


@dataclass(frozen=True)
class Difference:
    part: Part
    one: str
    other: str

    def proposed(self, kept: str) -> str:
        """That of the entry that stays, unless it says nothing."""
        return kept if getattr(self, kept) else "other" if kept == "one" else "one"


def differences(one: Company, other: Company) -> list[Difference]:
    said = [Difference(part, part.read(one), part.read(other)) for part in PARTS]
    both_logos = bool(one.logo and other.logo)
    return [said_so for said_so in said if said_so.one != said_so.other or (said_so.part.key == "logo" and both_logos)]


def values_taken(kept: Company, given_up: Company, taken: Collection[str]) -> dict[str, Any]:
    """What the entry that stays takes over from the other, as a form would say it."""
    values: dict[str, Any] = {}
    for part in PARTS:
        if part.key in taken and part.key != "competences":
            values |= {name: getattr(given_up, name) for name in part.fields}
    if ALL_COMPETENCES in taken:
        values["competences"] = [*kept.competences.all(), *given_up.competences.all()]
    elif "competences" in taken:
        values["competences"] = list(given_up.competences.all())
    return values
