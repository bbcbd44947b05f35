"""Brings an installation up to date: run after every update, safe to run again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from accounts.models import User


class Command(BaseCommand):
    help = "Migrates, creates the cache table, loads the reference data, collects static files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="fill an installation that knows nobody yet with demo data")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("load_reference")
        call_command("collectstatic", interactive=False, verbosity=0)
        if options["demo"] and not User.objects.exists():
            call_command("demo")
