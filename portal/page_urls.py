"""Pages that show several apps; in German at the root, in other languages below their code."""

from django.urls import path, register_converter
from django.utils.translation import pgettext_lazy

from events.views import announcements, meetings
from portal.pages_loader import PageWord
from portal.views import (
    agencies,
    barriers,
    companies,
    contact,
    home,
    map,
    my_area,
    networks,
    outdated,
    pages,
    places,
    search,
    sharing,
)

register_converter(PageWord, "page")
urlpatterns = [
    path("", home.home, name="home"),
    path(pgettext_lazy("address", "suche/"), search.site_search, name="search"),
    path(pgettext_lazy("address", "karte/"), map.map_page, name="map"),
    path(pgettext_lazy("address", "teilen/"), sharing.share, name="share"),
    path(pgettext_lazy("address", "mein-bereich/"), my_area.my_area, name="my-area"),
    # The pages of single things.
    path(pgettext_lazy("address", "unternehmen/<slug:slug>/"), companies.company, name="company"),
    path(pgettext_lazy("address", "netzwerke/"), networks.network_list, name="network-list"),
    path(pgettext_lazy("address", "netzwerke/<slug:slug>/"), networks.network, name="network"),
    path(pgettext_lazy("address", "wirtschaftsfoerderungen/"), agencies.agency_list, name="agency-list"),
    path(pgettext_lazy("address", "wirtschaftsfoerderungen/<slug:slug>/"), agencies.agency, name="agency"),
    path(
        pgettext_lazy("address", "wirtschaftsfoerderungen/<slug:slug>/kontakt/"), contact.contact, name="agency-contact"
    ),
    path(pgettext_lazy("address", "regionen/<slug:slug>/"), places.region, name="region"),
    path(pgettext_lazy("address", "kreise/<slug:slug>/"), places.district, name="district"),
    path(pgettext_lazy("address", "mitteilungen/<slug:slug>/"), announcements.announcement, name="announcement"),
    path(pgettext_lazy("address", "treffen/<slug:slug>/"), meetings.meeting, name="meeting"),
    path(pgettext_lazy("address", "hinweis/"), outdated.outdated, name="outdated"),
    path(pgettext_lazy("address", "barriere-melden/"), barriers.barrier, name="barrier"),
    # What the operator writes.
    path("<page:slug>/", pages.page, name="page"),
]
