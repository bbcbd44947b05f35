"""Full-text search over a few columns of words: who answers, and how well."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TypeVar

from pyroaring import BitMap

from networks.search.fold import spellings
from networks.search.terms import Grade, Term
from networks.search.vocabulary import Vocabulary
from networks.search.words import query_words

Postings = dict[str, BitMap]
Key = TypeVar("Key", bound=Hashable)
GRADES = tuple(Grade)[:-1]
EMPTY = BitMap()


@dataclass(frozen=True)
class Asked:
    """A word of the query: whole, and the compounds it may be taken apart into."""

    word: str
    whole: Term
    splits: tuple[tuple[Term, ...], ...]

    @cached_property
    def parts(self) -> frozenset[Term]:
        return frozenset(part for parts in self.splits for part in parts)


@dataclass(frozen=True)
class Answer:
    """What the words of the data say to one word of the query: rows by tier, and the words themselves."""

    up_to: tuple[BitMap, ...]
    words: frozenset[str]


@dataclass(frozen=True)
class Hits:
    """Rows by tier, best first; tiers are counted through: column by column, grade by grade.

    `words` of the data are what was found, folded.
    """

    tiers: tuple[BitMap, ...] = ()
    words: frozenset[str] = frozenset()

    @cached_property
    def everything(self) -> BitMap:
        return BitMap.union(*self.tiers) if self.tiers else BitMap()

    def column(self, row: int) -> int:
        """The column that decided the row's place."""
        tier = next(tier for tier, rows in enumerate(self.tiers) if row in rows)
        return tier // len(GRADES)


class TextBuilder:
    """Takes words per row (each row once per column), and words that many rows share."""

    def __init__(self, columns: int) -> None:
        self._columns: tuple[defaultdict[str, list[int]], ...] = tuple(defaultdict(list) for _ in range(columns))
        self._shared: tuple[dict[str, BitMap], ...] = tuple({} for _ in range(columns))

    def add(self, row: int, columns: Iterable[str]) -> None:
        for rows, text in zip(self._columns, columns, strict=False):
            for word in text.split():
                rows[word].append(row)

    def share(self, column: int, words: str, rows: BitMap) -> None:
        """The words of a town, an industry, a competence: once for all that have it."""
        shared = self._shared[column]
        for word in words.split():
            shared[word] = shared.get(word, EMPTY) | rows

    def build(self) -> "TextIndex":
        occurrences: Counter[str] = Counter()
        pairs = zip(self._columns, self._shared, strict=True)
        columns = [_postings(chain(bitmaps(rows), shared.items()), occurrences) for rows, shared in pairs]
        return TextIndex(columns, _vocabulary(occurrences))


def bitmaps(lists: Mapping[Key, list[int]]) -> Iterator[tuple[Key, BitMap]]:
    """Millions of numbers are quickest collected in lists, and packed at the end."""
    return ((key, BitMap(numbers)) for key, numbers in lists.items())


def _postings(found: Iterable[tuple[str, BitMap]], occurrences: Counter[str]) -> Postings:
    postings: Postings = {}
    for word, rows in found:
        occurrences[word] += len(rows)
        for spelling in spellings(word):
            postings[spelling] = postings[spelling] | rows if spelling in postings else rows
    return postings


def _vocabulary(occurrences: Counter[str]) -> Vocabulary:
    """Shown as most companies write it."""
    shown: dict[str, str] = {}
    weights: Counter[str] = Counter()
    for word, count in sorted(occurrences.items(), key=lambda counted: (-counted[1], counted[0])):
        for spelling in spellings(word):
            shown.setdefault(spelling, word)
            weights[spelling] += count
    return Vocabulary(shown, weights)


class TextIndex:
    def __init__(self, columns: Sequence[Postings], vocabulary: Vocabulary) -> None:
        self._columns = columns
        self.vocabulary = vocabulary

    def ask(self, query: str) -> tuple[Asked, ...]:
        return tuple(map(self._asked, query_words(query)))

    def _asked(self, word: str) -> Asked:
        whole = Term.of(word)
        splits = {parts for form in whole.spellings for parts in self.vocabulary.splits(form)}
        terms = tuple(tuple(map(Term.of, parts)) for parts in sorted(splits))
        return Asked(word, whole, terms)

    def find(self, asked: Iterable[Asked]) -> Hits:
        """Several words are AND; a row stands where its worst word puts it."""
        answers = [self._answer(word) for word in asked]
        if not answers:
            return Hits()
        up_to = [BitMap.intersection(*level) for level in zip(*(answer.up_to for answer in answers), strict=True)]
        better = [BitMap(), *up_to[:-1]]
        tiers = tuple(now - before for now, before in zip(up_to, better, strict=True))
        return Hits(tiers, frozenset().union(*(answer.words for answer in answers)))

    def _answer(self, asked: Asked) -> Answer:
        graded: defaultdict[Grade, list[str]] = defaultdict(list)
        for word in self.vocabulary.answering(asked.whole):
            graded[asked.whole.grade(word)].append(word)
        of_part = {part: self._answering(part) for part in asked.parts}
        in_parts = self._in_parts(asked, of_part)
        so_far, levels = BitMap(), []
        for column, postings in enumerate(self._columns):
            for grade in GRADES:
                so_far = so_far | (in_parts[column] if grade is Grade.PARTS else _union(postings, graded[grade]))
                levels.append(so_far)
        whole = (word for grade in GRADES for word in graded[grade])
        return Answer(tuple(levels), frozenset(chain(whole, *of_part.values())))

    def _answering(self, part: Term) -> list[str]:
        return [word for word in self.vocabulary.answering(part) if part.occurs_in(word)]

    def _in_parts(self, asked: Asked, of_part: Mapping[Term, list[str]]) -> list[BitMap]:
        """Per column: rows where the parts of a split all occur, none in a later column."""
        found = [BitMap() for _ in self._columns]
        up_to = {part: self._up_to_column(words) for part, words in of_part.items()}
        for parts in asked.splits:
            for column, rows in enumerate(found):
                rows |= BitMap.intersection(*(up_to[part][column] for part in parts))
        return found

    def _up_to_column(self, words: Sequence[str]) -> list[BitMap]:
        so_far, levels = BitMap(), []
        for postings in self._columns:
            so_far = so_far | _union(postings, words)
            levels.append(so_far)
        return levels

    def suggestion(self, asked: Iterable[Asked]) -> str:
        """The same query with the words that occur nowhere replaced by near ones, or nothing."""
        words = [(word.word, self._instead(word)) for word in asked]
        if not all(better for _, better in words) or all(old == new for old, new in words):
            return ""
        return " ".join(better for _, better in words)

    def _instead(self, asked: Asked) -> str:
        found = self.find([asked]).everything
        return asked.word if found else self.vocabulary.closest(asked.word)


def _union(postings: Postings, words: Iterable[str]) -> BitMap:
    found = [postings[word] for word in words if word in postings]
    return BitMap.union(*found) if found else BitMap()
