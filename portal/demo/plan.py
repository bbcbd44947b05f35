"""Which invented company is where, of which trade, in which state."""

from collections.abc import Iterator
from dataclasses import dataclass

from networks.models import Agency, Company, Municipality
from portal.demo.scene import Scene
from portal.demo.texts import Trade

State = Company.State
COVERED_TOWNS = 75
FIRST_UNPUBLISHED = 90
UNPUBLISHED = (
    State.PENDING,
    State.PENDING,
    State.PENDING,
    State.CHANGES_REQUESTED,
    State.CHANGES_REQUESTED,
    State.HIDDEN,
    State.DECLINED,
    State.WITHDRAWN,
    State.ARCHIVED,
    State.MERGED,
)
ASKED_BACK = FIRST_UNPUBLISHED + UNPUBLISHED.index(State.CHANGES_REQUESTED)
GUESTS_FROM = FIRST_UNPUBLISHED + len(UNPUBLISHED)
GUESTS = 3
LEAST = 120


@dataclass(frozen=True)
class Plan:
    number: int
    town: Municipality | None
    trade: Trade
    state: str

    @property
    def is_unclaimed(self) -> bool:
        """Imported by an agency; nobody speaks for it yet."""
        return self.state == State.PUBLISHED and self.number % 12 == 7


def plans(scene: Scene, count: int) -> Iterator[Plan]:
    """The first three belong to demo accounts; then every district and most towns; then chance."""
    covered = _covered_towns(scene)
    weights = [(town.population or 1000) ** 0.55 for town in scene.towns]
    trades = _trades_in_turn(scene)
    for number in range(count):
        trade = next(trades)
        if number < 3:
            yield _of_account(scene, number)
        elif number < FIRST_UNPUBLISHED:
            yield Plan(number, covered[number % len(covered)], trade, State.PUBLISHED)
        elif number < GUESTS_FROM:
            town = _shown(scene) if number == ASKED_BACK else covered[number % len(covered)]
            yield Plan(number, town, trade, UNPUBLISHED[number - FIRST_UNPUBLISHED])
        elif number < GUESTS_FROM + GUESTS:
            yield Plan(number, None, trade, State.PENDING if number == GUESTS_FROM else State.PUBLISHED)
        else:
            yield Plan(number, scene.rng.choices(scene.towns, weights)[0], trade, State.PUBLISHED)


def _of_account(scene: Scene, number: int) -> Plan:
    """Of owner_west, owner_east, and the one that waits."""
    network, trade, state = (
        ("robotik-kmu", "robot-cells", State.PUBLISHED),
        ("autos", "car-parts", State.PUBLISHED),
        ("robotik-kmu", "wood", State.PENDING),
    )[number]
    towns = towns_of(scene, scene.networks[network].agency)
    kind = next(each for each in scene.trades if each.key == trade)
    return Plan(number, towns[number % len(towns)], kind, state)


def _shown(scene: Scene) -> Municipality:
    """Where the curator who shows the desk finds it."""
    return towns_of(scene, scene.networks["robotik-kmu"].agency)[0]


def towns_of(scene: Scene, agency: Agency) -> list[Municipality]:
    return [town for town in scene.towns if town.district.home_agency_id == agency.pk]


def _covered_towns(scene: Scene) -> list[Municipality]:
    """The largest town of each district, and others by chance."""
    largest: dict[int, Municipality] = {}
    for town in sorted(scene.towns, key=lambda town: -(town.population or 0)):
        largest.setdefault(town.district_id, town)
    first = list(largest.values())
    others = [town for town in scene.towns if town not in first]
    scene.rng.shuffle(others)
    return (first + others)[:COVERED_TOWNS]


def _trades_in_turn(scene: Scene) -> Iterator[Trade]:
    trades = list(scene.trades)
    while True:
        scene.rng.shuffle(trades)
        yield from trades
