"""The portal's components: a tag, a template and a stylesheet with one name each; none of them asks the database.

The gallery at /demo/bausteine/ shows all of them. The library is a builtin: no template has to load it.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template.base import NodeList
from django.template.context import RequestContext
from django.template.loader import render_to_string
from django.template.loader_tags import BlockNode
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from accounts import drawing, words
from accounts.sharing import SERVICES

register = template.Library()

Context = dict[str, Any]


# -- signs and words ---------------------------------------------------------------------------
@lru_cache(maxsize=128)
def icon_shapes(name: str) -> SafeString:
    svg = (settings.BASE_DIR / "static" / "icons" / f"{name}.svg").read_text(encoding="utf-8").partition("<svg")[2]
    inside = svg[svg.index(">") + 1 : svg.rindex("</svg>")]
    # The files are ours (Lucide, copied into static/icons), never a visitor's.
    return mark_safe(re.sub(r"\s+", " ", inside).strip())  # noqa: S308


@register.simple_tag
def icon(name: str) -> SafeString:
    shapes = icon_shapes(name)
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>', shapes)


@register.inclusion_tag("components/badge.html")
def badge(text: str, tone: str = "", region: str = "") -> Context:
    """A state in words; tone is good, warn, bad or nothing."""
    return {"text": text, "tone": tone, "region": region}


@register.inclusion_tag("components/arc_line.html")
def arc_line(regions: Iterable[Any], in_colour: bool = False, links: bool = False) -> Context:
    """The names of the regions with an arc between each two."""
    listed = list(regions)
    return {"pairs": list(zip(listed, [None, *listed], strict=False)), "in_colour": in_colour, "links": links}


@register.inclusion_tag("components/monogram.html")
def monogram(name: str, region: str = "", image: str = "", size: str = "") -> Context:
    """A logo, or two letters where there is none. The name itself stands beside it, so both are decoration."""
    return {"letters": drawing.initials(name), "region": region, "image": image, "size": size}


@register.inclusion_tag("components/date_leaf.html")
def date_leaf(day: date, size: str = "") -> Context:
    """A leaf of the calendar; decoration, the date stands beside it in words. Size: large or nothing."""
    return {"day": day, "size": size}


@register.simple_tag
def when(start: date | datetime, end: datetime | None = None) -> SafeString:
    """A day, or a moment with its end, as people say it."""
    if not isinstance(start, datetime):
        return day(start)
    machine, text = start.isoformat(timespec="seconds"), words.moment_in_words(start, end)
    return format_html('<time datetime="{}">{}</time>', machine, text)


@register.simple_tag
def day(moment: date | datetime) -> SafeString:
    """The day alone, in local time."""
    local = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), words.day_in_words(local))


@register.filter
def in_words(names: Iterable[object]) -> str:
    return words.list_in_words(names)


@register.filter
def percent(fraction: float | None) -> str:
    return "–" if fraction is None else words.percent(fraction)


# -- boxes -------------------------------------------------------------------------------------
@register.simple_block_tag
def card(content: str, region: str = "", extra: str = "", tag: str = "article") -> SafeString:
    region_attribute = format_html(' data-region="{}"', region) if region else ""
    return format_html('<{} class="card {}"{}>{}</{}>', tag, extra, region_attribute, content, tag)


@register.simple_block_tag
def notice(content: str, tone: str = "", sign: str = "info") -> SafeString:
    """Something to know before going on; tone is good, warn, bad or nothing."""
    return format_html('<div class="notice" data-tone="{}">{}<div>{}</div></div>', tone, icon(sign), content)


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """Nothing here yet: say so kindly, and what to do. Links in the content become the way on."""
    bridge = render_to_string("components/empty_bridge.html")
    return format_html('<div class="empty">{}<h2>{}</h2>{}</div>', bridge, title, content)


@register.inclusion_tag("components/queue_row.html")
def queue_row(title: str, url: str, detail: str = "", action: str = "", **more: Any) -> Context:
    """One thing that waits. More: count, age (in words), tone of the age, late."""
    return {"title": title, "url": url, "detail": detail, "action": action, **more}


@register.inclusion_tag("components/chips.html")
def chips(items: Iterable[Any], limit: int = 0) -> Context:
    """Names, or (name, url) or (name, url, count)."""
    listed = [item if isinstance(item, tuple) else (str(item),) for item in items]
    shown = listed[:limit] if limit else listed
    return {"chips": shown, "more": len(listed) - len(shown)}


@register.inclusion_tag("components/company_card.html")
def company_card(company: Any, why: Any = "", match: str = "", **more: Any) -> Context:
    """A result of the directory. More: competences and networks (names), level of the heading."""
    return {"company": company, "why": why, "match": match, "level": 3, **more}


@register.inclusion_tag("components/network_card.html", takes_context=True)
def network_card(context: RequestContext, network: Any, share: Any = None, level: int = 3) -> Context:
    home = network.agency.region
    return {"network": network, "share": share, "level": level, "other": other_side(context, home), **share_bar(share)}


@register.inclusion_tag("components/news_card.html")
def news_card(item: Any, level: int = 3) -> Context:
    return {"item": item, "level": level}


@register.inclusion_tag("components/meeting_card.html")
def meeting_card(meeting: Any, over: str = "", level: int = 3) -> Context:
    return {"meeting": meeting, "over": over, "level": level}


@register.inclusion_tag("components/person.html")
def person(name: str, role: str = "", **more: Any) -> Context:
    """Somebody to turn to. More: region, image, email, phone, url with label, place."""
    return {"name": name, "role": role, **more}


def other_side(context: RequestContext, home: Any) -> str:
    """The slug of the other region where there is just one: its colour is the share's."""
    regions = context.get("REGIONS") or []
    others = [
        region.slug for region in (regions() if callable(regions) else regions) if home and region.slug != home.slug
    ]
    return others[0] if len(others) == 1 else ""


