"""A page for one look and one click: everything about a thing that waits, and what can be decided."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar
from urllib.parse import urlencode

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
from accounts.verbs import verb_in_words
from networks.actions.internal_notes import write_note
from networks.forms.decisions import DecisionForm
from networks.forms.internal_notes import InternalNoteForm
from networks.models import Agency, InternalNote, TextTemplate
from networks.waiting import PARAMETER, kinds_of

M = TypeVar("M", bound=Model)
Text = str | Promise
Bound = Mapping[str, Any]


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

    def teams(self, obj: M) -> list[Agency]:
        """Who looks after it, and may note something about it; without a team there are no notes."""
        return []

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
            return self._note(request, obj) if "note" in request.POST else self._decide(request, obj)
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

    def _note(self, request: HttpRequest, obj: M) -> HttpResponse:
        form = InternalNoteForm(request.POST, prefix="note")
        if form.is_valid():
            try:
                write_note(obj, form.cleaned_data["text"], by=person_of(request), teams=self.teams(obj))
            except ActionRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("Notiert. Nur Ihr Team liest es."))
                return redirect(self.review_url(obj))
        return self._page(request, obj, {"note": form})

    def get_ordering(self, request: HttpRequest) -> Any:
        """A queue begins with what waits longest."""
        name = request.GET.get(PARAMETER)
        kind = kinds_of(self.model).get(name) if name else None
        return (kind.ordering(self.model) if kind else []) or super().get_ordering(request)

    def _queue(self, request: HttpRequest) -> QuerySet[M]:
        """The queue somebody came from, else what waits for a decision."""
        person = person_of(request)
        kind = kinds_of(self.model).get(request.GET.get(PARAMETER, ""))
        return kind.rows(person) if kind else self.waiting(person)

    def _go_on(self, request: HttpRequest, obj: M) -> HttpResponse:
        following = self._queue(request).exclude(pk=obj.pk).first()
        return redirect(f"{self.review_url(following)}{_same_queue(request)}" if following else "admin:index")

    def _page(self, request: HttpRequest, obj: M, bound: Bound | None = None) -> HttpResponse:
        person, forms = person_of(request), bound or {}
        offered = [one for one in self.decisions if one.offered(obj) and self.permits(one, obj, person)]
        waiting = [pk for pk in self._queue(request).values_list("pk", flat=True) if pk != obj.pk]
        skip = reverse(self._address("review"), args=[_next_of(waiting, obj)]) if waiting else ""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": str(obj),
            "object": obj,
            "decisions": self._with_forms(offered, forms, request),
            "log": log_about(obj),
            "others_waiting": len(waiting),
            "same_queue": request.GET.get(PARAMETER, ""),
            "skip_url": skip and f"{skip}{_same_queue(request)}",
            "list_url": reverse(self._address("changelist")),
            "text_templates_url": reverse("admin:networks_texttemplate_changelist") if self.teams(obj) else "",
            "history_url": reverse(self._address("history"), args=[obj.pk]),
            **self._notes(obj, person, forms),
            **self.review_context(obj, person),
        }
        return TemplateResponse(request, self.review_template, context)

    def _address(self, page: str) -> str:
        return f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"

    def _with_forms(self, offered: list[Decision[Any]], bound: Bound, request: HttpRequest) -> list[tuple[Any, Any]]:
        """Each decision with its form, and with the team's texts for it."""
        kinds = {f"{self.opts.model_name}:{one.key}": one for one in offered if one.asks}
        texts = list(TextTemplate.objects.visible_to(person_of(request)).for_decisions(list(kinds)))
        shown = [(one, bound.get(one.key) or one.form()) for one in offered]
        for decision, form in shown:
            mine = [text for text in texts if kinds[text.kind] == decision]
            form.offer(mine, request.GET.get("vorlage", ""))
        return shown

    def _notes(self, obj: M, person: User, bound: Bound) -> dict[str, Any]:
        if not self.teams(obj):
            return {}
        return {
            "note_form": bound.get("note") or InternalNoteForm(prefix="note"),
            "notes": InternalNote.objects.visible_to(person).about(obj),
        }


def _same_queue(request: HttpRequest) -> str:
    name = request.GET.get(PARAMETER, "")
    return f"?{urlencode({PARAMETER: name})}" if name else ""


def _next_of(waiting: list[Any], obj: Model) -> Any:
    """What was entered after this one; after the last the first."""
    return next((pk for pk in waiting if pk > obj.pk), waiting[0])


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
