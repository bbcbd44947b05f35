from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from networks.models import Company, Network


class MembershipRequestForm(forms.Form):
    """Which company asks, and why; a person with one company is not asked which."""

    company = forms.ModelChoiceField(
        Company.objects.none(),
        label=_("Für welches Unternehmen?"),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    message = forms.CharField(
        label=_("Warum möchten Sie dabei sein?"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Ein oder zwei Sätze genügen. Nur die zuständigen Wirtschaftsförderungen lesen sie."),
    )

    def __init__(self, network: Network, companies: list[Company], data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["company"]
        field.queryset = Company.objects.filter(pk__in=[company.pk for company in companies])  # type: ignore[attr-defined]
        if len(companies) == 1:
            field.initial = companies[0].pk
            field.widget = forms.HiddenInput()
        self.fields["message"].required = network.join_policy != Network.JoinPolicy.OPEN


class AnswerForm(forms.Form):
    message = forms.CharField(
        label=_("Ihre Antwort"),
        max_length=1000,
        widget=forms.Textarea({"rows": 5}),
    )


class InvitationForm(forms.Form):
    """To which network of mine, and with which words."""

    network = forms.ModelChoiceField(
        Network.objects.none(), label=_("In welches Netzwerk?"), empty_label=_("Bitte wählen")
    )
    message = forms.CharField(
        label=_("Ihre Nachricht an das Unternehmen"),
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Warum würde es gut dazu passen?"),
    )

    def __init__(self, networks: QuerySet[Network], data: Any = None) -> None:
        super().__init__(data)
        self.fields["network"].queryset = networks  # type: ignore[attr-defined]