def share_bar(share: Any) -> Context:
    """Numbers as markup wants them: no separators, four decimals for random mixing."""
    if not share:
        return {}
    return {
        "value": f"{share.fraction * 100:.1f}",
        "tick": f"{share.mixing * 100:.1f}",
        "active_value": str(share.active),
        "foreign_value": str(share.foreign),
        "mixing_value": f"{share.mixing:.4f}",
    }


@register.inclusion_tag("components/share_figure.html", takes_context=True)
def share_figure(context: RequestContext, share: Any, home: Any = None, full: bool = True) -> Context:
    """The share of the other side, with denominators, random mixing and the day; home is the near side."""
    region = other_side(context, home)
    return {"share": share, "region": region, "full": full, "as_of": timezone.localdate(), **share_bar(share)}


@register.inclusion_tag("components/region_map.html")
def region_map(
    districts: Iterable[Any], places: Iterable[drawing.Place] = (), arcs: Iterable[drawing.Arc] = (), **more: Any
) -> Context:
    """Districts in their regions' colours, places, and arcs. More: label, links (districts too), legend."""
    drawn, dots = [district for district in districts if district.path], list(places)
    box = drawing.paths_box(district.path for district in drawn)
    return {
        "districts": drawn,
        "places": [(f"{dot.x:.1f}", f"{dot.y:.1f}", dot) for dot in dots],
        "arcs": list(arcs),
        "view_box": box.view_box(margin=26),
        "turn": box.left + 0.85 * (box.right - box.left),
        "linked": any(dot.url for dot in dots) or more.get("links"),
        "regions": list({district.region.slug: district.region for district in drawn}.values()),
        **more,
    }


@register.inclusion_tag("components/share_panel.html", takes_context=True)
def share_panel(context: RequestContext, title: str) -> Context:
    """Tell others about this page; no service hears of the visitor before the second click."""
    path = context["request"].path
    return {
        "title": title,
        "path": path,
        "page": settings.BASE_URL + path,
        "services": SERVICES.values(),
        "share_url": reverse("share"),
    }


# -- finding one's way -------------------------------------------------------------------------
@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*steps: str) -> Context:
    """Name and address in turn, then the name of this page: {% breadcrumbs "Netzwerke" url network.name %}."""
    *way, here = steps
    return {"way": list(zip(way[::2], way[1::2], strict=True)), "here": here}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: RequestContext, page: Page[Any]) -> Context:
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"page": page, "numbers": numbers, "request": context["request"]}


@register.inclusion_tag("components/search_box.html")
def search_box(action: str, value: str = "", label: str = "", **more: Any) -> Context:
    """More: placeholder, id (when two stand on one page), name of the parameter."""
    return {"action": action, "value": value, "label": label, **more}


@register.inclusion_tag("components/nav_link.html", takes_context=True)
def nav_link(context: RequestContext, name: str, text: str) -> Context:
    """A link of the main navigation that knows whether we are there, or somewhere below."""
    url, request = reverse(name), context.get("request")
    here = request.path if request else ""
    current = "page" if here == url else "true" if here.startswith(url) else ""
    return {"url": url, "text": text, "current": current}


@register.simple_tag(takes_context=True)
def again(context: RequestContext, block: str) -> SafeString:
    """The text of a block of the page once more: the title also stands in the data for link previews."""
    return SafeString(BlockNode(block, NodeList()).render(context).strip())


@register.inclusion_tag("components/messages.html", takes_context=True)
def messages_box(context: RequestContext) -> Context:
    """Asks the session only of visitors who have one, so that nobody else's page depends on it."""
    request = context.get("request")
    waiting: Iterable[Message] = []
    if request and settings.SESSION_COOKIE_NAME in request.COOKIES:
        waiting = list(get_messages(request))
    return {"waiting": waiting}


@register.inclusion_tag("components/print_button.html")
def print_button() -> Context:
    return {}


# -- forms -------------------------------------------------------------------------------------
@register.filter
def field_kind(field: BoundField) -> str:
    """How a field is drawn: one box to tick, several choices, or a label above a control."""
    if isinstance(field.field.widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    return "check" if isinstance(field.field.widget, CheckboxInput) else "control"


@register.filter
def error_target(field: BoundField) -> str:
    """Where the summary's link leads: the first thing in the field that can take the focus."""
    return f"{field.auto_id}_0" if field.field.widget.use_fieldset else field.id_for_label


@register.filter
def is_voluntary(field: BoundField) -> bool:
    """Worth saying only where other fields must be filled in, and not where one of several must be."""
    if getattr(field.field, "depends", False):
        return False
    return not field.field.required and any(other.required for other in field.form.fields.values())
