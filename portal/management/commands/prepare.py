"""Brings an installation up to date: run after every update, safe to run again."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.core.management.base import BaseCommand
from whitenoise.compress import Compressor

from accounts.models import User
from portal.catalogues import compile_catalogues


class Command(BaseCommand):
    help = "Compiles translations, migrates, loads the reference data, collects and compresses static files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="fill an installation that knows nobody yet with demo data"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        compile_catalogues()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("load_reference")
        call_command("load_pages")
        call_command("collectstatic", interactive=False, verbosity=0)
        compress()
        if options["demo"] and not User.objects.exists():
            call_command("demo")


def compress() -> None:
    """Compressed twins beside the hashed files: content never changes under a hash, so only what is new costs."""
    compressor = Compressor(quiet=True)
    hashed: dict[str, str] = getattr(staticfiles_storage, "hashed_files", {})
    for path in [settings.STATIC_ROOT / name for name in hashed.values() if compressor.should_compress(name)]:
        if not path.with_name(f"{path.name}.br").exists():
            compressor.compress(str(path))
