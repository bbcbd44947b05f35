"""Mail to a person: one sentence what happened, one button, who sent it and why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

from accounts.addresses import in_language
from accounts.models import User


@dataclass(frozen=True)
class Letter:
    """`paragraphs` say what happened, `path` is where the button leads, `reason` says why the mail came."""

    subject: str
    paragraphs: tuple[str, ...]
    reason: str
    button: str = ""
    path: str = ""
    quote: str = ""


Compose = Callable[[], Letter]


def send(
    compose: Compose, to: str, *, language: str = "de", reply_to: str = "", calendar: tuple[str, bytes] | None = None
) -> None:
    """Put one mail into the outbox, composed in the recipient's language; a calendar's method and file with it."""
    with translation.override(language):
        letter = compose()
        context = {
            "letter": letter,
            "url": f"{settings.BASE_URL}{in_language(letter.path, language)}" if letter.path else "",
            "site": settings.BASE_URL,
        }
        message = EmailMultiAlternatives(
            subject=" ".join(letter.subject.split()),
            body=render_to_string("mails/letter.txt", context),
            to=[to],
            reply_to=[reply_to] if reply_to else None,
        )
        message.attach_alternative(render_to_string("mails/letter.html", context), "text/html")
        if calendar:
            method, content = calendar
            message.attach_alternative(content.decode(), f"text/calendar; method={method}")
        message.send()


def send_to_people(compose: Compose, people: Iterable[User]) -> None:
    """Everybody gets their own mail; nobody sees another's address."""
    for person in people:
        send(compose, person.email, language=person.language)
