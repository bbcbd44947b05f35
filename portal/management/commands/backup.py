from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.backups import BackupError, write

PATTERN = "brueckenschlag-*.tar.gz"


class Command(BaseCommand):
    help = (
        "Writes database and uploaded files into one file, reads it again and compares. The portal may go on running."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", type=Path, help="a file that does not exist yet, or a folder")
        parser.add_argument("--keep", type=int, metavar="N", help="in a folder: delete all but the newest N backups")

    def handle(self, *args: Any, **options: Any) -> None:
        target: Path = options["target"]
        file = target / f"brueckenschlag-{timezone.now():%Y%m%dT%H%M%SZ}.tar.gz" if target.is_dir() else target
        if file.exists():
            raise CommandError(f"{file} exists already.")
        try:
            manifest = write(file)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        if options["keep"] and target.is_dir():
            for old in sorted(target.glob(PATTERN))[: -options["keep"]]:
                old.unlink()
        rows = sum(facts["rows"] for facts in manifest["tables"].values())
        self.stdout.write(f"{file}: {rows} rows, {len(manifest['files'])} files, {file.stat().st_size:,} bytes")
