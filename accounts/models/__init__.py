from .audit import AuditEntry
from .consent import Consent
from .outbox import OutboxMail
from .users import User

__all__ = ["AuditEntry", "Consent", "OutboxMail", "User"]
