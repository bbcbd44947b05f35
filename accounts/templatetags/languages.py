from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.template.context import RequestContext
from django.utils.translation import get_language, get_language_info

from accounts.addresses import address_of, home_in

register = template.Library()


@dataclass(frozen=True)
class Version:
    """This page in one language, which is named in itself; where the page is none, the way home."""

    code: str
    name: str
    address: str
    query: str
    is_page: bool
    is_current: bool


@register.simple_tag(takes_context=True)
def versions(context: RequestContext) -> list[Version]:
    request: Any = context.get("request")
    match = request and request.resolver_match
    found = {code: address_of(match, code) for code, _ in settings.LANGUAGES} if match else {}
    is_page = len(set(found.values())) > 1
    query = f"?{request.GET.urlencode()}" if is_page and request.GET else ""
    return [
        Version(
            code=code,
            name=get_language_info(code)["name_local"],
            address=found[code] if is_page else home_in(code),
            query=query,
            is_page=is_page,
            is_current=is_page and code == get_language(),
        )
        for code, _ in settings.LANGUAGES
    ]
