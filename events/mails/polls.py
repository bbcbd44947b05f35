"""What a poll tells whom. Everybody gets a mail of their own; nobody sees another's address."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.mails import Letter, send, send_to_people
from accounts.models import User
from accounts.words import day_in_words, moment_in_words
from events.models import DatePoll, PollParticipant
from networks.mails.people import staff_of


def _to_participant(person: PollParticipant, subject: str, text: str, *, quote: str = "", link: bool = True) -> None:
    def letter() -> Letter:
        names = _names(person.poll)
        return Letter(
            subject=_(subject) % names,
            paragraphs=(_(text) % names,),
            quote=quote,
            button=_("Zur Abstimmung") if link else "",
            path=person.get_absolute_url() if link else "",
            reason=_("Sie bekommen diese E-Mail, weil %(host)s Sie nach einem Termin fragt.") % names,
        )

    send(letter, person.email, language=person.language)


def _names(poll: DatePoll) -> dict[str, str]:
    return {
        "meeting": str(poll.meeting),
        "host": str(poll.meeting.host),
        "deadline": moment_in_words(poll.deadline),
        "day": day_in_words(poll.chosen.day) if poll.chosen else "",
    }


def asked(person: PollParticipant) -> None:
    _to_participant(
        person,
        gettext_noop("Wann passt es Ihnen? %(meeting)s"),
        gettext_noop(
            "%(host)s sucht einen Termin. Bitte sagen Sie bis %(deadline)s, was Ihnen passt. "
            "Der Link ist nur für Sie; bis dahin können Sie Ihre Antwort ändern."
        ),
        quote=person.poll.message,
    )


def reminded(person: PollParticipant) -> None:
    _to_participant(
        person,
        gettext_noop("Ihre Antwort fehlt noch: %(meeting)s"),
        gettext_noop("Bis %(deadline)s können Sie noch sagen, welcher Termin Ihnen passt."),
    )


def link_taken_back(person: PollParticipant) -> None:
    _to_participant(
        person,
        gettext_noop("Ihre Antwort wird nicht mehr gebraucht: %(meeting)s"),
        gettext_noop("%(host)s fragt Sie nicht mehr nach einem Termin. Sie müssen nichts tun."),
        link=False,
    )


def decided(person: PollParticipant) -> None:
    _to_participant(
        person,
        gettext_noop("Der Termin steht: %(meeting)s"),
        gettext_noop("Wir treffen uns am %(day)s. Die anderen Tage können Sie wieder freigeben."),
        link=False,
    )


def withdrawn(person: PollParticipant) -> None:
    _to_participant(
        person,
        gettext_noop("Abstimmung zurückgezogen: %(meeting)s"),
        gettext_noop("Die vorgeschlagenen Tage gelten nicht mehr. Sie können alle wieder freigeben."),
        link=False,
    )


def all_have_answered(poll: DatePoll) -> None:
    _to_hosts(
        poll,
        gettext_noop("Alle haben geantwortet: %(meeting)s"),
        gettext_noop("Alle Antworten sind da. Sie können den Termin festlegen."),
    )


def nothing_changes_any_more(poll: DatePoll) -> None:
    _to_hosts(
        poll,
        gettext_noop("Der Termin ist schon klar: %(meeting)s"),
        gettext_noop("Keine Antwort, die noch fehlt, kann am Ergebnis etwas ändern. Sie müssen nicht länger warten."),
    )


def has_ended(poll: DatePoll) -> None:
    _to_hosts(
        poll,
        gettext_noop("Die Frist ist vorbei: %(meeting)s"),
        gettext_noop("Antworten sind nicht mehr möglich. Bitte legen Sie den Termin fest."),
    )


def _to_hosts(poll: DatePoll, subject: str, text: str) -> None:
    def letter() -> Letter:
        names = _names(poll)
        return Letter(
            subject=_(subject) % names,
            paragraphs=(_(text) % names,),
            button=_("Ergebnis ansehen"),
            path=reverse("events:poll", args=[poll.pk]),
            reason=_("Sie bekommen diese E-Mail, weil Ihre Wirtschaftsförderung zu diesem Treffen einlädt."),
        )

    send_to_people(letter, hosts_of(poll))


def hosts_of(poll: DatePoll) -> Iterable[User]:
    meeting = poll.meeting
    return staff_of(meeting.hosts)
