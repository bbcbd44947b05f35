"""What the agencies of both sides agreed: twins, openings in every state, circles of experts."""

from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any

from networks.models import Circle, Membership, Opening, TwinAgency
from portal.demo.people import Crowd
from portal.demo.scene import Scene, at, read

State = Opening.State


@dataclass
class Agreements:
    scene: Scene
    crowd: Crowd
    words: dict[str, Any] = field(default_factory=lambda: read("joining"))

    def create(self) -> None:
        for entry in self.words["twins"]:
            self._twin(entry)
        for entry in self.words["openings"]:
            self._opening(entry)
        for order, entry in enumerate(self.words["circles"]):
            self._circle(entry, order)
        del self.scene.networks  # read again: they are open to more sides now

    def _twin(self, entry: dict[str, Any]) -> None:
        """Where staff left room; what is open already was agreed with the twin."""
        network, agency = self.scene.networks.get(entry["network"]), self.scene.agencies.get(entry["agency"])
        if not (network and agency and agency.region):
            return
        twin, _created = TwinAgency.objects.get_or_create(
            network=network, region=agency.region, defaults={"agency": agency}
        )
        for opening in Opening.objects.in_force().filter(network=network, region=agency.region, twin=None):
            opening.twin, opening.decided_at = twin.agency, at(opening.since, time(12))
            opening.proposed_at, opening.proposed_by = opening.decided_at, self.crowd.curators[network.agency_id]
            opening.save()

    def _opening(self, entry: dict[str, Any]) -> None:
        network, agency = self.scene.networks.get(entry["network"]), self.scene.agencies.get(entry["agency"])
        if not (network and agency and agency.region):
            return
        proposed = self.scene.ago(entry["days"], entry["days"])
        opening = Opening(network=network, region=agency.region, twin=agency, state=entry["state"])
        opening.conditions, opening.decision_note = entry.get("conditions", ""), entry.get("note", "")
        opening.proposed_at, opening.proposed_by = proposed, self.crowd.curators[network.agency_id]
        opening.since = proposed.date() + timedelta(days=14)
        self._decide(opening)
        opening.save()
        if opening.state in {State.CONFIRMED, State.ENDED}:
            TwinAgency.objects.get_or_create(network=network, region=agency.region, defaults={"agency": agency})

    def _decide(self, opening: Opening) -> None:
        if opening.state == State.PROPOSED or opening.twin_id is None:
            return
        opening.decided_at = self.scene.after(opening.proposed_at, 2, 10)
        side = opening.network.agency_id if opening.state == State.WITHDRAWN else opening.twin_id
        opening.decided_by = self.crowd.curators[side]
        if opening.state == State.ENDED:
            opening.ended_at = self.scene.after(opening.decided_at, 100, 200)

    def _circle(self, entry: dict[str, Any], order: int) -> None:
        network = self.scene.networks.get(entry["network"])
        if network:
            Circle.objects.get_or_create(
                network=network, name=entry["name"], defaults={"purpose": entry["purpose"], "order": order}
            )

    def fill_circles(self) -> None:
        """Some members of each network work in its circles; one of each side stands first on its page."""
        for circle in Circle.objects.order_by("pk"):
            members = Membership.objects.active().of_published_companies().in_network(circle.network).order_by("pk")
            circle.members.set(members[circle.order : circle.order + 12 : 3])
        for network in self.scene.networks.values():
            for region in self.scene.regions:
                first = Membership.objects.active().in_network(network).from_region(region).order_by("pk").first()
                if first:
                    Membership.objects.filter(pk=first.pk).update(place=1)
