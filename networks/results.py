"""Results of the directory as cards: whatever answers the query is marked, and every card says why it is there."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from networks.directory import Choice, Directory
from networks.models import Company, Membership, Municipality, Region
from networks.search.index import Found, Hit
from networks.search.marks import Marker

REASONS: dict[str, Promise] = {
    "name": gettext_lazy("Gefunden im Namen"),
    "competence": gettext_lazy("Gefunden bei den Kompetenzen"),
    "text": gettext_lazy("Gefunden im Text"),
}


@dataclass(frozen=True)
class Card:
    """A company as the card component draws it."""

    slug: str
    name: str
    full_name: str
    summary: str
    place: str
    region: Region | None
    municipality: Municipality | None
    logo: object
    get_absolute_url: str


@dataclass(frozen=True)
class Result:
    company: Card
    match: str = ""
    why: str = ""
    competences: Sequence[str] = ()
    networks: Sequence[str] = ()


def marked(marker: Marker, text: str) -> SafeString:
    return format_html_join("", "{}", ((_mark(piece) if hit else piece,) for piece, hit in marker.pieces(text)))


def _mark(piece: str) -> SafeString:
    return format_html("<mark>{}</mark>", piece)


def results(directory: Directory, found: Found, start: int, size: int) -> list[Result]:
    """In the order of the index; a company hidden since it was built is left out. Three queries for any number."""
    hits = found.page(start, size)
    keys = [hit.key for hit in hits]
    companies = Company.objects.published().for_cards().in_bulk(keys)
    tags = _labels(directory.choices["competence"], Company.objects.competence_codes(keys))
    networks = _labels(directory.choices["network"], Membership.objects.shown().network_slugs(keys))
    shown = [(hit, companies[hit.key], tags[hit.key], networks[hit.key]) for hit in hits if hit.key in companies]
    if not found.asked:
        return [Result(_card(company), competences=names, networks=nets) for _hit, company, names, nets in shown]
    marker = Marker(found.asked)
    return [_found(hit, company, marker, names, nets) for hit, company, names, nets in shown]


def _labels(choices: Iterable[Choice], pairs: Iterable[tuple[int, str]]) -> defaultdict[int, list[str]]:
    """Names of a company's competences or networks, in the order of the facet."""
    order = {choice.value: (place, choice.label) for place, choice in enumerate(choices)}
    places: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for company, value in pairs:
        if value in order:
            places[company].append(order[value])
    labels: defaultdict[int, list[str]] = defaultdict(list)
    labels.update({company: [label for _place, label in sorted(found)] for company, found in places.items()})
    return labels


def _card(company: Company) -> Card:
    return Card(
        slug=company.slug,
        name=company.name,
        full_name=company.full_name,
        summary=company.summary,
        place=company.place,
        region=company.region,
        municipality=company.municipality,
        logo=company.logo,
        get_absolute_url=company.get_absolute_url(),
    )


def _found(hit: Hit, company: Company, marker: Marker, tags: list[str], networks: list[str]) -> Result:
    plain = _card(company)
    texts = {field: marked(marker, getattr(plain, field)) for field in ("full_name", "summary", "place")}
    names = sorted((marked(marker, tag) for tag in tags), key=lambda name: "<mark>" not in name)
    return Result(Card(**{**vars(plain), **texts}), hit.match, _why(hit, company, marker), names, networks)


def _why(hit: Hit, company: Company, marker: Marker) -> SafeString:
    """Where the words stand; quoted when the card itself does not show the place."""
    quote = _quote(company, marker) if hit.match == "text" else SafeString()
    if not quote:
        return format_html("{}", REASONS[hit.match])
    return format_html(_("{reason}: {quote}"), reason=REASONS[hit.match], quote=quote)


def _quote(company: Company, marker: Marker) -> SafeString:
    if any(marker.excerpt(text) for text in (company.summary, company.place)):
        return SafeString()
    industry = str(company.industry.name) if company.industry else ""
    district = company.municipality.district.name if company.municipality else ""
    excerpts = filter(None, map(marker.excerpt, (company.description, industry, district)))
    return marked(marker, next(excerpts, ""))
