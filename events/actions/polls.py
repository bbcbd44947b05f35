"""The life of a poll: asked, answered, handed on, reminded, decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.audit import record
from accounts.errors import ActionRefused
from accounts.models import User
from events.actions import meetings
from events.mails import polls as mails
from events.models import DatePoll, DateProposal, Meeting, PollAnswer, PollOption, PollParticipant
from events.scheduling.polls import Standing
from events.tally import result_of
from networks.life_cycle import require_step
from networks.models import Agency, Region
from networks.tokens import new_token

State = DatePoll.State
MOST_OPTIONS = 12


@dataclass(frozen=True)
class Guest:
    """Somebody to be asked."""

    name: str
    email: str
    region: Region | None
    agency: Agency | None = None
    required: bool = False
    language: str = "de"


@dataclass(frozen=True)
class PollWish:
    """How a poll is to be held; `quorum` in all, `minimum` per region."""

    starts: time
    ends: time
    deadline: datetime
    message: str = ""
    results_hidden: bool = False
    quorum: int = 0
    minimum: int = 0


def _lock(poll: DatePoll) -> DatePoll:
    return DatePoll.objects.select_for_update(of=("self",)).with_meeting().get(pk=poll.pk)


@transaction.atomic
def open_poll(meeting: Meeting, wish: PollWish, guests: Iterable[Guest], *, by: User) -> DatePoll:
    """Ask people about the days that were proposed for a meeting."""
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    proposals = list(DateProposal.objects.of_meeting(meeting))
    if not 2 <= len(proposals) <= MOST_OPTIONS:
        raise ActionRefused(_("Bitte schlagen Sie zuerst zwei bis zwölf Tage vor."))
    if DatePoll.objects.of_meeting(meeting).open().exists():
        raise ActionRefused(_("Zu diesem Treffen läuft schon eine Abstimmung."))
    poll = DatePoll.objects.create(meeting=meeting, created_by=by, **vars(wish))
    PollOption.objects.bulk_create(
        PollOption(
            poll=poll,
            day=one.day,
            cost=one.cost,
            reasons=one.reasons,
            rejected=one.rejected,
            why_anyway=one.why_anyway,
        )
        for one in proposals
    )
    meetings.poll_meeting(meeting, by=by)
    record(by=by, verb="poll.opened", on=poll)
    for guest in {guest.email.lower(): guest for guest in guests}.values():
        _ask(poll, guest)
    return poll


def _ask(poll: DatePoll, guest: Guest) -> PollParticipant:
    person = PollParticipant.objects.create(
        poll=poll, token=new_token(), **{**vars(guest), "email": guest.email.lower()}
    )
    mails.asked(person)
    return person


@transaction.atomic
def ask_too(poll: DatePoll, guest: Guest, *, by: User) -> PollParticipant:
    locked = _require_open(poll)
    if locked.participants.asked().with_address(guest.email).exists():
        raise ActionRefused(_("Diese Adresse ist schon gefragt."))
    record(by=by, verb="poll.asked", on=locked)
    return _ask(locked, guest)


def _require_open(poll: DatePoll) -> DatePoll:
    locked = _lock(poll)
    if not locked.is_open:
        raise ActionRefused(_("Diese Abstimmung ist beendet."))
    return locked


@transaction.atomic
def answer_poll(person: PollParticipant, answers: Mapping[int, str], comment: str) -> None:
    """Say what suits, or say something else than before. `answers` by the day's key."""
    poll = _lock(person.poll)
    person = PollParticipant.objects.select_for_update().get(pk=person.pk)
    if not poll.takes_answers or person.revoked_at:
        raise ActionRefused(_("Diese Abstimmung nimmt keine Antworten mehr an."))
    person.answers.all().delete()
    PollAnswer.objects.bulk_create(
        PollAnswer(participant=person, option_id=option, answer=answer) for option, answer in answers.items()
    )
    person.answered_at, person.comment = timezone.now(), comment
    person.save(update_fields=["answered_at", "comment"])
    _tell_hosts(poll)


