"""Where a company is: a town of the regions, or a place outside them and who cares for it."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from networks.forms.versions import StartedFrom
from networks.models import Agency, Company, Municipality, Postcode

Groups = list[tuple[str, list[tuple[int, str]]]]
PLACE = ("municipality", "guest_place", "caring_agency")


def grouped(rows: Iterable[Any], group: str) -> Groups:
    """Choices under the names of their groups; the rows come in order."""
    found = groupby(rows, key=lambda row: str(getattr(row, group)))
    return [(name, [(row.pk, str(row)) for row in members]) for name, members in found]


class PlaceForm(StartedFrom):
    """A place outside all regions needs its name and a caring agency."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        towns = Municipality.objects.select_related("district").order_by("district__name", "name")
        self.choose("municipality", grouped(towns, "district"), _("Bitte wählen"))
        for name in PLACE:
            self.fields[name].depends = True  # type: ignore[attr-defined]  # one of them must be there
        self.fields["caring_agency"].queryset = Agency.objects.by_side()  # type: ignore[attr-defined]
        self.fields["caring_agency"].empty_label = _("Bitte wählen")  # type: ignore[attr-defined]

    def choose(self, name: str, groups: Groups, empty: Any = None) -> None:
        self.fields[name].choices = [*([("", empty)] if empty else []), *groups]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("municipality"):
            data["guest_place"], data["caring_agency"] = "", None
            self._check_postcode(data)
        elif "municipality" in data:
            self._require_guest_fields(data)
        return data

    def _check_postcode(self, data: dict[str, Any]) -> None:
        """A known postcode belongs to the town; an unknown one may be new or a post box."""
        known = list(Postcode.objects.filter(code=data.get("postcode", "")).select_related("municipality"))
        if known and data["municipality"] not in [row.municipality for row in known]:
            towns = ", ".join(str(row.municipality) for row in known)
            self.add_error(
                "postcode", _("%(postcode)s gehört zu: %(towns)s.") % {"postcode": data["postcode"], "towns": towns}
            )

    def _require_guest_fields(self, data: dict[str, Any]) -> None:
        if not data.get("guest_place") and not data.get("caring_agency"):
            self.add_error(
                "municipality", _("Bitte wählen Sie Ihren Ort, oder füllen Sie die beiden nächsten Felder aus.")
            )
        elif not data.get("guest_place"):
            self.add_error("guest_place", _("Bitte nennen Sie Ihren Ort."))
        elif not data.get("caring_agency"):
            self.add_error("caring_agency", _("Bitte wählen Sie, wer Sie betreuen soll."))


class MoveForm(PlaceForm):
    class Meta:
        model = Company
        fields = ("street", "postcode", *PLACE)
        help_texts = {
            "guest_place": _("Nur, wenn der Ort in der Liste oben fehlt."),
            "caring_agency": _("Nur, wenn der Ort in der Liste oben fehlt: Wer soll das Unternehmen betreuen?"),
        }

    @property
    def next_home(self) -> Agency | None:
        """Who is responsible afterwards."""
        town = self.cleaned_data.get("municipality")
        return town.district.home_agency if town else self.cleaned_data.get("caring_agency")
