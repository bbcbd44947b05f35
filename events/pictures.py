"""A picture in the shapes that pages need, cut around what must stay visible. Cut once, when it is saved."""

from pathlib import PurePosixPath

from django.core.files.storage import Storage
from imagekit import ImageSpec
from imagekit.processors import ResizeToFill

SHAPES = {"card": (640, 360), "wide": (1600, 680)}
# Which part stays: from the left, from the top.
ANCHORS = {
    "top-left": (0.0, 0.0),
    "top": (0.5, 0.0),
    "top-right": (1.0, 0.0),
    "left": (0.0, 0.5),
    "center": (0.5, 0.5),
    "right": (1.0, 0.5),
    "bottom-left": (0.0, 1.0),
    "bottom": (0.5, 1.0),
    "bottom-right": (1.0, 1.0),
}


class Cut(ImageSpec):
    format = "WEBP"
    options = {"quality": 82}


def cut_name(name: str, shape: str, focus: str) -> str:
    """Beside the picture; another focus is another file, so that each may be kept for ever."""
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}-{shape}-{focus}.webp"))


def cut(storage: Storage, name: str, focus: str) -> None:
    for shape, (width, height) in SHAPES.items():
        with storage.open(name) as source:
            spec = Cut(source)
            spec.processors = [ResizeToFill(width, height, anchor=ANCHORS[focus])]
            content = spec.generate()
        target = cut_name(name, shape, focus)
        storage.delete(target)
        storage.save(target, content)


def forget(storage: Storage, name: str, focus: str) -> None:
    """The cuts of one focus; the picture itself stays."""
    for shape in SHAPES:
        storage.delete(cut_name(name, shape, focus))
