"""How well a word of a company answers a word that was asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from networks.search.fold import spellings
from networks.search.words import bases

SHORTEST_INSIDE = 3
SHORTEST_STEM = 4
SHORTEST_STEM_INSIDE = 5


class Grade(IntEnum):
    """Better first. PARTS: the word only answers in pieces (see Vocabulary.splits)."""

    WHOLE = 0
    INFLECTED = 1
    BEGINNING = 2
    INSIDE = 3
    PARTS = 4
    NONE = 5


def stem(word: str) -> str:
    return min((base for base in bases(word) if len(base) >= SHORTEST_STEM), key=len, default=word)


@dataclass(frozen=True)
class Term:
    """One word, or one part of a word, in all the ways it may be written."""

    spellings: tuple[str, ...]

    @classmethod
    def of(cls, word: str) -> "Term":
        return cls(spellings(word))

    @cached_property
    def bases(self) -> frozenset[str]:
        return frozenset(base for spelling in self.spellings for base in bases(spelling))

    @cached_property
    def stems(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(stem(spelling) for spelling in self.spellings))

    @cached_property
    def forms(self) -> tuple[str, ...]:
        return self.spellings + self.stems

    @cached_property
    def inside(self) -> tuple[str, ...]:
        """Forms long enough to mean something in the middle of a word."""
        whole = (word for word in self.spellings if len(word) >= SHORTEST_INSIDE)
        stems = (word for word in self.stems if len(word) >= SHORTEST_STEM_INSIDE)
        return tuple(dict.fromkeys((*whole, *stems)))

    def grade(self, word: str) -> Grade:
        for grade, answers in TESTS:
            if answers(self, word):
                return grade
        return Grade.NONE

    def occurs_in(self, word: str) -> bool:
        """As a part: short parts only where a part can begin or end."""
        grade = self.grade(word)
        if grade is not Grade.INSIDE:
            return grade < Grade.INSIDE
        return _ends(self, word) or any(len(form) >= SHORTEST_STEM_INSIDE and form in word for form in self.forms)


def _whole(term: Term, word: str) -> bool:
    return word in term.spellings


def _inflected(term: Term, word: str) -> bool:
    return not term.bases.isdisjoint(bases(word))


def _begins(term: Term, word: str) -> bool:
    return word.startswith(term.forms)


def _inside(term: Term, word: str) -> bool:
    return any(form in word for form in term.inside) or _ends(term, word)


def _ends(term: Term, word: str) -> bool:
    tails = tuple(form for form in term.forms if len(form) >= SHORTEST_INSIDE)
    return any(base.endswith(tails) for base in bases(word))


TESTS: tuple[tuple[Grade, Callable[[Term, str], bool]], ...] = (
    (Grade.WHOLE, _whole),
    (Grade.INFLECTED, _inflected),
    (Grade.BEGINNING, _begins),
    (Grade.INSIDE, _inside),
)
