"""Is it one of these? Same name without legal form, same website, or a similar name at the same postcode."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from networks.models import Company
from networks.models.agencies import Person
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


@dataclass(frozen=True)
class Suspect:
    """A company that may be the same. `in_full`: the person may see its page; else name, place and agency only."""

    company: Company
    reasons: tuple[str, ...]
    in_full: bool


def name_key(name: str) -> str:
    """The name as it is compared: folded, without legal form."""
    folded = [fold(word) for word in words(re.sub(r"[.]", "", name))]
    return " ".join(word for word in folded if word not in LEGAL_FORMS)[:200] or " ".join(folded)[:200]


def website_domain(website: str) -> str:
    """The host of a website without `www`; empty for what is no address."""
    try:
        host = urlsplit(website).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")[:120]


def suspects(name: str, website: str = "", postcode: str = "", *, besides: Company | None = None) -> list[Company]:
    """Companies that may be the one described, best first; merged and archived ones never."""
    key, domain = name_key(name), website_domain(website)
    same = Q(name_key=key)
    if domain:
        same |= Q(website_domain=domain)
    if postcode:
        same |= Q(postcode=postcode)
    others = Company.objects.living().exclude(pk=besides.pk) if besides else Company.objects.living()
    found = others.filter(same).with_place()[:200]
    rated = [(len(_reasons(company, key, domain, postcode)), company) for company in found]
    return [company for count, company in sorted(rated, key=lambda pair: (-pair[0], pair[1].pk)) if count][:8]


def _reasons(company: Company, key: str, domain: str, postcode: str) -> tuple[str, ...]:
    similar = fuzz.token_sort_ratio(company.name_key, key) >= SIMILAR
    found = []
    if company.name_key == key:
        found.append(_("gleicher Name"))
    elif similar:
        found.append(_("ähnlicher Name"))
    if domain and company.website_domain == domain:
        found.append(_("gleiche Website"))
    if found and postcode and company.postcode == postcode:
        found.append(_("gleiche Postleitzahl"))
    return tuple(found)


def possible_duplicates(company: Company, for_person: Person) -> list[Suspect]:
    """What a reviewer sees beside an application; of another agency's unpublished company little."""
    found = suspects(company.name, company.website, company.postcode, besides=company)
    seen = set(Company.objects.visible_to(for_person).among(found).values_list("pk", flat=True))
    key, domain = name_key(company.name), website_domain(company.website)
    return [Suspect(one, _reasons(one, key, domain, company.postcode), one.pk in seen) for one in found]


def published_suspects(name: str, website: str, postcode: str) -> list[Company]:
    """What an applicant sees: "Is it one of these?" shows published companies only."""
    return [company for company in suspects(name, website, postcode) if company.state == Company.State.PUBLISHED]
