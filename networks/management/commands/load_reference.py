"""Loads regions, districts, municipalities, agencies, networks and vocabulary; safe to run again."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from networks.reference import SHIPPED, WrongReference, load_reference


class Command(BaseCommand):
    help = "Loads the reference data. What staff edited or deleted since the last time stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--directory",
            type=Path,
            default=SHIPPED,
            help="a folder with data of other regions (docs/operate/regions.md)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        directory: Path = options["directory"]
        if not directory.is_dir():
            raise CommandError(f"There is no folder {directory}.")
        try:
            loaded = load_reference(directory, at=timezone.now())
        except WrongReference as error:
            raise CommandError(str(error)) from error
        for model, counts in loaded.items():
            self.stdout.write(
                f"{model}: {counts.created} created, {counts.updated} updated,"
                f" {counts.unchanged} unchanged, {counts.left_alone} left as edited by staff"
            )
