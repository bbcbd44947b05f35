"""Geometry of the small drawings: what a map spans, how an arc bends, which letters a monogram shows."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
LEGAL_FORMS = {
    "gmbh",
    "mbh",
    "co.",
    "co",
    "kg",
    "ag",
    "ug",
    "ohg",
    "gbr",
    "e.k.",
    "ek",
    "e.v.",
    "ev",
    "se",
    "&",
    "und",
    "inh.",
    "b.v.",
    "bv",
}


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def around(self, other: "Box") -> "Box":
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def view_box(self, margin: float) -> str:
        width, height = self.right - self.left + 2 * margin, self.bottom - self.top + 2 * margin
        return f"{self.left - margin:.1f} {self.top - margin:.1f} {width:.1f} {height:.1f}"


NOWHERE = Box(0, 0, 0, 0)


@dataclass(frozen=True)
class Place:
    """A dot on the map, in map units; with an address it is a link."""

    x: float
    y: float
    name: str
    region: str = ""
    url: str = ""
    title: str = ""
    labelled: bool = False


@dataclass(frozen=True)
class Arc:
    """Something that crosses from one place to another, `count` times."""

    x1: float
    y1: float
    x2: float
    y2: float
    count: int = 1

    @property
    def path(self) -> str:
        return arc_path(self.x1, self.y1, self.x2, self.y2)

    @property
    def weight(self) -> str:
        return "thicker" if self.count >= 6 else "thick" if self.count >= 3 else ""


@lru_cache(maxsize=512)
def path_box(path: str) -> Box:
    """The box around a path of absolute M, L and Z commands, the only ones in our district geometry."""
    numbers = [float(number) for number in NUMBER.findall(path)]
    across, down = numbers[::2], numbers[1::2]
    if not down:
        return NOWHERE
    return Box(min(across), min(down), max(across), max(down))


def paths_box(paths: Iterable[str]) -> Box:
    boxes = [path_box(path) for path in paths if path]
    if not boxes:
        return NOWHERE
    whole = boxes[0]
    for box in boxes[1:]:
        whole = whole.around(box)
    return whole


def arc_path(x1: float, y1: float, x2: float, y2: float) -> str:
    """A quadratic curve from bank to bank that always bows upwards, the higher the farther."""
    across, down = x2 - x1, y2 - y1
    bow = 0.22 * (across**2 + down**2) ** 0.5
    side = 1 if across >= 0 else -1
    length = (across**2 + down**2) ** 0.5 or 1
    control_x = (x1 + x2) / 2 + side * down / length * bow
    control_y = (y1 + y2) / 2 - side * across / length * bow
    return f"M{x1:.1f} {y1:.1f}Q{control_x:.1f} {control_y:.1f} {x2:.1f} {y2:.1f}"


def initials(name: str) -> str:
    """Two letters for a name: of its first two words, legal forms left out."""
    words = [
        word
        for word in re.split(r"[\s\-–/+]+", name)
        if word.lower() not in LEGAL_FORMS and any(c.isalnum() for c in word)
    ]
    letters = ["".join(c for c in word if c.isalnum()) for word in words]
    if not letters:
        return "·"
    if len(letters) == 1:
        return letters[0][:2].upper()
    return (letters[0][0] + letters[1][0]).upper()
