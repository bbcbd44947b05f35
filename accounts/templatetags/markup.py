"""Text of people and data for machines, both made safe."""

import json
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from accounts import prose as markdown

register = template.Library()

# The same three that Django's json_script escapes: nothing inside can end the element.
UNSAFE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def prose(text: str) -> SafeString:
    """Markdown of staff."""
    return markdown.to_html(text)


@register.simple_tag
def json_ld(data: dict[str, Any]) -> SafeString:
    """A description for search engines. It is data, so a strict script policy lets it stand."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False).translate(UNSAFE)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 -- escaped above
