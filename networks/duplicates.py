"""Is it one of these? Same name without legal form, same website, or a similar name at the same postcode."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from networks.models import Company
from networks.models.agencies import Person
from networks.models.companies import CompanyQuerySet
from networks.search.fold import fold
from networks.search.words import words

LEGAL_FORMS = frozenset(
    [
        "gmbh",
        "mbh",
        "ag",
        "kg",
        "ohg",
        "gbr",
        "ug",
        "ek",
        "ekfm",
        "ekfr",
        "eg",
        "ev",
        "se",
        "kgaa",
        "co",
        "und",
        "cie",
        "bv",
        "nv",
        "vof",
        "haftungsbeschrankt",
        "inh",
        "inhaber",
        "gesellschaft",
    ]
)
SIMILAR = 82
UMLAUT = re.compile(r"(?<![aeiouq])([aou])e")
INITIALS = re.compile(r"\b(\w)\.\s*(?=\w\b)")


@dataclass(frozen=True)
class Suspect:
    """A company that may be the same. `in_full`: the person may see its page; else name, place and agency only."""

    company: Company
    reasons: tuple[str, ...]
    in_full: bool


def _undotted(text: str) -> str:
    """`e. K.` and `B.V.` are written as one word."""
    return INITIALS.sub(r"\1", text).replace(".", "")


def name_key(name: str) -> str:
    """The name as it is compared: folded, without legal form; ä and ae are the same."""
    folded = [UMLAUT.sub(r"\1", fold(word)) for word in words(_undotted(name))]
    return " ".join(word for word in folded if word not in LEGAL_FORMS)[:200] or " ".join(folded)[:200]


def website_domain(website: str) -> str:
    """The host of a website without `www`; empty for what is no address."""
    try:
        host = urlsplit(website).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")[:120]


@dataclass(frozen=True)
class Sought:
    """What is compared."""

    key: str
    legal_form: str = ""
    domain: str = ""
    postcode: str = ""

    @classmethod
    def from_entry(cls, name: str, legal_form: str, website: str, postcode: str) -> "Sought":
        return cls(name_key(name), form_key(legal_form), website_domain(website), postcode)

    @classmethod
    def from_company(cls, company: Company) -> "Sought":
        return cls.from_entry(company.name, company.legal_form, company.website, company.postcode)


def form_key(legal_form: str) -> str:
    return "".join(fold(word) for word in words(_undotted(legal_form)))


def suspects(sought: Sought, *, besides: Company | None = None, among: CompanyQuerySet | None = None) -> list[Company]:
    """Companies that may be the one described, best first; merged and archived ones never."""
    same = Q(name_key=sought.key)
    if sought.domain:
        same |= Q(website_domain=sought.domain)
    if sought.postcode:
        same |= Q(postcode=sought.postcode)
    others = Company.objects.living() if among is None else among
    found = others.exclude(pk__in=[besides.pk] if besides else []).filter(same).with_place().order_by("pk")[:200]
    rated = [(len(_reasons(company, sought)), company) for company in found]
    return [company for count, company in sorted(rated, key=lambda pair: (-pair[0], pair[1].pk)) if count][:8]


def _reasons(company: Company, sought: Sought) -> tuple[str, ...]:
    other = Sought.from_company(company)
    found = []
    if other.key == sought.key:
        found.append(_("gleicher Name"))
    elif fuzz.token_sort_ratio(other.key, sought.key) >= SIMILAR:
        found.append(_("ähnlicher Name"))
    if sought.domain and other.domain == sought.domain:
        found.append(_("gleiche Website"))
    return (*found, *_supporting(other, sought)) if found else ()


def _supporting(other: Sought, sought: Sought) -> list[str]:
    """What makes the same company likelier, and alone says nothing."""
    same_form = bool(sought.legal_form) and other.legal_form == sought.legal_form
    same_place = bool(sought.postcode) and other.postcode == sought.postcode
    return [*([_("gleiche Rechtsform")] if same_form else []), *([_("gleiche Postleitzahl")] if same_place else [])]


def possible_duplicates(company: Company, for_person: Person) -> list[Suspect]:
    """What a reviewer sees beside an application; of another agency's unpublished company little."""
    sought = Sought.from_company(company)
    found = suspects(sought, besides=company)
    seen = set(Company.objects.visible_to(for_person).among(found).values_list("pk", flat=True))
    return [Suspect(one, _reasons(one, sought), one.pk in seen) for one in found]


def published_suspects(name: str, legal_form: str, website: str, postcode: str) -> list[Company]:
    """What an applicant sees: "Is it one of these?" shows published companies only."""
    return suspects(Sought.from_entry(name, legal_form, website, postcode), among=Company.objects.published())
