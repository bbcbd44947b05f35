from .announcements import Announcement, AnnouncementSlug
from .meetings import Meeting

__all__ = ["Announcement", "AnnouncementSlug", "Meeting"]
