"""The planning page's questions, the choice of days, and the swap of a host."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.actions.planning import LEAST, MOST, SwapWish
from events.almanac import LONGEST_WINDOW
from events.models import MeetingSeries
from events.planning import Planning, Question, usual_question
from networks.models import Agency

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
NO_DAY = _("Bitte einen Tag wie 18.03.2027 angeben.")


class DayField(forms.DateField):
    """A day in the calendar of this century, picked in the browser."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput({"type": "date", "min": EARLIEST, "max": LATEST}, "%Y-%m-%d")
        super().__init__(
            widget=widget, input_formats=["%Y-%m-%d", "%d.%m.%Y"], error_messages={"invalid": NO_DAY}, **kwargs
        )

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("Bitte einen Tag zwischen 2000 und 2100 angeben."))
        return day


NEEDED = {"from", "to", "last"}


def usual_parameters(series: MeetingSeries) -> dict[str, Any]:
    usual = usual_question(series)
    return {"from": usual.start, "to": usual.end, "last": usual.last or "", "series": series.slug}


class QuestionForm(forms.Form):
    """Parameters of the address: what is left out comes from the series, what is wrong is said beside the field."""

    use_required_attribute = False

    def __init__(self, series: MeetingSeries, data: Mapping[str, Any]) -> None:
        self.series = series
        given = {name: data[name] for name in data}
        super().__init__({**usual_parameters(series), **given} if NEEDED - set(given) else given)
        self.fields["from"] = DayField(label=_("von"))
        self.fields["to"] = DayField(label=_("bis"))
        self.fields["last"] = DayField(label=_("letztes Treffen"), required=False)
        self.fields["check"] = DayField(label=_("Anderen Tag prüfen"), required=False)
        self.fields["series"] = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end, last = data.get("from"), data.get("to"), data.get("last")
        if start and end and end < start:
            self.add_error("to", _("Das Ende liegt vor dem Anfang."))
        elif start and end and end - start > timedelta(days=LONGEST_WINDOW):
            self.add_error("to", _("Bitte höchstens dreizehn Monate auf einmal."))
        if end and last and last > end:
            self.add_error("last", _("Das letzte Treffen liegt nach dem Fenster."))
        return data

    def question(self) -> Question:
        data = self.cleaned_data
        return Question(self.series, data["from"], data["to"], data["last"], data["check"])


class ChoiceForm(forms.Form):
    """Three to five days; of each that the calendar rejects, why it should work anyway."""

    def __init__(self, planning: Planning, data: Any = None) -> None:
        super().__init__(data)
        self.planning = planning
        days = [(day.isoformat(), day.isoformat()) for day in planning.found.by_day]
        self.fields["day"] = forms.MultipleChoiceField(
            choices=days,
            label=_("Tage"),
            error_messages={
                "required": _("Bitte wählen Sie {least} bis {most} Tage.").format(least=LEAST, most=MOST),
                "invalid_choice": _("Dieser Tag liegt nicht im Planungsfenster."),
            },
        )
        for day in self.wished():
            self.fields[reason_name(day)] = forms.CharField(
                label=_("Warum trotzdem?"), max_length=300, required=self._is_rejected(day)
            )

    def wished(self) -> list[date]:
        """Days that were ticked, or given a reason: who writes one means the day."""
        if not self.is_bound:
            return []
        given = set(self.data.getlist("day"))  # type: ignore[attr-defined]  # a QueryDict
        with_reason = {day for day in self.planning.found.by_day if self.data.get(reason_name(day), "").strip()}
        return sorted(with_reason | {day for day in self.planning.found.by_day if day.isoformat() in given})

    def _is_rejected(self, day: date) -> bool:
        return self.planning.found.by_day[day].rejected

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "day" in self.errors and self.wished() and self.errors["day"].as_data()[0].code == "required":
            del self.errors["day"]
        if not self.errors and not LEAST <= len(self.wished()) <= MOST:
            self.add_error("day", self.fields["day"].error_messages["required"])
        return data

    def chosen(self) -> dict[date, str]:
        return {day: self.cleaned_data.get(reason_name(day), "") for day in self.wished()}


def reason_name(day: date) -> str:
    return f"reason-{day.isoformat()}"


class SwapForm(forms.Form):
    """Who hosts instead, and why."""

    host = forms.ModelChoiceField(Agency.objects.none(), label=_("Gastgeberin wird"), empty_label=_("Bitte wählen"))
    reason = forms.CharField(label=_("Grund"), max_length=300, help_text=_("Er bleibt bei der Reihe gespeichert."))
    twice = forms.BooleanField(
        label=_("Sie ist zweimal hintereinander Gastgeberin, und das ist gewollt."), required=False
    )

    def __init__(self, series: MeetingSeries, data: Any = None) -> None:
        super().__init__(data)
        agencies = Agency.objects.filter(pk__in=series.places.values("agency"))
        self.fields["host"].queryset = agencies.by_side()  # type: ignore[attr-defined]

    def wish(self, day: date) -> SwapWish:
        data = self.cleaned_data
        return SwapWish(data["host"], day, data["reason"], data["twice"])
