from allauth.account.forms import SignupForm as BaseSignupForm
from django import forms
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.models import Consent, User
from accounts.texts import agree

linked = lazy(format_html, str)


class SignupForm(BaseSignupForm):
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

    def save(self, request: HttpRequest) -> User:
        user: User = super().save(request)
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
        agree(user, Consent.Purpose.TERMS)
        agree(user, Consent.Purpose.PRIVACY)
        return user
