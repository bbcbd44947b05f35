"""What people say when they register, and what staff say about places."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.traps import Trapped
from events.actions.registrations import Wish
from events.models import RegistrationPlan
from networks.models import Agency, Company, Region

MOST_QUESTIONS = 5


class PersonalNeeds(forms.Form):
    """What everybody is asked, with an account or without."""

    listed = forms.BooleanField(
        label=_("Mein Name darf auf der Teilnahmeliste stehen"),
        required=False,
        help_text=_("Die Liste sehen nur Angemeldete, die selbst zugestimmt haben, und die Gastgeberinnen."),
    )
    diet = forms.CharField(
        label=_("Essen: Worauf sollen wir achten?"),
        required=False,
        max_length=200,
        help_text=_("Diese Angabe löschen wir nach dem Treffen."),
    )
    access = forms.CharField(
        label=_("Was brauchen Sie, um gut teilzunehmen?"),
        required=False,
        max_length=300,
        help_text=_("Zum Beispiel einen stufenlosen Zugang. Auch diese Angabe löschen wir nach dem Treffen."),
    )

    def __init__(self, plan: RegistrationPlan, data: Any = None) -> None:
        super().__init__(data)
        self.plan = plan
        for number, question in enumerate(plan.asked):
            self.fields[f"question-{number}"] = forms.CharField(label=question, required=False, max_length=500)

    def said(self) -> dict[str, Any]:
        answers = {
            question: self.cleaned_data.get(f"question-{number}", "") for number, question in enumerate(self.plan.asked)
        }
        known = {name: self.cleaned_data[name] for name in ("listed", "diet", "access")}
        return {**known, "answers": {question: answer for question, answer in answers.items() if answer}}


class MemberForm(PersonalNeeds):
    """Somebody with an account; for which company matters only to people of several."""

    company = forms.ModelChoiceField(
        Company.objects.none(), label=_("Für welches Unternehmen?"), required=False, empty_label=_("für keines")
    )
    name = forms.CharField(label=_("Ihr Name"), max_length=120)
    field_order = ("name", "company")

    def __init__(self, plan: RegistrationPlan, person: User, data: Any = None) -> None:
        super().__init__(plan, data)
        self.person = person
        companies = Company.objects.of_person(person).published().with_place()
        self.fields["company"].queryset = companies  # type: ignore[attr-defined]
        self.fields["company"].initial = companies.first()
        self.fields["name"].initial = person.name

    def wish(self) -> Wish:
        company = self.cleaned_data["company"]
        agency = Agency.objects.of_staff(self.person).with_region().first()
        place = company or agency
        return Wish(
            name=self.cleaned_data["name"],
            email=self.person.email,
            organisation=str(place) if place else "",
            company=company,
            region=place.region if place else None,
            language=self.person.language,
            **self.said(),
        )


class GuestForm(Trapped, PersonalNeeds):
    """Somebody without an account."""

    name = forms.CharField(label=_("Ihr Name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("E-Mail-Adresse"), max_length=254, widget=forms.EmailInput({"autocomplete": "email"})
    )
    organisation = forms.CharField(
        label=_("Unternehmen oder Einrichtung"),
        max_length=160,
        required=False,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    region = forms.ModelChoiceField(
        Region.objects.all(), label=_("Woher kommen Sie?"), required=False, empty_label=_("von woanders")
    )
    field_order = ("name", "email", "organisation", "region")

    def wish(self) -> Wish:
        known = {name: self.cleaned_data[name] for name in ("name", "email", "organisation", "region")}
        return Wish(**known, language=get_language() or "de", **self.said())


class PlanForm(forms.ModelForm):  # type: ignore[type-arg]  # ModelForm[…] fails at run time
    """How many places, until when, for whom; a number per region where a side shall not fill all."""

    class Meta:
        model = RegistrationPlan
        fields = ("capacity", "deadline", "guests", "questions")
        widgets = {
            "deadline": forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
            "questions": forms.Textarea({"rows": 3}),
        }

    def __init__(self, plan: RegistrationPlan, data: Any = None) -> None:
        super().__init__(data, instance=plan)
        most = dict(plan.quotas.values_list("region", "most")) if plan.pk else {}
        self.regions = list(Region.objects.in_display_order())
        for region in self.regions:
            self.fields[f"region-{region.pk}"] = forms.IntegerField(
                label=gettext("Höchstens aus der Region {region}").format(region=region),
                required=False,
                min_value=0,
                max_value=100_000,
                initial=most.get(region.pk),
            )

    def clean_questions(self) -> str:
        text: str = self.cleaned_data["questions"]
        if len([line for line in text.splitlines() if line.strip()]) > MOST_QUESTIONS:
            raise forms.ValidationError(gettext("Bitte höchstens fünf Fragen."))
        return text

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def quotas(self) -> dict[Region, int | None]:
        return {region: self.cleaned_data[f"region-{region.pk}"] for region in self.regions}
