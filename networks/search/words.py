"""Words of a text, and the forms one German word takes."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from networks.search.fold import fold, tidy

WORD = re.compile(r"[^\W_]+")
HYPHENATED = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)+")
ENDINGS = ("en", "er", "e", "n", "s")
SHORTEST_BASE = 3
STOPWORDS = frozenset(Path(__file__).with_name("stopwords.txt").read_text(encoding="utf-8").split())


def words(text: str) -> list[str]:
    return WORD.findall(tidy(text))


def _with_joined(text: str) -> Iterator[str]:
    yield from WORD.findall(text)
    for match in HYPHENATED.finditer(text):
        yield "".join(WORD.findall(match.group()))


def column(*texts: str, everything: bool = True) -> str:
    """The different words of these texts, in their own spelling, separated by blanks."""
    found: dict[str, str] = {}
    for text in texts:
        for word in _with_joined(tidy(text)):
            found.setdefault(word.lower(), word)
    kept = found.values() if everything else filter(is_telling, found.values())
    return " ".join(kept)


def is_telling(word: str) -> bool:
    return fold(word) not in STOPWORDS


def query_words(text: str) -> tuple[str, ...]:
    """What was asked for; little words count only when there is nothing else."""
    asked = list(dict.fromkeys(words(text.lower())))
    return tuple(filter(is_telling, asked)) or tuple(asked)


def bases(word: str) -> Iterable[str]:
    """The folded word, and what is left of it without one ending."""
    yield word
    for ending in ENDINGS:
        base = word[: -len(ending)]
        if len(base) >= SHORTEST_BASE and word.endswith(ending) and not word.endswith("ss"):
            yield base
