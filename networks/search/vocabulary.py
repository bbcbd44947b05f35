"""All the words that occur in the data: what they begin with, contain, are made of."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain

from rapidfuzz import process
from rapidfuzz.distance import OSA

from networks.search.fold import fold
from networks.search.terms import SHORTEST_STEM, Term
from networks.search.words import bases

SHORTEST_PART = 3
SHORTEST_PIECE = 5
MOST_PARTS = 4
LONGEST_WORD = 60
LINKS = ("", "s", "es", "n", "en", "er", "e")
CLOSE = 0.66
CLOSER = 0.75
NOTHING = ("", 0.0)

Parts = tuple[str, ...]


class Vocabulary:
    """Folded words, each with one spelling to show and the number of places where it occurs."""

    def __init__(self, shown: Mapping[str, str], weights: Mapping[str, int]) -> None:
        self._shown = shown
        self._weights = weights
        self._sorted = sorted(shown)
        self._joined = "\n".join(["", *self._sorted, ""])

    def __contains__(self, word: str) -> bool:
        return word in self._shown

    def __len__(self) -> int:
        return len(self._shown)

    @cached_property
    def _reversed(self) -> list[str]:
        return sorted(word[::-1] for word in self._sorted)

    @cached_property
    def _bases(self) -> frozenset[str]:
        found = chain.from_iterable(map(bases, self._sorted))
        return frozenset(base for base in found if len(base) >= SHORTEST_STEM)

    def beginning(self, piece: str) -> list[str]:
        return _range(self._sorted, piece)

    def ending(self, piece: str) -> list[str]:
        return [word[::-1] for word in _range(self._reversed, piece[::-1])]

    def containing(self, piece: str) -> Iterator[str]:
        """Each once; one search through the joined words is faster than one per word."""
        text, position = self._joined, 0
        while (position := text.find(piece, position)) >= 0:
            start, end = text.rfind("\n", 0, position) + 1, text.find("\n", position)
            yield text[start:end]
            position = end

    def answering(self, term: Term) -> set[str]:
        """Every word that the term may find, and some that it does not."""
        found: set[str] = set()
        for form in {*term.forms, *term.inside}:
            look = self.containing if len(form) >= SHORTEST_PART else self.beginning
            found.update(look(form))
        return found | {base for base in self._inflections(term) if base in self._shown}

    def _inflections(self, term: Term) -> Iterator[str]:
        return (base + link for base in term.bases for link in LINKS)

    def splits(self, word: str) -> set[Parts]:
        """The ways to take a compound apart into words that occur here."""
        if not 2 * SHORTEST_PART <= len(word) <= LONGEST_WORD:
            return set()
        found = {parts for parts in self._cuts(word, word, MOST_PARTS) if any(map(self._is_word, parts))}
        return found | set(self._rotations(word))

    def _cuts(self, rest: str, word: str, most: int) -> Iterator[Parts]:
        if rest != word and self._is_part(rest, word):
            yield (rest,)
        if most == 1:
            return
        for cut in range(SHORTEST_PART, len(rest) - SHORTEST_PART + 1):
            if self._is_part(rest[:cut], word):
                yield from ((rest[:cut], *more) for more in self._cuts(rest[cut:], word, most - 1))

    def _is_part(self, piece: str, word: str) -> bool:
        return self._is_word(piece) or (len(piece) >= SHORTEST_PIECE and self._is_piece(piece, word))

    def _is_word(self, piece: str) -> bool:
        """A word of its own somewhere, endings apart: bau, maschine(n), sicherung(s)."""
        if len(piece) == SHORTEST_PART:
            return piece in self._shown
        return any(base in self._bases for base in bases(piece))

    def _is_piece(self, piece: str, word: str) -> bool:
        """Half of another compound: industrie|roboter."""
        for base in bases(piece):
            if len(base) < SHORTEST_STEM:
                continue
            halves = chain(
                ((found, found[len(base) :]) for found in self._others(self.beginning(base), word)),
                ((found, found[: -len(base)]) for found in self._others(self.ending(base), word)),
            )
            if any(self._is_other_half(rest, found) for found, rest in halves):
                return True
        return False

    def _is_other_half(self, rest: str, compound: str) -> bool:
        """A word; or long enough not to be chance (klim|atisierung) where nothing says that the seam is elsewhere."""
        if len(rest) < SHORTEST_STEM:
            return False
        if self._is_word(rest):
            return not self._goes_on(rest, compound)
        return len(rest) >= SHORTEST_PIECE and not self._has_seam(compound)

    def _goes_on(self, rest: str, compound: str) -> bool:
        """maschin|enbau: the word is longer, so what follows is no part."""
        longer = (compound[: len(rest) + more] for more in (1, 2))
        return compound.startswith(rest) and any(map(self._is_word, longer))

    def _has_seam(self, compound: str) -> bool:
        """maschinen|bau: one of its halves is a word."""
        cuts = range(SHORTEST_STEM, len(compound) - SHORTEST_PART + 1)
        return any(self._is_word(compound[:cut]) or self._is_word(compound[cut:]) for cut in cuts)

    def _others(self, found: Iterable[str], word: str) -> Iterator[str]:
        return (other for other in found if other not in word and word not in other)

    def _rotations(self, word: str) -> Iterator[Parts]:
        """schweissroboter for roboterschweissen: a compound of the same two parts turned round."""
        for cut in range(SHORTEST_STEM, len(word) - SHORTEST_STEM + 1):
            first, second = word[:cut], word[cut:]
            heads = tuple(base for base in bases(first) if len(base) >= SHORTEST_STEM)
            for tail in (base for base in bases(second) if len(base) >= SHORTEST_STEM):
                turned = tuple(tail + link + head for link in LINKS for head in heads)
                if any(found.startswith(turned) for found in self.beginning(tail)):
                    yield first, second
                    break

    def closest(self, word: str) -> str:
        """The word of the data most like this one, as people write it; empty if none is near."""
        folded = fold(word)
        near, score = self._nearest(folded)
        mended = max(self._mended(folded), key=lambda hit: hit[1], default=NOTHING)
        return mended[0] if mended[1] > score else near

    def _nearest(self, word: str) -> tuple[str, float]:
        """The nearest word; if there is none, the one that begins most like it (verpackunk: Verpackungsmaschine)."""
        return self._best(word, self._sorted, CLOSE) or self._best(word, self._beginnings(len(word)), CLOSER) or NOTHING

    def _beginnings(self, length: int) -> list[str]:
        return [word[:length] for word in self._sorted] if length >= SHORTEST_PIECE else []

    def _best(self, word: str, choices: list[str], cutoff: float) -> tuple[str, float] | None:
        near = process.extract(word, choices, scorer=OSA.normalized_similarity, score_cutoff=cutoff, limit=8)
        found = [(score, self._weights[self._sorted[place]], self._sorted[place]) for _, score, place in near]
        best = max(found, default=None)
        return (self._shown[best[2]], best[0]) if best else None

    def _mended(self, word: str) -> Iterator[tuple[str, float]]:
        """Compounds with one half right and the other nearly so: roboter|schweisen."""
        for cut in range(SHORTEST_STEM, len(word) - SHORTEST_STEM + 1):
            head, tail = word[:cut], word[cut:]
            if head in self._shown:
                near, score = self._nearest(tail)
                yield self._shown[head] + near.lower(), score
            elif tail in self._shown:
                near, score = self._nearest(head)
                yield near + self._shown[tail].lower(), score


def _range(ordered: list[str], piece: str) -> list[str]:
    """The words of an ordered list that begin with the piece."""
    start = bisect_left(ordered, piece)
    return ordered[start : bisect_left(ordered, piece + "\U0010ffff", start)]
