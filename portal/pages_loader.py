"""The texts of legal and help pages as they are shipped; the operator's own take their place."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import pgettext_lazy

from portal.models import SitePage

FOLDER = Path(__file__).parent / "pages"
# How a page is called in the address: German is what the files and rows are called by.
WORDS = {
    "impressum": pgettext_lazy("address", "impressum"),
    "datenschutz": pgettext_lazy("address", "datenschutz"),
    "barrierefreiheit": pgettext_lazy("address", "barrierefreiheit"),
    "leichte-sprache": pgettext_lazy("address", "leichte-sprache"),
    "nutzungsbedingungen": pgettext_lazy("address", "nutzungsbedingungen"),
    "hilfe": pgettext_lazy("address", "hilfe"),
    "hilfe-schreibtisch": pgettext_lazy("address", "hilfe-schreibtisch"),
    "kontakt": pgettext_lazy("address", "kontakt"),
}
SLUGS = tuple(WORDS)
VERSION = "2026-11"
BLANK = re.compile(r"\[\[([a-z_]+)\]\]")

# What only the operator knows: the question that stands in its place, and the demo's invented answer.
BLANKS = {
    "name": ("Name des Betreibers", "Brückenschlag Musterbetrieb GmbH (erfunden)"),
    "anschrift": ("Straße, Postleitzahl und Ort", "Uferweg 1  \n00000 Musterstadt"),
    "anschrift_zeile": ("Straße, Postleitzahl und Ort", "Uferweg 1, 00000 Musterstadt"),
    "rechtsform": ("Rechtsform", "Gesellschaft mit beschränkter Haftung"),
    "vertretung": ("vertretungsberechtigte Person", "Alex Beispiel, Geschäftsführung"),
    "email": ("E-Mail-Adresse", "portal@example.org"),
    "telefon": ("Telefonnummer", "0000 000000"),
    "register": ("Registergericht und Nummer, oder: keins", "Amtsgericht Musterstadt, HRB 0000"),
    "ust": ("Nummer, oder: keine", "keine"),
    "redaktion": ("Name und Anschrift", "Alex Beispiel, Anschrift wie oben"),
    "datenschutz": ("Kontakt der oder des Datenschutzbeauftragten", "datenschutz@example.org"),
    "hoster": ("Name und Ort des Rechenzentrums", "Muster-Rechenzentrum, Musterstadt"),
    "geprueft": ("Datum", "23. November 2026"),
}


class PageWord:
    """In an address: the word of the language that is spoken."""

    regex = "[a-z-]+"

    def to_python(self, value: str) -> str:
        found = [slug for slug, word in WORDS.items() if str(word) == value]
        if not found:
            raise ValueError(value)
        return found[0]

    def to_url(self, value: str) -> str:
        return str(WORDS[value]) if value in WORDS else value


@dataclass(frozen=True)
class ShippedPage:
    slug: str
    title: str
    body: str
    version: str = VERSION


@lru_cache(maxsize=len(SLUGS))
def shipped(slug: str) -> ShippedPage:
    """A file's first line is its title, `# …`."""
    title, _, body = (FOLDER / f"{slug}.md").read_text(encoding="utf-8").partition("\n")
    return ShippedPage(slug, title.removeprefix("# ").strip(), body.strip())


def current(slug: str) -> SitePage | ShippedPage:
    return SitePage.objects.filter(slug=slug).first() or shipped(slug)


def fill_blanks(body: str, *, demo: bool) -> str:
    """A blank asks the operator in plain sight, so that nobody publishes an imprint without a name."""

    def answer(match: re.Match[str]) -> str:
        if match[1] == "domain":
            return str(settings.BASE_URL)
        question, invented = BLANKS.get(match[1], (match[1], match[1]))
        return invented if demo else f"**Bitte ergänzen: {question}**"

    return BLANK.sub(answer, body)


def load_pages() -> int:
    """Add what is missing; what the operator wrote stays. Returns how many were added."""
    there = set(SitePage.objects.values_list("slug", flat=True))
    pages = [shipped(slug) for slug in SLUGS if slug not in there]
    rows = [SitePage(slug=page.slug, title=page.title, body=page.body, version=page.version) for page in pages]
    return len(SitePage.objects.bulk_create(rows, ignore_conflicts=True))
