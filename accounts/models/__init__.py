from .audit import AuditEntry
from .consent import Consent
from .outbox import OutboxMail
from .saved_views import SavedView
from .users import User

__all__ = ["AuditEntry", "Consent", "OutboxMail", "SavedView", "User"]
