"""The life of a company's entry: submitted, decided, edited, moved, hidden, archived."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.errors import ActionRefused
from accounts.models import User
from networks.duplicates import name_key, website_domain
from networks.indexing import reindex
from networks.life_cycle import require_step
from networks.mails import companies as mails
from networks.models import Agency, Company, CompanyImage, CompanyMember, CompanySlug, DirectoryVersion
from networks.slugs import slug_for

State = Company.State
MOST_IMAGES = 12
TEXTS = ("name", "legal_form", "summary", "description", "website", *Company.WORDINGS)
Values = Mapping[str, Any]


def _lock(company: Company) -> Company:
    return Company.objects.with_place().select_for_update(of=("self",)).get(pk=company.pk)


def _is_taken(slug: str, company: Company | None = None) -> bool:
    """Used by another company, now or before; its own former addresses a company may take again."""
    mine = company.pk if company else None
    now = Company.objects.filter(slug=slug).exclude(pk__in=[mine])
    before = CompanySlug.objects.filter(slug=slug).exclude(company__in=[mine])
    return now.exists() or before.exists()


def _write(company: Company, values: Values) -> None:
    """Take over what a form says, and everything that follows from it."""
    competences = values.get("competences")
    for name, value in values.items():
        if name != "competences":
            setattr(company, name, value)
    company.name_key = name_key(company.name)
    company.website_domain = website_domain(company.website)
    company.updated_at = timezone.now()
    company.save()
    if competences is not None:
        company.competences.set(competences)
    reindex(company)


@transaction.atomic
def submit_company(values: Values, *, by: User) -> Company:
    """Enter a company; its home agency is told and decides. The applicant becomes its owner."""
    User.objects.select_for_update().get(pk=by.pk)  # a double click waits here, and finds the first one
    if Company.objects.of_person(by).waiting().filter(name=values["name"]).exists():
        raise ActionRefused(_("Diesen Antrag haben Sie schon eingereicht. Sie finden ihn in „Mein Bereich“."))
    company = Company(slug=slug_for(values["name"], _is_taken), state=State.PENDING)
    _write(company, values)
    CompanyMember.objects.create(company=company, person=by, role=CompanyMember.Role.OWNER)
    record(by=by, verb="company.submitted", on=company)
    mails.submitted(company)
    return company


@transaction.atomic
def edit_company(company: Company, values: Values, *, by: User) -> Company:
    """Change what the company says. A new name brings a new address, a new place perhaps a new home agency."""
    locked = _lock(company)
    old_slug, old_name, old_home = locked.slug, locked.name, locked.home_agency
    _note_unchecked(locked, values, by=by)
    if values.get("name", old_name) != old_name:
        locked.slug = slug_for(values["name"], lambda slug: _is_taken(slug, locked))
    _write(locked, values)
    if locked.slug != old_slug:
        CompanySlug.objects.filter(slug=locked.slug).delete()
        CompanySlug.objects.get_or_create(slug=old_slug, defaults={"company": locked})
        record(by=by, verb="company.renamed", on=locked, before=old_name)
    _tell_of_move(locked, old_home, by=by)
    return locked


def _note_unchecked(company: Company, values: Values, *, by: User) -> None:
    """Who looks after the company reads what others write into it; what staff write is read."""
    if Company.objects.curated_by(by).among([company]).exists():
        company.unchecked_since = None
    elif any(values.get(name, getattr(company, name)) != getattr(company, name) for name in TEXTS):
        company.unchecked_since = company.unchecked_since or timezone.now()


@transaction.atomic
def check_texts(company: Company, *, by: User) -> Company:
    """Read, and nothing to say against it."""
    locked = _lock(company)
    if locked.unchecked_since is None:
        raise ActionRefused(_("Das hat schon jemand geprüft."))
    locked.unchecked_since = None
    locked.save(update_fields=["unchecked_since"])
    record(by=by, verb="company.texts_checked", on=locked)
    return locked


def _tell_of_move(company: Company, old_home: Agency | None, *, by: User) -> None:
    new_home = company.home_agency
    if new_home == old_home:
        return
    record(by=by, verb="company.moved", on=company, before=str(old_home), after=str(new_home))
    mails.moved(company, old_home, new_home)


def _step(company: Company, target: str, *, by: User, note: str = "") -> Company:
    """One step of the life cycle; the directory changes when the public sees more or less."""
    locked = _lock(company)
    require_step(locked, target)
    was_public = locked.state == State.PUBLISHED
    locked.state, locked.decision_note = target, note
    fields = ["state", "decision_note"]
    if target == State.PUBLISHED:
        locked.published_at = locked.published_at or timezone.now()
        locked.unchecked_since = None
        fields += ["published_at", "unchecked_since"]
    if target in {State.PUBLISHED, State.DECLINED, State.CHANGES_REQUESTED}:
        locked.decided_at = timezone.now()
        fields.append("decided_at")
    if target == State.PENDING:
        locked.submitted_at = timezone.now()
        fields.append("submitted_at")
    locked.save(update_fields=fields)
    if was_public or target == State.PUBLISHED:
        DirectoryVersion.bump()
    record(by=by, verb=f"company.{target}", on=locked, note=note)
    return locked


@transaction.atomic
def resubmit_company(company: Company, *, by: User) -> Company:
    """Asked back and answered, declined or withdrawn and tried again: it waits for the agency."""
    company = _step(company, State.PENDING, by=by)
    mails.submitted(company)
    return company


@transaction.atomic
def withdraw_company(company: Company, *, by: User) -> Company:
    company = _step(company, State.WITHDRAWN, by=by)
    mails.withdrawn(company)
    return company


@transaction.atomic
def approve_company(company: Company, *, by: User) -> Company:
    company = _step(_from(company, State.PENDING), State.PUBLISHED, by=by)
    mails.approved(company)
    return company


@transaction.atomic
def ask_back_company(company: Company, *, by: User, message: str) -> Company:
    company = _step(company, State.CHANGES_REQUESTED, by=by, note=message)
    mails.asked_back(company)
    return company


@transaction.atomic
def decline_company(company: Company, *, by: User, reason: str) -> Company:
    company = _step(company, State.DECLINED, by=by, note=reason)
    mails.declined(company)
    return company


@transaction.atomic
def hide_company(company: Company, *, by: User, reason: str) -> Company:
    company = _step(company, State.HIDDEN, by=by, note=reason)
    mails.hidden(company)
    return company


@transaction.atomic
def show_company(company: Company, *, by: User) -> Company:
    """A hidden company is public again."""
    company = _step(_from(company, State.HIDDEN), State.PUBLISHED, by=by)
    mails.shown_again(company)
    return company


@transaction.atomic
def archive_company(company: Company, *, by: User, reason: str) -> Company:
    company = _step(company, State.ARCHIVED, by=by, note=reason)
    mails.archived(company)
    return company


@transaction.atomic
def restore_company(company: Company, *, by: User) -> Company:
    """Back from the archive."""
    company = _step(_from(company, State.ARCHIVED), State.PUBLISHED, by=by)
    mails.restored(company)
    return company


def _from(company: Company, state: str) -> Company:
    locked = _lock(company)
    if locked.state != state:
        raise ActionRefused(
            _("Das geht nicht mehr: Inzwischen hat sich der Stand geändert. Bitte sehen Sie noch einmal nach.")
        )
    return locked


@transaction.atomic
def change_logo(company: Company, logo: Any, *, by: User) -> Company:
    """A new logo, or none (False). The file of the one before goes when that is certain."""
    locked = _lock(company)
    if locked.logo:
        transaction.on_commit(partial(locked.logo.storage.delete, locked.logo.name))
    locked.logo = logo or ""
    locked.save(update_fields=["logo"])
    DirectoryVersion.bump()
    record(by=by, verb="company.changed_logo", on=locked)
    return locked


@transaction.atomic
def add_image(company: Company, image: CompanyImage, *, by: User) -> CompanyImage:
    _lock(company)
    if CompanyImage.objects.filter(company=company).count() >= MOST_IMAGES:
        raise ActionRefused(_("Mehr als zwölf Bilder zeigt eine Seite nicht. Bitte löschen Sie zuerst eines."))
    image.company = company
    image.save()
    record(by=by, verb="company.added_image", on=company)
    return image


@transaction.atomic
def remove_image(image: CompanyImage, *, by: User) -> None:
    record(by=by, verb="company.removed_image", on=image.company)
    transaction.on_commit(partial(image.image.storage.delete, image.image.name))
    image.delete()
