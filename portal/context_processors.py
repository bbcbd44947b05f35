from django.conf import settings
from django.http import HttpRequest

from networks.models import Region
from portal.models import SiteState


def site(request: HttpRequest) -> dict[str, object]:
    """What base.html says on every page; both lookups are kept in the process."""
    return {
        "SITE_NAME": "Brückenschlag",
        "BASE_URL": settings.BASE_URL,
        "DEMO": SiteState.is_demo,
        "REGIONS": Region.in_order,
    }
