from typing import Any

from allauth.account.forms import SignupForm as BaseSignupForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from accounts.models import Consent, User
from accounts.texts import agree
from accounts.traps import Unhurried

PASSWORD_HELP = _("Mindestens acht Zeichen. Ein ganzer Satz ist leicht zu merken und schwer zu erraten.")
linked = lazy(format_html, str)


class SignupForm(Unhurried, BaseSignupForm):
    """Name and consent beside address and password. The hidden field is a trap for machines."""

    name = forms.CharField(label=_("Ihr Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    terms = forms.BooleanField(
        label=linked(
            '{} <a href="{}" target="_blank">{}</a>',
            _("Ich bin einverstanden mit den"),
            reverse_lazy("page", args=["nutzungsbedingungen"]),
            _("Nutzungsbedingungen"),
        )
    )
    privacy = forms.BooleanField(
        label=linked(
            '{} <a href="{}" target="_blank">{}</a>',
            _("Ich habe gelesen, was mit meinen Daten geschieht:"),
            reverse_lazy("page", args=["datenschutz"]),
            _("Datenschutz"),
        )
    )
    field_order = ("name", "email", "password1", "terms", "privacy")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-Mail-Adresse")
        self.fields["password1"].help_text = PASSWORD_HELP
        for name in ("email", "password1"):
            self.fields[name].widget.attrs.pop("placeholder", None)
        trap = self.fields["homepage"]
        trap.label = _("Bitte leer lassen")
        trap.widget = forms.TextInput({"autocomplete": "off", "tabindex": "-1"})

    def try_save(self, request: HttpRequest) -> Any:
        """Hashing is what takes time: a known address must not be answered sooner."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)

    def save(self, request: HttpRequest) -> User:
        user: User = super().save(request)
        user.name = self.cleaned_data["name"]
        user.language = get_language() or settings.LANGUAGE_CODE
        user.save(update_fields=["name", "language"])
        agree(user, Consent.Purpose.TERMS)
        agree(user, Consent.Purpose.PRIVACY)
        return user


class ProfileForm(forms.ModelForm):  # type: ignore[type-arg]
    language = forms.ChoiceField(
        label=_("Sprache"),
        help_text=_("In dieser Sprache schreiben wir Ihnen E-Mails."),
        choices=[(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES],
    )

    class Meta:
        model = User
        fields = ("name", "function", "language")
        widgets = {
            "name": forms.TextInput({"autocomplete": "name"}),
            "function": forms.TextInput({"autocomplete": "organization-title"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True


class PasskeyForm(AddWebAuthnForm):
    """Most devices can do without the password altogether, so that is what we offer first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name des Schlüssels")
        self.fields["name"].help_text = _("Zum Beispiel „Diensthandy“ oder „Laptop“.")
        self.fields["passwordless"].label = _("Auch ohne Passwort damit anmelden (Passkey)")
        self.fields["passwordless"].help_text = _(
            "Das Gerät fragt dann nach Fingerabdruck, Gesicht oder PIN. Ältere Sicherheitsschlüssel können das nicht."
        )
        self.fields["passwordless"].initial = True


class EraseForm(forms.Form):
    """One tick, so that nobody does it by a slip."""

    sure = forms.BooleanField(label=_("Ja, mein Konto soll gelöscht werden. Ich weiß, dass es kein Zurück gibt."))
