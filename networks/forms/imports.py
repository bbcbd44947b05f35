from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.sheets.reading import LARGEST, Table, Unreadable, read_table
from networks.importing.judging import NEW
from networks.models import Agency, CompanyImport, ImportLine, Network
from networks.sheets.companies import REASON, Column, title_key


class ListForm(forms.Form):
    """Which file, and whose list it is."""

    file = forms.FileField(
        label=_("Datei"),
        widget=forms.FileInput({"accept": ".csv,.txt,.tsv,.xlsx"}),
        help_text=_("CSV oder Excel (XLSX), höchstens 10 MB und 20.000 Zeilen. Die erste Zeile nennt die Spalten."),
    )
    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("Wirtschaftsförderung"))
    network = forms.ModelChoiceField(
        Network.objects.none(),
        label=_("Alle sind Mitglied in"),
        required=False,
        empty_label=_("keinem bestimmten Netzwerk"),
        help_text=_("Wenn das die Mitgliederliste eines Netzwerks ist."),
    )

    def __init__(self, person: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.table: Table | None = None
        agencies = Agency.objects.workplaces_of(person).order_by("short_name")
        self.fields["agency"].queryset = agencies  # type: ignore[attr-defined]
        self.fields["network"].queryset = (  # type: ignore[attr-defined]
            Network.objects.on_the_desk_of(person).published().order_by("name")
        )
        if len(agencies) == 1:
            self.fields["agency"].initial = agencies[0]
            self.fields["agency"].widget = forms.HiddenInput()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            self.table = read_table(file.read(LARGEST + 1))
        except Unreadable as reason:
            raise forms.ValidationError(str(reason)) from reason
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        network, agency = data.get("network"), data.get("agency")
        if network and agency and not Network.objects.looked_after_by(agency).filter(pk=network.pk).exists():
            self.add_error("network", _("Dieses Netzwerk betreut eine andere Wirtschaftsförderung."))
        return data


class ColumnsForm(forms.Form):
    """For each column of the list what it means; each meaning once, and a name there must be."""

    def __init__(self, run: CompanyImport, samples: list[ImportLine], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("weglassen")), *((column.value, column.value) for column in Column)]
        for number, title in enumerate(run.header):
            self.fields[f"c{number}"] = forms.ChoiceField(
                label=title or _("Spalte {n} ohne Überschrift").format(n=number + 1),
                choices=choices,
                required=False,
                initial=run.columns[number],
                help_text=_sample(number, samples),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        seen: set[str] = set()
        for name, column in list(data.items()):
            if column and column in seen:
                self.add_error(name, _("Diese Angabe haben Sie schon einer anderen Spalte gegeben."))
            seen.add(column)
        if not self.errors and Column.NAME not in seen:
            raise forms.ValidationError(_("Welche Spalte enthält den Namen der Unternehmen? Ohne ihn geht es nicht."))
        return data

    @property
    def columns(self) -> list[str]:
        return [self.cleaned_data[f"c{number}"] for number in range(len(self.fields))]


def _sample(number: int, lines: list[ImportLine]) -> str:
    told = [line.cells[number] for line in lines if line.cells[number]]
    return " · ".join(text[:40] for text in told[:3]) or str(_("In den ersten Zeilen leer."))


def unknown_titles(run: CompanyImport) -> list[str]:
    """Columns that are left out, by name; the reasons that we wrote beside bad lines ourselves are none."""
    pairs = zip(run.header, run.columns, strict=True)
    return [title for title, column in pairs if title and not column and title_key(title) != title_key(REASON)]


class SuspectForm(forms.Form):
    """One line that may be there already: what shall become of it."""

    decision = forms.ChoiceField(widget=forms.RadioSelect, required=False)

    def __init__(self, line: ImportLine, data: Any = None) -> None:
        super().__init__(data, prefix=f"l{line.number}")
        own = [one for one in line.findings.get("suspects", []) if one["is_own"]]
        field = self.fields["decision"]
        field.label = _("Zeile {n}: {name}").format(n=line.number, name=line.name)
        field.choices = [  # type: ignore[attr-defined]
            ("", _("nicht übernehmen")),
            *((str(one["pk"]), _("Das ist: {name}. Den Eintrag ändern.").format(name=one["name"])) for one in own),
            (NEW, _("Das ist ein anderes Unternehmen. Neu eintragen.")),
        ]
        field.initial = line.decision
