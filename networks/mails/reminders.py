"""What a team and who leads it are told about things that wait too long."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.mails import Letter, send_to_people
from accounts.models import User
from networks.desk import Late
from networks.models import Agency
from networks.working_days import days_in_words

MOST = 15  # of what waits, in one mail; the desk shows all


def waiting_too_long(person: User, to_lead: list[Late], to_team: list[Late]) -> None:
    agencies = ", ".join(map(str, Agency.objects.of_staff(person).order_by("short_name")))
    things = [*to_lead, *to_team]

    def letter() -> Letter:
        return Letter(
            subject=ngettext("Eine Aufgabe wartet auf Ihr Team", "%(n)s Aufgaben warten auf Ihr Team", len(things))
            % {"n": len(things)},
            paragraphs=(*_told(to_lead, _of_lead()), *_told(to_team, _of_team()), _once()),
            button=_("Zum Schreibtisch"),
            path=reverse("admin:index"),
            reason=_("Sie bekommen diese E-Mail, weil Sie für %(agency)s im Portal arbeiten.") % {"agency": agencies},
        )

    send_to_people(letter, [person])


def _of_lead() -> str:
    return _("Seit mehr als 10 Arbeitstagen wartet auf das Team, das Sie leiten; bitte sehen Sie nach:")


def _of_team() -> str:
    return _("Seit mehr als 5 Arbeitstagen wartet:")


def _once() -> str:
    return _("An jede Aufgabe erinnern wir nur einmal, nach weiteren 5 Arbeitstagen die Leitung des Teams.")


def _told(things: list[Late], words: str) -> list[str]:
    if not things:
        return []
    lines = [f"– {one.kind.title}: {one.row} ({days_in_words(one.days)})" for one in things[:MOST]]
    more = len(things) - len(lines)
    rest = [ngettext("… und noch eine", "… und noch %(n)s", more) % {"n": more}] if more else []
    return [words, *lines, *rest]
