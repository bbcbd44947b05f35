"""What every list of the desk can: say its state at a glance, and be kept as somebody filtered it."""

from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.contrib.admin.options import ModelAdmin
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList, ChangeListSearchForm
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Max, Min, Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import SavedView, User
from accounts.models.saved_views import MOST_VIEWS

M = TypeVar("M", bound=Model)

# Django's admin classes have parameters for the type checker only.
if TYPE_CHECKING:

    class StockAdmin(ModelAdmin[M]): ...

    StockPaginator = Paginator[Any]
else:
    StockPaginator = Paginator

    class StockAdmin(ModelAdmin, Generic[M]): ...


GOOD = {"published", "active", "approved", "confirmed", "announced", "held", "taken"}
WARN = {
    "pending",
    "requested",
    "asked_back",
    "changes_requested",
    "proposed",
    "invited",
    "scheduled",
    "checked",
    "draft",
}
BAD = {"declined", "removed", "called_off", "archived"}
NEAR = 500  # rows that a database skips without trouble
LONGEST_SEARCH = 200
# What may be asked of a field. With patterns one could guess letter by letter what is not shown.
EQUAL = {"", "id", "pk", "exact"}
ASKED = EQUAL | {"in", "isnull", "gt", "gte", "lt", "lte", "date", "year", "month", "day"}
NOT_KEPT = {"p", "e", "o_", "view", "all"}  # where one is in the list, not what it shows


class ViewForm(forms.ModelForm):  # type: ignore[type-arg]  # ModelForm[…] fails at run time
    class Meta:
        model = SavedView
        fields = ("name",)


def kept_query(text: str) -> str:
    """What of an address says which rows are shown, and in which order."""
    pairs = [(name, value) for name, values in QueryDict(text).lists() if name not in NOT_KEPT for value in values]
    return urlencode(sorted(pairs))


class CountedPaginator(StockPaginator):
    """Takes the number of rows from a list that has counted them on the way."""

    @cached_property
    def count(self) -> int:
        counted: int | None = getattr(self.object_list, "rows_counted", None)
        return super().count if counted is None else counted


