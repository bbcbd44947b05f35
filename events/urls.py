"""News and meetings; the pages of single ones have site-wide names in the portal."""

from django.urls import path

from events import feeds
from events.views import announcements, attendance, meetings, planning, poll_answers, polls, registrations

app_name = "events"
urlpatterns = [
    path("mitteilungen/", announcements.announcement_list, name="announcement-list"),
    path("mitteilungen/feed/", feeds.announcement_feed, name="announcement-feed"),
    path("netzwerke/<slug:slug>/feed/", feeds.network_feed, name="network-feed"),
    path("wirtschaftsfoerderungen/<slug:slug>/feed/", feeds.agency_feed, name="agency-feed"),
    path("treffen/", meetings.meeting_list, name="meeting-list"),
    path("treffen/planung/", planning.planning, name="planning"),
    path("treffen/reihen/<slug:slug>/", planning.series, name="series"),
    path("treffen/reihen/<slug:slug>/tausch/", planning.host_swap, name="host-swap"),
    path("treffen/<slug:slug>/abstimmung/", polls.poll_new, name="poll-new"),
    path("treffen/<slug:slug>/anmelden/", registrations.registration_new, name="registration-new"),
    path("treffen/<slug:slug>/plaetze/", attendance.registration_plan, name="registration-plan"),
    path("treffen/<slug:slug>/teilnahme/", attendance.attendance, name="attendance"),
    path("treffen/<slug:slug>/teilnahme/liste.csv", attendance.attendance_csv, name="attendance-csv"),
    path("treffen/<slug:slug>/teilnahme/abschliessen/", attendance.attendance_close, name="attendance-close"),
    path("treffen/<slug:slug>/teilnahme/<int:pk>/", attendance.check_in, name="check-in"),
    path("treffen/<slug:slug>/teilnahme/<int:pk>/absagen/", attendance.registration_remove, name="registration-remove"),
    path("anmeldung/<str:token>/", registrations.registration, name="registration"),
    path("anmeldung/<str:token>/bestaetigen/", registrations.registration_confirm, name="registration-confirm"),
    path("anmeldung/<str:token>/absagen/", registrations.registration_cancel, name="registration-cancel"),
    path("abstimmungen/<int:pk>/", polls.poll, name="poll"),
    path("abstimmungen/<int:pk>/entscheiden/", polls.poll_decide, name="poll-decide"),
    path("abstimmungen/<int:pk>/erinnern/", polls.poll_remind, name="poll-remind"),
    path("abstimmungen/<int:pk>/zurueckziehen/", polls.poll_withdraw, name="poll-withdraw"),
    path("abstimmungen/<int:pk>/fragen/", polls.poll_ask, name="poll-ask"),
    path("abstimmungen/<int:pk>/gefragte/<int:participant>/", polls.poll_participant, name="poll-participant"),
    path("termin/<str:token>/", poll_answers.poll_answer, name="poll-answer"),
    path("termin/<str:token>/weitergeben/", poll_answers.poll_hand_on, name="poll-hand-on"),
]
