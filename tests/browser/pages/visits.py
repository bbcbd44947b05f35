"""What a browser found on one page, and which pages there are to open."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

Headers = list[tuple[str, str]]
Looks = tuple[int, str]

LOOKS: tuple[Looks, ...] = ((1280, "light"), (390, "dark"), (390, "light"), (1280, "dark"))
LANGUAGES = ("de", "en", "nl")


@dataclass(frozen=True)
class Address:
    """A page and everybody who may see it, those who see least first."""

    name: str
    path: str
    people: tuple[str, ...]
    status: int = 200
    translated: bool = True


@dataclass(frozen=True)
class Ahead:
    """A visit to come."""

    address: Address
    who: str
    looks: Looks
    language: str
    axe: bool = True


@dataclass(frozen=True)
class Visit:
    name: str
    path: str
    who: str
    width: int
    scheme: str
    language: str
    status: int
    wanted: int
    headers: Headers
    html: str = ""
    translated: bool = True
    axe: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        return f"{self.language} {self.path}"

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


def once(addresses: Iterable[Address]) -> list[Ahead]:
    """Each page as who sees most of it, and as a visitor where one may; width, scheme and language take turns."""
    ahead = []
    for number, address in enumerate(addresses):
        for who in dict.fromkeys((address.people[0], address.people[-1])):
            if who not in ("visitor", address.people[-1]):
                continue
            turn = number + (who == "visitor")
            # What a visitor sees of it, axe has seen with the other.
            ahead.append(Ahead(address, who, LOOKS[turn % 4], _language(address, who, turn), who == address.people[-1]))
    return ahead


def everything(addresses: Iterable[Address]) -> list[Ahead]:
    """Each page as everybody who may see it, on phone and desk, in light and dark; languages take turns."""
    ahead = []
    for number, address in enumerate(addresses):
        for turn, who in enumerate(address.people):
            for step, looks in enumerate(LOOKS):
                ahead.append(Ahead(address, who, looks, _language(address, "visitor", number + turn + step)))
    return ahead


def _language(address: Address, who: str, turn: int) -> str:
    return LANGUAGES[turn % 3] if address.translated and who == "visitor" else "de"


def save(visits: Iterable[Visit], file: Path) -> None:
    file.write_text(json.dumps([asdict(visit) for visit in visits]), encoding="utf-8")


def load(folder: Path) -> list[Visit]:
    return [Visit(**one) for file in sorted(folder.glob("*.json")) for one in json.loads(file.read_text("utf-8"))]