class ShortSearch(ChangeListSearchForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[SEARCH_VAR] = forms.CharField(
            required=False,
            strip=False,
            max_length=LONGEST_SEARCH,
            error_messages={
                "max_length": _("Bitte suchen Sie mit höchstens {most} Zeichen.").format(most=LONGEST_SEARCH)
            },
        )


class ShortChangeList(ChangeList):
    """Looks at many rows once, and at wide rows only for one page."""

    search_form_class = ShortSearch
    span: dict[str, Any] | None = None

    def get_results(self, request: HttpRequest) -> None:
        later = self.page_num > 1 or self.show_all
        first = [] if later else list(self.queryset[: self.list_per_page + 1])
        if not later and not first:
            self.queryset.rows_counted = 0
        elif self.date_hierarchy and self.queryset.query.where:
            self._count_and_date()
        super().get_results(request)
        if not self.result_count:
            self.result_list, self.date_hierarchy = self.queryset.none(), None
        elif first:
            self.result_list = first[: self.list_per_page]
        elif self.multi_page and not self.show_all:
            self._fetch_far_page()

    def _fetch_far_page(self) -> None:
        """Far inside only keys are skipped, from the nearer end; the wide rows of one page come by their keys."""
        start = (self.page_num - 1) * self.list_per_page
        end = min(start + self.list_per_page, self.result_count)
        if not NEAR < start < self.result_count:
            return
        keys = self.queryset.values_list("pk", flat=True)
        if start > self.result_count / 2:
            found = list(keys.reverse()[self.result_count - end : self.result_count - start])
        else:
            found = list(keys[start:end])
        self.result_list = self.queryset.filter(pk__in=found)

    def _count_and_date(self) -> None:
        """What is filtered has to be looked through: then for the number and the first and last day together."""
        date = self.date_hierarchy
        self.span = self.queryset.order_by().aggregate(n=Count("pk"), first=Min(date), last=Max(date))
        self.queryset.rows_counted = self.span["n"]  # for CountedPaginator


class ListPages(StockAdmin[M]):
    change_list_template = "admin/list.html"
    paginator = CountedPaginator

    def get_urls(self) -> list[URLPattern]:
        views = path("ansichten/", self.admin_site.admin_view(self.views_view), name=self._name("views"))
        return [views, *super().get_urls()]

    def _name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ShortChangeList

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """A field is asked for one value, or what a filter of this list or its dates ask."""
        first, *rest = lookup.split("__")
        local = first not in {field.name for field in self.opts.get_fields()} or set(rest) <= EQUAL
        asked = any(
            lookup.startswith(name) and set(lookup.removeprefix(name).split("__")) <= ASKED
            for name in self._filtered(request)
        )
        return (local or asked) and super().lookup_allowed(lookup, value, request)

    def _filtered(self, request: HttpRequest) -> set[str]:
        given = [one[0] if isinstance(one, (tuple, list)) else one for one in self.get_list_filter(request)]
        names = {one if isinstance(one, str) else getattr(one, "parameter_name", "") for one in given}
        return {name for name in {*names, self.date_hierarchy} if name}

    def list_url(self, query: str = "") -> str:
        address = reverse(f"{self.admin_site.name}:{self._name('changelist')}")
        return f"{address}?{query}" if query else address

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        query = kept_query(request.GET.urlencode())
        more = {
            "title": capfirst(self.opts.verbose_name_plural),
            "saved_views": self._views(request),
            "kept_query": query,
            "views_url": reverse(f"{self.admin_site.name}:{self._name('views')}"),
            **(extra_context or {}),
        }
        return super().changelist_view(request, more)

    @admin.display(description=gettext_lazy("Stand"), ordering="state")
    def state_badge(self, obj: Any) -> SafeString:
        tone = "good" if obj.state in GOOD else "warn" if obj.state in WARN else "bad" if obj.state in BAD else ""
        return format_html('<span class="badge" data-tone="{}">{}</span>', tone, obj.get_state_display())

    # -- kept as it is filtered ------------------------------------------------------------------------
    def _views(self, request: HttpRequest) -> QuerySet[SavedView]:
        return SavedView.objects.of(cast(User, request.user), self._name("list"))

    def views_view(self, request: HttpRequest) -> HttpResponse:
        """Keep the list as it is now, call a kept one differently, or forget it."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        self._require_view(request)
        query = kept_query(request.POST.get("query", "")[:2000])
        if "forget" in request.POST:
            self._view_named(request, request.POST["forget"]).delete()
            self.message_user(request, _("Vergessen."))
            return redirect(self.list_url(query))
        return self._keep(request, query)

    def _view_named(self, request: HttpRequest, key: str) -> SavedView:
        return get_object_or_404(self._views(request), pk=int(key) if key.isdecimal() and len(key) < 19 else 0)

    def _keep(self, request: HttpRequest, query: str) -> HttpResponse:
        """Under a name that exists the view is replaced: that is how one changes it."""
        form = ViewForm(request.POST)
        renamed = request.POST.get("rename", "")
        if not form.is_valid() or len(query) > 1000:
            self.message_user(request, _("Bitte geben Sie der Ansicht einen Namen mit höchstens 60 Zeichen."), "error")
        elif renamed:
            self._rename(request, self._view_named(request, renamed), form.cleaned_data["name"])
        elif self._views(request).count() >= MOST_VIEWS:
            self.message_user(request, _("Mehr als zwanzig Ansichten je Liste merken wir uns nicht."), "error")
        else:
            self._views(request).update_or_create(
                person=cast(User, request.user),
                page=self._name("list"),
                name=form.cleaned_data["name"],
                defaults={"query": query},
            )
            self.message_user(request, _("Gemerkt. Die Ansicht steht über der Liste."))
        return redirect(self.list_url(query))

    def _rename(self, request: HttpRequest, view: SavedView, name: str) -> None:
        if self._views(request).exclude(pk=view.pk).filter(name=name).exists():
            self.message_user(request, _("So heißt schon eine andere Ansicht."), "error")
            return
        view.name = name
        view.save(update_fields=["name"])
        self.message_user(request, _("Umbenannt."))

    def _require_view(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied
