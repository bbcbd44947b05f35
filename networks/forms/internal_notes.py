from django import forms
from django.utils.translation import gettext_lazy as _


class InternalNoteForm(forms.Form):
    text = forms.CharField(label=_("Neue Notiz"), max_length=2000, widget=forms.Textarea({"rows": 3}))
