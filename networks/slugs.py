"""Addresses of companies and networks: made from names, unique, for ever."""

from typing import Protocol

from django.utils.text import slugify

from networks.search.fold import fold

GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


class Taken(Protocol):
    def __call__(self, slug: str, /) -> bool: ...


def slug_for(name: str, taken: Taken) -> str:
    """A free slug like the name; a number is added where it is taken."""
    base = slugify(name.translate(GERMAN))[:100] or slugify(fold(name))[:100] or "eintrag"
    slug, number = base, 2
    while taken(slug):
        slug, number = f"{base}-{number}", number + 1
    return slug
