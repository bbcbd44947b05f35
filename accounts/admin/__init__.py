from .people import AuditEntryAdmin, OutboxMailAdmin, UserAdmin

__all__ = ["AuditEntryAdmin", "OutboxMailAdmin", "UserAdmin"]
