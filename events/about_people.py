"""What this app knows about people, and what becomes of it when they go."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.personal_data import Rows, found_by, register, register_free, register_quotes, register_traces
from events.actions.farewell import leave_meetings, leave_polls, leave_tasks
from events.models import (
    ActionItem,
    AgendaItem,
    Announcement,
    Blackout,
    CalendarFeed,
    DatePoll,
    DateProposal,
    Decision,
    HostSwap,
    Invitation,
    Meeting,
    MeetingMove,
    MeetingSeries,
    MinutesVersion,
    PlanningWindow,
    PollOption,
    PollParticipant,
    Registration,
    RegistrationPlan,
    SchoolCalendar,
    SchoolHoliday,
    SeriesMember,
)

DELETED = _("Wird gelöscht.")
REGISTERED = (
    "meeting",
    "name",
    "email",
    "organisation",
    "company",
    "region",
    "language",
    "state",
    "listed",
    "diet",
    "access",
    "answers",
    "created_at",
    "changed_at",
)


def _host_of(row: Any) -> str:
    return str(row.meeting.host)


ROWS = (
    Rows(
        Registration,
        _("Anmeldungen zu Treffen"),
        found_by(Registration, account="person", address="email", related=("meeting__host", "region", "company")),
        REGISTERED,
        _("Vor einem Treffen geben Sie Ihren Platz frei; danach bleibt nur die Zahl."),
        forget=leave_meetings,
        accounts=("person",),
        own=("name", "email", "organisation", "language", "diet", "access", "answers"),
        called="name",
        responsible=_host_of,
    ),
    Rows(
        Invitation,
        _("Einladungen zu Treffen"),
        found_by(Invitation, address="email", related=("meeting__host", "agency", "region")),
        ("meeting", "name", "email", "agency", "region", "language", "answer", "created_at", "answered_at"),
        DELETED,
        own=("name", "email", "language"),
        called="name",
        responsible=_host_of,
    ),
    Rows(
        PollParticipant,
        _("Terminabstimmungen"),
        found_by(PollParticipant, address="email", related=("poll__meeting__host", "agency", "region")),
        ("poll", "name", "email", "agency", "region", "language", "answered_at", "comment"),
        _("Laufende vergessen Sie; in entschiedenen bleiben die Stimmen ohne Namen."),
        forget=leave_polls,
        own=("name", "email", "language", "comment"),
        called="name",
        responsible=lambda row: str(row.poll.meeting.host),
    ),
    Rows(
        SeriesMember,
        _("Verteiler von Treffenreihen"),
        found_by(SeriesMember, account="person", address="email", related=("series", "agency", "region")),
        ("series", "name", "email", "agency", "region", "role"),
        DELETED,
        accounts=("person",),
        own=("name", "email", "role"),
        called="name",
    ),
    Rows(
        ActionItem,
        _("Aufgaben aus Treffen"),
        found_by(ActionItem, address="email", related=("meeting__host",)),
        ("meeting", "text", "owner", "email", "due", "state"),
        _("Die Aufgabe bleibt, ohne Ihren Namen."),
        forget=leave_tasks,
        own=("email",),
        called="owner",
        responsible=_host_of,
    ),
    Rows(
        CalendarFeed,
        _("Ihr Kalender"),
        found_by(CalendarFeed, account="person"),
        ("created_at",),
        DELETED,
        accounts=("person",),
        own=("token",),
    ),
)


def register_all() -> None:
    register(*ROWS)
    for model in (Registration, Invitation, PollParticipant):
        register_free(model, "a random key", "token")
    _planning()
    _meetings()
    for calendar in (SchoolCalendar, SchoolHoliday):
        register_free(calendar, "school holidays")


def _planning() -> None:
    register_quotes(DatePoll, "message", "decision_note")
    register_traces(DatePoll, created_by="created_at", decided_by="decided_at")
    for model in (PollOption, DateProposal):
        register_quotes(model, "why_anyway")
        register_free(model, "what the finder says of a day", "reasons")
    register_quotes(MeetingSeries, "purpose")
    register_free(MeetingSeries, "the name of a series and of functions", "name", "required_roles")
    register_free(PlanningWindow, "a time of the year", "name")
    register_quotes(HostSwap, "reason")
    register_traces(HostSwap, by="created_at")
    register_quotes(Blackout, "label")
    register_free(Blackout, "where a time comes from", "source", "uid")


def _meetings() -> None:
    register_quotes(Meeting, "title", "summary", "body", *Meeting.WORDINGS, "co_host_note", "state_note")
    register_free(Meeting, "a place", "venue", "street", "postcode", "city", "online_url")
    register_quotes(RegistrationPlan, "questions")
    register_traces(Invitation, invited_by="created_at")
    register_quotes(MeetingMove, "reason")
    register_traces(MeetingMove, by="at")
    register_quotes(AgendaItem, "title", "text", "presenter", "documents")
    register_quotes(MinutesVersion, "text")
    register_traces(MinutesVersion, by="at")
    register_quotes(Decision, "text")
    register_quotes(ActionItem, "text", "owner")
    register_quotes(Announcement, "title", "summary", "body", *Announcement.WORDINGS, "image_text")
    register_free(Announcement, "a random name", "image")
