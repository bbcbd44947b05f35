from .announcements import Announcement, AnnouncementSlug
from .calendars import Blackout, SchoolCalendar, SchoolHoliday
from .meetings import Meeting
from .proposals import DateProposal
from .rhythm import HostSwap, PlanningTask, PlanningWindow
from .series import MeetingSeries, SeriesAgency, SeriesMember, SeriesRegion

__all__ = [
    "Announcement",
    "AnnouncementSlug",
    "Blackout",
    "DateProposal",
    "HostSwap",
    "Meeting",
    "MeetingSeries",
    "PlanningTask",
    "PlanningWindow",
    "SchoolCalendar",
    "SchoolHoliday",
    "SeriesAgency",
    "SeriesMember",
    "SeriesRegion",
]
