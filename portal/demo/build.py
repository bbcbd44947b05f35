"""Fill an installation with invented data. Never beside other data, unless somebody says so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time

from django.apps import apps
from django.core.cache import caches
from django.core.management.color import no_style
from django.db import connection, transaction

from accounts.models import User
from events.models import Announcement, Meeting
from networks.models import Agency, Company, DirectoryVersion
from networks.reference import SHIPPED, load_reference
from portal.demo.agreements import Agreements
from portal.demo.chronicle import Chronicle
from portal.demo.companies import Inventor
from portal.demo.desk import equip, propose_merges
from portal.demo.gatherings import Gatherings
from portal.demo.memberships import Joining
from portal.demo.people import Crowd
from portal.demo.plan import LEAST
from portal.demo.requests import Requests
from portal.demo.scene import Scene, at
from portal.demo.series import Rhythm
from portal.models import SiteState

KEPT = {"portal", "contenttypes", "auth"}


class NotHere(Exception):
    """The demo does not belong into this database; the message says why."""


@dataclass(frozen=True)
class Wish:
    companies: int
    seed: int
    today: date
    force: bool = False


@transaction.atomic
def build(wish: Wish, progress: Callable[[str, int], None]) -> None:
    if wish.companies < LEAST:
        raise NotHere(f"At least {LEAST} companies are needed, so that every state occurs.")
    make_room(force=wish.force)
    load_reference(SHIPPED, at=at(wish.today, time(6)))
    SiteState.declare_demo()
    scene = Scene(wish.seed, wish.today)
    give_contacts()
    crowd = Crowd(scene)
    invented = Inventor(scene).create(wish.companies, lambda done: progress("companies", done))
    crowd.create(invented)
    agreements = Agreements(scene, crowd)
    agreements.create()
    Joining(scene, crowd).create(invented, lambda done: progress("memberships", done))
    agreements.fill_circles()
    Requests(scene, crowd).create(invented)
    equip(scene, crowd, invented)
    propose_merges(scene, crowd, invented)
    chronicle = Chronicle(scene)
    chronicle.meet()
    Rhythm(scene).create()
    Gatherings(scene, crowd).create()
    chronicle.announce()
    DirectoryVersion.bump()
    caches["pages"].clear()


def give_contacts() -> None:
    """Public mailboxes are not known; those of the demo lead nowhere."""
    for agency in Agency.objects.filter(contact_email=""):
        agency.contact_email = f"{agency.slug}@example.org"
        agency.save(update_fields=["contact_email"])


def make_room(*, force: bool) -> None:
    """An earlier demo makes room for a new one; anything else stays, and without `force` stays alone."""
    if SiteState.objects.filter(demo=True).exists():
        if strangers() and not force:
            raise NotHere(
                "Somebody signed up in this demo with an address of their own. --force deletes the demo and them."
            )
        clear()
    elif not force and any(model._default_manager.exists() for model in (User, Company, Meeting, Announcement)):
        raise NotHere(
            "This database holds data that is no demo. --force puts invented data beside it, all marked as invented."
        )


def strangers() -> bool:
    return User.objects.exclude(email__endswith="@example.org").exclude(email__endswith=".example.org").exists()


def clear() -> None:
    """Everything but the operator's pages; numbering starts anew, so that the same seed gives the same rows.

    The directory's version goes on: running processes would take an old number for what they already know.
    """
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label not in KEPT]
    tables = sorted(
        {model._meta.db_table for model in models if model._meta.managed} - {DirectoryVersion._meta.db_table}
    )
    for statement in connection.ops.sql_flush(no_style(), tables, reset_sequences=True, allow_cascade=True):
        with connection.cursor() as cursor:
            cursor.execute(statement)
