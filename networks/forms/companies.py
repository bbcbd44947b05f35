from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import ManyField
from networks.forms.images import PictureField
from networks.forms.versions import StartedFrom
from networks.models import Agency, Claim, Company, CompanyImage, Competence, Municipality, Postcode

Groups = list[tuple[str, list[tuple[int, str]]]]


class GroupedChecks(forms.CheckboxSelectMultiple):
    template_name = "forms/grouped_checks.html"


def grouped(rows: Iterable[Any], group: str) -> Groups:
    """Choices under the names of their groups; the rows come in order."""
    found = groupby(rows, key=lambda row: str(getattr(row, group)))
    return [(name, [(row.pk, str(row)) for row in members]) for name, members in found]


SECTIONS = (
    (_("Wer Sie sind"), ("name", "legal_form", "summary", "description", "size", "founded")),
    (_("Was Sie können"), ("industry", "competences")),
    (_("Wo Sie sind"), ("street", "postcode", "municipality", "guest_place", "caring_agency")),
    (_("Wie man Sie erreicht"), ("website", "email", "email_visibility", "phone", "phone_visibility")),
)


class CompanyForm(StartedFrom):
    """What a company says about itself. A place outside all regions needs its name and a caring agency."""

    template_name = "forms/sections.html"

    class Meta:
        model = Company
        fields = tuple(name for _title, names in SECTIONS for name in names)
        field_classes = {"competences": ManyField}
        widgets = {
            "description": forms.Textarea({"rows": 8}),
            "competences": GroupedChecks(),
            "street": forms.TextInput({"autocomplete": "street-address"}),
            "postcode": forms.TextInput({"autocomplete": "postal-code", "inputmode": "numeric"}),
            "email": forms.EmailInput({"autocomplete": "email"}),
            "phone": forms.TextInput({"autocomplete": "tel", "type": "tel"}),
            "website": forms.URLInput({"autocomplete": "url", "placeholder": "https://"}),
        }
        labels = {
            "email_visibility": _("Wer sieht diese E-Mail-Adresse?"),
            "phone_visibility": _("Wer sieht diese Telefonnummer?"),
        }
        help_texts = {
            "name": _("Ohne Rechtsform."),
            "legal_form": _("Zum Beispiel GmbH, GmbH & Co. KG, e. K."),
            "summary": _("So stellen Sie sich im Verzeichnis vor. Höchstens 220 Zeichen."),
            "description": _("Was machen Sie, für wen, und was macht Ihnen so schnell niemand nach?"),
            "municipality": _(
                "Daraus ergibt sich, wer zuständig ist. Fehlt Ihr Ort, füllen Sie die beiden nächsten Felder aus."
            ),
            "guest_place": _("Nur, wenn Ihr Ort in der Liste oben fehlt."),
            "caring_agency": _("Nur, wenn Ihr Ort in der Liste oben fehlt: Wer soll Sie betreuen?"),
            "email_visibility": _(
                "„Mitglieder“ sind Menschen aus veröffentlichten Unternehmen und den Wirtschaftsförderungen."
            ),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        towns = Municipality.objects.select_related("district").order_by("district__name", "name")
        self._choose("municipality", grouped(towns, "district"), _("Bitte wählen"))
        competences = Competence.objects.select_related("group").order_by(
            "group__order", "group__code", "order", "code"
        )
        self._choose("competences", grouped(competences, "group"))
        for name in ("municipality", "guest_place", "caring_agency"):
            self.fields[name].depends = True  # type: ignore[attr-defined]  # one of them must be there
        self.fields["caring_agency"].queryset = Agency.objects.by_side()  # type: ignore[attr-defined]
        self.fields["industry"].empty_label = _("keine Angabe")  # type: ignore[attr-defined]
        self.fields["size"].choices = [("", _("keine Angabe")), *Company.Size.choices]  # type: ignore[attr-defined]
        self.fields["caring_agency"].empty_label = _("Bitte wählen")  # type: ignore[attr-defined]

    @property
    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [(title, [self[name] for name in names]) for title, names in SECTIONS]

    def _choose(self, name: str, groups: Groups, empty: Any = None) -> None:
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


class ClaimForm(forms.ModelForm):  # type: ignore[type-arg]  # ModelForm[…] fails at run time
    class Meta:
        model = Claim
        fields = ("message",)
        widgets = {"message": forms.Textarea({"rows": 4})}
        help_texts = {"message": _("Zum Beispiel: „Ich leite dort das Marketing.“")}


class LogoForm(forms.Form):
    logo = PictureField(label=_("Logo"), required=False)

    def clean(self) -> dict[str, Any]:
        if not self.changed_data:
            self.add_error("logo", _("Bitte wählen Sie ein Bild."))
        return self.cleaned_data


class ImageForm(forms.ModelForm):  # type: ignore[type-arg]  # ModelForm[…] fails at run time
    image = PictureField(label=_("Bild"))

    class Meta:
        model = CompanyImage
        fields = ("image", "caption")
        help_texts = {"caption": _("Was ist zu sehen? Das lesen auch Menschen, die das Bild nicht sehen können.")}
