from django import forms
from django.utils.translation import gettext_lazy as _

from networks.models import CompanyMember


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-Mail-Adresse"), max_length=254)
    role = forms.ChoiceField(
        label=_("Rolle"),
        choices=CompanyMember.Role.choices,
        initial=CompanyMember.Role.EDITOR,
        widget=forms.RadioSelect,
    )


class ContactForm(forms.ModelForm):  # type: ignore[type-arg]  # ModelForm[…] fails at run time
    """Each person decides for themselves who sees what."""

    class Meta:
        model = CompanyMember
        fields = ("name_visibility", "email_visibility", "phone", "phone_visibility")
        widgets = {"phone": forms.TextInput({"autocomplete": "tel", "type": "tel"})}
        help_texts = {"name_visibility": _("Wer Ihren Namen nicht sieht, sieht auch Adresse und Nummer nicht.")}
