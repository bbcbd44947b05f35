"""What people of a team are told: invited, another role, gone, away, deputy."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.mails import Letter, send, send_to_people
from accounts.models import User
from networks.models import Absence, AgencyStaff, StaffInvitation


def invited(invitation: StaffInvitation) -> None:
    def letter() -> Letter:
        return Letter(
            subject=_("Einladung ins Team von %(agency)s") % {"agency": invitation.agency},
            paragraphs=(
                _("%(agency)s lädt Sie ein, im Portal Brückenschlag mitzuarbeiten.") % {"agency": invitation.agency},
                _("Die Einladung gilt 14 Tage."),
            ),
            button=_("Einladung ansehen"),
            path=reverse("networks:staff-invitation", args=[invitation.token]),
            reason=_("Sie bekommen diese E-Mail, weil jemand Ihre Adresse für diese Einladung eingegeben hat."),
        )

    send(letter, invitation.email)


def _because_of_team(employment: AgencyStaff) -> str:
    return _("Sie bekommen diese E-Mail, weil Sie für %(agency)s im Portal arbeiten.") % {"agency": employment.agency}


def changed_role(employment: AgencyStaff) -> None:
    texts = {
        AgencyStaff.Role.MANAGER.value: gettext_noop(
            "Sie leiten jetzt das Team von %(agency)s: Sie laden ein, vergeben Rollen und pflegen die Angaben."
        ),
        AgencyStaff.Role.CURATOR.value: gettext_noop(
            "Sie kuratieren jetzt bei %(agency)s: Netzwerke, Unternehmen und Mitteilungen wie bisher, ohne die Leitung."
        ),
    }

    def letter() -> Letter:
        return Letter(
            subject=_("Ihre Rolle bei %(agency)s") % {"agency": employment.agency},
            paragraphs=(_(texts[employment.role]) % {"agency": employment.agency},),
            button=_("Zum Schreibtisch"),
            path=reverse("admin:index"),
            reason=_because_of_team(employment),
        )

    send_to_people(letter, [employment.person])


def dismissed(employment: AgencyStaff) -> None:
    def letter() -> Letter:
        return Letter(
            subject=_("Sie gehören nicht mehr zum Team von %(agency)s") % {"agency": employment.agency},
            paragraphs=(
                _("Ihr Zugang zum Schreibtisch von %(agency)s ist beendet.") % {"agency": employment.agency},
                _("Ihr Konto im Portal bleibt, und was Sie getan haben, bleibt auch."),
            ),
            reason=_("Sie bekommen diese E-Mail, weil Sie für diese Wirtschaftsförderung gearbeitet haben."),
        )

    send_to_people(letter, [employment.person])


def absence_entered(absence: Absence, *, by: User) -> None:
    """The deputy reads it, and whoever is away if somebody else wrote it down."""
    _about_absence(absence, absence.deputy, by, gettext_noop("Sie vertreten %(person)s"), _duties)
    _about_absence(absence, absence.employment, by, gettext_noop("Ihre Abwesenheit ist eingetragen"), _relief)


def absence_ended(absence: Absence, *, by: User) -> None:
    _about_absence(absence, absence.deputy, by, gettext_noop("%(person)s ist wieder da"), _thanks)


def deputy_changed(absence: Absence, *, by: User) -> None:
    _about_absence(absence, absence.deputy, by, gettext_noop("Sie vertreten %(person)s"), _duties)
    _about_absence(absence, absence.employment, by, gettext_noop("%(deputy)s vertritt Sie jetzt"), _relief)


def absence_lost_deputy(absence: Absence) -> None:
    """Nobody is left who could deputise."""
    _about_absence(absence, absence.employment, None, gettext_noop("Ihre Abwesenheit ist aufgehoben"), _alone)


def _alone(names: dict[str, str]) -> str:
    return _(
        "%(deputy)s gehört nicht mehr zum Team, und niemand sonst kann Sie vom %(first)s bis zum %(last)s "
        "vertreten. E-Mails über Wartendes gehen wieder an Sie. Tragen Sie die Abwesenheit neu ein, sobald "
        "jemand Sie vertritt."
    ) % (names)


def _duties(names: dict[str, str]) -> str:
    return _(
        "Vom %(first)s bis zum %(last)s ist %(person)s nicht da und hat Sie als Vertretung. "
        "Was in dieser Zeit wartet, finden Sie auf Ihrem Schreibtisch."
    ) % (names)


def _relief(names: dict[str, str]) -> str:
    return _(
        "Vom %(first)s bis zum %(last)s vertritt %(deputy)s Sie. E-Mails über Wartendes bekommen Sie dann nicht."
    ) % (names)


def _thanks(names: dict[str, str]) -> str:
    return _("%(person)s ist wieder da. Sie vertreten nicht mehr. Vielen Dank!") % names


def _about_absence(
    absence: Absence, to: AgencyStaff, by: User | None, subject: str, text: Callable[[dict[str, str]], str]
) -> None:
    if to.person == by:
        return

    def letter() -> Letter:
        names = {
            "person": str(absence.employment.person),
            "deputy": str(absence.deputy.person),
            "first": date_format(absence.first_day, "DATE_FORMAT"),
            "last": date_format(absence.last_day, "DATE_FORMAT"),
        }
        return Letter(
            subject=_(subject) % names,
            paragraphs=(text(names),),
            button=_("Zum Schreibtisch"),
            path=reverse("admin:index"),
            reason=_because_of_team(to),
        )

    send_to_people(letter, [to.person])
