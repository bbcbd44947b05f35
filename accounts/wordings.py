"""One text in several languages. What nobody has translated stands in another language, and the page says so."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, get_language_info


@dataclass(frozen=True)
class Wording:
    text: str
    language: str

    @property
    def is_foreign(self) -> bool:
        return bool(self.text) and self.language != spoken()

    @property
    def language_name(self) -> str:
        return str(get_language_info(self.language)["name_translated"])


def spoken() -> str:
    return get_language() or settings.LANGUAGE_CODE


def wording(thing: Any, field: str) -> Wording:
    """German stands in the field itself, other languages in fields beside it: summary, summary_en, summary_nl."""
    text = "" if spoken() == settings.LANGUAGE_CODE else getattr(thing, f"{field}_{spoken()}", "")
    return Wording(text, spoken()) if text else Wording(getattr(thing, field), settings.LANGUAGE_CODE)


def all_wordings(thing: Any) -> str:
    """What it says in all other languages, for whoever searches."""
    return "\n".join(getattr(thing, name) for name in thing.WORDINGS).strip()


def falling_back(*languages: str) -> Callable[[str, Any], Callable[[Any], str]]:
    """For a TranslatedField: the language that is spoken, else the first of these that has a text."""

    def attrgetter(name: str, field: Any) -> Callable[[Any], str]:
        def text(thing: Any) -> str:
            found = (getattr(thing, f"{name}_{language}") for language in (spoken(), *languages))
            return next(filter(None, found), "")

        return text

    return attrgetter
