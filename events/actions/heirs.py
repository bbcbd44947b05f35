"""What the meetings keep about a company, when it is merged into another entry."""

from events.models import Registration
from networks.models import Company


def move_registrations(old: Company, new: Company) -> None:
    Registration.objects.filter(company=old).update(company=new)
