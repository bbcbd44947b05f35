from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from accounts.traps import Trapped

PASS_ON = _("Diese Angaben gehen per E-Mail an die Wirtschaftsförderung, sonst an niemanden.")


def encodable(text: str) -> None:
    """Half a character pair can neither be stored nor mailed."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise forms.ValidationError(_("Der Text enthält Zeichen, die sich nicht speichern lassen.")) from error


class NoteForm(Trapped):
    """What visitors send without an account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.validators = [ProhibitNullCharactersValidator(), encodable, *field.validators]


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


class BarrierForm(NoteForm):
    page = forms.CharField(
        label=_("Um welche Seite geht es?"),
        max_length=300,
        required=False,
        help_text=_("Die Adresse der Seite, oder wie Sie dorthin gekommen sind."),
    )
    message = forms.CharField(
        label=_("Was hindert Sie?"),
        max_length=2000,
        help_text=_(
            "Wenn Sie mögen, sagen Sie auch, womit Sie das Portal benutzen, zum Beispiel mit einem Vorleseprogramm."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    email = forms.EmailField(
        label=_("Ihre E-Mail-Adresse"),
        max_length=254,
        required=False,
        help_text=_("Nur wenn Sie eine Antwort möchten. Sie kommt innerhalb von vier Wochen."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ("page", "message", "email")
