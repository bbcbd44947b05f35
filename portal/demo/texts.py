"""German texts of invented companies: patterns with slots, and no sentence twice."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

TRIES = 12
BEGINNING, MIDDLE, END = ("history", "trade"), (("trade", "team"), ("trade", "earth")), ("bridge",)


@dataclass(frozen=True)
class Trade:
    """What invented companies of one kind make, for whom, and how they speak of it."""

    key: str
    industry: str
    networks: list[str]
    competences: list[str]
    names: list[str]
    products: list[str]
    customers: list[str]
    summaries: list[str]
    sentences: list[str]
    since: int = 1908


@dataclass(frozen=True)
class Voice:
    """Who speaks: what the slots of a pattern are filled with."""

    trade: Trade
    name: str
    place: str
    year: int
    people: int
    neighbours: tuple[str, ...]


@dataclass
class Writer:
    """Writes for one company after the other and remembers what it said."""

    rng: Random
    general: dict[str, list[str]]
    said: set[str] = field(default_factory=set)

    def summary(self, voice: Voice) -> str:
        return self._say(voice, list(voice.trade.summaries))

    def summaries_abroad(self, voice: Voice, number: int) -> dict[str, str]:
        """For readers of English and Dutch: every fourth company has written some, half of these in English alone."""
        if number % 4:
            return {}
        languages = ("en", "nl") if number % 8 else ("en",)
        return {f"summary_{one}": self._fill(self.general[one][number // 4 % 5], voice) for one in languages}

    def description(self, voice: Voice) -> str:
        pools = {name: list(patterns) for name, patterns in self.general.items()}
        pools["trade"] = list(voice.trade.sentences)
        paragraphs = (BEGINNING, self.rng.choice(MIDDLE), END)
        return "\n\n".join(" ".join(self._say(voice, pools[kind]) for kind in kinds) for kinds in paragraphs)

    def _say(self, voice: Voice, patterns: list[str]) -> str:
        """A sentence that nobody said before; a company uses each pattern at most once."""
        for _try in range(TRIES):
            pattern = self.rng.choice(patterns)
            sentence = self._fill(pattern, voice)
            if sentence not in self.said:
                patterns.remove(pattern)
                self.said.add(sentence)
                return sentence
        return self._say(voice, list(self.general["last"]))

    def _fill(self, pattern: str, voice: Voice) -> str:
        sentence = pattern.format_map(Slots(voice, self.rng))
        return sentence[0].upper() + sentence[1:]


class Slots(dict[str, Any]):
    """What a pattern asks for, found when it asks: chance has less to do for short sentences."""

    def __init__(self, voice: Voice, rng: Random) -> None:
        super().__init__(name=voice.name, place=voice.place, year=voice.year, people=voice.people)
        self.voice, self.rng = voice, rng

    def __missing__(self, slot: str) -> Any:
        word, _, form = slot.partition("_")
        if form == "dat":
            return dative(self[word])
        self.update(self._chosen(word))
        return self[slot]

    def _chosen(self, word: str) -> dict[str, Any]:
        if word == "neighbour":
            return {word: self.rng.choice(self.voice.neighbours)}
        if word == "customer":
            return {word: self.rng.choice(self.voice.trade.customers)}
        if word == "recent":
            first = max(2010, self.voice.year + 1)
            return {word: self.rng.randint(first, max(first, 2024))}
        return dict(zip(("product", "other"), self.rng.sample(self.voice.trade.products, 2), strict=True))


def dative(plural: str) -> str:
    """The first word is the noun that takes the ending: `Messgeräte für Labore` becomes `Messgeräten für Labore`."""
    noun, blank, rest = plural.partition(" ")
    return (noun if noun.endswith(("n", "s")) else f"{noun}n") + blank + rest
