from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choices import ManyField
from networks.forms.images import PictureField
from networks.forms.places import PlaceForm, grouped
from networks.models import Claim, Company, CompanyImage, Competence


class GroupedChecks(forms.CheckboxSelectMultiple):
    template_name = "forms/grouped_checks.html"


SECTIONS = (
    (_("Wer Sie sind"), ("name", "legal_form", "summary", "description", "size", "founded")),
    (_("Was Sie können"), ("industry", "competences")),
    (_("Wo Sie sind"), ("street", "postcode", "municipality", "guest_place", "caring_agency")),
    (_("Wie man Sie erreicht"), ("website", "email", "email_visibility", "phone", "phone_visibility")),
)
IN_OTHER_LANGUAGES = Company.WORDINGS


def _written_in(name: str) -> forms.Widget:
    """The browser checks the spelling of the language, and a screen reader speaks it."""
    widget = forms.Textarea({"rows": 8}) if name.startswith("description") else forms.TextInput()
    widget.attrs["lang"] = name[-2:]
    return widget


class CompanyForm(PlaceForm):
    """What a company says about itself. A place outside all regions needs its name and a caring agency."""

    template_name = "forms/sections.html"

    class Meta:
        model = Company
        fields = tuple(name for _title, names in SECTIONS for name in names) + IN_OTHER_LANGUAGES
        field_classes = {"competences": ManyField}
        widgets = {
            "description": forms.Textarea({"rows": 8}),
            **{name: _written_in(name) for name in IN_OTHER_LANGUAGES},
            "competences": GroupedChecks(),
            "street": forms.TextInput({"autocomplete": "address-line1"}),
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
        competences = Competence.objects.select_related("group").order_by(
            "group__order", "group__code", "order", "code"
        )
        self.choose("competences", grouped(competences, "group"))
        self.fields["industry"].empty_label = _("keine Angabe")  # type: ignore[attr-defined]
        self.fields["size"].choices = [("", _("keine Angabe")), *Company.Size.choices]  # type: ignore[attr-defined]

    @property
    def optional(self) -> list[forms.BoundField]:
        return [self[name] for name in IN_OTHER_LANGUAGES]

    @property
    def shows_optional(self) -> bool:
        """Once somebody has written there, it is in sight."""
        return any(self.initial.get(name) or self.data.get(name) for name in IN_OTHER_LANGUAGES)

    @property
    def sections(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [(title, [self[name] for name in names]) for title, names in SECTIONS]


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
