from .agenda import ActionItem, AgendaItem, Decision, MinutesVersion
from .announcements import Announcement, AnnouncementSlug
from .calendars import Blackout, SchoolCalendar, SchoolHoliday
from .invitations import CalendarFeed, Invitation
from .meeting_traces import MeetingMove, MeetingSlug
from .meetings import Meeting
from .polls import DatePoll, PollAnswer, PollOption, PollParticipant
from .proposals import DateProposal
from .registrations import RegionQuota, Registration, RegistrationPlan
from .rhythm import HostSwap, PlanningTask, PlanningWindow
from .series import MeetingSeries, SeriesAgency, SeriesMember, SeriesRegion

__all__ = [
    "ActionItem",
    "AgendaItem",
    "Announcement",
    "AnnouncementSlug",
    "Blackout",
    "CalendarFeed",
    "DatePoll",
    "DateProposal",
    "Decision",
    "HostSwap",
    "Invitation",
    "Meeting",
    "MeetingMove",
    "MeetingSeries",
    "MeetingSlug",
    "MinutesVersion",
    "PlanningTask",
    "PlanningWindow",
    "PollAnswer",
    "PollOption",
    "PollParticipant",
    "RegionQuota",
    "Registration",
    "RegistrationPlan",
    "SchoolCalendar",
    "SchoolHoliday",
    "SeriesAgency",
    "SeriesMember",
    "SeriesRegion",
]
