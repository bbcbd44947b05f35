import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.core.serializers.json import DjangoJSONEncoder

from accounts.audit import record
from accounts.identity import identity_with
from accounts.own_data import as_json, quoted_in, sections_about


class Command(BaseCommand):
    help = "Prints everything the portal knows of an e-mail address, with or without an account, as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        who = identity_with(options["email"])
        known = {
            "emails": sorted(who.emails),
            "names": sorted(who.names),
            "account": who.person is not None,
            **as_json(sections_about(who)),
            "quoted_in": quoted_in(who),
        }
        record(by=None, verb="account.exported", on=None)
        self.stdout.write(json.dumps(known, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
