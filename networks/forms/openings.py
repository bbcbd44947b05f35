from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.errors import ActionRefused
from networks.actions.openings import require_proposable
from networks.models import Opening

NEEDED = {"network", "region", "twin"}


class OpeningForm(forms.ModelForm):  # type: ignore[type-arg]  # ModelForm[…] fails at run time
    """What the curating agency proposes; what does not fit together is refused."""

    class Meta:
        model = Opening
        fields = ("network", "region", "twin", "since", "conditions")
        widgets = {"conditions": forms.Textarea({"rows": 4})}
        help_texts = {
            "twin": _("Sie bekommt den Vorschlag. Stimmt sie zu, betreut sie das Netzwerk auf ihrer Seite."),
            "since": _("Von diesem Tag an können Unternehmen von dort anfragen."),
            "conditions": _("Steht auf der Seite des Netzwerks, zum Beispiel: „Zu denselben Bedingungen.“"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "twin" in self.fields:
            self.fields["twin"].required = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.keys() >= NEEDED:
            try:
                require_proposable(data["network"], data)
            except ActionRefused as refusal:
                self.add_error(None, str(refusal))
        return data
