"""What staff say about a meeting: another date, whom to invite, whether to host together."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.choices import ManyField
from events.actions.polls import Guest
from events.models import Meeting, SeriesMember
from networks.models import Agency

MOMENT = forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M")


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Begründung"), max_length=1000, widget=forms.Textarea({"rows": 3}))


class PostponeForm(ReasonForm):
    starts_at = forms.DateTimeField(label=_("Neuer Beginn"), widget=MOMENT)
    ends_at = forms.DateTimeField(label=_("Neues Ende"), widget=MOMENT)
    field_order = ("starts_at", "ends_at", "reason")

    def __init__(self, meeting: Meeting, data: Any = None) -> None:
        super().__init__(data, initial={"starts_at": meeting.starts_at, "ends_at": meeting.ends_at})
        self.meeting = meeting

    def clean_starts_at(self) -> datetime:
        moment: datetime = self.cleaned_data["starts_at"]
        if moment <= timezone.now():
            raise forms.ValidationError(gettext("Dieser Zeitpunkt ist schon vorbei."))
        if moment == self.meeting.starts_at:
            raise forms.ValidationError(gettext("Das ist der bisherige Beginn."))
        return moment

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("starts_at") and found.get("ends_at") and found["ends_at"] <= found["starts_at"]:
            self.add_error("ends_at", gettext("Das Ende liegt vor dem Beginn."))
        return found


class CoHostForm(forms.Form):
    """Yes needs no words, no does."""

    answer = forms.ChoiceField(
        label=_("Laden Sie mit ein?"),
        choices=(("yes", _("Ja, wir laden gemeinsam ein")), ("no", _("Nein"))),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Begründung, wenn nicht"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("answer") == "no" and not found.get("reason"):
            self.add_error("reason", gettext("Bitte sagen Sie kurz, warum nicht."))
        return found


class InviteForm(forms.Form):
    """Members of the series, whole teams, and single people."""

    members = ManyField(
        SeriesMember.objects.none(),
        label=_("Mitglieder der Reihe"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    agencies = ManyField(
        Agency.objects.by_side(),
        label=_("Alle, die dort arbeiten"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    name = forms.CharField(label=_("Noch jemand: Name"), required=False, max_length=120)
    email = forms.EmailField(label=_("Noch jemand: E-Mail-Adresse"), required=False, max_length=254)

    def __init__(self, meeting: Meeting, data: Any = None) -> None:
        super().__init__(data)
        members = SeriesMember.objects.of_series(meeting.series).with_side()
        self.fields["members"].queryset = members  # type: ignore[attr-defined]
        self.fields["members"].initial = [member.pk for member in members]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if bool(found.get("name")) != bool(found.get("email")):
            self.add_error("email" if found.get("name") else "name", gettext("Bitte Name und Adresse angeben."))
        elif not self.errors and not any(found.values()):
            raise forms.ValidationError(gettext("Bitte wählen Sie, wen Sie einladen."))
        return found

    def guests(self) -> list[Guest]:
        found = self.cleaned_data
        guests = [Guest(one.name, one.email, one.side, one.agency, language=one.language) for one in found["members"]]
        for agency in found["agencies"].with_region():
            guests += [
                Guest(str(person), person.email, agency.region, agency, language=person.language)
                for person in agency.staff()
            ]
        return guests + ([Guest(found["name"], found["email"], None)] if found["email"] else [])
