"""Staff choose days for a meeting, or swap its host. What the finder said and why they decided otherwise is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.errors import ActionRefused
from accounts.models import User
from events.actions.meetings import is_taken
from events.actions.rhythm import finish_tasks
from events.hosts import host_by_turn, next_host, turns_before
from events.models import DateProposal, HostSwap, Meeting, MeetingSeries
from events.planning import Planning, windows_of
from events.rules import planning_abilities
from events.scheduling.hosts import latest, would_host_twice
from events.scheduling.windows import Span
from networks.models import Agency
from networks.slugs import slug_for

LEAST, MOST = 3, 5


@transaction.atomic
def propose_dates(planning: Planning, chosen: Mapping[date, str], *, by: User) -> Meeting:
    """The chosen days, each with a reason where the calendar says no, become proposals of a planned meeting."""
    series = MeetingSeries.objects.select_for_update().get(pk=planning.question.series.pk)
    span = (planning.question.start, planning.question.end)
    meeting = Meeting.objects.planned_in(series, *span).select_for_update(of=("self",)).first()
    if not planning_abilities(by, series, meeting, span[0]).choose:
        raise ActionRefused(_("Die Tage wählt die Gastgeberin aus."))
    _check(planning, chosen)
    days = sorted(chosen, key=lambda day: planning.found.by_day[day].rank)
    meeting = _meeting(planning, meeting, days, by=by)
    meeting.date_proposals.all().delete()
    DateProposal.objects.bulk_create(_proposal(planning, meeting, day, chosen[day]) for day in days)
    finish_tasks(series, *span)
    told = [day.isoformat() for day in sorted(days)]
    record(by=by, verb="meeting.dates_proposed", on=meeting, days=told)
    return meeting


def _check(planning: Planning, chosen: Mapping[date, str]) -> None:
    if not LEAST <= len(chosen) <= MOST:
        raise ActionRefused(_("Bitte wählen Sie {least} bis {most} Tage.").format(least=LEAST, most=MOST))
    for day, why in chosen.items():
        if day not in planning.found.by_day:
            raise ActionRefused(_("Dieser Tag liegt nicht im Planungsfenster."))
        if planning.found.by_day[day].rejected and not why.strip():
            raise ActionRefused(_("Bitte schreiben Sie dazu, warum der Tag trotzdem gehen soll."))


def _proposal(planning: Planning, meeting: Meeting, day: date, why: str) -> DateProposal:
    candidate = planning.found.by_day[day]
    return DateProposal(
        meeting=meeting,
        day=day,
        cost=candidate.cost,
        rejected=candidate.rejected,
        reasons=planning.speech.tell(candidate),
        why_anyway=why.strip() if candidate.rejected else "",
    )


def _meeting(planning: Planning, meeting: Meeting | None, days: Sequence[date], *, by: User) -> Meeting:
    """Until the poll is decided the best day stands for all; only staff see it."""
    series = planning.question.series
    starts_at, ends_at = times(series, days[0])
    if meeting:
        meeting.starts_at, meeting.ends_at, meeting.updated_at = starts_at, ends_at, timezone.now()
        meeting.save(update_fields=["starts_at", "ends_at", "updated_at"])
        return meeting
    host = next_host(series, planning.question.start)
    if host is None:
        raise ActionRefused(_("An dieser Reihe nimmt noch keine Wirtschaftsförderung teil."))
    title = title_of(series, days[0])
    created = Meeting.objects.create(
        slug=slug_for(title, is_taken),
        title=title,
        series=series,
        host=host,
        city=host.city or str(host),
        starts_at=starts_at,
        ends_at=ends_at,
    )
    record(by=by, verb="meeting.planned", on=created)
    return created


def times(series: MeetingSeries, day: date) -> tuple[datetime, datetime]:
    """On the wall clock: a change of daylight saving time moves nothing."""
    begin = datetime.combine(day, series.start_time)
    end = begin + timedelta(days=series.days - 1, minutes=series.minutes)
    return timezone.make_aware(begin), timezone.make_aware(end)


def title_of(series: MeetingSeries, day: date) -> str:
    spans = [window.in_year(year) for window in windows_of(series) for year in (day.year - 1, day.year)]
    name = next((span.name for span in spans if _holds(span, day)), "")
    return " ".join(part for part in (series.name, name, str(day.year)) if part)


def _holds(span: Span, day: date) -> bool:
    return span.start <= day <= span.end


@dataclass(frozen=True)
class SwapWish:
    """Who is to host the meeting in the window that begins on `day`, and why."""

    host: Agency
    day: date
    reason: str
    twice: bool = False


@transaction.atomic
def swap_host(series: MeetingSeries, wish: SwapWish, *, by: User) -> HostSwap:
    """Out of turn, with a reason that is kept; it changes this turn only."""
    locked = MeetingSeries.objects.select_for_update().get(pk=series.pk)
    if not planning_abilities(by, locked).swap:
        raise ActionRefused(_("Das entscheiden die Wirtschaftsförderungen der Reihe."))
    if not locked.places.filter(agency=wish.host).exists():
        raise ActionRefused(_("Diese Wirtschaftsförderung nimmt an der Reihe nicht teil."))
    held = turns_before(locked, wish.day)
    if would_host_twice(wish.host.slug, held) and not wish.twice:
        raise ActionRefused(_("Sie war schon beim letzten Treffen Gastgeberin. Bestätigen Sie, dass das gewollt ist."))
    swap = HostSwap.objects.create(
        series=locked,
        after=latest(held),
        host=wish.host,
        instead_of=host_by_turn(locked, wish.day),
        reason=wish.reason,
        by=by,
    )
    Meeting.objects.planned_after(locked, wish.day).update(host=wish.host)
    record(by=by, verb="series.host_swapped", on=locked, host=wish.host.slug, reason=wish.reason)
    return swap