def _tell_hosts(poll: DatePoll) -> None:
    """Once each: that nobody is missing, and that nothing can change any more."""
    result, now = result_of(poll), timezone.now()
    if result.all_answered and not poll.told_answered_at:
        poll.told_answered_at = poll.told_decided_at = now
        mails.all_have_answered(poll)
    elif result.decided and not poll.told_decided_at:
        poll.told_decided_at = now
        mails.nothing_changes_any_more(poll)
    poll.save(update_fields=["told_answered_at", "told_decided_at"])


@transaction.atomic
def hand_on(person: PollParticipant, name: str, email: str) -> PollParticipant:
    """Somebody else answers instead: the old link ends, the new person gets one of their own and begins anew."""
    poll = _require_open(person.poll)
    email = email.lower()
    if poll.participants.asked().with_address(email).exists():
        raise ActionRefused(_("Diese Person ist schon gefragt."))
    person = PollParticipant.objects.select_for_update().get(pk=person.pk)
    if person.revoked_at:
        raise ActionRefused(_("Dieser Link gilt nicht mehr."))
    _end_link(person)
    record(by=None, verb="poll.handed_on", on=poll)
    return _ask(poll, Guest(name, email, person.region, person.agency, person.required, person.language))


def _end_link(person: PollParticipant) -> None:
    person.answers.all().delete()
    person.revoked_at = timezone.now()
    person.save(update_fields=["revoked_at"])


@transaction.atomic
def take_back_link(person: PollParticipant, *, by: User) -> None:
    """Somebody is not asked any more; what they answered does not count."""
    poll = _require_open(person.poll)
    if person.revoked_at is None:
        _end_link(person)
        record(by=by, verb="poll.link_taken_back", on=poll, person=person.pk)
        mails.link_taken_back(person)


@transaction.atomic
def send_link_again(person: PollParticipant, *, by: User) -> None:
    """A new link; the one before ends."""
    poll = _require_open(person.poll)
    person.token = new_token()
    person.save(update_fields=["token"])
    record(by=by, verb="poll.link_sent_again", on=poll, person=person.pk)
    mails.asked(person)


@transaction.atomic
def remind_silent(poll: DatePoll, *, by: User | None) -> int:
    """Only those who have not answered."""
    locked = _require_open(poll)
    silent = list(locked.participants.silent().with_poll())
    for person in silent:
        mails.reminded(person)
    locked.reminded_at = timezone.now()
    locked.save(update_fields=["reminded_at"])
    record(by=by, verb="poll.reminded", on=locked, people=len(silent))
    return len(silent)


@transaction.atomic
def decide_poll(poll: DatePoll, option: PollOption, *, by: User, reason: str = "") -> Meeting:
    """The meeting has a date. Another day than the first one needs a reason, which is kept."""
    locked = _lock(poll)
    require_step(locked, State.DECIDED)
    best = result_of(locked).tallies[0]
    fine = best.option.day == option.day and best.standing is Standing.OK
    if not fine and not reason.strip():
        raise ActionRefused(_("Bitte sagen Sie, warum Sie diesen Tag wählen."))
    locked.state, locked.chosen, locked.decision_note = State.DECIDED, option, reason
    locked.decided_by, locked.decided_at = by, timezone.now()
    locked.save(update_fields=["state", "chosen", "decision_note", "decided_by", "decided_at"])
    record(by=by, verb="poll.decided", on=locked, day=str(option.day), reason=reason)
    for person in locked.participants.answered().with_poll():
        mails.decided(person)
    return meetings.schedule_meeting(
        locked.meeting, moment(option.day, locked.starts), moment(option.day, locked.ends), by=by
    )


def moment(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


@transaction.atomic
def withdraw_poll(poll: DatePoll, *, by: User) -> DatePoll:
    """Ask no longer; who answered may free the days."""
    locked = _lock(poll)
    require_step(locked, State.WITHDRAWN)
    locked.state = State.WITHDRAWN
    locked.save(update_fields=["state"])
    record(by=by, verb="poll.withdrawn", on=locked)
    for person in locked.participants.answered().with_poll():
        mails.withdrawn(person)
    meetings.plan_meeting_again(locked.meeting, by=by)
    return locked
