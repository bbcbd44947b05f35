"""One box for everything: companies out of the directory's index, the few other things matched the same way."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.wordings import all_wordings, wording
from events.models import Announcement, Meeting
from networks.directory import Directory
from networks.models import Agency, Network
from networks.models.agencies import Person
from networks.results import Result, marked, results
from networks.search.index import Found, Selection
from networks.search.marks import Marker
from networks.search.text import TextBuilder
from networks.search.words import column

COMPANIES = 10
# Older news is found by its page in the chronicle; matching more of it would take longer than a page should.
NEWS = 400
COLUMNS = 3


@dataclass(frozen=True)
class Entry:
    """Something with a page: its title, what else it is known by, and its text."""

    kind: str
    url: str
    title: str
    keywords: str
    text: str


@dataclass(frozen=True)
class Item:
    url: str
    title: SafeString
    excerpt: SafeString


@dataclass
class Group:
    label: str
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True)
class Answer:
    companies: list[Result]
    company_count: int
    groups: list[Group]
    suggestion: str

    @property
    def total(self) -> int:
        return self.company_count + sum(len(group.items) for group in self.groups)


def search(query: str, directory: Directory, person: Person) -> Answer:
    found = directory.index.search(Selection(query))
    if not found.asked:
        return Answer([], 0, [], "")
    groups, other_suggestion = _others(query, list(entries(person)))
    nothing = not found.total and not groups
    suggestion = (found.suggestion or other_suggestion) if nothing else ""
    return Answer(_companies(directory, found), found.total, groups, suggestion)


def _companies(directory: Directory, found: Found) -> list[Result]:
    return results(directory, found, 0, COMPANIES)


def _others(query: str, everything: list[Entry]) -> tuple[list[Group], str]:
    builder = TextBuilder(COLUMNS)
    for row, entry in enumerate(everything):
        builder.add(row, (column(entry.title), column(entry.keywords), column(entry.text, everything=False)))
    index = builder.build()
    asked = index.ask(query)
    hits = index.find(asked)
    marker = Marker(hits.words)
    groups: dict[str, Group] = {}
    for row in (row for tier in hits.tiers for row in tier):
        entry = everything[row]
        groups.setdefault(entry.kind, Group(entry.kind)).items.append(_item(entry, marker))
    return list(groups.values()), index.suggestion(asked)


def _item(entry: Entry, marker: Marker) -> Item:
    told = marker.excerpt(entry.text) or marker.excerpt(entry.keywords)
    return Item(entry.url, marked(marker, entry.title), marked(marker, told))


def entries(person: Person) -> Iterable[Entry]:
    """Everything else that this person may see, one query a kind."""
    for network in Network.objects.visible_to(person):
        names = f"{network.short_name} {network.topic} {network.carrier}"
        text = f"{network.summary} {network.aims} {network.scientific_partner} {all_wordings(network)}"
        yield Entry(_("Netzwerke"), network.get_absolute_url(), network.name, names, text)
    for agency in Agency.objects.visible_to(person):
        text = f"{agency.about} {agency.city} {all_wordings(agency)}"
        yield Entry(
            _("Wirtschaftsförderungen"), agency.get_absolute_url(), agency.official_name, agency.short_name, text
        )
    for meeting in Meeting.objects.visible_to(person):
        where, text = f"{meeting.city} {meeting.venue}", f"{meeting.summary} {meeting.body} {all_wordings(meeting)}"
        yield Entry(_("Treffen"), meeting.get_absolute_url(), meeting.title, where, text)
    for news in Announcement.objects.visible_to(person).latest_first()[:NEWS]:
        text = f"{news.summary} {news.body} {all_wordings(news)}"
        yield Entry(_("Mitteilungen"), news.get_absolute_url(), wording(news, "title").text, "", text)
