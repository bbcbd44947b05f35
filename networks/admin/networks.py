from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.admin.scoped import ScopedAdmin, ScopedInline, person_of
from accounts.audit import record
from accounts.models import User
from networks.forms.networks import CircleForm, NetworkForm
from networks.models import Agency, Circle, Competence, DirectoryVersion, Membership, Network, Region, TwinAgency

from .network_pages import invite_page, members_page, members_print_page


class TwinAgencyInline(ScopedInline):
    model = TwinAgency
    choices = {"region": lambda _person: Region.objects.all(), "agency": lambda _person: Agency.objects.all()}


class CircleInline(ScopedInline):
    model = Circle
    fields = ["name", "purpose", "order"]
    show_change_link = True


@admin.register(Network)
class NetworkAdmin(ScopedAdmin[Network]):
    list_display = ["short_name", "agency", "state_badge", "members", "requests", "join_policy", "as_of"]
    list_filter = ["state", "join_policy"]
    list_select_related = ["agency"]
    search_fields = ["name", "short_name", "topic"]
    ordering = ["short_name"]
    fieldsets = [
        (None, {"fields": ["name", "short_name", "state", "agency"]}),
        (_("Worum es geht"), {"fields": ["topic", "summary", "aims", "competences"]}),
        (_("Texte auf Englisch und Niederländisch"), {"fields": Network.WORDINGS, "classes": ["collapse"]}),
        (_("Aufnahme"), {"fields": ["join_policy", "how_to_join", "agreed"]}),
        (_("Mehr"), {"fields": ["carrier", "scientific_partner", "founded", "website", "as_of"]}),
    ]
    form = NetworkForm
    readonly_fields = ["agreed"]
    radio_fields = {"join_policy": admin.VERTICAL}
    inlines = [CircleInline]
    choices = {
        "agency": lambda person: Agency.objects.workplaces_of(person),
        "competences": lambda _person: Competence.objects.all(),
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Network]:
        members, requests = Membership.objects.active().per_network(), Membership.objects.waiting().per_network()
        return super().get_queryset(request).annotate(members_now=members, requests_now=requests)

    @admin.display(description=_("Mitglieder"), ordering="members_now")
    def members(self, obj: Any) -> int:
        return int(obj.members_now)

    @admin.display(description=_("Anfragen"), ordering="requests_now")
    def requests(self, obj: Any) -> int:
        return int(obj.requests_now)

    def get_urls(self) -> list[URLPattern]:
        pages = [
            ("mitglieder", members_page, "members"),
            ("mitglieder/druck", members_print_page, "members_print"),
            ("einladen", invite_page, "invite"),
        ]
        return [
            *(
                path(f"<path:object_id>/{word}/", self.admin_site.admin_view(page), name=f"networks_network_{name}")
                for word, page, name in pages
            ),
            *super().get_urls(),
        ]

    def view_on_site(self, obj: Network) -> str | None:
        return None if obj.state == Network.State.ARCHIVED else obj.get_absolute_url()

    def scope(self, person: User) -> QuerySet[Network]:
        return Network.objects.curated_by(person)

    @admin.display(description=_("Öffnungen"))
    def agreed(self, obj: Network) -> SafeString:
        """What was proposed and agreed, each with its page."""
        rows = [
            (reverse("admin:networks_opening_review", args=[one.pk]), one.region, one.get_state_display())
            for one in obj.openings.select_related("region").order_by("-proposed_at")
        ]
        return format_html_join("", '<p><a href="{}">{}</a>: {}</p>', rows)

    def get_inlines(self, request: HttpRequest, obj: Network | None) -> list[Any]:
        """Twins come by agreement; the operator corrects them."""
        return [TwinAgencyInline, CircleInline] if person_of(request).is_superuser else [CircleInline]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001  # Django's signature
        super().save_related(request, form, formsets, change)
        DirectoryVersion.bump()


@admin.register(Circle)
class CircleAdmin(ScopedAdmin[Circle]):
    """Who works in it; a new one is made at its network."""

    form = CircleForm
    list_display = ["name", "network", "order"]
    list_select_related = ["network"]
    search_fields = ["name", "network__short_name"]
    ordering = ["network__short_name", "order", "name"]

    def scope(self, person: User) -> QuerySet[Circle]:
        return Circle.objects.curated_by(person).select_related("network__agency")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001  # Django's signature
        super().save_related(request, form, formsets, change)
        DirectoryVersion.bump()
        record(by=person_of(request), verb="circle.changed", on=form.instance)
