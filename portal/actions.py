"""What visitors send to an agency."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit
from accounts.mails import Letter, send, send_to_people
from accounts.models import User
from networks.mails.people import staff_of
from networks.models import Agency, OutdatedNote
from networks.models.agencies import Person
from portal.subjects import Place, Subject


def signed_in(person: Person) -> User | None:
    return person if isinstance(person, User) else None


@transaction.atomic
def write_to_agency(agency: Agency, *, by: Person, name: str, email: str, message: str) -> None:
    """One mail to the agency; its answer goes straight to the sender."""

    def letter() -> Letter:
        return Letter(
            subject=_("Nachricht von {name} über Brückenschlag").format(name=name),
            paragraphs=(
                _("{name} ({email}) schreibt Ihnen über die Seite von {agency}:").format(
                    name=name, email=email, agency=agency
                ),
            ),
            quote=message,
            reason=_(
                "Sie bekommen diese Nachricht als Ansprechstelle von {agency}. Antworten Sie einfach auf diese E-Mail."
            ).format(agency=agency),
        )

    for address in addresses_of(agency):
        send(letter, address, reply_to=email)
    audit.record(by=signed_in(by), verb="agency.written_to", on=agency)


@transaction.atomic
def report_outdated(subject: Subject, *, by: Person, message: str, email: str) -> OutdatedNote:
    note = OutdatedNote.objects.create(
        agency=subject.agency, page=subject.page, label=subject.label[:200], message=message, email=email
    )

    def letter() -> Letter:
        return Letter(
            subject=_("Angaben veraltet: {label}").format(label=subject.label),
            paragraphs=(
                _("Jemand hat auf der Seite „{label}“ etwas entdeckt, das nicht mehr stimmt:").format(
                    label=subject.label
                ),
            ),
            quote=message,
            button=_("Seite ansehen"),
            path=subject.page,
            reason=_("Sie bekommen diesen Hinweis, weil {agency} diese Seite betreut.").format(agency=subject.agency),
        )

    send_to_people(letter, readers_of(subject.agency))
    audit.record(by=signed_in(by), verb="page.reported_outdated", on=note)
    return note


@transaction.atomic
def report_barrier(place: Place, *, by: Person, message: str, email: str) -> OutdatedNote:
    """The operator answers for the portal, an agency for what stands on its pages: both read it."""
    note = OutdatedNote.objects.create(
        kind=OutdatedNote.Kind.BARRIER,
        agency=place.agency,
        page=place.page,
        label=place.label[:200],
        message=message,
        email=email,
    )

    def letter() -> Letter:
        return Letter(
            subject=_("Barriere gemeldet: {label}").format(label=place.label),
            paragraphs=(_("Jemand kann hier etwas nicht benutzen: {label}").format(label=place.label),),
            quote=message,
            button=_("Hinweis ansehen"),
            path=reverse("admin:networks_outdatednote_review", args=[note.pk]),
            reason=_(
                "Sie bekommen diesen Hinweis, weil Sie für diese Seite zuständig sind. "
                "Antworten Sie bitte innerhalb von vier Wochen."
            ),
        )

    send_to_people(letter, {*operators(), *(readers_of(place.agency) if place.agency else ())})
    audit.record(by=signed_in(by), verb="page.reported_barrier", on=note)
    return note


def operators() -> list[User]:
    return list(User.objects.filter(is_superuser=True, is_active=True))


def readers_of(agency: Agency) -> list[User]:
    """The agency's team as far as it is there; while it has none, the operator."""
    team = list(staff_of([agency]))
    return team or operators()


def addresses_of(agency: Agency) -> list[str]:
    """The public contact, else the team: nobody writes into the void."""
    if agency.contact_email:
        return [agency.contact_email]
    return [person.email for person in readers_of(agency)] or [settings.DEFAULT_FROM_EMAIL]
