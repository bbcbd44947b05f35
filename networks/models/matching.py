"""Does a thing match what somebody typed? Word by word, for the desk's few fields; the public search has its index."""

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_

from django.db.models import Q

from networks.search.fold import spellings

MOST_WORDS = 6


def every_word(query: str, fields: Iterable[str], folded: Iterable[str] = ()) -> Q:
    """Each word stands in one of the fields; `folded` ones hold a spelling without case and accents."""
    words = query.split()[:MOST_WORDS]
    return reduce(and_, (_one_word(word, list(fields), list(folded)) for word in words), Q())


def _one_word(word: str, fields: list[str], folded: list[str]) -> Q:
    found = [Q(**{f"{field}__icontains": form}) for field in fields for form in _cases(word)]
    found += [Q(**{f"{field}__contains": form}) for field in folded for form in spellings(word)]
    return reduce(or_, found)


def _cases(word: str) -> set[str]:
    """SQLite knows upper and lower case of plain letters only."""
    return {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
