"""Mail: written with what caused it, one per person, delivered once, tried again when the server is away."""

import smtplib
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from accounts.mails import Letter, send, send_to_people
from accounts.models import OutboxMail
from accounts.outbox import LEASE, RETRY_MINUTES, deliver, lease

pytestmark = pytest.mark.django_db


def letter() -> Letter:
    return Letter(subject="Ein\nBetreff", paragraphs=("Etwas ist geschehen.",), reason="Darum.")


class Server:
    """Accepts mail, or is away."""

    def __init__(self, error: OSError | None = None) -> None:
        self.error = error
        self.accepted: list[str] = []

    def send(self, mail: OutboxMail) -> None:
        if self.error:
            raise self.error
        self.accepted.append(mail.message_id)


def test_a_mail_vanishes_with_the_transaction_that_caused_it():
    with transaction.atomic():
        send(letter, "a@example.org")
        transaction.set_rollback(True)
    assert not OutboxMail.objects.exists()


def test_a_mail_is_written_in_its_readers_language(make_person):
    person = make_person("a@example.org", language="nl")
    send_to_people(lambda: Letter(subject=get_language(), paragraphs=(), reason=""), [person])
    assert OutboxMail.objects.get().subject == "nl"


def test_everybody_gets_a_mail_of_their_own(make_person):
    send_to_people(letter, [make_person("a@example.org"), make_person("b@example.org")])
    mails = {mail.recipient: bytes(mail.source) for mail in OutboxMail.objects.all()}
    assert set(mails) == {"a@example.org", "b@example.org"}
    assert b"b@example.org" not in mails["a@example.org"]


def test_copies_are_split_too():
    EmailMessage("Betreff", "Text", to=["a@example.org"], cc=["b@example.org"], bcc=["c@example.org"]).send()
    mails = {mail.recipient: bytes(mail.source) for mail in OutboxMail.objects.all()}
    assert set(mails) == {"a@example.org", "b@example.org", "c@example.org"}
    assert not any(b"c@example.org" in source for to, source in mails.items() if to != "c@example.org")


def test_a_subject_is_one_line():
    send(letter, "a@example.org")
    assert OutboxMail.objects.get().subject == "Ein Betreff"


def test_delivers_once():
    send(letter, "a@example.org")
    server = Server()
    assert (deliver(carrier=server), deliver(carrier=server)) == (1, 0)
    assert len(server.accepted) == 1


@pytest.mark.parametrize("error", [ConnectionRefusedError(), smtplib.SMTPServerDisconnected()])
def test_tries_again_later_with_the_same_message_id(error):
    send(letter, "a@example.org")
    before = OutboxMail.objects.get()
    assert deliver(carrier=Server(error)) == 0
    failed = OutboxMail.objects.get()
    assert failed.attempts == 1
    assert failed.not_before > timezone.now()
    OutboxMail.objects.update(not_before=timezone.now())
    server = Server()
    deliver(carrier=server)
    assert server.accepted == [before.message_id]


def test_gives_up_in_the_end():
    send(letter, "a@example.org")
    for _attempt in range(len(RETRY_MINUTES) + 1):
        OutboxMail.objects.update(not_before=timezone.now())
        deliver(carrier=Server(ConnectionRefusedError()))
    assert OutboxMail.objects.get().given_up_at
    assert deliver(carrier=Server()) == 0


def test_a_leased_mail_is_nobody_elses_until_the_lease_ends():
    send(letter, "a@example.org")
    assert len(lease(10)) == 1
    assert lease(10) == []
    OutboxMail.objects.update(leased_until=timezone.now() - LEASE - timedelta(seconds=1))
    assert len(lease(10)) == 1
