"""The demo's mailbox: what the outbox delivered, readable without a mail server."""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from accounts.models import OutboxMail
from portal.models import SiteState

LINK = re.compile(rf"{re.escape(settings.BASE_URL)}(/[^\s<]*)")


@dataclass(frozen=True)
class Opened:
    """A mail as people read it: its plain text, links into the portal clickable."""

    mail: OutboxMail
    text: SafeString


def is_open() -> bool:
    """Only in a demo without a mail server; nowhere else may mails be read."""
    return not settings.DELIVERY and SiteState.is_demo()


def opened(mail: OutboxMail) -> Opened:
    message = message_from_bytes(bytes(mail.source), _class=EmailMessage, policy=policy.default)
    part = message.get_body(("plain",))
    text = escape(part.get_content() if part else "")
    # Escaped above; the links are the portal's own paths.
    return Opened(mail, mark_safe(LINK.sub(r'<a href="\1">\g<0></a>', text)))  # noqa: S308
