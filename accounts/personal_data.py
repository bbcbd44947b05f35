"""What the portal knows about people: each app registers its models at start, and a test walks all of them.

A model holds rows that are somebody's own (`Rows`), marks that somebody left on other things (traces), and texts in
which somebody may be quoted (quotes). What can hold nobody is said, too, with the reason (free). See docs/privacy.md.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Model = type[models.Model]
TEXTS = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.FileField,
    models.GenericIPAddressField,
)


@dataclass(frozen=True)
class Somebody:
    """A person by account, addresses, names and numbers; guests have no account."""

    person: User | None
    emails: frozenset[str]
    names: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()

    def has_account(self, column: str) -> Q:
        return Q(**{column: self.person}) if self.person else Q(pk=None)

    def has_address(self, column: str) -> Q:
        found = Q(pk=None)
        for email in self.emails:
            found |= Q(**{f"{column}__iexact": email})
        return found


def _delete(rows: Any, who: Somebody) -> None:
    rows.delete()


def operator(row: object) -> str:
    return _("der Betrieb des Portals")


@dataclass(frozen=True)
class Rows:
    """Somebody's own rows: how they are found, what the person reads of them, and what erasure does."""

    model: Model
    title: "StrOrPromise"
    theirs: Callable[[Somebody], QuerySet[Any]]
    shows: tuple[str, ...]
    fate: "StrOrPromise"
    forget: Callable[[Any, Somebody], None] = _delete
    accounts: tuple[str, ...] = ()  # columns that lead to the account
    own: tuple[str, ...] = ()  # columns about this person alone: other people's rows are not touched
    called: str = ""  # the column with the name beside the address
    phoned: str = ""
    responsible: Callable[[Any], str] = operator
    labels: "Mapping[str, StrOrPromise]" = field(default_factory=dict)


def found_by(
    model: Model, *, account: str = "", address: str = "", related: tuple[str, ...] = ()
) -> Callable[[Somebody], QuerySet[Any]]:
    """Rows that lead to the account, or bear one of the addresses."""

    def theirs(who: Somebody) -> QuerySet[Any]:
        mine = who.has_account(account) if account else Q(pk=None)
        if address:
            mine |= who.has_address(address)
        rows: QuerySet[Any] = model._default_manager.filter(mine).select_related(*related)
        return rows

    return theirs


Sweep = Callable[["Somebody", Callable[[str], str]], None]
_rows: list[Rows] = []
_traces: dict[Model, dict[str, str]] = {}
_quotes: dict[Model, tuple[str, ...]] = {}
_free: dict[Model, dict[str, str]] = {}
_obstacles: list[Callable[[User], list[str]]] = []
_outlooks: list[Callable[[User], list[str]]] = []
_followers: list[Callable[[str, list[str]], None]] = []
_sweeps: list[Sweep] = []
_namers: list[Callable[[Somebody], set[str]]] = []


def register(*rows: Rows) -> None:
    """Lower apps start last and come first: the account before the meetings."""
    _rows[:0] = rows


def register_traces(model: Model, **columns: str) -> None:
    """Columns that say who did something, each with the column that says when. Erasure leaves them empty."""
    _traces.setdefault(model, {}).update(columns)


def register_quotes(model: Model, *columns: str) -> None:
    """Texts in which people may be named."""
    _quotes[model] = (*_quotes.get(model, ()), *columns)


def register_free(model: Model, why: str, *columns: str) -> None:
    """Columns that hold nobody, or what must stay; without columns the whole model."""
    _free.setdefault(model, {}).update(dict.fromkeys(columns or ("*",), why))


def register_obstacle(obstacle: Callable[[User], list[str]]) -> None:
    """Why somebody cannot go yet, in words."""
    _obstacles.append(obstacle)


def register_outlook(outlook: Callable[[User], list[str]]) -> None:
    """What goes over to others, in words."""
    _outlooks.append(outlook)


def register_follower(follower: Callable[[str, list[str]], None]) -> None:
    """For those who keep something about a thing by its kind and number: these things are gone."""
    _followers.append(follower)


def register_namer(namer: Callable[[Somebody], set[str]]) -> None:
    """For names that stand beside an address in no column of their own."""
    _namers.append(namer)


def register_sweep(sweep: Sweep) -> None:
    """For texts that no column holds as they are read."""
    _sweeps.append(sweep)


def all_rows() -> list[Rows]:
    return list(_rows)


def all_traces() -> Iterator[tuple[Model, str, str]]:
    return ((model, name, when) for model, columns in _traces.items() for name, when in columns.items())


def all_quotes() -> Mapping[Model, tuple[str, ...]]:
    return _quotes


def names_beside(who: Somebody) -> set[str]:
    return {name for namer in _namers for name in namer(who)}


def all_sweeps() -> list[Sweep]:
    return list(_sweeps)


def obstacles(person: User) -> list[str]:
    return [reason for obstacle in _obstacles for reason in obstacle(person)]


def outlook(person: User) -> list[str]:
    return [line for tell in _outlooks for line in tell(person)]


def follow(model: Model, keys: list[str]) -> None:
    for follower in _followers:
        follower(model._meta.label_lower, keys)


def uncovered(model: Model) -> list[str]:
    """Columns that lead to a person or can hold one, and that nobody registered."""
    known = _known(model)
    return [f"{model._meta.label}.{one.name}" for one in _columns(model) if not {one.name, "*"} & known]


def _known(model: Model) -> set[str]:
    mine = {name for rows in _rows if rows.model is model for name in (*rows.accounts, *rows.own)}
    return mine | set(_traces.get(model, ())) | set(_quotes.get(model, ())) | set(_free.get(model, ()))


def _columns(model: Model) -> list[Any]:
    columns = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return [column for column in columns if _leads_to_a_person(column) or _can_name_somebody(column)]


def _leads_to_a_person(column: Any) -> bool:
    return bool(column.is_relation and column.related_model is User)


def _can_name_somebody(column: Any) -> bool:
    """Every text that is not chosen from a list; addresses of pages are made of titles, and stay for ever."""
    return isinstance(column, TEXTS) and not column.choices and not isinstance(column, models.SlugField)
