"""What the date finder says, in words for people: no number without a reason, no reason without a name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.scheduling.judging import Code, Reason, Rules
from events.scheduling.ranking import Candidate


@dataclass(frozen=True)
class Speech:
    """What the words need to know: the names of the regions by code, and the rhythm."""

    names: Mapping[str, str] = field(default_factory=dict)
    rules: Rules = field(default_factory=Rules)
    last: date | None = None

    def region(self, reason: Reason) -> str:
        return self.names.get(reason.region, reason.region)

    def say(self, reason: Reason) -> str:
        return WORDS[reason.code](self, reason)

    def tell(self, candidate: Candidate) -> list[dict[str, Any]]:
        """All reasons as data, with their words."""
        return [
            {"code": reason.code.value, "region": reason.region, "cost": reason.cost, "label": self.say(reason)}
            for reason in candidate.reasons
        ]


def _weekend(speech: Speech, reason: Reason) -> str:
    return _("Wochenende: {day}").format(day=date_format(reason.day, "l"))


def _public(speech: Speech, reason: Reason) -> str:
    return _("{name}: Feiertag, {region}").format(name=reason.label, region=speech.region(reason))


def _blackout(speech: Speech, reason: Reason) -> str:
    if reason.region in speech.names:
        return _("Sperrzeit: {name}, {region}").format(name=reason.label, region=speech.region(reason))
    return _("Sperrzeit: {name}").format(name=reason.label)


def _school(speech: Speech, reason: Reason) -> str:
    return _("{name}: schulfrei, {region}").format(name=reason.label, region=speech.region(reason))


def _unknown(speech: Speech, reason: Reason) -> str:
    return _("Schulferien noch nicht bekannt, {region}").format(region=speech.region(reason))


def _gap(speech: Speech, reason: Reason) -> str:
    days = (reason.day - speech.last).days if speech.last else 0
    if days < speech.rules.least_gap:
        return _("nur {n} Tage nach dem letzten Treffen").format(n=days)
    return _("schon {n} Tage nach dem letzten Treffen").format(n=days)


def _bridge(speech: Speech, reason: Reason) -> str:
    return _("Brückentag, {region}").format(region=speech.region(reason))


def _short_week(speech: Speech, reason: Reason) -> str:
    return _("nur zwei Arbeitstage am Stück, {region}").format(region=speech.region(reason))


def _weekday(speech: Speech, reason: Reason) -> str:
    return _("{day}: weniger beliebt").format(day=date_format(reason.day, "l"))


def _school_edge(speech: Speech, reason: Reason) -> str:
    return _("direkt vor oder nach freien Schultagen, {region}").format(region=speech.region(reason))


def _rhythm(speech: Speech, reason: Reason) -> str:
    ideal = speech.rules.ideal(speech.last)
    if ideal and reason.day < ideal:
        return ngettext("{n} Woche vor dem Ideal", "{n} Wochen vor dem Ideal", reason.cost).format(n=reason.cost)
    return ngettext("{n} Woche nach dem Ideal", "{n} Wochen nach dem Ideal", reason.cost).format(n=reason.cost)


WORDS: dict[Code, Callable[[Speech, Reason], str]] = {
    Code.WEEKEND: _weekend,
    Code.PUBLIC: _public,
    Code.BLACKOUT: _blackout,
    Code.SCHOOL: _school,
    Code.UNKNOWN: _unknown,
    Code.GAP: _gap,
    Code.BRIDGE: _bridge,
    Code.SHORT_WEEK: _short_week,
    Code.WEEKDAY: _weekday,
    Code.SCHOOL_EDGE: _school_edge,
    Code.RHYTHM: _rhythm,
}


def cost_in_words(cost: int) -> str:
    if not cost:
        return _("kein Abzug")
    return ngettext("{n} Punkt Abzug", "{n} Punkte Abzug", cost).format(n=cost)


def unknown_in_words(name: str, since: date | None) -> str:
    """From which day on a state's school holidays are not known."""
    if since is None:
        return _("Schulferien {name} nicht bekannt").format(name=name)
    return _("Schulferien {name} ab {day} nicht bekannt").format(name=name, day=date_format(since, "SHORT_DATE_FORMAT"))
