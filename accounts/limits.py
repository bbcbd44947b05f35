"""How often one address may send a form: counted in the shared cache, without keeping the address."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

HOUR = 3600


def sender_key(request: HttpRequest, what: str) -> str:
    address = get_adapter(request).get_client_ip(request)
    return f"sent:{what}:{salted_hmac('accounts.limits', address).hexdigest()[:24]}"


def may_send(request: HttpRequest, what: str, *, per_hour: int) -> bool:
    """Counts this attempt, too."""
    key = sender_key(request, what)
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) <= per_hour
    except ValueError:  # it ran out between the two lines
        return True
