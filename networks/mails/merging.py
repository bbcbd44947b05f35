"""Who is told that two entries are one."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.mails import Letter, send_to_people
from accounts.models import User
from networks.mails.people import people_of_company, staff_of
from networks.models import Agency, AgencyStaff, Company, MergeRequest


def merged(kept: Company, given_up: Company) -> None:
    """To everybody who speaks for one of them; by now they are one team."""

    def letter() -> Letter:
        return Letter(
            subject=_("%(company)s: aus zwei Einträgen ist einer geworden") % {"company": kept},
            paragraphs=(
                _("%(company)s stand zweimal im Portal, auch als „%(other)s“. %(agency)s hat beide zusammengeführt.")
                % {"company": kept, "other": given_up.full_name, "agency": kept.home_agency},
                _("Team, Mitgliedschaften und Bilder sind jetzt beisammen; die alte Adresse führt zum neuen Eintrag."),
            ),
            button=_("Zu „Mein Bereich“"),
            path=reverse("my-area"),
            reason=_("Sie bekommen diese E-Mail, weil Sie für %(company)s sprechen.") % {"company": kept},
        )

    send_to_people(letter, people_of_company(kept))


def _to_team(request: MergeRequest, agency: Agency, subject: str, text: str, quote: str = "") -> None:
    words = {
        "kept": request.kept,
        "given_up": request.given_up,
        "agency": request.agency,
        "asked": request.asked,
    }

    def letter() -> Letter:
        return Letter(
            subject=_(subject) % words,
            paragraphs=(_(text) % words,),
            quote=quote,
            button=_("Ansehen"),
            path=reverse("admin:networks_mergerequest_review", args=[request.pk]),
            reason=_("Sie bekommen diese E-Mail, weil Sie für %(agency)s arbeiten.") % {"agency": agency},
        )

    send_to_people(letter, staff_of([agency]))


def proposed(request: MergeRequest) -> None:
    _to_team(
        request,
        request.asked,
        gettext_noop("Zusammenführen? %(given_up)s und %(kept)s"),
        gettext_noop("%(agency)s meint, dass beide Einträge dasselbe Unternehmen sind. Bitte bestätigen Sie das."),
        request.message,
    )


def confirmed(request: MergeRequest, *, by: User) -> None:
    """The one that waited; where the operator decides, both."""
    deciders = {one.agency_id for one in AgencyStaff.objects.active().of_people([by])}
    for agency in (request.agency, request.asked):
        if agency.pk not in deciders:
            _to_team(
                request,
                agency,
                gettext_noop("Zusammengeführt: %(kept)s"),
                gettext_noop("Die Einträge „%(given_up)s“ und „%(kept)s“ sind jetzt einer."),
            )


def declined(request: MergeRequest) -> None:
    _to_team(
        request,
        request.agency,
        gettext_noop("Nicht zusammengeführt: %(given_up)s und %(kept)s"),
        gettext_noop("%(asked)s möchte die Einträge getrennt lassen. Die Begründung lesen Sie hier."),
        request.decision_note,
    )


def withdrawn(request: MergeRequest) -> None:
    _to_team(
        request,
        request.asked,
        gettext_noop("Zurückgezogen: %(given_up)s und %(kept)s"),
        gettext_noop("%(agency)s hat den Vorschlag zurückgezogen. Sie müssen nichts tun."),
    )
