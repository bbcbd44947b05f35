from typing import Any

from django import forms

from networks.models import TextTemplate


class DecisionForm(forms.Form):
    """What goes with a decision: nothing, a text to the applicant, or an address."""

    text = forms.CharField(max_length=2000, widget=forms.Textarea({"rows": 4}))

    def __init__(self, asks: Any, data: Any = None, *, email: bool = False, prefix: str | None = None) -> None:
        super().__init__(data, prefix=prefix)
        self.texts: list[TextTemplate] = []
        if not asks:
            del self.fields["text"]
            return
        if email:
            self.fields["text"] = forms.EmailField(max_length=254)
        self.fields["text"].label = asks

    def offer(self, texts: list[TextTemplate], chosen: str) -> None:
        """Texts to begin with; without scripts one is chosen by the page's address."""
        self.texts = texts
        for one in texts:
            if str(one.pk) == chosen:
                self.fields["text"].initial = one.text
