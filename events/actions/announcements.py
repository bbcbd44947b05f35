"""The life of an announcement: written, scheduled, published, taken back. Its address stays valid for ever."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.errors import ActionRefused
from accounts.models import User
from events import pictures
from events.models import Announcement, AnnouncementSlug
from networks.models import Network
from networks.slugs import slug_for

State = Announcement.State
# Lists and feeds live beside the announcements.
RESERVED = {"feed"}


def _lock(announcement: Announcement) -> Announcement:
    return Announcement.objects.select_for_update().get(pk=announcement.pk)


def _is_taken(slug: str) -> bool:
    if slug in RESERVED or Announcement.objects.filter(slug=slug).exists():
        return True
    return AnnouncementSlug.objects.filter(slug=slug).exists()


@transaction.atomic
def write_announcement(values: Mapping[str, Any], *, by: User, networks: Iterable[Network] = ()) -> Announcement:
    """A new draft."""
    announcement = Announcement.objects.create(**values, slug=slug_for(values["title"], _is_taken), state=State.DRAFT)
    announcement.networks.set(networks)
    record(by=by, verb="announcement.written", on=announcement)
    return announcement


@transaction.atomic
def rename_announcement(announcement: Announcement, slug: str, *, by: User) -> Announcement:
    """The old address leads to the new one."""
    locked = _lock(announcement)
    if slug == locked.slug:
        return locked
    AnnouncementSlug.objects.filter(slug=slug, announcement=locked).delete()
    if _is_taken(slug):
        raise ActionRefused(_("Diese Adresse ist schon vergeben."))
    before, locked.slug = locked.slug, slug
    locked.save(update_fields=["slug"])
    AnnouncementSlug.objects.create(slug=before, announcement=locked)
    record(by=by, verb="announcement.renamed", on=locked, before=before)
    return locked


@transaction.atomic
def publish_announcement(announcement: Announcement, *, by: User) -> Announcement:
    """Now."""
    locked = _lock(announcement)
    if locked.is_public:
        raise ActionRefused(_("Diese Mitteilung ist schon öffentlich."))
    return _set_state(locked, State.PUBLISHED, timezone.now(), by=by)


@transaction.atomic
def schedule_announcement(announcement: Announcement, at: datetime, *, by: User) -> Announcement:
    """It appears by itself when its time has come."""
    locked = _lock(announcement)
    if locked.is_public:
        raise ActionRefused(_("Diese Mitteilung ist schon öffentlich."))
    if at <= timezone.now():
        raise ActionRefused(_("Bitte einen Zeitpunkt in der Zukunft wählen."))
    return _set_state(locked, State.SCHEDULED, at, by=by)


@transaction.atomic
def take_back_announcement(announcement: Announcement, *, by: User) -> Announcement:
    """A draft again: gone from lists and feeds."""
    locked = _lock(announcement)
    if locked.state == State.DRAFT:
        raise ActionRefused(_("Diese Mitteilung ist schon ein Entwurf."))
    return _set_state(locked, State.DRAFT, locked.publish_at, by=by)


def _set_state(announcement: Announcement, state: str, at: datetime, *, by: User) -> Announcement:
    announcement.state, announcement.publish_at, announcement.updated_at = state, at, timezone.now()
    announcement.save(update_fields=["state", "publish_at", "updated_at"])
    record(by=by, verb=f"announcement.{state}", on=announcement, at=at.isoformat())
    return announcement


def fit_image(announcement: Announcement, *, former: tuple[str, str]) -> None:
    """Cut the picture for the pages; what it was before (name and focus) leaves no file behind."""
    storage, now = announcement.image.storage, (announcement.image.name or "", announcement.image_focus)
    if now[0]:
        pictures.cut(storage, *now)
    if former[0] and former != now:
        transaction.on_commit(partial(pictures.forget, storage, *former))
    if former[0] and former[0] != now[0]:
        transaction.on_commit(partial(storage.delete, former[0]))
