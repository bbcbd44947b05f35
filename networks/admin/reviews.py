"""A page for one look and one click: everything about a thing that waits, and what can be decided."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.admin.scoped import ScopedAdmin, person_of
from accounts.audit import entries_about
from accounts.errors import ActionRefused
from accounts.models import User
from networks.forms.decisions import DecisionForm
from networks.words import verb_in_words

M = TypeVar("M", bound=Model)
Text = str | Promise


@dataclass(frozen=True)
class Decision(Generic[M]):
    """One button: when it is offered, what it asks for, and the action behind it."""

    key: str
    label: Text
    act: Callable[[M, User, str], object]
    offered: Callable[[M], bool]
    asks: Text = ""
    tone: str = ""
    hint: Text = ""
    email: bool = False

    def form(self, data: Any = None) -> DecisionForm:
        return DecisionForm(self.asks, data, email=self.email, prefix=self.key)


class ReviewAdmin(ScopedAdmin[M]):
    """Lists lead to the review; a decision leads to the next thing that waits."""

    decisions: ClassVar[tuple[Decision[Any], ...]] = ()
    review_template: ClassVar[str]

    def waiting(self, person: User) -> QuerySet[M]:
        raise NotImplementedError

    def review_context(self, obj: M, person: User) -> dict[str, Any]:
        raise NotImplementedError

    def permits(self, decision: Decision[Any], obj: M, person: User) -> bool:
        """Where two sides see a thing, and not every decision is everybody's."""
        return True

    def get_urls(self) -> list[URLPattern]:
        review = path(
            "<path:object_id>/pruefen/",
            self.admin_site.admin_view(self.review_view),
            name=f"{self.opts.app_label}_{self.opts.model_name}_review",
        )
        return [review, *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = context.get("original")
        context["review_url"] = self.review_url(obj) if obj else ""
        return super().render_change_form(request, context, *args, **kwargs)

    def review_url(self, obj: M) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_review", args=[obj.pk])

    def review_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        obj = self.found(request, object_id)
        if request.method == "POST":
            return self._decide(request, obj)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        return self._page(request, obj)

    def _decide(self, request: HttpRequest, obj: M) -> HttpResponse:
        decision = next((one for one in self.decisions if one.key == request.POST.get("decision")), None)
        if decision is None:
            raise BadRequest
        if not self.permits(decision, obj, person_of(request)):
            raise PermissionDenied
        form = decision.form(request.POST)
        if not form.is_valid():
            return self._page(request, obj, {decision.key: form})
        try:
            decision.act(obj, person_of(request), form.cleaned_data.get("text", ""))
        except ActionRefused as refusal:
            messages.error(request, str(refusal))
            return self._page(request, self.found(request, str(obj.pk)), {decision.key: form})
        messages.success(request, _("{thing}: {label} – erledigt.").format(thing=obj, label=decision.label))
        return self._go_on(request, obj)

    def _go_on(self, request: HttpRequest, obj: M) -> HttpResponse:
        following = self.waiting(person_of(request)).exclude(pk=obj.pk).first()
        return redirect(self.review_url(following) if following else "admin:index")

    def _page(self, request: HttpRequest, obj: M, bound: dict[str, DecisionForm] | None = None) -> HttpResponse:
        person = person_of(request)
        offered = [one for one in self.decisions if one.offered(obj) and self.permits(one, obj, person)]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(obj),
            "object": obj,
            "decisions": [(one, (bound or {}).get(one.key) or one.form()) for one in offered],
            "log": log_about(obj),
            "others_waiting": self.waiting(person).exclude(pk=obj.pk).count(),
            "list_url": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"),
            **self.review_context(obj, person),
        }
        return TemplateResponse(request, self.review_template, context)


class QueueAdmin(ReviewAdmin[M]):
    """There is nothing to edit: an entry of the list is the review."""

    editable = False
    add_title: ClassVar[Text] = ""

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """One thing at a time: afterwards comes its review."""
        only_save = {"title": self.add_title, "show_save_and_add_another": False, "show_save_and_continue": False}
        return super().add_view(request, form_url, {**only_save, **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        obj = self.found(request, object_id)
        if request.method != "GET":
            return HttpResponseNotAllowed(["GET"])
        return redirect(self.review_url(obj))


def log_about(*things: Model) -> Iterable[tuple[Any, str]]:
    """What was decided before, the latest first, in words."""
    return [(entry, verb_in_words(entry.verb)) for entry in entries_about(*things)[:20]]
