"""What people hear about their place at a meeting. Waiting is never called registered."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.mails import Letter, send
from accounts.words import moment_in_words
from events.models import Registration


def _tell(registration: Registration, subject: str, text: str, *, button: str = "", path: str = "") -> None:
    def letter() -> Letter:
        meeting = registration.meeting
        names = {
            "meeting": str(meeting),
            "when": moment_in_words(meeting.starts_at, meeting.ends_at),
            "city": meeting.city,
        }
        return Letter(
            subject=_(subject) % names,
            paragraphs=(_(text) % names,),
            button=_(button) if button else "",
            path=path,
            reason=_("Sie bekommen diese E-Mail, weil mit Ihrer Adresse eine Anmeldung zu „%(meeting)s“ vorliegt.")
            % names,
        )

    send(letter, registration.email, language=registration.language)


def please_confirm(registration: Registration) -> None:
    _tell(
        registration,
        gettext_noop("Bitte bestätigen Sie: %(meeting)s"),
        gettext_noop(
            "Mit Ihrer Adresse möchte sich jemand zum Treffen am %(when)s in %(city)s anmelden. "
            "Erst wenn Sie bestätigen, haben Sie einen Platz oder stehen auf der Warteliste. Der Link gilt drei Tage."
        ),
        button=gettext_noop("Anmeldung bestätigen"),
        path=reverse("events:registration-confirm", args=[registration.token]),
    )


def already_there(registration: Registration) -> None:
    _tell(
        registration,
        gettext_noop("Ihre Anmeldung liegt schon vor: %(meeting)s"),
        gettext_noop("Jemand wollte Ihre Adresse noch einmal anmelden. Sie müssen nichts tun."),
        button=gettext_noop("Zu meiner Anmeldung"),
        path=registration.get_absolute_url(),
    )


def registered(registration: Registration) -> None:
    _tell(
        registration,
        gettext_noop("Sie sind angemeldet: %(meeting)s"),
        gettext_noop("Ihr Platz ist sicher: %(when)s in %(city)s. Wenn Sie doch nicht können, sagen Sie bitte ab."),
        button=gettext_noop("Zu meiner Anmeldung"),
        path=registration.get_absolute_url(),
    )


def waiting(registration: Registration) -> None:
    _tell(
        registration,
        gettext_noop("Sie stehen auf der Warteliste: %(meeting)s"),
        gettext_noop(
            "Zurzeit ist kein Platz frei für das Treffen am %(when)s in %(city)s. Sie stehen auf der Warteliste und "
            "haben noch keinen Platz. Wird einer frei, bekommen Sie eine E-Mail."
        ),
        button=gettext_noop("Zu meinem Platz auf der Warteliste"),
        path=registration.get_absolute_url(),
    )


def promoted(registration: Registration) -> None:
    _tell(
        registration,
        gettext_noop("Sie haben jetzt einen Platz: %(meeting)s"),
        gettext_noop(
            "Ein Platz ist frei geworden, und er gehört Ihnen: %(when)s in %(city)s. "
            "Wenn Sie doch nicht können, sagen Sie bitte ab: Andere warten."
        ),
        button=gettext_noop("Zu meiner Anmeldung"),
        path=registration.get_absolute_url(),
    )


def cancelled(registration: Registration) -> None:
    _tell(
        registration,
        gettext_noop("Abgesagt: %(meeting)s"),
        gettext_noop("Sie sind für das Treffen am %(when)s in %(city)s nicht mehr eingetragen."),
    )
