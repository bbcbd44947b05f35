"""Collects row numbers by key, millions of them."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from pyroaring import BitMap

Key = TypeVar("Key", bound=Hashable)


class RowLists(dict[Key, Callable[[int], None]], Generic[Key]):
    """For each key the `append` of its list: `rows[key](number)` is the quickest way there is."""

    def __init__(self) -> None:
        super().__init__()
        self.lists: dict[Key, list[int]] = {}

    def __missing__(self, key: Key) -> Callable[[int], None]:
        append = self[key] = self.lists.setdefault(key, []).append
        return append

    def bitmaps(self) -> dict[Key, BitMap]:
        return {key: BitMap(numbers) for key, numbers in self.lists.items()}
