"""Who is told that a window comes near and nothing is planned: the next host, again, and then everybody."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.mails import Letter, send_to_people
from accounts.models import User
from accounts.words import day_in_words
from events.models import PlanningTask
from networks.models import Agency

State = PlanningTask.State
SUBJECTS = {
    State.ASKED: gettext_noop("Sie sind an der Reihe: %(series)s"),
    State.REMINDED: gettext_noop("Erinnerung: %(series)s braucht einen Termin"),
    State.EVERYBODY: gettext_noop("%(series)s: Noch gibt es keinen Termin"),
}
TEXTS = {
    State.ASKED: gettext_noop(
        "Nach der Reihenfolge ist %(host)s Gastgeberin des nächsten Treffens. Gesucht wird ein Tag zwischen %(start)s "
        "und %(end)s. Das Portal schlägt Tage vor, die auf allen Seiten frei sind."
    ),
    State.REMINDED: gettext_noop(
        "Für das Treffen zwischen %(start)s und %(end)s ist noch nichts geplant. Gastgeberin ist %(host)s."
    ),
    State.EVERYBODY: gettext_noop(
        "Für das Treffen zwischen %(start)s und %(end)s ist noch nichts geplant. An der Reihe ist %(host)s. "
        "Vielleicht kann eine andere Wirtschaftsförderung einspringen: Ein Tausch ist schnell eingetragen."
    ),
}


def tell(task: PlanningTask) -> None:
    def letter() -> Letter:
        names = {
            "series": str(task.series),
            "host": str(task.host),
            "start": day_in_words(task.start),
            "end": day_in_words(task.end),
        }
        state = State(task.state)
        return Letter(
            subject=_(SUBJECTS[state]) % names,
            paragraphs=(_(TEXTS[state]) % names,),
            button=_("Termin finden"),
            path=task.get_absolute_url(),
            reason=_("Sie bekommen diese E-Mail, weil Ihre Wirtschaftsförderung an %(series)s teilnimmt.") % names,
        )

    send_to_people(letter, readers(task))


def readers(task: PlanningTask) -> list[User]:
    """Staff of the host; in the end of all agencies that take part."""
    agencies = Agency.objects.filter(pk=task.host_id)
    if task.state == State.EVERYBODY:
        agencies = Agency.objects.filter(pk__in=task.series.places.values("agency"))
    people = User.objects.filter(is_active=True, employments__left_at=None, employments__agency__in=agencies)
    return list(people.order_by("pk").distinct())
