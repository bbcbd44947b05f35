"""Invented people: demo accounts, staff of every agency, owners and editors of companies."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password

from accounts import vault
from accounts.models import Consent, User
from networks.models import Absence, Agency, AgencyStaff, CompanyMember, StaffInvitation
from networks.models.company_people import Visibility
from portal.demo.companies import Invented
from portal.demo.scene import Scene, at, read
from portal.pages_loader import VERSION as TEXT_VERSION

SPOKEN_FOR = 400
Role = AgencyStaff.Role


@dataclass
class Crowd:
    """Creates people in bulk: one password for all, because hashing is meant to be slow."""

    scene: Scene
    password: str = ""
    accounts: dict[str, User] = field(default_factory=dict)
    curators: dict[int, User] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def create(self, invented: list[Invented]) -> None:
        self.password = make_password(read("people")["password"], salt=f"invented-{self.scene.seed}")
        self._demo_accounts()
        self._staff()
        self._owners(invented)
        self._staff_invitations()
        self._absences()

    def save(self, people: list[User]) -> list[User]:
        users = User.objects.bulk_create(people, batch_size=500)
        EmailAddress.objects.bulk_create(
            EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
        )
        Authenticator.objects.bulk_create(
            Authenticator(user=user, type=Authenticator.Type.TOTP, data={"secret": vault.lock(read("people")["totp"])})
            for user in users
            if user.is_staff
        )
        Consent.objects.bulk_create(
            Consent(person=user, purpose=purpose, text_version=TEXT_VERSION, given_at=user.date_joined)
            for user in users
            for purpose in (Consent.Purpose.TERMS, Consent.Purpose.PRIVACY)
        )
        return users

    def person(self, name: str, email: str, joined: datetime, *, is_staff: bool = False) -> User:
        """Signed in not long ago: nobody asks whether they still need their account."""
        seen = at(self.scene.today - timedelta(days=20), time(9))
        return User(
            name=name, email=email, date_joined=joined, last_login=seen, is_staff=is_staff, password=self.password
        )

    def invent(self, domain: str, joined: datetime, *, is_staff: bool = False) -> User:
        """Somebody whose address is free."""
        while True:
            name = self.scene.names.person()
            email = f"{name.lower().translate(PLAIN).replace(' ', '.')}@{domain}"
            if email not in self.taken:
                self.taken.add(email)
                return self.person(name, email, joined, is_staff=is_staff)

    def _demo_accounts(self) -> None:
        people = []
        for entry in read("people")["accounts"]:
            person = self.person(entry["name"], email_of(entry["role"]), self.scene.ago(300, 900))
            person.function = entry["function"]
            person.is_superuser = entry["role"] == "operator"
            person.is_staff = person.is_superuser or "staff_role" in entry
            people.append(person)
        roles = [entry["role"] for entry in read("people")["accounts"]]
        self.accounts = dict(zip(roles, self.save(people), strict=True))

    def _staff(self) -> None:
        """A manager and a curator for every agency; demo accounts are two of them."""
        given = {
            (self.scene.networks[entry["agency_of"]].agency.pk, entry["staff_role"]): self.accounts[entry["role"]]
            for entry in read("people")["accounts"]
            if "staff_role" in entry
        }
        wanted = [(agency, role) for agency in self.scene.agencies.values() for role in (Role.MANAGER, Role.CURATOR)]
        missing = [(agency, role) for agency, role in wanted if (agency.pk, role) not in given]
        invented = [
            self.invent(f"{agency.slug}.example.org", self.scene.ago(300, 2000), is_staff=True) for agency, _ in missing
        ]
        given |= {(agency.pk, role): user for (agency, role), user in zip(missing, self.save(invented), strict=True)}
        AgencyStaff.objects.bulk_create(
            AgencyStaff(
                agency=agency, person=given[agency.pk, role], role=role, since=given[agency.pk, role].date_joined
            )
            for agency, role in wanted
        )
        self.curators = {agency.pk: given[agency.pk, Role.CURATOR] for agency in self.scene.agencies.values()}

    def _owners(self, invented: list[Invented]) -> None:
        """Most companies have somebody; of many thousands only the first few hundred do."""
        first, rest = invented[:3], [each for each in invented[3:SPOKEN_FOR] if not each.plan.is_unclaimed]
        owners = [self.accounts[role] for role in ("owner_west", "owner_east", "pending")]
        strangers = [self.invent(f"{each.company.slug}.example.org", each.company.created_at) for each in rest]
        owners += self.save(strangers)
        members = [self._member(each, owner) for each, owner in zip(first + rest, owners, strict=True)]
        editors = [each for each in rest if each.plan.number % 5 == 0]
        helpers = self.save(
            [self.invent(f"{each.company.slug}.example.org", each.company.updated_at) for each in editors]
        )
        members += [
            self._member(each, helper, CompanyMember.Role.EDITOR) for each, helper in zip(editors, helpers, strict=True)
        ]
        members.append(self._member(invented[0], self.accounts["editor_west"], CompanyMember.Role.EDITOR))
        CompanyMember.objects.bulk_create(members)
        self._contact_consents(members)

    def _member(self, each: Invented, person: User, role: str = CompanyMember.Role.OWNER) -> CompanyMember:
        shown = self.scene.rng.choice((Visibility.PUBLIC, Visibility.MEMBERS, Visibility.MEMBERS, Visibility.NOBODY))
        member = CompanyMember(company=each.company, person=person, role=role, since=each.company.created_at)
        member.name_visibility = member.email_visibility = shown
        return member

    def _contact_consents(self, members: list[CompanyMember]) -> None:
        """Whoever is shown agreed to it."""
        Consent.objects.bulk_create(
            Consent(
                person=member.person,
                purpose=Consent.Purpose.CONTACT,
                about=f"{member.company_id}:{name}:{member.name_visibility}",
                text_version=TEXT_VERSION,
                given_at=member.since,
            )
            for member in members
            for name in ("name_visibility", "email_visibility")
            if member.name_visibility != Visibility.NOBODY
        )

    def _staff_invitations(self) -> None:
        agency: Agency = self.scene.networks["robotik-kmu"].agency
        for name, asked, lasts, accepted in (
            ("offen", 3, 14, False),
            ("laeuft-ab", 12, 14, False),
            ("abgelaufen", 60, 14, False),
            ("angenommen", 90, 14, True),
        ):
            created = self.scene.ago(asked, asked)
            StaffInvitation.objects.create(
                agency=agency,
                email=f"{name}@{agency.slug}.example.org",
                token=self.scene.token(),
                invited_by=self.accounts["manager_west"],
                created_at=created,
                expires_at=created + timedelta(days=lasts),
                accepted_at=created + timedelta(days=1) if accepted else None,
            )

    def _absences(self) -> None:
        """Running, planned, over, ended early: each in a team of two."""
        for slug, first, last, early in (("wigos", -2, 5, 0), ("wfg-borken", 10, 20, 0), ("wfg-borken", -40, -30, 0)):
            self._absence(slug, first, last, early)
        self._absence("wfo-osnabrueck", -20, -10, 15)

    def _absence(self, slug: str, first: int, last: int, early: int) -> None:
        team = {one.role: one for one in AgencyStaff.objects.filter(agency__slug=slug)}
        if not team:
            return
        day = self.scene.today
        Absence.objects.create(
            employment=team[Role.CURATOR],
            deputy=team[Role.MANAGER],
            first_day=day + timedelta(days=first),
            last_day=day + timedelta(days=last),
            entered_at=self.scene.ago(45, 60),
            entered_by=team[Role.CURATOR].person,
            ended_at=self.scene.ago(early, early) if early else None,
        )


PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def email_of(role: str) -> str:
    return f"{role.replace('_', '-')}@example.org"
