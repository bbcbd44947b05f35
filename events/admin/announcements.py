from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from imagekit.models import ProcessedImageField

from accounts.admin.scoped import ScopedAdmin, person_of
from accounts.models import User
from events.actions import announcements as actions
from events.models import Announcement, AnnouncementSlug, Meeting
from networks.admin.bulk import BulkAdmin, picked
from networks.admin.reviews import Decision
from networks.forms.images import PictureField
from networks.models import Agency, Network

from .written import WrittenByStaff

DECISIONS: tuple[Decision[Announcement], ...] = (
    Decision(
        "publish",
        _("Jetzt veröffentlichen"),
        lambda announcement, by, _text: actions.publish_announcement(announcement, by=by),
        lambda announcement: not announcement.is_public,
        tone="good",
        hint=_("Die Mitteilung ist sofort öffentlich und steht in den Feeds."),
    ),
    Decision(
        "schedule",
        _("Zum eingetragenen Zeitpunkt veröffentlichen"),
        lambda announcement, by, _text: actions.schedule_announcement(announcement, announcement.publish_at, by=by),
        lambda announcement: announcement.state == Announcement.State.DRAFT,
        tone="ghost",
        hint=_("Den Zeitpunkt tragen Sie beim Bearbeiten unter „öffentlich ab“ ein."),
    ),
    Decision(
        "unschedule",
        _("Planung aufheben"),
        lambda announcement, by, _text: actions.take_back_announcement(announcement, by=by),
        lambda announcement: announcement.state == Announcement.State.SCHEDULED and not announcement.is_public,
        tone="bad",
        hint=_("Die Mitteilung ist dann wieder ein Entwurf und erscheint nicht von selbst."),
    ),
    Decision(
        "take_back",
        _("Wieder zum Entwurf machen"),
        lambda announcement, by, _text: actions.take_back_announcement(announcement, by=by),
        lambda announcement: announcement.is_public,
        tone="bad",
        hint=_("Sie verschwindet sofort aus Listen und Feeds."),
    ),
)


@admin.register(Announcement)
class AnnouncementAdmin(WrittenByStaff[Announcement], BulkAdmin[Announcement]):
    """Drafts are seen by the agency at their address: the preview."""

    class Media:
        js = (Script("js/focus.js", type="module"),)

    decisions = DECISIONS
    bulk = picked(DECISIONS, "publish", "schedule", "take_back")
    review_template = "admin/events/announcement/review.html"
    readonly_fields = ["stage"]
    radio_fields = {"agency": admin.VERTICAL, "image_focus": admin.HORIZONTAL}
    formfield_overrides = {**ScopedAdmin.formfield_overrides, ProcessedImageField: {"form_class": PictureField}}

    list_display = ["title", "agency", "stage", "publish_at", "updated_at"]
    list_filter = ["state"]
    list_select_related = ["agency"]
    search_fields = ["title", "summary"]
    date_hierarchy = "publish_at"
    ordering = ["-publish_at", "-pk"]
    fieldsets = [
        (None, {"fields": ["title", "summary", "body", "agency"]}),
        (_("Texte auf Englisch und Niederländisch"), {"fields": Announcement.WORDINGS, "classes": ["collapse"]}),
        (_("Veröffentlichen"), {"fields": ["stage", "publish_at"]}),
        (_("Dazu gehört"), {"fields": ["networks", "meeting"]}),
        (_("Bild"), {"fields": ["image", "image_focus", "image_text"]}),
    ]
    choices = {
        "agency": lambda person: Agency.objects.workplaces_of(person),
        "networks": lambda person: Network.objects.on_the_desk_of(person),
        "meeting": lambda person: Meeting.objects.visible_to(person),
    }

    def taken(self, slug: str) -> bool:
        """The feed lives beside the announcements."""
        former = AnnouncementSlug.objects.filter(slug=slug)
        return slug == "feed" or former.exists() or Announcement.objects.filter(slug=slug).exists()

    def save_model(self, request: HttpRequest, obj: Announcement, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's signature
        super().save_model(request, obj, form, change)
        if {"image", "image_focus"} & set(form.changed_data):
            before = form.initial.get("image")
            former = (before.name if before else "", form.initial.get("image_focus", ""))
            actions.fit_image(obj, former=former)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Who works for one agency speaks for it."""
        mine = Agency.objects.of_staff(person_of(request)).first()
        return {"agency": mine.pk if mine else None, **super().get_changeform_initial_data(request)}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "agency":
            kwargs["label"] = _("Es spricht")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("Stand"), ordering="state")
    def stage(self, obj: Announcement) -> str:
        """What was planned and has appeared is public."""
        return str(Announcement.State.PUBLISHED.label) if obj.is_public else obj.get_state_display()

    def scope(self, person: User) -> QuerySet[Announcement]:
        return Announcement.objects.curated_by(person).select_related("agency")

    def waiting(self, person: User) -> QuerySet[Announcement]:
        """Drafts do not wait for anybody: after a decision comes the desk."""
        return Announcement.objects.none()

    def review_context(self, obj: Announcement, person: User) -> dict[str, Any]:
        return {}
