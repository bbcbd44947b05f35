"""The texts of legal and help pages as they are shipped; the operator's own take their place."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from portal.models import SitePage

FOLDER = Path(__file__).parent / "pages"
SLUGS = ("impressum", "datenschutz", "barrierefreiheit", "leichte-sprache", "nutzungsbedingungen", "hilfe", "kontakt")
VERSION = "2026-11"


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


def load_pages() -> int:
    """Add what is missing; what the operator wrote stays. Returns how many were added."""
    there = set(SitePage.objects.values_list("slug", flat=True))
    pages = [shipped(slug) for slug in SLUGS if slug not in there]
    rows = [SitePage(slug=page.slug, title=page.title, body=page.body, version=page.version) for page in pages]
    return len(SitePage.objects.bulk_create(rows, ignore_conflicts=True))
