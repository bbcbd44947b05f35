"""News and meetings; the pages of single ones have site-wide names in the portal."""

from django.urls import path

from events import feeds
from events.views import announcements, meetings, poll_answers, polls

app_name = "events"
urlpatterns = [
    path("mitteilungen/", announcements.announcement_list, name="announcement-list"),
    path("mitteilungen/feed/", feeds.announcement_feed, name="announcement-feed"),
    path("netzwerke/<slug:slug>/feed/", feeds.network_feed, name="network-feed"),
    path("wirtschaftsfoerderungen/<slug:slug>/feed/", feeds.agency_feed, name="agency-feed"),
    path("treffen/", meetings.meeting_list, name="meeting-list"),
    path("treffen/<slug:slug>/abstimmung/", polls.poll_new, name="poll-new"),
    path("abstimmungen/<int:pk>/", polls.poll, name="poll"),
    path("abstimmungen/<int:pk>/entscheiden/", polls.poll_decide, name="poll-decide"),
    path("abstimmungen/<int:pk>/erinnern/", polls.poll_remind, name="poll-remind"),
    path("abstimmungen/<int:pk>/zurueckziehen/", polls.poll_withdraw, name="poll-withdraw"),
    path("abstimmungen/<int:pk>/fragen/", polls.poll_ask, name="poll-ask"),
    path("abstimmungen/<int:pk>/gefragte/<int:participant>/", polls.poll_participant, name="poll-participant"),
    path("termin/<str:token>/", poll_answers.poll_answer, name="poll-answer"),
    path("termin/<str:token>/weitergeben/", poll_answers.poll_hand_on, name="poll-hand-on"),
]
