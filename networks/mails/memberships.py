"""Who is told what when a company and a network come together or part."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.mails import Letter, send_to_people
from accounts.models import User
from networks.mails.people import people_of_company, staff_of
from networks.models import Agency, Membership


def deciding_agencies(membership: Membership) -> list[Agency]:
    """The curating agency, and the twin agency of the company's region."""
    twin = membership.network.twin_for(membership.company.region)
    return [membership.network.agency, *([twin] if twin else [])]


def _to_company(membership: Membership, subject: str, text: str, *, quote: str = "") -> None:
    def letter() -> Letter:
        names = _names(membership)
        return Letter(
            subject=_(subject) % names,
            paragraphs=(_(text) % names,),
            quote=quote,
            button=_("Ansehen"),
            path=reverse("networks:membership-detail", args=[membership.pk]),
            reason=_("Sie bekommen diese E-Mail, weil Sie für %(company)s sprechen.") % {"company": membership.company},
        )

    send_to_people(letter, people_of_company(membership.company))


def _to_deciders(membership: Membership, subject: str, text: str, *, quote: str = "") -> None:
    def letter() -> Letter:
        names = _names(membership)
        return Letter(
            subject=_(subject) % names,
            paragraphs=(_(text) % names,),
            quote=quote,
            button=_("Ansehen"),
            path=reverse("admin:networks_membership_review", args=[membership.pk]),
            reason=_("Sie bekommen diese E-Mail, weil Ihre Wirtschaftsförderung über dieses Netzwerk mitentscheidet."),
        )

    send_to_people(letter, staff_of(deciding_agencies(membership)))


def _names(membership: Membership) -> dict[str, str]:
    return {
        "company": str(membership.company),
        "network": str(membership.network),
        "agency": str(membership.network.agency),
    }


def requested(membership: Membership) -> None:
    _to_deciders(
        membership,
        gettext_noop("%(company)s möchte zu %(network)s"),
        gettext_noop(
            "%(company)s möchte Mitglied im Netzwerk %(network)s werden. Wer zuerst entscheidet, entscheidet für alle."
        ),
        quote=membership.message,
    )


def _to_home_agency(membership: Membership, subject: str, text: str, readers: list[User]) -> None:
    def letter() -> Letter:
        names = _names(membership)
        return Letter(
            subject=_(subject) % names,
            paragraphs=(_(text) % names,),
            button=_("Zum Unternehmen"),
            path=membership.company.get_absolute_url(),
            reason=_("Sie bekommen diese E-Mail, weil Ihre Wirtschaftsförderung dieses Unternehmen betreut."),
        )

    send_to_people(letter, readers)


def tell_home_agency_of_request(membership: Membership) -> None:
    """The home agency learns what its company asks for, unless it is asked to decide itself."""
    home = membership.company.home_agency
    if home is None or home in deciding_agencies(membership):
        return
    _to_home_agency(
        membership,
        gettext_noop("%(company)s möchte zu %(network)s"),
        gettext_noop(
            "%(company)s möchte Mitglied im Netzwerk %(network)s werden. %(agency)s entscheidet; Sie müssen nichts tun."
        ),
        list(staff_of([home])),
    )


def tell_home_agency_of_joining(membership: Membership, *, by: User) -> None:
    """The home agency learns that its company joined a network of another agency; who decided it knows already."""
    home = membership.company.home_agency
    if home is None or home == membership.network.agency:
        return
    _to_home_agency(
        membership,
        gettext_noop("%(company)s ist jetzt bei %(network)s"),
        gettext_noop("%(company)s ist Mitglied im Netzwerk %(network)s geworden, das %(agency)s kuratiert."),
        [person for person in staff_of([home]) if person != by],
    )


def admitted(membership: Membership) -> None:
    _to_company(
        membership,
        gettext_noop("Willkommen bei %(network)s"),
        gettext_noop("%(company)s ist jetzt Mitglied im Netzwerk %(network)s."),
    )


def asked_back(membership: Membership) -> None:
    _to_company(
        membership,
        gettext_noop("Eine Rückfrage von %(network)s"),
        gettext_noop("Zu Ihrer Anfrage bei %(network)s gibt es eine Rückfrage. Bitte antworten Sie in „Mein Bereich“."),
        quote=membership.decision_note,
    )


def answered(membership: Membership, message: str) -> None:
    _to_deciders(
        membership,
        gettext_noop("%(company)s hat Ihre Rückfrage beantwortet"),
        gettext_noop("%(company)s hat geantwortet und wartet auf Ihre Entscheidung über die Aufnahme bei %(network)s."),
        quote=message,
    )


def declined(membership: Membership) -> None:
    _to_company(
        membership,
        gettext_noop("Ihre Anfrage bei %(network)s"),
        gettext_noop("Das Netzwerk %(network)s nimmt %(company)s zurzeit nicht auf. Die Begründung lesen Sie hier."),
        quote=membership.decision_note,
    )


def invited(membership: Membership) -> None:
    _to_company(
        membership,
        gettext_noop("Einladung zu %(network)s"),
        gettext_noop(
            "Das Netzwerk %(network)s lädt %(company)s ein. Annehmen oder ablehnen können Sie in „Mein Bereich“."
        ),
        quote=membership.message,
    )


def invitation_taken_back(membership: Membership) -> None:
    _to_company(
        membership,
        gettext_noop("Einladung zu %(network)s zurückgenommen"),
        gettext_noop(
            "Das Netzwerk %(network)s hat die Einladung an %(company)s zurückgenommen. Sie müssen nichts tun."
        ),
    )


def accepted(membership: Membership) -> None:
    _to_deciders(
        membership,
        gettext_noop("%(company)s hat Ihre Einladung angenommen"),
        gettext_noop("%(company)s ist jetzt Mitglied im Netzwerk %(network)s."),
    )


def invitation_declined(membership: Membership) -> None:
    _to_deciders(
        membership,
        gettext_noop("%(company)s hat Ihre Einladung abgelehnt"),
        gettext_noop("%(company)s möchte zurzeit nicht Mitglied im Netzwerk %(network)s werden."),
    )


def withdrawn(membership: Membership) -> None:
    _to_deciders(
        membership,
        gettext_noop("%(company)s hat die Anfrage zurückgezogen"),
        gettext_noop("%(company)s hat die Anfrage bei %(network)s zurückgezogen. Sie müssen nichts tun."),
    )


def left(membership: Membership) -> None:
    _to_deciders(
        membership,
        gettext_noop("%(company)s hat %(network)s verlassen"),
        gettext_noop("%(company)s ist aus dem Netzwerk %(network)s ausgetreten."),
    )


def removed(membership: Membership) -> None:
    _to_company(
        membership,
        gettext_noop("Ihre Mitgliedschaft bei %(network)s ist beendet"),
        gettext_noop("%(company)s ist nicht mehr Mitglied im Netzwerk %(network)s. Die Begründung lesen Sie hier."),
        quote=membership.decision_note,
    )
