from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.cache import caches
from django.core.management.base import BaseCommand, CommandError

from portal.backups import BackupError, restore


class Command(BaseCommand):
    help = "Puts back what `backup` wrote, into a database that `prepare` has set up. Stop the portal's services first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="delete everything that is here first")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = restore(options["file"], replace=options["replace"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        for cache in caches.all():
            cache.clear()
        rows = sum(facts["rows"] for facts in manifest["tables"].values())
        self.stdout.write(f"Restored as of {manifest['made']}: {rows} rows, {len(manifest['files'])} files.")
