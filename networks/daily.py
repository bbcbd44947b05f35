"""What the days bring to those who look after networks and companies."""

from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from accounts.daily import days_ago
from accounts.retention import Rule
from networks.actions import reminders
from networks.models import Claim, CompanyImport, CompanyInvitation, OutdatedNote, Reminder, StaffInvitation

KEPT_FOR = timedelta(days=365)
LISTS_KEPT_FOR = timedelta(days=90)
INVITATIONS_KEPT_FOR = timedelta(days=90)
NOTES_KEPT_FOR = timedelta(days=90)
CLAIMS_KEPT_FOR = timedelta(days=365)


def remind_of_waiting(today: date) -> int:
    return reminders.remind_of_waiting(today)


def forget_reminders(today: date) -> int:
    """What still waits after a year is worth another one."""
    deleted, _models = Reminder.objects.sent_before(days_ago(today, KEPT_FOR)).delete()
    return deleted


def forget_lists(today: date) -> int:
    """Lists that were read in hold people's names and addresses; what was taken over stays with the companies."""
    deleted, _models = CompanyImport.objects.older_than(days_ago(today, LISTS_KEPT_FOR)).delete()
    return deleted


def forget_invitations(today: date) -> int:
    """Answered or run out: nobody needs the address any more."""
    moment = days_ago(today, INVITATIONS_KEPT_FOR)
    companies, _models = CompanyInvitation.objects.over_since(moment).delete()
    teams, _models = StaffInvitation.objects.over_since(moment).delete()
    return companies + teams


def forget_notes(today: date) -> int:
    deleted, _models = OutdatedNote.objects.done_before(days_ago(today, NOTES_KEPT_FOR)).delete()
    return deleted


def forget_claims(today: date) -> int:
    deleted, _models = Claim.objects.decided_before(days_ago(today, CLAIMS_KEPT_FOR)).delete()
    return deleted


RULES = (
    Rule(
        "lists forgotten",
        _("Eingelesene Listen von Unternehmen"),
        _("90 Tage"),
        _("So lange lässt sich das Einlesen zurücknehmen."),
        forget_lists,
    ),
    Rule(
        "invitations forgotten",
        _("Einladungen in Unternehmen und Teams"),
        _("90 Tage, nachdem sie angenommen oder abgelaufen sind"),
        _("So lange lassen sie sich noch einmal senden."),
        forget_invitations,
    ),
    Rule(
        "claims forgotten",
        _("Anfragen, einen Eintrag zu übernehmen"),
        _("12 Monate nach der Entscheidung"),
        _("Falls jemand nachfragt, warum so entschieden wurde."),
        forget_claims,
    ),
    Rule(
        "notes forgotten",
        _("Hinweise auf veraltete Angaben und Barrieren, mit der Adresse für Rückfragen"),
        _("90 Tage, nachdem sie erledigt sind"),
        _("Falls noch eine Rückfrage kommt."),
        forget_notes,
    ),
    Rule(
        "reminders forgotten",
        _("Vermerke, woran wir jemanden erinnert haben"),
        _("12 Monate"),
        _("Damit niemand zweimal an dasselbe erinnert wird."),
        forget_reminders,
    ),
)
