"""The date finder on the command line: which days suit all sides."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from events.almanac import LONGEST_WINDOW, Search, search
from events.models import MeetingSeries
from events.scheduling.ranking import WANTED, Candidate
from events.words import Speech, cost_in_words


def day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no day; days are written YYYY-MM-DD.") from None
    if not 2000 <= found.year <= 2100:
        raise ArgumentTypeError("Only days from 2000 to 2100.")
    return found


class Command(BaseCommand):
    help = "Proposes days for a meeting, with the reasons that speak against each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="start", type=day, required=True, metavar="YYYY-MM-DD")
        parser.add_argument("--to", dest="end", type=day, required=True, metavar="YYYY-MM-DD")
        parser.add_argument("--last-meeting", type=day, default=None, metavar="YYYY-MM-DD")
        parser.add_argument("--series", default="", metavar="SLUG", help="without it the only one, or all regions")
        parser.add_argument("--limit", type=int, default=WANTED)
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        window = (options["start"], options["end"])
        if not 0 <= (window[1] - window[0]).days <= LONGEST_WINDOW:
            raise CommandError(f"--to must lie after --from, at most {LONGEST_WINDOW} days.")
        found = search(the_series(options["series"]), window, options["last_meeting"])
        speech = Speech(found.names, found.rules, found.last)
        proposals = found.proposals(max(options["limit"], 0))
        if options["json"]:
            self.stdout.write(json.dumps(answer(found, proposals, speech), ensure_ascii=False))
            return
        self.stdout.write(f"{found.free} free days")
        for candidate in proposals:
            reasons = "; ".join(speech.say(reason) for reason in candidate.reasons)
            sign = "x" if candidate.rejected else " "
            self.stdout.write(f"{sign} {candidate.day} {cost_in_words(candidate.cost)}  {reasons}")


def the_series(slug: str) -> MeetingSeries | None:
    """Without a name the only one there is; of several none: all regions, with the usual rules."""
    if slug:
        try:
            return MeetingSeries.objects.get(slug=slug)
        except MeetingSeries.DoesNotExist:
            raise CommandError(f"There is no series {slug!r}.") from None
    every = list(MeetingSeries.objects.in_order()[:2])
    return every[0] if len(every) == 1 else None


def answer(found: Search, proposals: list[Candidate], speech: Speech) -> dict[str, Any]:
    return {"free": found.free, "candidates": [as_json(candidate, speech) for candidate in proposals]}


def as_json(candidate: Candidate, speech: Speech) -> dict[str, Any]:
    return {
        "date": candidate.day.isoformat(),
        "rejected": candidate.rejected,
        "cost": candidate.cost,
        "reasons": speech.tell(candidate),
    }
