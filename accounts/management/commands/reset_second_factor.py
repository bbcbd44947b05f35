from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import second_factor, sign_ins
from accounts.models import User


class Command(BaseCommand):
    help = "Somebody lost phone and recovery codes: they sign in by password once more and set up a new second step."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(email=options["email"].lower()).first()
        if person is None:
            raise CommandError("Nobody has this address.")
        second_factor.reset(person)
        sign_ins.end_sessions(person)
        self.stdout.write("Done; the person was told by mail.")
