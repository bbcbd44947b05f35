from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from accounts.outbox import deliver


class Command(BaseCommand):
    help = "Delivers the mails that are due; --once: one round, else until nothing is due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round only")

    def handle(self, *args: Any, **options: Any) -> None:
        total = sent = deliver()
        while sent and not options["once"]:
            sent = deliver()
            total += sent
        self.stdout.write(f"{total} delivered")
