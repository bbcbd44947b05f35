"""Fills an empty installation with invented companies, people, meetings and news."""

import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.demo.build import NotHere, Wish, build

WIDTH = 30


class Command(BaseCommand):
    help = "Real regions, agencies and networks; invented companies. The same seed and day give the same rows."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--companies", type=int, default=160, metavar="N")
        parser.add_argument("--seed", type=int, default=2016, metavar="S")
        parser.add_argument("--today", type=date.fromisoformat, default=None, metavar="YYYY-MM-DD")
        parser.add_argument("--force", action="store_true", help="although there is other data")

    def handle(self, *args: Any, **options: Any) -> None:
        wish = Wish(
            options["companies"], options["seed"], options["today"] or timezone.localdate(), force=options["force"]
        )
        try:
            build(wish, self.progress(wish.companies))
        except NotHere as error:
            raise CommandError(str(error)) from error
        self.stderr.write("")
        self.stdout.write(f"{wish.companies} invented companies, seed {wish.seed}, as of {wish.today}.")

    def progress(self, total: int) -> Any:
        def show(what: str, done: int) -> None:
            full = min(WIDTH, WIDTH * done // total)
            self.stderr.write(f"\r{what:12} [{'#' * full}{'.' * (WIDTH - full)}] {done}", ending="")
            sys.stderr.flush()

        return show
