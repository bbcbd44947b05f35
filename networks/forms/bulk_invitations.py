from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import ManyField
from networks.actions.bulk_invitations import MOST
from networks.models import Company, Competence, District, Region


class CandidateForm(forms.Form):
    """Whom to look for; empty fields narrow nothing."""

    q = forms.CharField(label=_("Name"), max_length=100, required=False)
    region = forms.ModelChoiceField(
        Region.objects.none(),
        label=_("Region"),
        required=False,
        empty_label=pgettext_lazy("filter", "alle"),
        to_field_name="slug",
    )
    district = forms.ModelChoiceField(
        District.objects.none(),
        label=_("Kreis"),
        required=False,
        empty_label=pgettext_lazy("filter", "alle"),
        to_field_name="slug",
    )
    competence = forms.ModelChoiceField(
        Competence.objects.none(),
        label=_("Kompetenz"),
        required=False,
        empty_label=pgettext_lazy("filter", "alle"),
        to_field_name="code",
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.fields["region"].queryset = Region.objects.in_display_order()  # type: ignore[attr-defined]
        self.fields["district"].queryset = District.objects.order_by("name")  # type: ignore[attr-defined]
        self.fields["competence"].queryset = Competence.objects.order_by("order", "code")  # type: ignore[attr-defined]

    def narrow(self, companies: Any) -> Any:
        """A choice that does not exist finds nothing, instead of everything."""
        if not self.is_valid():
            return companies.none()
        data = self.cleaned_data
        found = companies.called_like(data["q"]) if data["q"] else companies
        found = found.in_region(data["region"]) if data["region"] else found
        found = found.in_district(data["district"]) if data["district"] else found
        return found.able_to(data["competence"]) if data["competence"] else found


class ChosenForm(forms.Form):
    """Which companies, of those this person may invite."""

    company = ManyField(Company.objects.none(), label=_("Unternehmen"))

    def __init__(self, companies: QuerySet[Company], data: Any) -> None:
        super().__init__(data)
        field = self.fields["company"]
        field.queryset = companies  # type: ignore[attr-defined]
        field.error_messages["required"] = _("Bitte wählen Sie mindestens ein Unternehmen.")

    def clean_company(self) -> QuerySet[Company]:
        chosen: QuerySet[Company] = self.cleaned_data["company"]
        if chosen.count() > MOST:
            raise forms.ValidationError(_("Bitte höchstens %(most)s Unternehmen auf einmal.") % {"most": MOST})
        return chosen


class MessageForm(forms.Form):
    message = forms.CharField(
        label=_("Ihre Nachricht an die Unternehmen"),
        max_length=1000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Jedes Unternehmen bekommt eine eigene E-Mail mit diesem Text."),
    )
