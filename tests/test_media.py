from pathlib import Path
from typing import Any

from django.test import Client


def test_uploaded_image_cannot_run_anything(client: Client, settings: Any, db: None) -> None:
    folder = Path(settings.MEDIA_ROOT) / "logos"
    folder.mkdir(parents=True)
    (folder / "abc.webp").write_bytes(b"RIFF")

    response = client.get("/medien/logos/abc.webp")

    assert response.status_code == 200
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    response.close()


def test_nothing_but_uploaded_images_is_served(client: Client, settings: Any, db: None) -> None:
    Path(settings.MEDIA_ROOT).mkdir(parents=True)
    paths = ("/medien/nein.webp", "/medien/", "/medien/%2e%2e/secret_key")
    assert [client.get(path).status_code for path in paths] == [404, 404, 400]
