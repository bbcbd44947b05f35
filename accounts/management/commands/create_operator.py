from argparse import ArgumentParser
from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.management.base import BaseCommand
from django.db import transaction
from django.urls import reverse

from accounts.audit import record
from accounts.mails import Letter, send
from accounts.models import User


class Command(BaseCommand):
    help = "Creates the operator's account; the link to choose a password is mailed and printed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=options["email"].lower()).first() or User.objects.create_user(options["email"])
        user.is_staff = user.is_superuser = True
        user.save(update_fields=["is_staff", "is_superuser"])
        EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
        record(by=None, verb="account.made_operator", on=user)
        token = default_token_generator.make_token(user)
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": token})
        send(
            lambda: Letter(
                subject="Ihr Konto als Betreiber von Brückenschlag",
                paragraphs=("Sie betreiben dieses Portal. Bitte wählen Sie Ihr Passwort.",),
                button="Passwort wählen",
                path=path,
                reason="Sie bekommen diese E-Mail, weil das Konto auf dem Server angelegt wurde.",
            ),
            user.email,
        )
        self.stdout.write(f"{settings.BASE_URL}{path}")
