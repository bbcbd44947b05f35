"""News and meetings; the pages of single ones have site-wide names in the portal."""

from django.urls import path

from events import feeds
from events.views import announcements, meetings

app_name = "events"
urlpatterns = [
    path("mitteilungen/", announcements.announcement_list, name="announcement-list"),
    path("mitteilungen/feed/", feeds.announcement_feed, name="announcement-feed"),
    path("netzwerke/<slug:slug>/feed/", feeds.network_feed, name="network-feed"),
    path("wirtschaftsfoerderungen/<slug:slug>/feed/", feeds.agency_feed, name="agency-feed"),
    path("treffen/", meetings.meeting_list, name="meeting-list"),
]
