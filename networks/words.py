"""Verbs of the audit log in words."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "company.submitted": _("eingereicht"),
    "company.pending": _("erneut eingereicht"),
    "company.published": _("freigegeben"),
    "company.changes_requested": _("Rückfrage gestellt"),
    "company.declined": _("abgelehnt"),
    "company.withdrawn": _("zurückgezogen"),
    "company.hidden": _("verborgen"),
    "company.archived": _("archiviert"),
    "company.renamed": _("umbenannt"),
    "company.moved": _("umgezogen"),
    "company.named_owner": _("verantwortliche Person benannt"),
    "company.invited_colleague": _("Person eingeladen"),
    "company.cancelled_invitation": _("Einladung zurückgenommen"),
    "company.joined_team": _("Person dazugekommen"),
    "company.left_team": _("Person gegangen"),
    "company.changed_role": _("Rolle geändert"),
    "claim.requested": _("Übernahme beantragt"),
    "claim.approved": _("Übernahme bestätigt"),
    "claim.declined": _("Übernahme abgelehnt"),
    "claim.withdrawn": _("Übernahme zurückgezogen"),
    "membership.requested": _("angefragt"),
    "membership.asked_back": _("Rückfrage gestellt"),
    "membership.invited": _("eingeladen"),
    "membership.active": _("aufgenommen"),
    "membership.declined": _("abgelehnt"),
    "membership.withdrawn": _("zurückgezogen"),
    "membership.left": _("ausgetreten"),
    "membership.removed": _("ausgeschlossen"),
    "opening.proposed": _("vorgeschlagen"),
    "opening.confirmed": _("vereinbart"),
    "opening.declined": _("abgelehnt"),
    "opening.withdrawn": _("zurückgezogen"),
    "opening.ended": _("beendet"),
    "staff.invited": _("ins Team eingeladen"),
    "staff.appointed": _("ins Team aufgenommen"),
    "staff.became_manager": _("Leitung gegeben"),
    "staff.became_curator": _("Leitung genommen"),
    "staff.dismissed": _("aus dem Team genommen"),
    "absence.entered": _("Abwesenheit eingetragen"),
    "absence.ended": _("wieder da"),
    "note.done": _("erledigt"),
}


def verb_in_words(verb: str) -> str:
    return str(VERBS.get(verb, verb))
