from functools import partial
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.urls import reverse

from accounts import second_factor, vault
from accounts.letters import LETTERS
from accounts.mails import send


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in and sign-up speak in the portal's own mails."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        compose = LETTERS[template_prefix.rsplit("/", 1)[-1]]
        user = context.get("user")
        send(partial(compose, context), email, language=getattr(user, "language", "") or "de")

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff begin at their desk, everybody else in their own area."""
        return reverse("admin:index" if request.user.is_staff else "my-area")


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are kept encrypted; who works for an agency cannot do without their last second factor."""

    def encrypt(self, text: str) -> str:
        return vault.lock(text)

    def decrypt(self, encrypted_text: str) -> str:
        return vault.unlock(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not authenticator.user.is_staff or second_factor.has_another(authenticator)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The name that the device shows beside the key."""
        return {**super().get_public_key_credential_rp_entity(), "name": self.get_totp_issuer()}
