"""What waits at the desk of those who meet."""

from django.utils.translation import gettext_lazy as _

from events.models import PlanningTask
from networks.waiting import Kind

PLAN_A_MEETING = Kind(
    "plan-meetings",
    _("Treffen: Termin finden"),
    _("Termin finden"),
    "created_at",
    lambda person: PlanningTask.objects.visible_to(person).open().oldest_first(),
    reminds=False,
    page=PlanningTask.get_absolute_url,
)
