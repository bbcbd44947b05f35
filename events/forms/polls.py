"""What a poll asks: of staff when it begins and ends, of participants what suits them."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.choices import ManyField
from accounts.words import day_in_words
from events.actions.polls import Guest, PollWish
from events.models import DatePoll, Meeting, PollAnswer, PollParticipant, SeriesMember
from events.tally import Result, Row
from networks.models import Agency, Region

ANSWER_WITHIN = timedelta(days=14)
LATE = time(20)


class PollForm(forms.Form):
    """Whom to ask about the proposed days, and until when."""

    members = ManyField(
        SeriesMember.objects.none(),
        label=_("Wen möchten Sie fragen?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Unverzichtbar ist, wessen Rolle in der Treffenreihe so vermerkt ist."),
    )
    message = forms.CharField(
        label=_("Ein paar Worte dazu"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3})
    )
    starts = forms.TimeField(label=_("Beginn"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    ends = forms.TimeField(label=_("Ende"), widget=forms.TimeInput({"type": "time"}, "%H:%M"))
    deadline = forms.DateTimeField(
        label=_("Antworten bis"), widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M")
    )
    quorum = forms.IntegerField(label=_("So viele müssen insgesamt können"), min_value=0, max_value=500)
    minimum = forms.IntegerField(label=_("Davon je Region mindestens"), min_value=0, max_value=500)
    results_hidden = forms.BooleanField(label=_("Das Ergebnis sieht erst, wer selbst geantwortet hat"), required=False)

    def __init__(self, meeting: Meeting, data: Any = None) -> None:
        super().__init__(data, initial=_initial(meeting))
        members = SeriesMember.objects.of_series(meeting.series).with_side()
        self.fields["members"].queryset = members  # type: ignore[attr-defined]
        self.fields["members"].initial = [member.pk for member in members]

    def clean_deadline(self) -> datetime:
        deadline: datetime = self.cleaned_data["deadline"]
        if deadline <= timezone.now():
            raise forms.ValidationError(gettext("Dieser Zeitpunkt ist schon vorbei."))
        return deadline

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("starts") and found.get("ends") and found["ends"] <= found["starts"]:
            self.add_error("ends", gettext("Das Ende liegt vor dem Beginn."))
        return found

    def wish(self) -> PollWish:
        return PollWish(**{name: value for name, value in self.cleaned_data.items() if name != "members"})

    def guests(self) -> list[Guest]:
        return [
            Guest(member.name, member.email, member.side, member.agency, member.is_required, member.language)
            for member in self.cleaned_data["members"]
            if member.side
        ]


def _initial(meeting: Meeting) -> dict[str, Any]:
    series = meeting.series
    last_day = timezone.localdate() + ANSWER_WITHIN
    return {
        "starts": timezone.localtime(meeting.starts_at).time(),
        "ends": timezone.localtime(meeting.ends_at).time(),
        "deadline": timezone.make_aware(datetime.combine(last_day, LATE)),
        "quorum": series.quorum if series else 0,
        "minimum": series.least_per_region if series else 0,
    }


class GuestForm(forms.Form):
    """Somebody else to ask."""

    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-Mail-Adresse"), max_length=254)
    region = forms.ModelChoiceField(Region.objects.all(), label=_("Region"), empty_label=_("Bitte wählen"))
    agency = forms.ModelChoiceField(
        Agency.objects.all(), label=_("Wirtschaftsförderung"), required=False, empty_label=_("keine")
    )
    required = forms.BooleanField(label=_("Ohne diese Person geht es nicht"), required=False)

    def guest(self) -> Guest:
        return Guest(**self.cleaned_data)


class HandOnForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-Mail-Adresse"), max_length=254)


class DecisionForm(forms.Form):
    """Which day it is; the ranking's first one needs no reason."""

    option = forms.ChoiceField(label=_("Tag"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Begründung"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Nur nötig, wenn Sie anders entscheiden als die Rangfolge oder der erste Tag noch nicht passt."),
    )

    def __init__(self, result: Result, data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["option"]
        field.choices = [(str(row.option.pk), _choice(row)) for row in result.rows]  # type: ignore[attr-defined]
        field.initial = str(result.rows[0].option.pk) if result.rows else None


def _choice(row: Row) -> str:
    text = f"{day_in_words(row.option.day)} – {row.standing_in_words}"
    return f"{text} ({row.why_not})" if row.why_not else text


class AnswerForm(forms.Form):
    """Yes, if need be, or no, for each day; a day may stay open."""

    def __init__(self, person: PollParticipant, result: Result, data: Any = None, *, show: bool = True) -> None:
        super().__init__(data)
        said = result.said_by(person)
        rows = {row.option.pk: row for row in result.rows}
        for option in result.options.values():
            self.fields[f"day-{option.pk}"] = forms.ChoiceField(
                label=day_in_words(option.day),
                choices=PollAnswer.Answer.choices,
                widget=forms.RadioSelect,
                required=False,
                initial=said.get(option.pk),
                help_text=_so_far(rows[option.pk]) if show else "",
            )
        self.fields["comment"] = forms.CharField(
            label=_("Bemerkung"), required=False, max_length=500, initial=person.comment
        )

    def answers(self) -> dict[int, str]:
        return {
            int(name.removeprefix("day-")): value
            for name, value in self.cleaned_data.items()
            if name.startswith("day-") and value
        }

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and not any(value for name, value in found.items() if name != "comment"):
            raise forms.ValidationError(gettext("Bitte antworten Sie für mindestens einen Tag."))
        return found


def _so_far(row: Row) -> str:
    sides = ", ".join(
        gettext("{region} {able} von {of}").format(region=side.region, able=side.able, of=side.of) for side in row.sides
    )
    return gettext("Bisher können: {sides}").format(sides=sides)


def poll_is_shown(poll: DatePoll, person: PollParticipant) -> bool:
    return bool(person.answered_at) or not poll.results_hidden
