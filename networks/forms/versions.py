"""Two who edit at once: the later one hears what changed since they began, and nothing that was typed is lost."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.versions import changes_since, newest_version
from networks.models import Company


class Unlabelled(forms.HiddenInput):
    """The admin writes a label for every field; none can point to what nobody sees."""

    def id_for_label(self, id_: str) -> str:
        return ""


class StartedFrom(forms.ModelForm):  # type: ignore[type-arg]  # ModelForm[…] fails at run time
    """Remembers the version that the form showed. Cleaned in a transaction: the row is locked until it is saved."""

    version = forms.IntegerField(required=False, widget=Unlabelled)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.initial["version"] = newest_version(self.instance)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        started = data.pop("version", None)
        if self.instance.pk and started is not None and set(self.changed_data) - {"version"}:
            Company.objects.select_for_update().get(pk=self.instance.pk)
            self._compare(started)
        return data

    def _compare(self, started: int) -> None:
        changes = changes_since(self.instance, started, names=set(self.fields))
        if not changes:
            return
        sent = QueryDict(mutable=True)
        sent.update(self.data)
        sent[self.add_prefix("version")] = str(newest_version(self.instance))
        self.data = sent
        said = [f"{field.label}: {field.after or '–'}" for change in changes for field in change.fields]
        self.add_error(
            None,
            _(
                "Inzwischen hat jemand anderes gespeichert ({changed}). Was Sie geschrieben haben, steht noch da. "
                "Wenn Sie noch einmal speichern, gilt Ihre Fassung."
            ).format(changed="; ".join(said)),
        )
