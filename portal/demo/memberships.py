"""Who is in which network, and every other way a membership can stand."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from accounts.models import AuditEntry
from networks.models import Membership, Network
from portal.demo.companies import WITH_HISTORY, Invented, Progress
from portal.demo.people import Crowd
from portal.demo.scene import Scene, read

State = Membership.State
MAIN = ("robotik-kmu", "autos")
FROM_EACH_SIDE = 14
CHANCE_AT_HOME, CHANCE_ACROSS, CHANCE_INVITED = 0.55, 0.35, 0.03
MANY, CHANCE_OF_MANY = 2000, 0.4  # no network has tens of thousands of members
BATCH = 2000
# How many days ago somebody asked what has no answer yet.
WAITING: dict[str, tuple[int, int]] = {State.REQUESTED: (1, 20), State.ASKED_BACK: (28, 36), State.INVITED: (15, 24)}
# How often each state other than "active" occurs in each of the main networks.
OTHERS = {
    State.REQUESTED: 4,
    State.ASKED_BACK: 2,
    State.INVITED: 2,
    State.DECLINED: 2,
    State.WITHDRAWN: 1,
    State.LEFT: 2,
    State.REMOVED: 1,
}


@dataclass
class Joining:
    scene: Scene
    crowd: Crowd
    words: dict[str, list[str]] = field(default_factory=lambda: read("joining"))
    pairs: set[tuple[int, str]] = field(default_factory=set)

    def create(self, invented: list[Invented], progress: Progress) -> None:
        published = [each for each in invented if each.is_published]
        rows = [self._membership(each, slug, State.ACTIVE) for each, slug in self._members(published)]
        rows += [self._membership(each, slug, state) for each, slug, state in self._others(published)]
        for start in range(0, len(rows), BATCH):
            Membership.objects.bulk_create(rows[start : start + BATCH])
            progress(start)
        if len(invented) <= WITH_HISTORY:
            self._audit(rows)

    def _members(self, published: list[Invented]) -> Iterator[tuple[Invented, str]]:
        """Demo accounts first, then by chance, then until both sides are well represented."""
        for each, slug in zip(published, MAIN, strict=False):
            yield self._pair(each, slug)
        for each in published[2:]:
            yield from (self._pair(each, slug) for slug in each.plan.trade.networks if self._joins(each, slug))
        for slug in MAIN:
            for region in self.scene.regions:
                here = [each for each in published[2:] if region_of(each) == region.pk]
                yield from self._filled_up(here, slug)

    def _filled_up(self, companies: list[Invented], slug: str) -> Iterator[tuple[Invented, str]]:
        members = sum((each.company.pk, slug) in self.pairs for each in companies)
        free = [each for each in companies if (each.company.pk, slug) not in self.pairs]
        free.sort(key=lambda each: slug not in each.plan.trade.networks)
        for each in free[: max(0, FROM_EACH_SIDE - members)]:
            yield self._pair(each, slug)

    def _joins(self, each: Invented, slug: str) -> bool:
        network = self.scene.networks.get(slug)
        if network is None or network.state != Network.State.PUBLISHED:
            return False
        chance = self._chance(each, network) * (1 if each.plan.number < MANY else CHANCE_OF_MANY)
        return self.scene.rng.random() < chance

    def _chance(self, each: Invented, network: Network) -> float:
        region = region_of(each)
        if region == network.agency.region_id:
            return CHANCE_AT_HOME
        opened = {opening.region_id for opening in network.openings_in_force()}
        return CHANCE_ACROSS if region in opened else CHANCE_INVITED

    def _others(self, published: list[Invented]) -> Iterator[tuple[Invented, str, str]]:
        """Requests, questions, endings: of companies with people that are not in the network yet."""
        for slug in MAIN:
            free = [each for each in published[12:400] if not each.plan.is_unclaimed and each.company.municipality]
            free = [each for each in free if (each.company.pk, slug) not in self.pairs]
            self.scene.rng.shuffle(free)
            states = [state for state, times in OTHERS.items() for _ in range(times)]
            for each, state in zip(free, states, strict=False):
                yield *self._pair(each, slug), state

    def _pair(self, each: Invented, slug: str) -> tuple[Invented, str]:
        self.pairs.add((each.company.pk, slug))
        return each, slug

    def _membership(self, each: Invented, slug: str, state: str) -> Membership:
        scene, network = self.scene, self.scene.networks[slug]
        asked = scene.ago(*WAITING[state]) if state in WAITING else self._asked(each)
        membership = Membership(company=each.company, network=network, state=state, requested_at=asked)
        membership.message = scene.rng.choice(self.words["invitations" if state == State.INVITED else "requests"])
        membership.decision_note = scene.rng.choice(self.words.get(state, [""]))
        if state not in {State.REQUESTED, State.INVITED, State.WITHDRAWN}:
            membership.decided_at = scene.after(asked, 1, 12)
            membership.decided_by = self.crowd.curators[network.agency_id]
        if state in {State.ACTIVE, State.LEFT, State.REMOVED}:
            membership.joined_at = membership.decided_at
        if state in {State.DECLINED, State.WITHDRAWN, State.LEFT, State.REMOVED}:
            membership.ended_at = scene.after(membership.decided_at or asked, 1, 300)
        return membership

    def _asked(self, each: Invented) -> datetime:
        return self.scene.after(each.company.published_at or each.company.created_at, 1, 700)

    def _audit(self, rows: list[Membership]) -> None:
        AuditEntry.objects.bulk_create(
            AuditEntry(
                at=row.decided_at,
                by=row.decided_by,
                verb=f"membership.{row.state}",
                object_type="networks.membership",
                object_id=str(row.pk),
                label=str(row)[:200],
                data={"note": row.decision_note},
            )
            for row in rows
            if row.decided_at
        )


def region_of(each: Invented) -> int | None:
    town = each.company.municipality
    return town.district.region_id if town else None
