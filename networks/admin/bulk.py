"""Decisions over many rows of a list: first what would happen, then the same for real, in one summary."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import BadRequest
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.admin.scoped import person_of
from accounts.errors import ActionRefused
from accounts.models import User

from .reviews import Decision, ReviewAdmin

M = TypeVar("M", bound=Model)
MOST = 200
NAMED = 8
KEY_DIGITS = 18


@dataclass
class Round(Generic[M]):
    """What is done, what is left out and why."""

    done: list[M] = field(default_factory=list)
    skipped: dict[str, list[M]] = field(default_factory=lambda: defaultdict(list))

    def in_words(self, label: object) -> str:
        n = len(self.done)
        words = [ngettext("{label}: {n} erledigt.", "{label}: {n} erledigt.", n).format(label=label, n=n)]
        words += [
            _("{n} übersprungen ({names}): {reason}").format(n=len(rows), names=_names(rows), reason=reason)
            for reason, rows in self.skipped.items()
        ]
        return " ".join(words)


def _names(rows: Iterable[Model]) -> str:
    names = [str(row) for row in rows]
    more = _(" und {n} weitere").format(n=len(names) - NAMED) if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def picked(decisions: Iterable[Decision[Any]], *keys: str) -> tuple[Decision[Any], ...]:
    """These of the review's decisions, in the order of the keys."""
    by_key = {one.key: one for one in decisions}
    return tuple(by_key[key] for key in keys)


class BulkAdmin(ReviewAdmin[M]):
    """Lists whose rows can be decided together; each row goes the way of a single one."""

    bulk: ClassVar[tuple[Decision[Any], ...]] = ()

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {one.key: (partial(_decide_many, decision=one), one.key, str(one.label)) for one in self.bulk}

    def response_action(self, request: HttpRequest, queryset: QuerySet[M], *rest: Any) -> HttpResponse | None:
        """Keys come from the list, not by hand."""
        keys = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(key.isdecimal() and len(key) <= KEY_DIGITS for key in keys):
            raise BadRequest
        return super().response_action(request, queryset, *rest)

    def plan(self, decision: Decision[Any], rows: Iterable[M], person: User) -> Round[M]:
        plan: Round[M] = Round()
        for row in rows:
            reason = self._obstacle(decision, row, person)
            plan.skipped[reason].append(row) if reason else plan.done.append(row)
        return plan

    def _obstacle(self, decision: Decision[Any], row: M, person: User) -> str:
        if not self.permits(decision, row, person):
            return _("Das entscheidet die andere Seite.")
        if decision.offered(row):
            return ""
        if hasattr(row, "get_state_display"):
            return _("Stand ist „{state}“.").format(state=row.get_state_display())
        return _("Das ist schon entschieden.")

    def carry_out(self, decision: Decision[Any], rows: Iterable[M], by: User, text: str) -> Round[M]:
        """One by one, so that a refusal stops nobody else's."""
        round_ = self.plan(decision, rows, by)
        planned, round_.done = round_.done, []
        for row in planned:
            try:
                decision.act(row, by, text)
            except ActionRefused as refusal:
                round_.skipped[str(refusal)].append(row)
            else:
                round_.done.append(row)
        return round_


def _decide_many(
    page: BulkAdmin[Any], request: HttpRequest, rows: QuerySet[Any], *, decision: Decision[Any]
) -> HttpResponse:
    person = person_of(request)
    form = decision.form(request.POST if "confirm" in request.POST else None)
    if "confirm" not in request.POST or (decision.asks and not form.is_valid()):
        return _preview(page, request, rows, decision, form)
    keys = request.POST.getlist(ACTION_CHECKBOX_NAME)[:MOST]
    chosen = page.scope(person).filter(pk__in=keys)  # also what a filter hides since somebody else decided
    text = form.cleaned_data.get("text", "") if decision.asks else ""
    round_ = page.carry_out(decision, chosen, person, text)
    level = messages.WARNING if round_.skipped else messages.SUCCESS
    messages.add_message(request, level, round_.in_words(decision.label))
    return redirect(request.get_full_path())


def _preview(
    page: BulkAdmin[Any], request: HttpRequest, rows: QuerySet[Any], decision: Decision[Any], form: Any
) -> HttpResponse:
    chosen = list(rows[:MOST])
    plan = page.plan(decision, chosen, person_of(request))
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "title": decision.label,
        "decision": decision,
        "form": form,
        "chosen": chosen,
        "plan": plan,
        "skipped": list(plan.skipped.items()),
        "more": rows.count() - len(chosen),
        "matching": page.get_changelist_instance(request).queryset.count(),
        "most": MOST,
        "filters": request.GET.urlencode(),
    }
    return TemplateResponse(request, "admin/bulk.html", context)
