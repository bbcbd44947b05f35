"""What the owner of a task hears."""

from django.utils.translation import gettext as _

from accounts.mails import Letter, send
from accounts.words import day_in_words
from events.models import ActionItem, Meeting


def assigned(task: ActionItem) -> None:
    def letter() -> Letter:
        names = {"meeting": task.meeting, "task": task.text}
        until = (_("Bitte bis %(day)s.") % {"day": day_in_words(task.due)},) if task.due else ()
        return Letter(
            subject=_("Ihre Aufgabe: %(task)s") % names,
            paragraphs=(_("Beim Treffen „%(meeting)s“ haben Sie eine Aufgabe übernommen: %(task)s") % names, *until),
            reason=_reason(task),
        )

    if task.email:
        send(letter, task.email)


def reminded(task: ActionItem, meeting: Meeting) -> None:
    def letter() -> Letter:
        names = {"meeting": meeting, "task": task.text, "day": day_in_words(meeting.starts_at.date())}
        return Letter(
            subject=_("Noch offen: %(task)s") % names,
            paragraphs=(_("Am %(day)s ist „%(meeting)s“. Diese Aufgabe ist noch offen: %(task)s") % names,),
            reason=_reason(task),
        )

    send(letter, task.email)


def _reason(task: ActionItem) -> str:
    return _("Sie bekommen diese E-Mail, weil Sie beim Treffen „%(meeting)s“ eine Aufgabe übernommen haben.") % {
        "meeting": task.meeting
    }
