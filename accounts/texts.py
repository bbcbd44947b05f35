"""Which version of which text people agree to; the app that holds the texts says so at start."""

from collections.abc import Callable

from accounts.models import Consent, User

_versions: dict[str, Callable[[], str]] = {}


def register(purpose: str, version: Callable[[], str]) -> None:
    _versions[purpose] = version


def version_of(purpose: str) -> str:
    return _versions[purpose]()


def agree(person: User, purpose: str) -> Consent:
    """Write down that this person agreed to the present version of a text."""
    consent, _created = Consent.objects.get_or_create(
        person=person, purpose=purpose, about="", withdrawn_at=None, defaults={"text_version": version_of(purpose)}
    )
    return consent
