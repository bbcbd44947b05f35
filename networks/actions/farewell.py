"""Somebody deletes their account: companies and teams go on without them."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.errors import ActionRefused
from accounts.models import User
from accounts.personal_data import Somebody
from networks.actions.absences import replace_deputy
from networks.actions.companies import withdraw_company
from networks.actions.people import change_role, leave_company
from networks.models import Agency, AgencyStaff, Company, CompanyMember

Role = CompanyMember.Role
OPEN_APPLICATIONS = {Company.State.PENDING, Company.State.CHANGES_REQUESTED}


def hand_over_companies(rows: QuerySet[CompanyMember], who: Somebody) -> None:
    for member in rows.select_related("company", "person"):
        _hand_over(member, member.person)


def _hand_over(member: CompanyMember, person: User) -> None:
    """To whoever has been there longest; without anybody the home agency looks for somebody."""
    heir = heir_of(member)
    if heir:
        change_role(heir, Role.OWNER, by=person)
    if not is_last_lead(member):
        leave_company(member, by=person)
        return
    if member.company.state in OPEN_APPLICATIONS:
        withdraw_company(member.company, by=person)
    record(by=person, verb="company.left_team", on=member.company)
    member.delete()


def is_last_lead(member: CompanyMember) -> bool:
    others = CompanyMember.objects.responsible_for(member.company).exclude(pk=member.pk)
    return member.role == Role.OWNER and not others.exists()


def heir_of(member: CompanyMember) -> CompanyMember | None:
    """Who becomes responsible when this person goes."""
    if not is_last_lead(member):
        return None
    able = CompanyMember.objects.able_to_answer([member.company]).exclude(pk=member.pk)
    return able.select_related("person").order_by("since", "pk").first()


def hand_over_team(rows: QuerySet[AgencyStaff], who: Somebody) -> None:
    """The agencies' rows keep two who lead a team from going at once."""
    employments = list(rows.select_related("person", "agency"))
    list(Agency.objects.select_for_update().among([employment.agency for employment in employments]).order_by("pk"))
    reasons = last_lead_of(who.person) if who.person else []
    if reasons:
        raise ActionRefused(" ".join(reasons))
    for employment in employments:
        if employment.left_at is None:
            replace_deputy(employment, by=employment.person)
    rows.delete()


def last_lead_of(person: User) -> list[str]:
    """Teams that nobody would lead any more."""
    led = AgencyStaff.objects.active().managers().filter(person=person).select_related("agency")
    others = AgencyStaff.objects.active().managers().filter(person__is_active=True).exclude(person=person)
    return [
        _("Sie leiten das Team von {agency} allein. Bitte geben Sie die Leitung zuerst weiter.").format(
            agency=employment.agency
        )
        for employment in led
        if not others.filter(agency=employment.agency).exists()
    ]


def what_goes_over(person: User) -> list[str]:
    members = CompanyMember.objects.of_person(person).select_related("company").order_by("company__name_sort", "pk")
    return [_told(member) for member in members if is_last_lead(member)]


def _told(member: CompanyMember) -> str:
    heir, words = heir_of(member), {"company": member.company}
    if heir:
        return _("Für {company} wird {name} verantwortlich.").format(name=heir.person.known_as, **words)
    if member.company.state in OPEN_APPLICATIONS:
        return _("Ihr Antrag für {company} wird zurückgezogen.").format(**words)
    return _(
        "Für {company} spricht dann niemand mehr. Der Eintrag bleibt; seine Wirtschaftsförderung kümmert sich."
    ).format(**words)
