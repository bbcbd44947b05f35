"""What people have written, in the language of the page or marked as being in another one."""

from collections.abc import Callable
from typing import Any

from django import template
from django.template.defaultfilters import linebreaks_filter
from django.utils.html import conditional_escape, format_html
from django.utils.translation import gettext as _

from accounts.prose import to_html
from accounts.wordings import Wording, wording

register = template.Library()
FORMS: dict[str, Callable[[str], str]] = {"paragraphs": linebreaks_filter, "prose": to_html}


@register.simple_tag
def text(thing: Any, field: str, form: str = "") -> str:
    """{% text company "summary" %}; form: paragraphs or prose (Markdown of staff), else a piece of a sentence.

    With form "quiet" only machines are told that it is in another language: on a card that note would drown the rest.
    """
    return told(wording(thing, field), form)


@register.simple_tag
def told(said: Wording, form: str = "") -> str:
    """The same for a text whose language is known."""
    content = FORMS.get(form, conditional_escape)(said.text)
    if not said.is_foreign:
        return content
    tag = "div" if form in FORMS else "span"
    marked = format_html('<{0} lang="{1}">{2}</{0}>', tag, said.language, content)
    note = _("nur auf %(name)s") % {"name": said.language_name}
    return marked if form == "quiet" else format_html('{} <small class="small soft">{}</small>', marked, note)


@register.filter
def said(thing: Any, field: str) -> str:
    """Where no markup can stand."""
    return wording(thing, field).text
