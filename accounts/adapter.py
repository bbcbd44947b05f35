from functools import partial
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.urls import reverse

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
