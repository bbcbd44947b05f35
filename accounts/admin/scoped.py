"""Own objects only: what a person may not see is not there, and what rules do not allow cannot be done."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, cast

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.helpers import AdminReadonlyField
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import DateField, DateTimeField, Field, Model, Q, QuerySet, URLField
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.audit import entries_about
from accounts.choices import ManyField
from accounts.models import User
from accounts.verbs import verb_in_words
from accounts.versions import SHOWN, changes_of

from .exports import ExportPage
from .lists import ListPages, M


def name_only(_field: AdminReadonlyField, _remote_field: Any, remote_obj: Model) -> str:
    return str(remote_obj)


# A foreign key that is only read would link to its own page, which may not be mine; Django has no switch for that.
AdminReadonlyField.get_admin_url = name_only  # type: ignore[assignment, method-assign]  # see above
Choices = Mapping[str, Callable[[User], QuerySet[Any]]]

# Django's admin classes have parameters for the type checker only.
if TYPE_CHECKING:
    StockInline = admin.StackedInline[Any, Any]
else:
    StockInline = admin.StackedInline


def person_of(request: HttpRequest) -> User:
    """Whoever reaches a page of the admin is signed in: the site sees to it."""
    return cast(User, request.user)


def narrowed(choices: Choices, field: Any, person: User, kept: QuerySet[Any] | None) -> QuerySet[Any]:
    """What a person may choose, and what has been chosen before; without a rule nothing."""
    chooser = choices.get(field.name)
    related = field.remote_field.model._default_manager
    if chooser is None:
        return cast("QuerySet[Any]", related.none())
    allowed = Q(pk__in=chooser(person).order_by().values("pk"))
    if kept is not None:
        allowed |= Q(pk__in=kept.order_by().values(field.name))
    return cast("QuerySet[Any]", related.filter(allowed))


# One field with a name each, drawn by the browser: the stock pair of fields has one label for both.
MOMENT = {
    "form_class": forms.DateTimeField,
    "widget": forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
}
IN_OTHER_LANGUAGES = {f"_{language}" for language, _name in settings.LANGUAGES if language != settings.LANGUAGE_CODE}
DAY = {"widget": forms.DateInput({"type": "date"}, "%Y-%m-%d")}


class ScopedChoices:
    """Drop-downs offer what is mine; nothing is added on the way."""

    choices: ClassVar[Choices] = {}

    def kept(self, request: HttpRequest) -> QuerySet[Any] | None:
        raise NotImplementedError

    def formfield_for_dbfield(self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.remote_field:
            kwargs["queryset"] = narrowed(self.choices, db_field, person_of(request), self.kept(request))
        if db_field.many_to_many:
            kwargs["form_class"] = ManyField
        if isinstance(db_field, URLField):
            kwargs["assume_scheme"] = "https"
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        if db_field.name[-3:] in IN_OTHER_LANGUAGES:
            field.widget.attrs["lang"] = db_field.name[-2:]
        return field


class ScopedAdmin(ExportPage, ScopedChoices, ListPages[M]):
    """Subclasses say what a person sees (`scope`); they see it or it is not found."""

    actions = None
    list_per_page = 50
    show_full_result_count = False
    save_on_top = False
    editable: ClassVar[bool] = True
    formfield_overrides = {DateTimeField: MOMENT, DateField: DAY}

    def scope(self, person: User) -> QuerySet[M]:
        raise NotImplementedError

    def view_on_site(self, obj: M) -> str | None:
        """Its address itself: the stock redirect would tell the address of anything."""
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    def get_queryset(self, request: HttpRequest) -> QuerySet[M]:
        queryset = self.scope(person_of(request))
        ordering = self.get_ordering(request)
        return queryset.order_by(*ordering) if ordering else queryset

    def kept(self, request: HttpRequest) -> QuerySet[Any] | None:
        pk = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
        return self.scope(person_of(request)).filter(pk=unquote(pk)) if pk else None

    def found(self, request: HttpRequest, object_id: str) -> M:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        return obj

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, *_rest: Any) -> HttpResponse:
        raise Http404

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        self.found(request, object_id)
        return super().change_view(request, object_id, form_url, extra_context)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        self.found(request, object_id)
        return super().delete_view(request, object_id, extra_context)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Field changes where the model keeps versions, and the verbs; both only of what is mine."""
        obj = self.found(request, object_id)
        more = {
            "title": _("Verlauf: {thing}").format(thing=obj),
            "changes": changes_of(obj) if hasattr(obj, "history") else [],
            "log": [(entry, verb_in_words(entry.verb)) for entry in entries_about(obj)[:SHOWN]],
        }
        return super().history_view(request, object_id, {**more, **(extra_context or {})})

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return person_of(request).is_staff and (obj is None or self._in_scope(request, obj))

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return self.editable and self.has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    def _in_scope(self, request: HttpRequest, obj: M) -> bool:
        return self.scope(person_of(request)).filter(pk=obj.pk).exists()


class ScopedInline(ScopedChoices, StockInline):
    """Rows that belong to an object: whoever may change the object may change them."""

    extra = 0
    formfield_overrides = {DateField: DAY}
    show_change_link = False

    def kept(self, request: HttpRequest) -> QuerySet[Any] | None:
        pk = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
        owner = next(f.name for f in self.model._meta.fields if f.related_model is self.parent_model)
        return self.model._default_manager.filter(**{owner: unquote(pk)}) if pk else None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True


class OperatorAdmin(ScopedAdmin[M]):
    """What belongs to no agency: the operator's."""

    def scope(self, person: User) -> QuerySet[M]:
        rows = self.model._default_manager.all()
        return rows if person.is_superuser else rows.none()

    def has_view_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return person_of(request).is_superuser
