from . import announcements, meetings

__all__ = ["announcements", "meetings"]
