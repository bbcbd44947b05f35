from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.daily import rehearse, tick


class Command(BaseCommand):
    help = "Carries out what is due on a day; run twice, the second does nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", type=date.fromisoformat, default=None, metavar="YYYY-MM-DD")

        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        carry_out = rehearse if options["dry_run"] else tick
        done = carry_out(options["today"] or timezone.localdate())
        for name, count in done.items():
            self.stdout.write(f"{name}: {'failed' if count is None else count}")
        if options["dry_run"]:
            self.stdout.write("Nothing was changed.")
        if None in done.values():
            raise CommandError("Not everything could be carried out; the log says why.")
