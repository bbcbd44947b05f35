"""Every mail is a row first, written in the transaction that caused it; the worker delivers it.

At least once: a worker killed between the server's acceptance and its own commit sends the same mail again,
with the same Message-ID.
"""

import logging
import uuid
from collections.abc import Sequence
from datetime import timedelta
from email.errors import MessageError
from typing import Protocol, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from accounts.models import OutboxMail

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
RETRY_MINUTES = (1, 5, 15, 60, 240, 720, 1440)
AT_ONCE = 10  # so few that a slow server is done with them within the lease
# smtplib's errors are OSErrors; the others are addresses that no server can be told. One bad mail stops no other.
UNDELIVERABLE = (OSError, ValueError, MessageError)


class Carrier(Protocol):
    def send(self, mail: OutboxMail) -> None: ...


class OutboxBackend(BaseEmailBackend):
    """Django's mail backend: one row per recipient."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        rows = [row for message in email_messages for row in self._rows(message)]
        OutboxMail.objects.bulk_create(rows)
        return len(rows)

    def _rows(self, message: EmailMessage) -> list[OutboxMail]:
        rows = []
        for recipient in message.recipients():
            message.to, message.cc, message.bcc = [recipient], [], []
            message_id = f"<{uuid.uuid4()}@{urlsplit(settings.BASE_URL).hostname}>"
            message.extra_headers["Message-ID"] = message_id
            rows.append(
                OutboxMail(
                    message_id=message_id,
                    recipient=recipient,
                    subject=message.subject[:300],
                    source=message.message().as_bytes(),
                )
            )
        return rows


class RawMail:
    """A finished mail in the shape that Django's SMTP backend sends: byte for byte as it was written."""

    encoding = "utf-8"

    def __init__(self, mail: OutboxMail) -> None:
        self.from_email = settings.DEFAULT_FROM_EMAIL
        self._mail = mail

    def recipients(self) -> list[str]:
        return [self._mail.recipient]

    def message(self) -> "RawMail":
        return self

    def as_bytes(self, *, linesep: str) -> bytes:
        return linesep.encode().join(bytes(self._mail.source).splitlines())


class SmtpCarrier:
    def __init__(self) -> None:
        delivery = settings.DELIVERY
        self.connection = get_connection(
            delivery["EMAIL_BACKEND"],
            host=delivery.get("EMAIL_HOST"),
            port=delivery.get("EMAIL_PORT"),
            username=delivery.get("EMAIL_HOST_USER"),
            password=delivery.get("EMAIL_HOST_PASSWORD"),
            use_tls=delivery.get("EMAIL_USE_TLS", False),
            use_ssl=delivery.get("EMAIL_USE_SSL", False),
            timeout=20,
        )

    def send(self, mail: OutboxMail) -> None:
        self.connection.send_messages([cast(EmailMessage, RawMail(mail))])


class MailboxCarrier:
    """Without a mail server the outbox itself is the demo's mailbox: delivered means readable there."""

    def send(self, mail: OutboxMail) -> None:
        log.info("mail %s is in the demo mailbox", mail.pk)


def default_carrier() -> Carrier:
    return SmtpCarrier() if settings.DELIVERY else MailboxCarrier()


def deliver(*, limit: int = 50, carrier: Carrier | None = None) -> int:
    """Send what is due, a few mails leased at a time; returns how many were accepted."""
    carrier = carrier or default_carrier()
    accepted = 0
    for start in range(0, limit, AT_ONCE):
        accepted += sum(_deliver_one(mail, carrier) for mail in lease(min(AT_ONCE, limit - start)))
    return accepted


@transaction.atomic
def lease(limit: int) -> list[OutboxMail]:
    """Take due mails for a while, so that two workers never send the same one at once."""
    mails = list(
        OutboxMail.objects.due().select_for_update(skip_locked=_can_skip()).order_by("not_before", "pk")[:limit]
    )
    OutboxMail.objects.filter(pk__in=[mail.pk for mail in mails]).update(leased_until=timezone.now() + LEASE)
    return mails


def _can_skip() -> bool:
    return bool(transaction.get_connection().features.has_select_for_update_skip_locked)


def _deliver_one(mail: OutboxMail, carrier: Carrier) -> bool:
    mail.attempts += 1
    mail.leased_until = None
    try:
        carrier.send(mail)
    except UNDELIVERABLE as error:
        _postpone(mail, error)
        return False
    if mail.forgotten_when_delivered:
        mail.delete()
        return True
    mail.sent_at = timezone.now()
    mail.last_error = ""
    mail.save(update_fields=["attempts", "leased_until", "sent_at", "last_error"])
    return True


def _postpone(mail: OutboxMail, error: Exception) -> None:
    now = timezone.now()
    mail.last_error = type(error).__name__
    if mail.attempts > len(RETRY_MINUTES):
        mail.given_up_at = now
        if mail.forgotten_when_delivered:
            mail.delete()
            return
    else:
        mail.not_before = now + timedelta(minutes=RETRY_MINUTES[mail.attempts - 1])
    mail.save(update_fields=["attempts", "leased_until", "last_error", "given_up_at", "not_before"])
    log.warning("mail %s not accepted (%s), attempt %s", mail.pk, mail.last_error, mail.attempts)
