from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.errors import ActionRefused
from networks.actions.absences import require_possible
from networks.models import Absence

NEEDED = {"employment", "deputy", "first_day", "last_day"}


class AbsenceForm(forms.ModelForm):  # type: ignore[type-arg]  # ModelForm[…] fails at run time
    class Meta:
        model = Absence
        fields = ("employment", "first_day", "last_day", "deputy")
        help_texts = {
            "deputy": _("Jemand aus demselben Team: bekommt die E-Mails über Wartendes und sieht, wen sie vertritt."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("employment", "deputy"):
            self.fields[name].queryset = self.fields[name].queryset.with_names()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.keys() >= NEEDED:
            try:
                require_possible(data)
            except ActionRefused as refusal:
                self.add_error(_about(data), str(refusal))
        return data


def _about(data: dict[str, Any]) -> str | None:
    """Which field a refusal is about; the table's own promises about it need not be checked any more."""
    if data["last_day"] < data["first_day"]:
        return "last_day"
    return "deputy" if data["deputy"] == data["employment"] else None
