"""The log of verbs: append-only, without addresses, tokens or passwords."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.db.models.functions import Cast

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


def record_all(*, by: User | None, verb: str, on: Sequence[models.Model]) -> None:
    """The same of many things."""
    AuditEntry.objects.bulk_create(
        (
            AuditEntry(
                by=by, verb=verb, object_type=thing._meta.label_lower, object_id=str(thing.pk), label=str(thing)[:200]
            )
            for thing in on
        ),
        batch_size=500,
    )


def entries_about(*things: models.Model) -> models.QuerySet[AuditEntry]:
    """What was done to these things, the latest first."""
    mine = models.Q(pk=None)
    for thing in things:
        mine |= models.Q(object_type=thing._meta.label_lower, object_id=str(thing.pk))
    return AuditEntry.objects.filter(mine).select_related("by")


def entries_of(person: User, seen: Iterable[models.QuerySet[Any]]) -> models.QuerySet[AuditEntry]:
    """Entries about these rows; the operator reads all, about people's sign-ins too."""
    if person.is_superuser:
        return AuditEntry.objects.all()
    mine = models.Q(pk=None)
    for rows in seen:
        keys = rows.order_by().annotate(key=Cast("pk", models.CharField())).values("key")
        mine |= models.Q(object_type=rows.model._meta.label_lower, object_id__in=keys)
    return AuditEntry.objects.filter(mine)
