"""Verbs of the audit log in words; each app says its own at start."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

_words: "dict[str, StrOrPromise]" = {
    "account.made_operator": _("zum Betrieb ernannt"),
    "account.exported": _("eigene Daten geladen"),
    "account.asked_to_stay": _("gefragt, ob das Konto noch gebraucht wird"),
    "account.erased": _("ein Konto gelöscht"),
    "list.exported": _("Liste exportiert"),
    "account.signed_in": pgettext_lazy("account", "angemeldet"),
    "account.signed_out": _("abgemeldet"),
    "account.sign_in_refused": _("Anmeldung abgewiesen"),
    "account.second_factor_added": _("zweiten Schritt beim Anmelden eingerichtet"),
    "account.second_factor_removed": _("zweiten Schritt beim Anmelden entfernt"),
    "account.second_factor_refused": _("zweiter Schritt beim Anmelden abgewiesen"),
    "account.second_factor_reset": _("zweiter Schritt beim Anmelden zurückgesetzt"),
}


def teach(words: "Mapping[str, StrOrPromise]") -> None:
    _words.update(words)


def verb_in_words(verb: str) -> str:
    return str(_words.get(verb, verb))
