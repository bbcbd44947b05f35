"""Invented names of companies and people; every company's name occurs once."""

from dataclasses import dataclass, field
from random import Random

from portal.demo.texts import Trade


@dataclass
class Names:
    rng: Random
    words: dict[str, list[str]]
    forms: dict[str, list[str]]
    taken: set[str] = field(default_factory=set)
    houses: set[str] = field(default_factory=set)

    def company(self, trade: Trade) -> str:
        """Short names first; where they are all taken (many thousands), two houses share one."""
        for attempt in range(1000):
            name = self._partners(trade) if attempt > 6 else self._short(trade)
            if name not in self.taken:
                self.taken.add(name)
                return name
        raise RuntimeError("There are not enough invented names.")

    def person(self) -> str:
        return f"{self._one('first')} {self._one('last')}"

    def form(self, size: str) -> str:
        return self.rng.choice(self.forms[size])

    def street(self) -> str:
        return f"{self._one('streets')} {self.rng.randint(1, 120)}"

    def _short(self, trade: Trade) -> str:
        style, word = self.rng.random(), self.rng.choice(trade.names)
        if style < 0.55:
            return f"{self._house()} {word}"
        if style < 0.8:
            return f"{word} {self._house()}"
        return f"{self._one('crafted')}{self._one('crafted_ends')} {word}"

    def _partners(self, trade: Trade) -> str:
        return f"{self._house()} & {self._house()} {self.rng.choice(trade.names)}"

    def _house(self) -> str:
        """Each house once, as long as there are enough of them."""
        for _try in range(8):
            house = self._one("heads") + self._one("tails")
            if house not in self.houses:
                break
        self.houses.add(house)
        return house

    def _one(self, what: str) -> str:
        return self.rng.choice(self.words[what])
