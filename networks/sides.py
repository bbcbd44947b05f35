"""A network seen from each side of the border: who to turn to, who is in it, how it is open."""

from dataclasses import dataclass

from networks.models import Agency, Company, Membership, Network, Opening, Region
from networks.models.memberships import MembershipQuerySet

SHOWN = 12


@dataclass(frozen=True)
class Side:
    """`region` is None for guests from outside all regions."""

    region: Region | None
    count: int
    companies: list[Company]
    agency: Agency | None = None
    opening: Opening | None = None
    leads: bool = False

    @property
    def more(self) -> int:
        return self.count - len(self.companies)

    @property
    def matters(self) -> bool:
        return bool(self.count or self.agency or self.opening)


def network_sides(network: Network) -> list[Side]:
    """The leading side first, then the others in their order, guests last; sides without any tie are left out."""
    members = Membership.objects.active().of_published_companies().filter(network=network)
    counts = members.count_by_region()
    regions = sorted(Region.in_order(), key=lambda region: region.pk != network.agency.region_id)
    sides = [_side(network, region, members, counts.get(region.pk, 0)) for region in regions]
    guests = Side(None, counts.get(None, 0), _some(members.guests()) if counts.get(None) else [])
    return [side for side in [*sides, guests] if side.matters]


def _side(network: Network, region: Region, members: MembershipQuerySet, count: int) -> Side:
    leads = region.pk == network.agency.region_id
    return Side(
        region=region,
        count=count,
        companies=_some(members.from_region(region)),
        agency=network.agency if leads else network.twin_for(region),
        opening=network.opening_for(region),
        leads=leads,
    )


def _some(members: MembershipQuerySet) -> list[Company]:
    return [membership.company for membership in members.in_order().with_places()[:SHOWN]]
