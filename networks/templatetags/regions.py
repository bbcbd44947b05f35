from collections.abc import Iterable

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from networks import colours
from networks.models import Region

register = template.Library()


@register.simple_tag
def region_stylesheet(regions: Iterable[Region]) -> SafeString:
    """The regions' colours; the address changes whenever one of them does."""
    return format_html(
        '<link rel="stylesheet" href="{}">', reverse("networks:region-colours", args=[colours.version(regions)])
    )
