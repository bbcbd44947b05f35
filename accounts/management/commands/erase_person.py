from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.erasure import erase_guest, erase_person
from accounts.errors import ActionRefused
from accounts.identity import identity_with
from accounts.own_data import quoted_in, sections_about


class Command(BaseCommand):
    help = "Deletes what belongs to an e-mail address, with or without an account; what others need stays nameless."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        who = identity_with(options["email"])
        if not sections_about(who) and not quoted_in(who):
            raise CommandError("Nothing is known of this address.")
        try:
            erase_person(who.person, by=None) if who.person else erase_guest(who, by=None)
        except ActionRefused as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Erased. Backups hold the data until they are overwritten.")
