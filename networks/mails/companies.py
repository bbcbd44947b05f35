"""Who is told what about a company's entry."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.mails import Letter, send, send_to_people
from networks.mails.people import owners_of, people_of_company, staff_of
from networks.models import Agency, Claim, Company, CompanyInvitation


def _to_company(company: Company, subject: str, text: str, *, quote: str = "") -> None:
    def letter() -> Letter:
        return Letter(
            subject=_(subject) % {"company": company},
            paragraphs=(_(text) % {"company": company, "agency": company.home_agency},),
            quote=quote,
            button=_("Zu „Mein Bereich“"),
            path=reverse("my-area"),
            reason=_("Sie bekommen diese E-Mail, weil Sie für %(company)s sprechen.") % {"company": company},
        )

    send_to_people(letter, people_of_company(company))


def _to_staff(company: Company, subject: str, text: str, path: str, agency: Agency | None = None) -> None:
    agency = agency or company.home_agency
    if agency is None:
        return

    def letter() -> Letter:
        return Letter(
            subject=_(subject) % {"company": company},
            paragraphs=(_(text) % {"company": company, "place": company.place, "agency": company.home_agency},),
            button=_("Ansehen"),
            path=path,
            reason=_("Sie bekommen diese E-Mail, weil Sie für %(agency)s arbeiten.") % {"agency": agency},
        )

    send_to_people(letter, staff_of([agency]))


def _review_path(company: Company) -> str:
    return reverse("admin:networks_company_review", args=[company.pk])


def submitted(company: Company) -> None:
    _to_staff(
        company,
        gettext_noop("Neuer Antrag: %(company)s"),
        gettext_noop("%(company)s aus %(place)s möchte im Portal erscheinen und wartet auf Ihre Freigabe."),
        _review_path(company),
    )


def withdrawn(company: Company) -> None:
    _to_staff(
        company,
        gettext_noop("Antrag zurückgezogen: %(company)s"),
        gettext_noop("%(company)s aus %(place)s hat den Antrag zurückgezogen. Sie müssen nichts tun."),
        _review_path(company),
    )


def approved(company: Company) -> None:
    _to_company(
        company,
        gettext_noop("%(company)s ist jetzt im Portal"),
        gettext_noop(
            "%(agency)s hat Ihren Eintrag freigegeben. %(company)s ist jetzt zu finden und kann Netzwerken beitreten."
        ),
    )


def asked_back(company: Company) -> None:
    _to_company(
        company,
        gettext_noop("Eine Rückfrage zu %(company)s"),
        gettext_noop(
            "%(agency)s hat eine Rückfrage zu Ihrem Eintrag. Bitte ergänzen Sie ihn und reichen Sie ihn wieder ein."
        ),
        quote=company.decision_note,
    )


def declined(company: Company) -> None:
    _to_company(
        company,
        gettext_noop("Ihr Antrag für %(company)s"),
        gettext_noop(
            "%(agency)s hat Ihren Antrag abgelehnt. Die Begründung lesen Sie hier. Sie können es noch einmal versuchen."
        ),
        quote=company.decision_note,
    )


def hidden(company: Company) -> None:
    _to_company(
        company,
        gettext_noop("%(company)s ist zurzeit nicht öffentlich"),
        gettext_noop("%(agency)s hat den Eintrag von %(company)s verborgen. Die Begründung lesen Sie hier."),
        quote=company.decision_note,
    )


def archived(company: Company) -> None:
    _to_company(
        company,
        gettext_noop("%(company)s ist archiviert"),
        gettext_noop("%(agency)s hat den Eintrag von %(company)s archiviert. Die Begründung lesen Sie hier."),
        quote=company.decision_note,
    )


def shown_again(company: Company) -> None:
    _to_company(
        company,
        gettext_noop("%(company)s ist wieder öffentlich"),
        gettext_noop("%(agency)s zeigt den Eintrag von %(company)s wieder allen."),
    )


def restored(company: Company) -> None:
    _to_company(
        company,
        gettext_noop("%(company)s ist zurück im Portal"),
        gettext_noop("%(agency)s hat den Eintrag von %(company)s aus dem Archiv geholt. Er ist wieder öffentlich."),
    )


def moved(company: Company, old: Agency | None, new: Agency | None) -> None:
    """Both agencies learn that the company has a new home; the old one may no longer see what is not public."""
    public = company.get_absolute_url() if company.state == Company.State.PUBLISHED else reverse("admin:index")
    text = gettext_noop("%(company)s ist jetzt in %(place)s. Zuständig ist %(agency)s.")
    for agency, path in ((old, public), (new, _review_path(company))):
        if agency is not None:
            _to_staff(company, gettext_noop("%(company)s ist umgezogen"), text, path, agency)


def claim_withdrawn(claim: Claim) -> None:
    _to_staff(
        claim.company,
        gettext_noop("Anfrage zurückgezogen: %(company)s"),
        gettext_noop("Wer %(company)s aus %(place)s übernehmen wollte, hat die Anfrage zurückgezogen."),
        reverse("admin:networks_claim_review", args=[claim.pk]),
    )


def claimed(claim: Claim) -> None:
    _to_staff(
        claim.company,
        gettext_noop("Jemand möchte %(company)s übernehmen"),
        gettext_noop("Für %(company)s aus %(place)s möchte eine Person den Eintrag übernehmen. Bitte prüfen Sie das."),
        reverse("admin:networks_claim_review", args=[claim.pk]),
    )


def claim_decided(claim: Claim) -> None:
    company = claim.company
    approved_now = claim.state == Claim.State.APPROVED
    text = (
        gettext_noop("Ihre Anfrage ist bestätigt: Sie können den Eintrag von %(company)s jetzt bearbeiten.")
        if approved_now
        else gettext_noop("Ihre Anfrage, %(company)s zu übernehmen, ist abgelehnt. Die Begründung lesen Sie hier.")
    )

    def letter() -> Letter:
        return Letter(
            subject=_("Ihre Anfrage zu %(company)s") % {"company": company},
            paragraphs=(_(text) % {"company": company},),
            quote=claim.decision_note,
            button=_("Zu „Mein Bereich“"),
            path=reverse("my-area"),
            reason=_("Sie bekommen diese E-Mail, weil Sie den Eintrag übernehmen wollten."),
        )

    send_to_people(letter, [claim.person])


def _inviter(invitation: CompanyInvitation) -> str:
    """By name, never by address."""
    return (invitation.invited_by and invitation.invited_by.name) or _("Ihr Team")


def invited(invitation: CompanyInvitation) -> None:
    def letter() -> Letter:
        return Letter(
            subject=_("Einladung: %(company)s im Portal Brückenschlag") % {"company": invitation.company},
            paragraphs=(
                _("%(person)s lädt Sie ein, den Eintrag von %(company)s mit zu pflegen.")
                % {"person": _inviter(invitation), "company": invitation.company},
                _("Die Einladung gilt 14 Tage."),
            ),
            button=_("Einladung ansehen"),
            path=reverse("networks:company-invitation", args=[invitation.token]),
            reason=_("Sie bekommen diese E-Mail, weil jemand Ihre Adresse für diese Einladung eingegeben hat."),
        )

    send(letter, invitation.email)


def became_owner(company: Company) -> None:
    _to_company(
        company,
        gettext_noop("Neue Verantwortung für %(company)s"),
        gettext_noop("Bei %(company)s hat sich geändert, wer für den Eintrag verantwortlich ist."),
    )


def asked_to_check(company: Company) -> None:
    def letter() -> Letter:
        words = {"company": company, "agency": company.home_agency}
        return Letter(
            subject=_("Stimmt noch alles? %(company)s") % words,
            paragraphs=(
                _("%(agency)s bittet Sie, die Angaben zu %(company)s durchzusehen.") % words,
                _("Ein Blick genügt. Was Sie ändern, steht sofort auf Ihrer Seite."),
            ),
            button=_("Angaben ansehen"),
            path=company.get_absolute_url(),
            reason=_("Sie bekommen diese E-Mail, weil Sie für %(company)s sprechen.") % words,
        )

    send_to_people(letter, owners_of(company))
