"""What people have written, in the language of the page or marked as being in another one."""

from collections.abc import Callable
from typing import Any

from django import template
from django.template.defaultfilters import linebreaks_filter
from django.utils.html import conditional_escape

from accounts.prose import to_html
from accounts.wordings import wording

register = template.Library()
FORMS: dict[str, Callable[[str], str]] = {"paragraphs": linebreaks_filter, "prose": to_html}


@register.inclusion_tag("components/wording.html")
def text(thing: Any, field: str, form: str = "") -> dict[str, Any]:
    """{% text company "summary" %}; form: paragraphs or prose (Markdown of staff), else a piece of a sentence.

    With form "quiet" only machines are told that it is in another language: on a card that note would drown the rest.
    """
    said = wording(thing, field)
    content = FORMS.get(form, conditional_escape)(said.text)
    return {"said": said, "block": form in FORMS, "quiet": form == "quiet", "content": content}


@register.filter
def said(thing: Any, field: str) -> str:
    """Where no markup can stand."""
    return wording(thing, field).text
