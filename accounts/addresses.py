"""One page, several addresses: German at the root, other languages below their code with words of their own."""

from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.urls import NoReverseMatch, Resolver404, ResolverMatch, resolve, reverse
from django.utils.translation import get_language_from_path, override

KEYS = {"token", "key", "uidb36"}


def language_of(path: str) -> str:
    return get_language_from_path(path) or settings.LANGUAGE_CODE


def in_language(address: str, language: str) -> str:
    """The same page in this language; whatever is no page of ours stays as it is."""
    parts = urlsplit(address)
    with override(language_of(parts.path)):
        try:
            match = resolve(parts.path)
        except Resolver404:
            return address
    return urlunsplit(parts._replace(path=address_of(match, language) or parts.path))


def address_of(match: ResolverMatch, language: str) -> str:
    with override(language):
        try:
            return reverse(match.view_name, args=match.args, kwargs=match.captured_kwargs)  # type: ignore[attr-defined]  # since Django 4.1
        except NoReverseMatch:
            return ""


def home_in(language: str) -> str:
    return "/" if language == settings.LANGUAGE_CODE else f"/{language}/"


def opens_by_itself(match: ResolverMatch) -> bool:
    """Whoever knows this address needs no account: it is a key, and no text or link may carry it on."""
    return bool(KEYS & set(match.kwargs))
