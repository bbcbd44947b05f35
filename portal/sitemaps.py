"""What search engines may know: public pages only, one map per kind."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from events.models import Announcement, Meeting
from networks.models import Agency, Company, District, Network, Region
from portal.pages_loader import SLUGS

# Generic for the type checker only.
if TYPE_CHECKING:
    AnySitemap = Sitemap[Any]
else:
    AnySitemap = Sitemap


class Multilingual(AnySitemap):
    """Each page once per language, with the addresses of the others beside it."""

    i18n = alternates = x_default = True


class Lists(Multilingual):
    def items(self) -> list[tuple[str, ...]]:
        names = ("home", "network-list", "networks:company-list", "agency-list")
        news = ("events:announcement-list", "events:meeting-list")
        return [*((name,) for name in (*names, *news)), *(("page", slug) for slug in SLUGS)]

    def location(self, item: tuple[str, ...]) -> str:
        return reverse(item[0], args=item[1:])


class Pages(Multilingual):
    """Single things of one kind."""

    limit = 10_000

    def __init__(self, rows: QuerySet[Any], changed: str = "") -> None:
        self.rows, self.changed = rows, changed

    def items(self) -> QuerySet[Any]:
        return self.rows.all()

    def lastmod(self, item: Any) -> datetime | None:
        return getattr(item, self.changed) if self.changed else None

    def get_latest_lastmod(self) -> None:
        """The index does not read every row for it."""


def site_maps() -> dict[str, type[AnySitemap] | AnySitemap]:
    """Made anew for each request: what counts as published depends on the time."""
    return {
        "seiten": Lists(),
        "unternehmen": Pages(Company.objects.published().order_by("pk").only("slug", "updated_at"), "updated_at"),
        "netzwerke": Pages(Network.objects.published().order_by("pk").only("slug")),
        "wirtschaftsfoerderungen": Pages(Agency.objects.order_by("pk").only("slug")),
        "regionen": Pages(Region.objects.order_by("pk").only("slug")),
        "kreise": Pages(District.objects.order_by("pk").only("slug")),
        "mitteilungen": Pages(Announcement.objects.published().order_by("pk").only("slug", "updated_at"), "updated_at"),
        "treffen": Pages(Meeting.objects.public().order_by("pk").only("slug", "updated_at"), "updated_at"),
    }
