"""How full a meeting is, and who is next."""

from collections import Counter
from dataclasses import dataclass

from events.models import Meeting, Registration, RegistrationPlan


@dataclass(frozen=True)
class Places:
    """`capacity` None: no end of places; `quotas` by the region's key."""

    capacity: int | None
    taken: Counter[int | None]
    waiting: int
    quotas: dict[int, int]

    @property
    def registered(self) -> int:
        return self.taken.total()

    @property
    def free(self) -> int | None:
        return None if self.capacity is None else max(0, self.capacity - self.registered)

    def has_room_for(self, region: int | None) -> bool:
        if self.free == 0:
            return False
        most = self.quotas.get(region) if region is not None else None
        return most is None or self.taken[region] < most


def places_of(plan: RegistrationPlan) -> Places:
    """Always three queries."""
    registrations = Registration.objects.of_meeting(plan.meeting)
    taken: Counter[int | None] = Counter(registrations.taking_a_place().values_list("region", flat=True))
    quotas = dict(plan.quotas.values_list("region", "most"))
    return Places(plan.capacity, taken, registrations.waiting().count(), quotas)


def place_in_queue(registration: Registration) -> int:
    """From 1, without gaps, whoever has left the queue before."""
    queue = Registration.objects.of_meeting(registration.meeting).waiting()
    return list(queue.values_list("pk", flat=True)).index(registration.pk) + 1


def plan_of(meeting: Meeting) -> RegistrationPlan | None:
    return RegistrationPlan.objects.filter(meeting=meeting).first()
