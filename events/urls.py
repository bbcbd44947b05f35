"""News and meetings; the pages of single ones have site-wide names in the portal."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from events import feeds
from events.views import (
    agenda,
    announcements,
    attendance,
    calendars,
    decisions,
    invitations,
    meeting_steps,
    meetings,
    planning,
    poll_answers,
    polls,
    registrations,
)

app_name = "events"
urlpatterns = [
    path(pgettext_lazy("address", "mitteilungen/"), announcements.announcement_list, name="announcement-list"),
    path(pgettext_lazy("address", "mitteilungen/feed/"), feeds.announcement_feed, name="announcement-feed"),
    path(pgettext_lazy("address", "netzwerke/<slug:slug>/feed/"), feeds.network_feed, name="network-feed"),
    path(pgettext_lazy("address", "wirtschaftsfoerderungen/<slug:slug>/feed/"), feeds.agency_feed, name="agency-feed"),
    path(pgettext_lazy("address", "treffen/"), meetings.meeting_list, name="meeting-list"),
    path(pgettext_lazy("address", "treffen/planung/"), planning.planning, name="planning"),
    path(pgettext_lazy("address", "treffen/reihen/<slug:slug>/"), planning.series, name="series"),
    path(pgettext_lazy("address", "treffen/reihen/<slug:slug>/tausch/"), planning.host_swap, name="host-swap"),
    path(pgettext_lazy("address", "treffen/<slug:slug>/abstimmung/"), polls.poll_new, name="poll-new"),
    path(pgettext_lazy("address", "treffen/kalender.ics"), calendars.public_meetings, name="calendar"),
    path(pgettext_lazy("address", "treffen/<slug:slug>.ics"), calendars.single_meeting, name="meeting-calendar"),
    path(
        pgettext_lazy("address", "netzwerke/<slug:slug>/kalender.ics"),
        calendars.network_meetings,
        name="network-calendar",
    ),
    path(
        pgettext_lazy("address", "wirtschaftsfoerderungen/<slug:slug>/kalender.ics"),
        calendars.agency_meetings,
        name="agency-calendar",
    ),
    path(pgettext_lazy("address", "mein-bereich/kalender/"), calendars.my_calendar, name="my-calendar"),
    path(pgettext_lazy("address", "kalender/<str:token>.ics"), calendars.personal_meetings, name="personal-calendar"),
    path(
        pgettext_lazy("address", "treffen/<slug:slug>/festlegen/"),
        meeting_steps.meeting_schedule,
        name="meeting-schedule",
    ),
    path(
        pgettext_lazy("address", "treffen/<slug:slug>/ankuendigen/"),
        meeting_steps.meeting_announce,
        name="meeting-announce",
    ),
    path(
        pgettext_lazy("address", "treffen/<slug:slug>/stattgefunden/"), meeting_steps.meeting_hold, name="meeting-hold"
    ),
    path(pgettext_lazy("address", "treffen/<slug:slug>/absagen/"), meeting_steps.meeting_cancel, name="meeting-cancel"),
    path(
        pgettext_lazy("address", "treffen/<slug:slug>/verschieben/"),
        meeting_steps.meeting_postpone,
        name="meeting-postpone",
    ),
    path(
        pgettext_lazy("address", "treffen/<slug:slug>/einladen/"), meeting_steps.meeting_invite, name="meeting-invite"
    ),
    path(pgettext_lazy("address", "treffen/<slug:slug>/mitgastgeberin/"), meeting_steps.co_host, name="co-host"),
    path(pgettext_lazy("address", "antwort/<str:token>/"), invitations.invitation, name="invitation"),
    path(pgettext_lazy("address", "treffen/beschluesse/"), decisions.decision_list, name="decision-list"),
    path(pgettext_lazy("address", "treffen/aufgaben/"), decisions.task_list, name="task-list"),
    path(pgettext_lazy("address", "treffen/aufgaben/<int:pk>/"), decisions.task_step, name="task-step"),
    path(pgettext_lazy("address", "treffen/<slug:slug>/tagesordnung/"), agenda.agenda, name="agenda"),
    path(
        pgettext_lazy("address", "treffen/<slug:slug>/tagesordnung/uebernehmen/"),
        agenda.agenda_carry,
        name="agenda-carry",
    ),
    path(
        pgettext_lazy("address", "treffen/<slug:slug>/tagesordnung/<int:pk>/"), agenda.agenda_item, name="agenda-item"
    ),
    path(
        pgettext_lazy("address", "treffen/<slug:slug>/tagesordnung/<int:pk>/platz/"),
        agenda.agenda_move,
        name="agenda-move",
    ),
    path(
        pgettext_lazy("address", "treffen/<slug:slug>/tagesordnung/<int:pk>/protokoll/"), agenda.minutes, name="minutes"
    ),
    path(pgettext_lazy("address", "treffen/<slug:slug>/bericht/"), agenda.meeting_report, name="meeting-report"),
    path(pgettext_lazy("address", "treffen/<slug:slug>/beschluesse/neu/"), decisions.decision_new, name="decision-new"),
    path(pgettext_lazy("address", "treffen/<slug:slug>/aufgaben/neu/"), decisions.task_new, name="task-new"),
    path(
        pgettext_lazy("address", "treffen/<slug:slug>/anmelden/"),
        registrations.registration_new,
        name="registration-new",
    ),
    path(
        pgettext_lazy("address", "treffen/<slug:slug>/plaetze/"), attendance.registration_plan, name="registration-plan"
    ),
    path(pgettext_lazy("address", "treffen/<slug:slug>/teilnahme/"), attendance.attendance, name="attendance"),
    path(
        pgettext_lazy("address", "treffen/<slug:slug>/teilnahme/liste.csv"),
        attendance.attendance_csv,
        name="attendance-csv",
    ),
    path(
        pgettext_lazy("address", "treffen/<slug:slug>/teilnahme/abschliessen/"),
        attendance.attendance_close,
        name="attendance-close",
    ),
    path(pgettext_lazy("address", "treffen/<slug:slug>/teilnahme/<int:pk>/"), attendance.check_in, name="check-in"),
    path(
        pgettext_lazy("address", "treffen/<slug:slug>/teilnahme/<int:pk>/absagen/"),
        attendance.registration_remove,
        name="registration-remove",
    ),
    path(pgettext_lazy("address", "anmeldung/<str:token>/"), registrations.registration, name="registration"),
    path(
        pgettext_lazy("address", "anmeldung/<str:token>/bestaetigen/"),
        registrations.registration_confirm,
        name="registration-confirm",
    ),
    path(
        pgettext_lazy("address", "anmeldung/<str:token>/absagen/"),
        registrations.registration_cancel,
        name="registration-cancel",
    ),
    path(pgettext_lazy("address", "abstimmungen/<int:pk>/"), polls.poll, name="poll"),
    path(pgettext_lazy("address", "abstimmungen/<int:pk>/entscheiden/"), polls.poll_decide, name="poll-decide"),
    path(pgettext_lazy("address", "abstimmungen/<int:pk>/erinnern/"), polls.poll_remind, name="poll-remind"),
    path(pgettext_lazy("address", "abstimmungen/<int:pk>/zurueckziehen/"), polls.poll_withdraw, name="poll-withdraw"),
    path(pgettext_lazy("address", "abstimmungen/<int:pk>/fragen/"), polls.poll_ask, name="poll-ask"),
    path(
        pgettext_lazy("address", "abstimmungen/<int:pk>/gefragte/<int:participant>/"),
        polls.poll_participant,
        name="poll-participant",
    ),
    path(pgettext_lazy("address", "termin/<str:token>/"), poll_answers.poll_answer, name="poll-answer"),
    path(pgettext_lazy("address", "termin/<str:token>/weitergeben/"), poll_answers.poll_hand_on, name="poll-hand-on"),
]
