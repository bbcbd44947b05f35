"""Brings an installation up to date: run after every update, safe to run again."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from whitenoise.compress import Compressor

from accounts.models import User


class Command(BaseCommand):
    help = "Migrates, creates the cache table, loads the reference data, collects and compresses static files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="fill an installation that knows nobody yet with demo data"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("load_reference")
        call_command("collectstatic", interactive=False, verbosity=0)
        compress(settings.STATIC_ROOT)
        if options["demo"] and not User.objects.exists():
            call_command("demo")


def compress(folder: Path) -> None:
    """Beside each file its compressed twins, carrying its time: only what is new costs anything."""
    compressor = Compressor(quiet=True)
    for path in [path for path in folder.rglob("*") if path.is_file() and compressor.should_compress(path.name)]:
        twin = path.with_name(f"{path.name}.br")
        if not twin.exists() or int(twin.stat().st_mtime) != int(path.stat().st_mtime):
            compressor.compress(str(path))
