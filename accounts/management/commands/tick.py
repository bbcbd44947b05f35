from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.daily import tick


class Command(BaseCommand):
    help = "Carries out what is due on a day; run twice, the second does nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", type=date.fromisoformat, default=None, metavar="YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        for name, count in tick(options["today"] or timezone.localdate()).items():
            self.stdout.write(f"{name}: {count}")
