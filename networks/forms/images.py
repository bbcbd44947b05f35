"""Pictures from people's disks: only what a browser shows, of a harmless size, decoded once before it is kept."""

from typing import Any

from django import forms
from django.core.files import File
from django.utils.translation import gettext_lazy as _
from PIL import Image

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 40_000_000
FORMATS = {"JPEG", "PNG", "WEBP"}


class PictureField(forms.ImageField):
    """JPEG, PNG or WebP up to 5 MB and 40 megapixels; the model field encodes it anew."""

    widget = forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"})
    default_error_messages = {
        "invalid_image": _("Das ist kein Bild, das wir lesen können. Bitte wählen Sie ein JPEG, PNG oder WebP."),
        "too_big": _("Das Bild ist größer als 5 MB. Bitte verkleinern Sie es."),
        "too_many_pixels": _("Das Bild hat mehr als 40 Megapixel. Bitte verkleinern Sie es."),
    }
    help_text = _("JPEG, PNG oder WebP, höchstens 5 MB.")

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", self.help_text)
        super().__init__(**options)
        self.validators = []  # the file's content decides, not its name

    def to_python(self, data: "File[Any] | None") -> Any:
        if data is not None and data.size > MAX_BYTES:
            raise forms.ValidationError(self.error_messages["too_big"], code="too_big")
        try:
            file = super().to_python(data)
        except forms.ValidationError as error:
            if isinstance(error.__cause__, Image.DecompressionBombError):
                raise forms.ValidationError(self.error_messages["too_many_pixels"], code="too_many_pixels") from error
            raise
        if file is not None:
            self._require_readable(file)
        return file

    def _require_readable(self, file: Any) -> None:
        width, height = file.image.size
        if width * height > MAX_PIXELS:
            raise forms.ValidationError(self.error_messages["too_many_pixels"], code="too_many_pixels")
        file.seek(0)
        try:
            with Image.open(file, formats=sorted(FORMATS)) as picture:
                picture.load()
        except (OSError, SyntaxError, ValueError) as error:  # what Pillow raises for broken and cut-off files
            raise forms.ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error
        file.seek(0)
