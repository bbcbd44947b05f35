from .announcements import Announcement, AnnouncementSlug
from .calendars import Blackout, SchoolCalendar, SchoolHoliday
from .meetings import Meeting
from .polls import DatePoll, PollAnswer, PollOption, PollParticipant
from .proposals import DateProposal
from .registrations import RegionQuota, Registration, RegistrationPlan
from .rhythm import HostSwap, PlanningTask, PlanningWindow
from .series import MeetingSeries, SeriesAgency, SeriesMember, SeriesRegion

__all__ = [
    "Announcement",
    "AnnouncementSlug",
    "Blackout",
    "DatePoll",
    "DateProposal",
    "HostSwap",
    "Meeting",
    "MeetingSeries",
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
