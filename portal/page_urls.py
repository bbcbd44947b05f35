"""Pages that show several apps, and the site's own files."""

from django.urls import path, re_path

from events.views import announcements, meetings
from portal.pages_loader import SLUGS
from portal.views import (
    agencies,
    companies,
    contact,
    gallery,
    health,
    home,
    mailbox,
    map,
    media,
    my_area,
    networks,
    outdated,
    pages,
    places,
    search,
    sharing,
    site_files,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("suche/", search.site_search, name="search"),
    path("karte/", map.map_page, name="map"),
    path("teilen/", sharing.share, name="share"),
    path("demo/bausteine/", gallery.gallery, name="gallery"),
    path("demo/postfach/", mailbox.mailbox, name="mailbox"),
    path("demo/postfach/<int:pk>/", mailbox.mail, name="mailbox-mail"),
    path("mein-bereich/", my_area.my_area, name="my-area"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("medien/<path:path>", media.media, name="media"),
    # The pages of single things.
    path("unternehmen/<slug:slug>/", companies.company, name="company"),
    path("netzwerke/", networks.network_list, name="network-list"),
    path("netzwerke/<slug:slug>/", networks.network, name="network"),
    path("wirtschaftsfoerderungen/", agencies.agency_list, name="agency-list"),
    path("wirtschaftsfoerderungen/<slug:slug>/", agencies.agency, name="agency"),
    path("wirtschaftsfoerderungen/<slug:slug>/kontakt/", contact.contact, name="agency-contact"),
    path("regionen/<slug:slug>/", places.region, name="region"),
    path("kreise/<slug:slug>/", places.district, name="district"),
    path("mitteilungen/<slug:slug>/", announcements.announcement, name="announcement"),
    path("treffen/<slug:slug>/", meetings.meeting, name="meeting"),
    path("hinweis/", outdated.outdated, name="outdated"),
    # What the operator writes, and what machines look for.
    re_path(rf"^(?P<slug>{'|'.join(SLUGS)})/$", pages.page, name="page"),
    path("sitemap.xml", site_files.sitemap_index, name="sitemap"),
    path("sitemap-<section>.xml", site_files.sitemap, name="sitemap-section"),
    path("robots.txt", site_files.robots, name="robots"),
    path(".well-known/security.txt", site_files.security, name="security"),
]
