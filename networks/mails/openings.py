"""The two agencies of an opening tell each other what they propose and decide."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.mails import Letter, send_to_people
from networks.mails.people import staff_of
from networks.models import Agency, Opening


def _send(opening: Opening, to: Agency | None, subject: str, text: str, *, quote: str = "") -> None:
    if to is None:
        return

    def letter() -> Letter:
        names = {
            "network": str(opening.network),
            "region": str(opening.region),
            "agency": str(opening.network.agency),
            "twin": str(opening.twin),
        }
        return Letter(
            subject=_(subject) % names,
            paragraphs=(_(text) % names,),
            quote=quote,
            button=_("Öffnung ansehen"),
            path=reverse("admin:networks_opening_review", args=[opening.pk]),
            reason=_("Sie bekommen diese E-Mail, weil Ihre Wirtschaftsförderung an dieser Öffnung beteiligt ist."),
        )

    send_to_people(letter, staff_of([to]))


def proposed(opening: Opening) -> None:
    _send(
        opening,
        opening.twin,
        gettext_noop("%(network)s möchte sich für %(region)s öffnen"),
        gettext_noop(
            "%(agency)s möchte das Netzwerk %(network)s für Unternehmen der Region %(region)s öffnen und bittet Sie, "
            "auf Ihrer Seite mitzumachen. Stimmen Sie zu?"
        ),
        quote=opening.conditions,
    )


def confirmed(opening: Opening) -> None:
    _send(
        opening,
        opening.network.agency,
        gettext_noop("%(network)s ist für %(region)s geöffnet"),
        gettext_noop("%(twin)s hat der Öffnung von %(network)s zugestimmt und betreut das Netzwerk auf ihrer Seite."),
    )


def declined(opening: Opening) -> None:
    _send(
        opening,
        opening.network.agency,
        gettext_noop("%(network)s: Öffnung abgelehnt"),
        gettext_noop("%(twin)s stimmt der Öffnung von %(network)s für die Region %(region)s zurzeit nicht zu."),
        quote=opening.decision_note,
    )


def withdrawn(opening: Opening) -> None:
    _send(
        opening,
        opening.twin,
        gettext_noop("%(network)s: Vorschlag zurückgezogen"),
        gettext_noop("%(agency)s hat den Vorschlag zurückgezogen, %(network)s zu öffnen. Sie müssen nichts tun."),
    )


def ended(opening: Opening) -> None:
    """Both sides read it: either may have ended it."""
    for agency in (opening.network.agency, opening.twin):
        _send(
            opening,
            agency,
            gettext_noop("%(network)s: Öffnung beendet"),
            gettext_noop(
                "Die Öffnung von %(network)s für die Region %(region)s ist beendet. Wer Mitglied ist, bleibt es."
            ),
            quote=opening.decision_note,
        )
