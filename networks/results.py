"""Results of the directory as cards: whatever answers the query is marked, and every card says why it is there."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyroaring import BitMap

from accounts.wordings import all_wordings, wording
from networks.directory import Directory
from networks.models import Company, Municipality, Region
from networks.search.index import Found, Hit
from networks.search.marks import Marker

REASONS: dict[str, Promise] = {
    "name": gettext_lazy("Gefunden im Namen"),
    "competence": gettext_lazy("Gefunden bei den Kompetenzen"),
    "text": gettext_lazy("Gefunden im Text"),
}


MARKED = ("full_name", "summary", "summary_en", "summary_nl", "place")


@dataclass(frozen=True)
class Card:
    """A company as the card component draws it."""

    slug: str
    name: str
    full_name: str
    summary: str
    summary_en: str
    summary_nl: str
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
    """In the order of the index, in one query; a company hidden since the index was built is left out."""
    hits = found.page(start, size)
    companies = Company.objects.published().for_cards().in_bulk([hit.key for hit in hits])
    rows = BitMap(hit.row for hit in hits)
    tags, networks = (directory.labels(facet, rows) for facet in ("competence", "network"))
    shown = [(hit, directory.placed(companies[hit.key])) for hit in hits if hit.key in companies]
    if not found.asked:
        return [Result(_card(company), competences=tags[hit.row], networks=networks[hit.row]) for hit, company in shown]
    marker = Marker(found.hits.words)
    return [_found(hit, company, marker, tags[hit.row], networks[hit.row]) for hit, company in shown]


def _card(company: Company) -> Card:
    return Card(
        slug=company.slug,
        name=company.name,
        full_name=company.full_name,
        summary=company.summary,
        summary_en=company.summary_en,
        summary_nl=company.summary_nl,
        place=company.place,
        region=company.region,
        municipality=company.municipality,
        logo=company.logo,
        get_absolute_url=company.get_absolute_url(),
    )


def _found(hit: Hit, company: Company, marker: Marker, tags: list[str], networks: list[str]) -> Result:
    plain = _card(company)
    texts = {field: marked(marker, getattr(plain, field)) for field in MARKED}
    names = sorted((marked(marker, tag) for tag in tags), key=lambda name: "<mark>" not in name)
    return Result(Card(**{**vars(plain), **texts}), hit.match, _why(hit, company, marker), names, networks)


def _why(hit: Hit, company: Company, marker: Marker) -> SafeString:
    """Where the words stand; quoted when the card itself does not show the place."""
    quote = _quote(company, marker) if hit.match == "text" else SafeString()
    if not quote:
        return format_html("{}", REASONS[hit.match])
    return format_html(_("{reason}: {quote}"), reason=REASONS[hit.match], quote=quote)


def _texts(company: Company) -> tuple[str, ...]:
    """What its page says in the language that is spoken, before what it says in others."""
    return wording(company, "description").text, company.description, all_wordings(company)


def _quote(company: Company, marker: Marker) -> SafeString:
    if any(marker.excerpt(text) for text in (wording(company, "summary").text, company.place)):
        return SafeString()
    industry = str(company.industry.name) if company.industry else ""
    district = company.municipality.district.name if company.municipality else ""
    excerpts = filter(None, map(marker.excerpt, (*_texts(company), industry, district)))
    return marked(marker, next(excerpts, ""))
