"""Adds the shipped legal and help pages that are missing; edited ones stay as they are."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.pages_loader import load_pages


class Command(BaseCommand):
    help = "Adds legal and help pages that are missing, for the operator to edit."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"pages: {load_pages()} added")
