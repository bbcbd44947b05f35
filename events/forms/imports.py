"""A file with days: uploaded, shown, and sent along once more when it is taken over."""

import base64
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import ManyField
from accounts.models import User
from events.actions.imports import IntoBlackouts, IntoCalendar, Target
from events.imports import LARGEST, Line, Unreadable, read
from events.models import Blackout, SchoolCalendar
from networks.models import Agency, Region


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("Datei (CSV oder ICS)"),
        required=False,
        help_text=_("Tabelle mit den Spalten Anlass; von; bis – oder eine Kalenderdatei. Höchstens 200 kB."),
    )
    content = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2 * LARGEST)
    source = forms.CharField(label=_("Quelle"), max_length=200)
    checked_on = forms.DateField(
        label=_("geprüft am"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), initial=timezone.localdate
    )

    def __init__(self, person: User, *args: Any) -> None:
        super().__init__(*args)
        self.lines: list[Line] = []
        self.offer(person)

    def offer(self, person: User) -> None:
        raise NotImplementedError

    def target(self) -> Target:
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        try:
            content = self._content(data)
            self.lines = read(content, timezone.localdate())
        except Unreadable as error:
            self.add_error("file", str(error))
        else:
            self.again = base64.b64encode(content).decode("ascii")
        return data

    def _content(self, data: dict[str, Any]) -> bytes:
        """A new file comes before the one that was shown."""
        if upload := data.get("file"):
            return bytes(upload.read(LARGEST + 1))
        if data.get("content"):
            try:
                return base64.b64decode(data["content"], validate=True)
            except ValueError as error:
                raise Unreadable(_("Bitte wählen Sie die Datei noch einmal.")) from error
        raise Unreadable(_("Bitte wählen Sie eine Datei."))


class HolidayImportForm(ImportForm):
    calendar = forms.ModelChoiceField(
        SchoolCalendar.objects.none(), label=_("Ferienkalender"), empty_label=_("Bitte wählen")
    )
    field_order = ("calendar", "file")

    def offer(self, person: User) -> None:
        self.fields["calendar"].queryset = SchoolCalendar.objects.curated_by(person)  # type: ignore[attr-defined]

    def target(self) -> Target:
        data = self.cleaned_data
        return IntoCalendar(data["calendar"], data["source"], data["checked_on"])


class BlackoutImportForm(ImportForm):
    kind = forms.ChoiceField(label=_("Art"), choices=Blackout.Kind, initial=Blackout.Kind.BUSY)
    agency = forms.ModelChoiceField(
        Agency.objects.none(),
        label=_("betrifft die Wirtschaftsförderung"),
        empty_label=_("keine bestimmte"),
        required=False,
    )
    regions = ManyField(
        Region.objects.none(),
        label=_("betrifft die Regionen"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    field_order = ("file", "kind", "agency", "regions")

    def offer(self, person: User) -> None:
        self.fields["agency"].queryset = Agency.objects.workplaces_of(person)  # type: ignore[attr-defined]
        self.fields["regions"].queryset = Region.objects.in_display_order()  # type: ignore[attr-defined]

    def target(self) -> Target:
        data = self.cleaned_data
        return IntoBlackouts(data["agency"], tuple(data["regions"]), data["kind"], data["source"], data["checked_on"])
