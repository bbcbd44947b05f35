"""Names of uploaded files: nothing of the sender's file name, nothing to guess."""

import uuid

from django.db.models import Model


def _random_name(folder: str) -> str:
    return f"{folder}/{uuid.uuid4().hex}.webp"


def logo_path(instance: Model, filename: str) -> str:
    return _random_name("logos")


def company_image_path(instance: Model, filename: str) -> str:
    return _random_name("bilder")


def announcement_image_path(instance: Model, filename: str) -> str:
    return _random_name("mitteilungen")
