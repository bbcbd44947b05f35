"""Atom feeds of the news: all of it, of a network, of an agency."""

import re
from datetime import UTC, datetime
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.wordings import wording
from events.models import Announcement
from events.models.announcements import AnnouncementQuerySet
from networks.models import Agency, Network

LENGTH = 30
BEGINNING = datetime(2016, 3, 2, tzinfo=UTC)
# XML has no way to write these.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@login_not_required
@require_safe
def announcement_feed(request: HttpRequest) -> HttpResponse:
    return answer(
        request,
        Announcement.objects.all(),
        title=_("Brückenschlag: Mitteilungen"),
        page=reverse("events:announcement-list"),
    )


@login_not_required
@require_safe
def network_feed(request: HttpRequest, slug: str) -> HttpResponse:
    network = get_object_or_404(Network.objects.published(), slug=slug)
    title = _("Brückenschlag: {name}").format(name=network.name)
    return answer(request, Announcement.objects.about(network), title=title, page=network.get_absolute_url())


@login_not_required
@require_safe
def agency_feed(request: HttpRequest, slug: str) -> HttpResponse:
    agency = get_object_or_404(Agency.objects.visible_to(request.user), slug=slug)
    title = _("Brückenschlag: {name}").format(name=agency.short_name)
    return answer(request, Announcement.objects.by_agency(agency), title=title, page=agency.get_absolute_url())


def answer(request: HttpRequest, announcements: AnnouncementQuerySet, *, title: str, page: str) -> HttpResponse:
    """A reader that has the newest version already gets 304 and nothing else."""
    rows = list(announcements.published().latest_first().with_agency()[:LENGTH])
    content = atom(rows, title=title, page=page, path=request.path)
    response = HttpResponse(content, content_type="application/atom+xml; charset=utf-8")
    response["ETag"] = etag = f'"{sha256(content).hexdigest()[:32]}"'
    newest = max((changed(row) for row in rows), default=None)
    last_modified = int(newest.timestamp()) if newest else None
    if newest:
        response.headers["Last-Modified"] = http_date(newest.timestamp())
    return get_conditional_response(request, etag=etag, last_modified=last_modified, response=response) or response


def atom(rows: list[Announcement], *, title: str, page: str, path: str) -> bytes:
    feed = SteadyFeed(
        title=printable(title),
        link=f"{settings.BASE_URL}{page}",
        description="",
        language=get_language(),
        feed_url=f"{settings.BASE_URL}{path}",
    )
    for row in rows:
        link = f"{settings.BASE_URL}{row.get_absolute_url()}"
        feed.add_item(
            title=printable(wording(row, "title").text),
            link=link,
            unique_id=link,
            description=printable(wording(row, "summary").text),
            author_name=printable(row.agency.short_name),
            pubdate=row.publish_at,
            updateddate=changed(row),
            categories=[printable(network.short_name) for network in row.networks.all()],
        )
    text: str = feed.writeString("utf-8")
    return text.encode("utf-8")


def changed(row: Announcement) -> datetime:
    return max(row.publish_at, row.updated_at)


def printable(text: str) -> str:
    return FORBIDDEN.sub("", text)


class SteadyFeed(Atom1Feed):
    """An empty feed keeps its date, so that it keeps its ETag."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else BEGINNING
