"""The list of companies: what a curator sees of each, how she narrows it, and what leaves as a file."""

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin.scoped import ScopedAdmin
from networks.completeness import completeness
from networks.models import Company, Competence, Membership
from networks.working_days import age_in_words

from .queues import QueueFilter

if TYPE_CHECKING:
    from networks.models.companies import CompanyQuerySet

    Base = ScopedAdmin[Company]
else:
    Base = object


class OwnerFilter(admin.SimpleListFilter):
    """For whom nobody speaks: the agency names somebody."""

    title = _("verantwortliche Person")
    parameter_name = "verantwortlich"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("niemand", _("ohne verantwortliche Person"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Company]) -> QuerySet[Company]:
        return cast("CompanyQuerySet", queryset).without_owner() if self.value() == "niemand" else queryset


LONG = ("search_text", "municipality__district__path")  # what no row of the list shows


class CompanyList(Base):
    list_display = [
        *("name", "place_name", "state_badge", "home_name", "filled", "in_networks", "waiting_since", "touched"),
    ]
    list_filter = [QueueFilter, "state", OwnerFilter, "size"]
    search_fields = ["name", "legal_form", "postcode", "website_domain"]
    date_hierarchy = "updated_at"
    ordering = ["name_sort", "pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Company]:
        memberships = Membership.objects.active().per_company()
        rows = super().get_queryset(request).defer(*LONG)
        return rows.annotate(networks_joined=memberships, competences_chosen=Competence.objects.per_company())

    @admin.display(description=_("Ort"), ordering="municipality__name")
    def place_name(self, obj: Company) -> str:
        return obj.place

    @admin.display(description=_("zuständig"))
    def home_name(self, obj: Company) -> str:
        return str(obj.home_agency or "")

    @admin.display(description=_("vollständig"))
    def filled(self, obj: Any) -> str:
        done = completeness(obj, obj.competences_chosen)
        return gettext("{filled} von {of}").format(filled=done.filled, of=done.of)

    @admin.display(description=_("Netzwerke"), ordering="networks_joined")
    def in_networks(self, obj: Any) -> int:
        return int(obj.networks_joined)

    @admin.display(description=_("zuletzt geändert"), ordering="updated_at")
    def touched(self, obj: Company) -> str:
        return date_format(timezone.localdate(obj.updated_at), "SHORT_DATE_FORMAT")

    @admin.display(description=_("wartet"), ordering="submitted_at")
    def waiting_since(self, obj: Company) -> str:
        states = [obj.region.state] if obj.region else []
        return age_in_words(obj.submitted_at, states) if obj.state == Company.State.PENDING else ""
