"""Names the demo's accounts, with their password and the page where they start."""

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse

from portal.demo.people import email_of
from portal.demo.scene import read
from portal.models import SiteState


class Command(BaseCommand):
    help = "Lists the demo's accounts; nothing where there is no demo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="as a list for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        people = demo_people() if SiteState.objects.filter(demo=True).exists() else []
        if options["json"]:
            self.stdout.write(json.dumps(people, ensure_ascii=False, indent=1))
            return
        for person in people:
            self.stdout.write(f"{person['role']:14} {person['email']:28} {person['password']:26} {person['start']}")
        if people:
            self.stdout.write(f"Staff sign in with a code besides: {settings.BASE_URL}{reverse('mailbox')} shows it.")


def demo_people() -> list[dict[str, str]]:
    data = read("people")
    return [
        {
            "role": entry["role"],
            "email": email_of(entry["role"]),
            "password": data["password"],
            "start": entry["start"],
            "totp": data["totp"] if entry["start"] == "/admin/" else "",
        }
        for entry in data["accounts"]
    ]
