"""The mails of sign-in and sign-up, one for each name that allauth gives them."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.mails import Letter

Context = dict[str, Any]


def _path(address: str) -> str:
    """Links point to the portal's own address, whatever host the request came by."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _because_of_account() -> str:
    return _("Sie bekommen diese E-Mail, weil mit Ihrer Adresse ein Konto im Portal besteht.")


def _because_somebody_typed_it() -> str:
    return _(
        "Sie bekommen diese E-Mail, weil jemand Ihre Adresse im Portal eingegeben hat. "
        "Waren Sie das nicht, müssen Sie nichts tun."
    )


def confirm_address(context: Context) -> Letter:
    return Letter(
        subject=_("Bitte bestätigen Sie Ihre E-Mail-Adresse"),
        paragraphs=(
            _("Willkommen bei Brückenschlag! Ein Klick fehlt noch: Bitte bestätigen Sie Ihre Adresse."),
            _("Der Link gilt drei Tage."),
        ),
        button=_("Adresse bestätigen"),
        path=_path(context["activate_url"]),
        reason=_because_somebody_typed_it(),
    )


def account_exists(context: Context) -> Letter:
    return Letter(
        subject=_("Sie haben schon ein Konto"),
        paragraphs=(
            _("Jemand wollte mit dieser Adresse ein Konto anlegen. Sie haben schon eines und können sich anmelden."),
            _("Wenn Sie Ihr Passwort nicht mehr wissen, wählen Sie ein neues."),
        ),
        button=_("Neues Passwort wählen"),
        path=_path(context["password_reset_url"]),
        reason=_because_somebody_typed_it(),
    )


def unknown_account(context: Context) -> Letter:
    return Letter(
        subject=_("Zu dieser Adresse gibt es kein Konto"),
        paragraphs=(
            _("Jemand wollte für diese Adresse ein neues Passwort. Ein Konto gibt es dazu aber nicht."),
            _("Vielleicht haben Sie sich mit einer anderen Adresse eingetragen."),
        ),
        button=_("Konto anlegen"),
        path=_path(context["signup_url"]),
        reason=_because_somebody_typed_it(),
    )


def reset_password(context: Context) -> Letter:
    return Letter(
        subject=_("Neues Passwort wählen"),
        paragraphs=(_("Mit diesem Link wählen Sie ein neues Passwort. Ihr bisheriges gilt, bis Sie das getan haben."),),
        button=_("Passwort wählen"),
        path=_path(context["password_reset_url"]),
        reason=_because_somebody_typed_it(),
    )


def _security(subject: str, text: str) -> Callable[[Context], Letter]:
    def letter(context: Context) -> Letter:
        return Letter(
            subject=_(subject),
            paragraphs=(_(text), _("Waren Sie das nicht? Dann wählen Sie bitte gleich ein neues Passwort.")),
            button=_("Neues Passwort wählen"),
            path=reverse("account_reset_password"),
            reason=_because_of_account(),
        )

    return letter


LETTERS: dict[str, Callable[[Context], Letter]] = {
    "email_confirmation": confirm_address,
    "email_confirmation_signup": confirm_address,
    "account_already_exists": account_exists,
    "unknown_account": unknown_account,
    "password_reset_key": reset_password,
    "password_changed": _security(
        gettext_noop("Ihr Passwort ist geändert"), gettext_noop("Das Passwort Ihres Kontos wurde gerade geändert.")
    ),
    "password_reset": _security(
        gettext_noop("Ihr Passwort ist neu"), gettext_noop("Für Ihr Konto wurde gerade ein neues Passwort gewählt.")
    ),
    "password_set": _security(
        gettext_noop("Ihr Passwort ist gesetzt"), gettext_noop("Für Ihr Konto wurde gerade ein Passwort gewählt.")
    ),
    "email_changed": _security(
        gettext_noop("Ihre E-Mail-Adresse ist geändert"),
        gettext_noop("Die Adresse Ihres Kontos wurde gerade geändert."),
    ),
    "email_confirm": _security(
        gettext_noop("Ihre E-Mail-Adresse ist bestätigt"),
        gettext_noop("Eine Adresse Ihres Kontos wurde gerade bestätigt."),
    ),
    "email_deleted": _security(
        gettext_noop("Eine E-Mail-Adresse ist entfernt"),
        gettext_noop("Eine Adresse Ihres Kontos wurde gerade entfernt."),
    ),
    "totp_activated": _security(
        gettext_noop("Anmelden in zwei Schritten ist eingeschaltet"),
        gettext_noop("Für Ihr Konto wurde gerade eine Authenticator-App eingerichtet."),
    ),
    "totp_deactivated": _security(
        gettext_noop("Eine Authenticator-App ist entfernt"),
        gettext_noop("Die Authenticator-App Ihres Kontos wurde gerade entfernt."),
    ),
    "webauthn_added": _security(
        gettext_noop("Ein Passkey ist hinzugekommen"),
        gettext_noop("Für Ihr Konto wurde gerade ein Passkey oder Sicherheitsschlüssel eingerichtet."),
    ),
    "webauthn_removed": _security(
        gettext_noop("Ein Passkey ist entfernt"),
        gettext_noop("Ein Passkey oder Sicherheitsschlüssel Ihres Kontos wurde gerade entfernt."),
    ),
    "recovery_codes_generated": _security(
        gettext_noop("Sie haben neue Wiederherstellungscodes"),
        gettext_noop(
            "Für Ihr Konto wurden gerade neue Wiederherstellungscodes erzeugt. Die bisherigen gelten nicht mehr."
        ),
    ),
}
