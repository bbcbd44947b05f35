"""Marks the words of a text that answer a query; works on the text as people see it."""

from collections.abc import Callable, Container, Iterator
from functools import lru_cache

from networks.search.fold import spellings, tidy
from networks.search.words import WORD

Piece = tuple[str, bool]
AROUND = 90


class Marker:
    """`found` are the folded words of the data that answered."""

    def __init__(self, found: Container[str]) -> None:
        @lru_cache(maxsize=4096)
        def hits(word: str) -> bool:
            return any(spelling in found for spelling in spellings(word))

        self._hits: Callable[[str], bool] = hits

    def pieces(self, text: str) -> Iterator[Piece]:
        """The text in pieces, each with whether it is to be marked; joined they are the text."""
        visible, done = tidy(text), 0
        for match in WORD.finditer(visible):
            if self._hits(match.group()):
                if match.start() > done:
                    yield visible[done : match.start()], False
                yield match.group(), True
                done = match.end()
        if done < len(visible):
            yield visible[done:], False

    def excerpt(self, text: str) -> str:
        """A stretch of the text around its first mark, cut between words; empty without a mark."""
        visible = tidy(text)
        for match in WORD.finditer(visible):
            if self._hits(match.group()):
                return _stretch(visible, match.start(), match.end())
        return ""


def _stretch(text: str, start: int, end: int) -> str:
    left = text.find(" ", start - AROUND, start) + 1 if start > AROUND else 0
    right = text.rfind(" ", end, end + AROUND) if len(text) - end > AROUND else len(text)
    left, right = left or start, right if right >= 0 else end
    left = 0 if start <= AROUND else left
    return ("… " if left else "") + text[left:right] + (" …" if right < len(text) else "")
