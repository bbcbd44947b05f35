from . import announcements, calendars, meetings, series

__all__ = ["announcements", "calendars", "meetings", "series"]
