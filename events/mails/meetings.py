"""Who hears what about a meeting; whoever is invited gets it into their calendar."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.mails import Letter, send, send_to_people
from accounts.models import User
from accounts.words import moment_in_words
from events.calendar_files import invitation_file
from events.models import Invitation, Meeting, MeetingMove, Registration
from networks.mails.people import staff_of


def _names(meeting: Meeting, move: MeetingMove | None = None) -> dict[str, str]:
    return {
        "meeting": str(meeting),
        "host": str(meeting.host),
        "co_host": str(meeting.co_host or ""),
        "when": moment_in_words(meeting.starts_at, meeting.ends_at),
        "before": moment_in_words(move.starts_at, move.ends_at) if move else "",
        "city": meeting.city,
    }


def _to_staff(meeting: Meeting, people: Iterable[User], subject: str, text: str, quote: str = "") -> None:
    def letter() -> Letter:
        names = _names(meeting)
        return Letter(
            subject=_(subject) % names,
            paragraphs=(_(text) % names,),
            quote=quote,
            button=_("Ansehen"),
            path=meeting.get_absolute_url(),
            reason=_("Sie bekommen diese E-Mail, weil Ihre Wirtschaftsförderung an diesem Treffen beteiligt ist."),
        )

    send_to_people(letter, people)


def co_host_asked(meeting: Meeting) -> None:
    if meeting.co_host:
        _to_staff(
            meeting,
            staff_of([meeting.co_host]),
            gettext_noop("Möchten Sie mit einladen? %(meeting)s"),
            gettext_noop("%(host)s fragt, ob Sie dieses Treffen gemeinsam ausrichten. Bitte sagen Sie zu oder ab."),
        )


def co_host_accepted(meeting: Meeting) -> None:
    _to_staff(
        meeting,
        staff_of([meeting.host]),
        gettext_noop("%(co_host)s lädt mit ein: %(meeting)s"),
        gettext_noop("%(co_host)s hat zugesagt. Beide können das Treffen jetzt bearbeiten."),
    )


def co_host_declined(meeting: Meeting) -> None:
    _to_staff(
        meeting,
        staff_of([meeting.host]),
        gettext_noop("%(co_host)s lädt nicht mit ein: %(meeting)s"),
        gettext_noop("%(co_host)s hat abgesagt. Die Begründung lesen Sie hier."),
        meeting.co_host_note,
    )


def announced(meeting: Meeting) -> None:
    _to_staff(
        meeting,
        along(meeting),
        gettext_noop("Angekündigt: %(meeting)s"),
        gettext_noop("%(host)s hat das Treffen angekündigt: %(when)s in %(city)s."),
    )


def along(meeting: Meeting) -> list[User]:
    """The teams of all agencies that take part."""
    agencies = list(meeting.series.agencies.all()) if meeting.series else []
    return list(staff_of([*agencies, *meeting.hosts]))


def invited(invitation: Invitation) -> None:
    _with_calendar(
        invitation,
        gettext_noop("Einladung: %(meeting)s"),
        gettext_noop("%(host)s lädt Sie ein: %(when)s in %(city)s. Bitte sagen Sie, ob Sie kommen."),
    )


def changed(invitation: Invitation) -> None:
    _with_calendar(
        invitation,
        gettext_noop("Geändert: %(meeting)s"),
        gettext_noop("Zum Treffen am %(when)s in %(city)s hat sich etwas geändert. Ihr Kalender übernimmt es."),
    )


def moved(invitation: Invitation, move: MeetingMove) -> None:
    _with_calendar(
        invitation,
        gettext_noop("Verschoben: %(meeting)s"),
        gettext_noop("Bisher: %(before)s. Jetzt: %(when)s in %(city)s. Bitte sagen Sie noch einmal, ob Sie kommen."),
        move=move,
    )


def called_off(invitation: Invitation) -> None:
    _with_calendar(
        invitation,
        gettext_noop("Abgesagt: %(meeting)s"),
        gettext_noop("Das Treffen am %(when)s in %(city)s findet nicht statt."),
    )


def _with_calendar(invitation: Invitation, subject: str, text: str, *, move: MeetingMove | None = None) -> None:
    meeting = invitation.meeting
    over = meeting.state == Meeting.State.CANCELLED

    def letter() -> Letter:
        names = _names(meeting, move)
        return Letter(
            subject=_(subject) % names,
            paragraphs=(_(text) % names,),
            quote=move.reason if move else meeting.state_note if over else "",
            button="" if over else _("Zu- oder absagen"),
            path="" if over else invitation.get_absolute_url(),
            reason=_("Sie bekommen diese E-Mail, weil %(host)s Sie zu diesem Treffen einlädt.") % names,
        )

    send(letter, invitation.email, language=invitation.language, calendar=invitation_file(invitation))


def tell_registered(registration: Registration, move: MeetingMove | None = None) -> None:
    """Moved or called off: whoever has a place hears it, whoever waits for one too."""
    meeting = registration.meeting
    subject = gettext_noop("Verschoben: %(meeting)s") if move else gettext_noop("Abgesagt: %(meeting)s")
    text = {
        (True, True): gettext_noop("Bisher: %(before)s. Jetzt: %(when)s in %(city)s. Ihr Platz bleibt Ihnen."),
        (True, False): gettext_noop(
            "Bisher: %(before)s. Jetzt: %(when)s in %(city)s. Sie stehen weiter auf der Warteliste."
        ),
        (False, True): gettext_noop("Das Treffen am %(when)s in %(city)s findet nicht statt."),
        (False, False): gettext_noop(
            "Das Treffen am %(when)s in %(city)s, für das Sie auf der Warteliste stehen, findet nicht statt."
        ),
    }[move is not None, registration.has_a_place]

    def letter() -> Letter:
        names = _names(meeting, move)
        return Letter(
            subject=_(subject) % names,
            paragraphs=(_(text) % names,),
            quote=move.reason if move else meeting.state_note,
            button=_("Zu meiner Anmeldung") if move else "",
            path=registration.get_absolute_url() if move else "",
            reason=_("Sie bekommen diese E-Mail, weil mit Ihrer Adresse eine Anmeldung zu „%(meeting)s“ vorliegt.")
            % names,
        )

    send(letter, registration.email, language=registration.language)
