"""The foot of each page: who answers for it, and where to say that it keeps somebody out."""

from typing import Any

from django import template
from django.template.context import RequestContext

from accounts.addresses import opens_by_itself

register = template.Library()

Context = dict[str, Any]


@register.inclusion_tag("components/barrier_link.html", takes_context=True)
def barrier_link(context: RequestContext) -> Context:
    """To the form with this page filled in; addresses that open by themselves stay out of it."""
    request: Any = context.get("request")
    match = request and request.resolver_match
    return {"path": "" if not match or opens_by_itself(match) else request.path}


@register.inclusion_tag("components/responsible.html")
def responsible(agency: Any = None) -> Context:
    """Who answers for the data on this page; without an agency all of them together."""
    return {"agency": agency}
