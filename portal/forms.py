from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

PASS_ON = _("Diese Angaben gehen per E-Mail an die Wirtschaftsförderung, sonst an niemanden.")


def encodable(text: str) -> None:
    """Half a character pair can neither be stored nor mailed."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise forms.ValidationError(_("Der Text enthält Zeichen, die sich nicht speichern lassen.")) from error


class NoteForm(forms.Form):
    """What visitors send without an account. A person leaves the field `homepage` empty: it is not shown."""

    homepage = forms.CharField(
        required=False,
        label=_("Bitte leer lassen"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.validators = [ProhibitNullCharactersValidator(), encodable, *field.validators]

    @property
    def sent_by_machine(self) -> bool:
        return bool(self.cleaned_data.get("homepage"))


class ContactForm(NoteForm):
    name = forms.CharField(label=_("Ihr Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Ihre E-Mail-Adresse"),
        max_length=254,
        help_text=_("An diese Adresse bekommen Sie die Antwort."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    message = forms.CharField(label=_("Ihre Nachricht"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}))


class OutdatedForm(NoteForm):
    message = forms.CharField(
        label=_("Was stimmt nicht mehr?"),
        max_length=2000,
        help_text=_("Zum Beispiel: „Die Website hat eine neue Adresse.“"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    email = forms.EmailField(
        label=_("Ihre E-Mail-Adresse für Rückfragen"),
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
