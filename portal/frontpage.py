"""What the home page tells, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from events.models import Announcement, Meeting
from networks.maps import Crossing, crossings
from networks.models import Agency, Competence, Network, Region
from networks.shares import Share, companies_by_region, network_shares, overall_share

NETWORKS = 3
NEWS = 3
CHIPS = 6
ARCS = 24


@dataclass(frozen=True)
class Front:
    regions: list[Region]
    agencies: int
    companies: list[tuple[Region, int]]
    networks: list[tuple[Network, Share | None]]
    network_count: int
    open_networks: int
    share: Share
    crossings: list[Crossing]
    competences: list[tuple[str, str]]
    meeting: Meeting | None
    news: list[Announcement]
    as_of: date

    @property
    def company_count(self) -> int:
        return sum(count for _, count in self.companies)


def front() -> Front:
    networks = list(Network.objects.published().with_leads())
    counts = companies_by_region()
    regions = Region.in_order()
    return Front(
        regions=regions,
        agencies=Agency.objects.count(),
        companies=[(region, counts.get(region.pk, 0)) for region in regions],
        networks=liveliest(networks),
        network_count=len(networks),
        open_networks=sum(1 for network in networks if network.openings_in_force()),
        share=overall_share(),
        crossings=crossings()[:ARCS],
        competences=[(str(one), one.code) for one in Competence.objects.most_used()[:CHIPS]],
        meeting=Meeting.objects.public().upcoming().with_hosts().first(),
        news=list(Announcement.objects.published().latest_first().with_agency()[:NEWS]),
        as_of=timezone.localdate(),
    )


def liveliest(networks: list[Network]) -> list[tuple[Network, Share | None]]:
    """The networks in which most crosses the border, then the largest."""
    shares = network_shares(networks)

    def life(network: Network) -> tuple[int, int]:
        share = shares.get(network.pk)
        return (-share.foreign, -share.active) if share else (0, 0)

    return [(network, shares.get(network.pk)) for network in sorted(networks, key=life)[:NETWORKS]]
