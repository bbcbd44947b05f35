"""How long what is kept, and why: one table, carried out by `tick` and shown on the privacy page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Job = Callable[[date], int]


@dataclass(frozen=True)
class Rule:
    """`kept` says in words what `job` carries out."""

    name: str
    what: "StrOrPromise"
    kept: "StrOrPromise"
    why: "StrOrPromise"
    job: Job


_rules: list[Rule] = []


def register(*rules: Rule) -> None:
    """Lower apps start last and come first."""
    _rules[:0] = rules


def all_rules() -> list[Rule]:
    return list(_rules)
