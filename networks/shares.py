"""How much really crosses the border: shares with their denominators, counted in SQL."""

from dataclasses import dataclass

from django.db.models import Count, F, Q

from networks.models import Company, Membership, Network


@dataclass(frozen=True)
class Share:
    """`active` memberships of published companies, `foreign` of them from outside; `outside` of `companies` are there.

    Guest companies are left out of all numbers. `mixing` (0–1) is what random mixing would give.
    """

    active: int
    foreign: int
    outside: int
    companies: int
    mixing: float

    @property
    def fraction(self) -> float:
        return self.foreign / self.active if self.active else 0.0


def companies_by_region() -> dict[int, int]:
    """Published companies per region id."""
    rows = (
        Company.objects.published()
        .in_some_region()
        .order_by()
        .values_list("municipality__district__region")
        .annotate(n=Count("pk"))
    )
    return dict(rows)


def network_shares(networks: list[Network]) -> dict[int, Share]:
    """Share per network id, in two queries; a network whose agency has no region has none."""
    by_region = companies_by_region()
    total = sum(by_region.values())
    foreign = ~Q(company__municipality__district__region=F("network__agency__region"))
    rows = (
        Membership.objects.counted()
        .filter(network__in=networks)
        .order_by()
        .values("network")
        .annotate(active=Count("pk"), foreign=Count("pk", filter=foreign))
    )
    counts = {row["network"]: (row["active"], row["foreign"]) for row in rows}
    shares = {}
    for network in networks:
        region = network.agency.region_id
        if region is None:
            continue
        active, crossing = counts.get(network.pk, (0, 0))
        outside = total - by_region.get(region, 0)
        shares[network.pk] = Share(active, crossing, outside, total, outside / total if total else 0.0)
    return shares


def overall_share() -> Share:
    """All published networks: sums, random mixing weighted by memberships."""
    by_region = companies_by_region()
    total = sum(by_region.values())
    foreign = ~Q(company__municipality__district__region=F("network__agency__region"))
    rows = (
        Membership.objects.counted()
        .filter(network__state=Network.State.PUBLISHED)
        .order_by()
        .values("network__agency__region")
        .annotate(active=Count("pk"), foreign=Count("pk", filter=foreign))
    )
    active = crossing = 0
    weighted = 0.0
    for row in rows:
        outside = total - by_region.get(row["network__agency__region"], 0)
        active += row["active"]
        crossing += row["foreign"]
        weighted += row["active"] * outside
    mixing = weighted / (active * total) if active and total else 0.0
    return Share(active, crossing, round(mixing * total), total, mixing)
