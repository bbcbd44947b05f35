"""Pictures: decoded once, encoded anew, without what a camera wrote; everything else is refused at the field."""

import io
import struct
import zlib
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from accounts.models import User
from networks.models import Company, CompanyImage, DirectoryVersion

Of = Callable[[User | None], Client]
READABLE = "Das ist kein Bild, das wir lesen können."


def picture(kind: str, size: tuple[int, int] = (900, 600), **options: Any) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, (30, 90, 160)).save(target, kind, **options)
    return target.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb() -> bytes:
    """A PNG of a few bytes that says it has 20,000 × 20,000 pixels."""
    header = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


REFUSED = [
    ("zeichnung.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', READABLE),
    ("text.png", b"Guten Tag", READABLE),
    ("halb.png", picture("PNG")[:300], READABLE),
    ("alt.gif", picture("GIF"), READABLE),
    ("bombe.png", bomb(), "mehr als 40 Megapixel"),
    ("weit.png", picture("PNG", (8000, 5001)), "mehr als 40 Megapixel"),
    ("schwer.jpg", picture("JPEG") + b"\0" * (5 * 1024 * 1024), "größer als 5 MB"),
    ("leer.png", b"", "leer"),
]


def send(client: Client, company: Company, form: str, name: str, content: bytes) -> Any:
    field = "logo" if form == "logo-form" else "image"
    data = {form: "1", field: SimpleUploadedFile(name, content), "caption": "Unsere Halle"}
    return client.post(f"/mein-bereich/unternehmen/{company.slug}/bilder/", data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_stored_as_webp_of_its_own_name(kind: str, cast: SimpleNamespace, client_of: Of) -> None:
    answer = send(client_of(cast.editor), cast.company, "image-form", "../Halle <1>.jpg", picture(kind, (3200, 2400)))

    assert answer.status_code == 302
    stored = CompanyImage.objects.get(company=cast.company)
    with stored.image.open() as file, Image.open(file) as image:
        assert (image.format, image.size) == ("WEBP", (1600, 1200))
    assert "Halle" not in stored.image.name


@pytest.mark.parametrize("form", ["logo-form", "image-form"])
def test_what_a_camera_wrote_is_gone(form: str, cast: SimpleNamespace, client_of: Of) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Kamera Geheim", 6
    sent = picture("JPEG", exif=exif, comment=b"zu Hause", xmp=b"<x:xmpmeta>Geheim</x:xmpmeta>")
    assert b"Geheim" in sent

    send(client_of(cast.owner), cast.company, form, "halle.jpg", sent)

    cast.company.refresh_from_db()
    file = cast.company.logo if form == "logo-form" else CompanyImage.objects.get().image
    with file.open() as opened:
        content = opened.read()
    assert not [word for word in (b"Geheim", b"EXIF", b"XMP ", b"zu Hause") if word in content]
    with Image.open(io.BytesIO(content)) as image:
        assert image.height > image.width, "turned as the camera was held"


@pytest.mark.parametrize("form", ["logo-form", "image-form"])
@pytest.mark.parametrize(("name", "content", "said"), REFUSED, ids=[name for name, *_ in REFUSED])
def test_anything_else_is_refused_at_the_field(
    form: str, name: str, content: bytes, said: str, cast: SimpleNamespace, client_of: Of, settings: Any
) -> None:
    answer = send(client_of(cast.owner), cast.company, form, name, content)

    assert answer.status_code == 200
    shown = answer.context["logo_form" if form == "logo-form" else "image_form"]
    (message,) = shown.errors["logo" if form == "logo-form" else "image"]
    assert said in message
    cast.company.refresh_from_db()
    assert not cast.company.logo
    assert not CompanyImage.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_a_logo_is_changed_and_taken_away(
    cast: SimpleNamespace, client_of: Of, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client, version = client_of(cast.owner), DirectoryVersion.current()
    for colour in ("PNG", "JPEG"):
        with django_capture_on_commit_callbacks(execute=True):
            send(client, cast.company, "logo-form", "logo.png", picture(colour))
    assert len(list(settings.MEDIA_ROOT.rglob("*.webp"))) == 1, "the former file is gone"
    assert DirectoryVersion.current() == version + 2

    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/mein-bereich/unternehmen/{cast.company.slug}/bilder/", {"logo-form": "1", "logo-clear": "on"})

    cast.company.refresh_from_db()
    assert not cast.company.logo
    assert not list(settings.MEDIA_ROOT.rglob("*.webp"))


def test_saving_no_logo_says_what_to_do(cast: SimpleNamespace, client_of: Of) -> None:
    page = client_of(cast.owner).post(f"/mein-bereich/unternehmen/{cast.company.slug}/bilder/", {"logo-form": "1"})
    assert "Bitte wählen Sie ein Bild." in page.content.decode()


def test_twelve_pictures_are_enough(cast: SimpleNamespace, client_of: Of) -> None:
    for number in range(12):
        CompanyImage.objects.create(company=cast.company, image=f"bilder/{number}.webp", caption="Halle")
    send(client_of(cast.owner), cast.company, "image-form", "halle.png", picture("PNG"))
    assert CompanyImage.objects.count() == 12


def test_a_picture_is_deleted_with_its_file_after_a_question(
    cast: SimpleNamespace, client_of: Of, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client = client_of(cast.editor)
    send(client, cast.company, "image-form", "halle.png", picture("PNG"))
    address = f"/mein-bereich/unternehmen/{cast.company.slug}/bilder/{CompanyImage.objects.get().pk}/loeschen/"
    assert client.get(address).status_code == 200
    assert CompanyImage.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(address)

    assert not CompanyImage.objects.exists()
    assert not list(settings.MEDIA_ROOT.rglob("*.webp"))


def test_pictures_of_another_company_are_out_of_reach(cast: SimpleNamespace, client_of: Of) -> None:
    answer = send(client_of(cast.owner_east), cast.company, "image-form", "halle.png", picture("PNG"))
    assert answer.status_code == 403
    assert not CompanyImage.objects.exists()
