"""A state changes only along its model's NEXT table."""

from typing import Protocol

from django.utils.translation import gettext as _

from accounts.errors import ActionRefused


class HasState(Protocol):
    NEXT: dict[str, set[str]]
    state: str


def require_step(thing: HasState, target: str) -> None:
    """Refuse a step that the life cycle does not know: usually somebody else was faster."""
    if target not in thing.NEXT[thing.state]:
        raise ActionRefused(
            _("Das geht nicht mehr: Inzwischen hat sich der Stand geändert. Bitte sehen Sie noch einmal nach.")
        )
