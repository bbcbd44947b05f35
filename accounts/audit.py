"""The log of verbs: append-only, without addresses, tokens or passwords."""

from typing import Any

from django.db import models

from accounts.models import AuditEntry, User


def record(*, by: User | None, verb: str, on: models.Model | None = None, **data: Any) -> AuditEntry:
    return AuditEntry.objects.create(
        by=by,
        verb=verb,
        object_type=on._meta.label_lower if on is not None else "",
        object_id=str(on.pk) if on is not None else "",
        label=str(on)[:200] if on is not None else "",
        data=data,
    )


def entries_about(*things: models.Model) -> models.QuerySet[AuditEntry]:
    """What was done to these things, the latest first."""
    mine = models.Q(pk=None)
    for thing in things:
        mine |= models.Q(object_type=thing._meta.label_lower, object_id=str(thing.pk))
    return AuditEntry.objects.filter(mine).select_related("by")
