"""What staff write down about a meeting."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.choices import ManyField
from events.models import ActionItem, AgendaItem, Decision, Meeting
from networks.models import Agency, Network

DAY = forms.DateInput({"type": "date"}, "%Y-%m-%d")


class ItemForm(forms.ModelForm):  # type: ignore[type-arg]  # ModelForm[…] fails at run time
    minutes = forms.IntegerField(label=_("Dauer in Minuten"), min_value=1, max_value=1440, initial=15)

    class Meta:
        model = AgendaItem
        fields = ("title", "text", "minutes", "presenter", "network", "documents")
        widgets = {"text": forms.Textarea({"rows": 3}), "documents": forms.Textarea({"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["network"].queryset = Network.objects.published()  # type: ignore[attr-defined]

    def clean_documents(self) -> str:
        text: str = self.cleaned_data["documents"]
        for _title, address in AgendaItem(documents=text).links:
            try:
                URLValidator(["http", "https"])(address)
            except forms.ValidationError as error:
                raise forms.ValidationError(gettext("Keine Adresse: {text}").format(text=address)) from error
        return text


class MinutesForm(forms.Form):
    """`based_on` is the version that the writer saw."""

    text = forms.CharField(label=_("Protokoll"), required=False, max_length=20_000, widget=forms.Textarea({"rows": 12}))
    outcome = forms.ChoiceField(
        label=_("Wie geht es weiter?"), choices=AgendaItem.Outcome.choices, widget=forms.RadioSelect
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000_000)


class DecisionForm(forms.ModelForm):  # type: ignore[type-arg]  # the same
    agencies = ManyField(
        Agency.objects.none(), label=_("Zugestimmt haben"), required=False, widget=forms.CheckboxSelectMultiple
    )
    replaces = forms.ModelChoiceField(
        Decision.objects.none(), label=_("Ersetzt den Beschluss"), required=False, empty_label=_("keinen")
    )

    class Meta:
        model = Decision
        fields = ("text", "decided_on", "item", "agencies", "public")
        widgets = {"text": forms.Textarea({"rows": 3}), "decided_on": DAY}

    def __init__(self, meeting: Meeting, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taking_part = (
            meeting.series.agencies.all()
            if meeting.series
            else Agency.objects.filter(pk__in=[host.pk for host in meeting.hosts])
        )
        self.fields["agencies"].queryset = taking_part  # type: ignore[attr-defined]
        self.fields["agencies"].initial = [agency.pk for agency in taking_part]
        self.fields["item"].queryset = AgendaItem.objects.of_meeting(meeting)  # type: ignore[attr-defined]
        self.fields["replaces"].queryset = Decision.objects.of_the_same_series(meeting).in_force()  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class TaskForm(forms.ModelForm):  # type: ignore[type-arg]  # the same
    class Meta:
        model = ActionItem
        fields = ("text", "owner", "email", "agency", "due", "item")
        widgets = {"due": DAY}

    def __init__(self, meeting: Meeting, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = AgendaItem.objects.of_meeting(meeting)  # type: ignore[attr-defined]


class DecisionSearch(forms.Form):
    q = forms.CharField(label=_("Suchen"), required=False, max_length=100, strip=True)
