"""Claims, invitations, notes about outdated pages, and the log of decisions on companies."""

from dataclasses import dataclass
from datetime import timedelta

from accounts.models import AuditEntry, User
from networks.indexing import reindex
from networks.models import Claim, CompanyInvitation, CompanyMember, OutdatedNote
from portal.demo.companies import WITH_HISTORY, Invented
from portal.demo.people import Crowd
from portal.demo.plan import State
from portal.demo.scene import Scene, read


@dataclass
class Requests:
    scene: Scene
    crowd: Crowd

    def create(self, invented: list[Invented]) -> None:
        self._claims([each for each in invented if each.plan.is_unclaimed])
        self._invitations(invented[0])
        self._invitations_to_lead([each for each in invented if each.plan.is_unclaimed and each.is_published])
        self._unchecked([each for each in invented[:40] if each.is_published])
        self._notes([each for each in invented if each.is_published])
        if len(invented) <= WITH_HISTORY:
            self._audit(invented)

    def _claims(self, unclaimed: list[Invented]) -> None:
        words = read("joining")
        states = [
            Claim.State.REQUESTED,
            Claim.State.APPROVED,
            Claim.State.DECLINED,
            Claim.State.WITHDRAWN,
            Claim.State.REQUESTED,
        ]
        asking = [
            self.crowd.invent(f"{each.company.slug}.example.org", self.scene.ago(20, 30)) for each in unclaimed[:5]
        ]
        people = self.crowd.save(asking)
        for number, (each, person, state) in enumerate(zip(unclaimed, people, states, strict=False)):
            claim = Claim(company=each.company, person=person, state=state, message=words["claims"][number % 4])
            claim.created_at = self.scene.ago(4, 15)
            if state in {Claim.State.APPROVED, Claim.State.DECLINED}:
                claim.decided_at, claim.decided_by = self.scene.after(claim.created_at, 1, 3), self._curator(each)
            claim.decision_note = words["claim_declined"] if state == Claim.State.DECLINED else ""
            claim.save()
            if state == Claim.State.APPROVED:
                CompanyMember.objects.create(
                    company=each.company, person=person, since=claim.decided_at or claim.created_at
                )

    def _curator(self, each: Invented) -> User | None:
        agency = each.company.home_agency
        return self.crowd.curators[agency.pk] if agency else None

    def _invitations(self, first: Invented) -> None:
        """Open, run out, accepted: all of owner_west's company."""
        for name, asked, accepted in (("offen", 2, False), ("abgelaufen", 40, False), ("angenommen", 80, True)):
            created = self.scene.ago(asked, asked)
            CompanyInvitation.objects.create(
                company=first.company,
                email=f"{name}@{first.company.slug}.example.org",
                token=self.scene.token(),
                invited_by=self.crowd.accounts["owner_west"],
                created_at=created,
                expires_at=created + timedelta(days=14),
                accepted_at=created + timedelta(days=1) if accepted else None,
            )

    def _invitations_to_lead(self, unclaimed: list[Invented]) -> None:
        """Somebody was asked to speak for a company, and the link ends soon, or has ended."""
        shown = [each for each in reversed(unclaimed) if self._is_shown(each)][:4]
        for each, asked in zip(shown, (13, 20, 13, 2), strict=False):
            created = self.scene.ago(asked, asked)
            CompanyInvitation.objects.create(
                company=each.company,
                email=f"leitung@{each.company.slug}.example.org",
                role=CompanyMember.Role.OWNER,
                token=self.scene.token(),
                invited_by=self._curator(each),
                created_at=created,
                expires_at=created + timedelta(days=14),
            )

    def _unchecked(self, published: list[Invented]) -> None:
        """Owners changed their texts, and staff have not looked yet."""
        shown = [each.company for each in published if self._is_shown(each)]
        for company, days, text in zip(shown, (9, 3, 1), read("joining")["changed_texts"], strict=False):
            moment = self.scene.ago(days, days)
            company.unchecked_since = company.updated_at = moment
            company.description = f"{company.description}\n\n{text}"
            company._history_date = moment  # type: ignore[attr-defined]  # simple-history reads it
            company.save(update_fields=["unchecked_since", "updated_at", "description"])
            reindex(company)

    def _is_shown(self, each: Invented) -> bool:
        """Looked after by the curator who shows the desk."""
        return self._curator(each) == self.crowd.accounts["curator_west"]

    def _notes(self, published: list[Invented]) -> None:
        for number, message in enumerate(read("joining")["outdated"]):
            each = published[number]
            agency = each.company.home_agency
            if agency is None:
                continue
            note = OutdatedNote(
                agency=agency, page=f"/unternehmen/{each.company.slug}/", label=each.company.name, message=message
            )
            note.created_at = self.scene.ago(2, 30)
            note.email = "leserin@example.org" if number % 2 else ""
            if number > 2:
                note.done_at, note.done_by = self.scene.after(note.created_at, 0, 3), self.crowd.curators[agency.pk]
            note.save()
        self._barrier(published[0])

    def _barrier(self, each: Invented) -> None:
        """Reported from a page that an agency looks after, and from one that is everybody's."""
        page = f"/unternehmen/{each.company.slug}/"
        message = "Mein Vorleseprogramm sagt zu den Bildern nur „Halle“. Was ist darauf zu sehen?"
        places = ((each.company.home_agency, page, each.company.name), (None, "/karte/", "/karte/"))
        OutdatedNote.objects.bulk_create(
            OutdatedNote(
                kind=OutdatedNote.Kind.BARRIER,
                agency=agency,
                page=page,
                label=label,
                message=message if agency else "Auf dem Telefon komme ich mit zwei Fingern nicht aus der Karte heraus.",
                created_at=self.scene.ago(1, 20),
            )
            for agency, page, label in places
        )

    def _audit(self, invented: list[Invented]) -> None:
        verbs = {State.PUBLISHED, State.DECLINED, State.CHANGES_REQUESTED}
        AuditEntry.objects.bulk_create(
            AuditEntry(
                at=each.company.decided_at,
                by=self._curator(each),
                verb=f"company.{each.company.state}",
                object_type="networks.company",
                object_id=str(each.company.pk),
                label=each.company.name,
                data={"note": each.company.decision_note},
            )
            for each in invented
            if each.company.state in verbs and each.company.decided_at
        )
