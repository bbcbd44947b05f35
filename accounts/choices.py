from typing import Any

from django import forms

# A 64-bit key has at most 19 digits; SQLite stumbles over longer ones in a list.
LONGEST_KEY = 18


class ManyField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # knows no parameter at run time
    """Several choices by their keys; what cannot be a key is refused before the database sees it."""

    def clean(self, value: Any) -> Any:
        for key in value if isinstance(value, list) else []:
            if len(str(key)) > LONGEST_KEY:
                raise forms.ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": f"{key:.18}…"}
                )
        return super().clean(value)
