from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from networks.merging import ALL_COMPETENCES, Difference, competences_in_words
from networks.models import Company

ONE, OTHER, BOTH = "one", "other", "both"
NOTHING_SAID = _("keine Angabe")


class MergeForm(forms.Form):
    """Which entry stays, and which of two differing statements."""

    def __init__(
        self, pair: tuple[Company, Company], found: Sequence[Difference], *args: Any, asks: bool = False, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.pair = pair
        public = [company.state == Company.State.PUBLISHED for company in pair]
        stays = OTHER if public == [False, True] else ONE
        self.fields["kept"] = self._choice(_("Welcher Eintrag bleibt?"), [self._entry(one) for one in pair], stays)
        for difference in found:
            said = [(ONE, difference.one), (OTHER, difference.other)]
            self.fields[difference.part.key] = self._choice(difference.part.label, said, difference.proposed(stays))
        if "competences" in self.fields:
            choices = [*self.fields["competences"].choices, (BOTH, competences_in_words(pair))]  # type: ignore[attr-defined]
            self.fields["competences"].choices = choices  # type: ignore[attr-defined]
            self.fields["competences"].initial = BOTH
        if asks:
            self.fields["message"] = forms.CharField(
                label=_("Warum es dasselbe Unternehmen ist"),
                max_length=1000,
                required=False,
                widget=forms.Textarea({"rows": 3}),
                help_text=_("Das liest die andere Wirtschaftsförderung, wenn sie zustimmt oder ablehnt."),
            )

    @staticmethod
    def _choice(label: Any, said: Sequence[tuple[str, Any]], initial: str) -> forms.ChoiceField:
        choices = [(key, Truncator(text).chars(220) if text else NOTHING_SAID) for key, text in said]
        return forms.ChoiceField(label=label, choices=choices, initial=initial, widget=forms.RadioSelect)

    def _entry(self, company: Company) -> tuple[str, str]:
        key = ONE if company is self.pair[0] else OTHER
        parts = (company.full_name, company.place, company.get_state_display(), company.home_agency)
        return key, " · ".join(str(part) for part in parts if part)

    @property
    def kept(self) -> Company:
        return self.pair[0] if self.cleaned_data["kept"] == ONE else self.pair[1]

    @property
    def given_up(self) -> Company:
        return self.pair[1] if self.cleaned_data["kept"] == ONE else self.pair[0]

    @property
    def taken(self) -> set[str]:
        """The parts that come from the entry that is given up."""
        parts = {key: said for key, said in self.cleaned_data.items() if key not in {"kept", "message"}}
        every = {ALL_COMPETENCES} if parts.get("competences") == BOTH else set()
        return every | {key for key, said in parts.items() if said not in {self.cleaned_data["kept"], BOTH}}
