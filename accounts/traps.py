"""What people never notice and machines trip over, instead of a riddle by somebody else (a "captcha")."""

import time
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.utils.translation import gettext_lazy as _

SALT = "accounts.traps"
DAY = 24 * 3600


def drawn_now() -> str:
    return signing.dumps(time.time(), salt=SALT)


def seconds_since(drawn: str) -> float:
    """Nothing where the mark is missing, forged, or older than a day."""
    try:
        return time.time() - float(signing.loads(drawn, salt=SALT, max_age=DAY))
    except signing.BadSignature:
        return 0


class Unhurried(forms.Form):
    """A form that carries when it was drawn: nobody reads and fills it in within a second or two."""

    drawn = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput, initial=drawn_now)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if seconds_since(cleaned.get("drawn", "")) < settings.FORM_SECONDS:
            self._draw_anew()
            raise forms.ValidationError(_("Das ging sehr schnell. Bitte senden Sie Ihre Angaben noch einmal."))
        return cleaned

    def _draw_anew(self) -> None:
        """Whoever kept the page open for days gets a mark that is valid when they send it again."""
        if not seconds_since(self.data.get(self.add_prefix("drawn"), "")):
            self.data = self.data.copy()  # type: ignore[attr-defined]
            self.data[self.add_prefix("drawn")] = drawn_now()  # type: ignore[index]


class Trapped(Unhurried):
    """A person leaves the field `homepage` empty: it is not shown."""

    homepage = forms.CharField(
        required=False,
        label=_("Bitte leer lassen"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def sent_by_machine(self) -> bool:
        return bool(self.cleaned_data.get("homepage"))
