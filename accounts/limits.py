"""How often somebody may send: counted in the shared cache, without keeping account or address."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

HOUR = 3600
HOUSEHOLD = 64  # who has an IPv6 address has all that begin alike


def sender_of(request: HttpRequest) -> str:
    """The account where somebody is signed in, so that colleagues behind one address do not wait for each other."""
    if request.user.is_authenticated:
        return f"person {request.user.pk}"
    address = ip_address(get_adapter(request).get_client_ip(request))
    if isinstance(address, IPv6Address):
        return str(IPv6Network((address, HOUSEHOLD), strict=False))
    return str(address)


def sender_key(request: HttpRequest, what: str) -> str:
    return f"sent:{what}:{salted_hmac('accounts.limits', sender_of(request)).hexdigest()[:24]}"


def may_send(request: HttpRequest, what: str) -> bool:
    """Counts this attempt, too."""
    key = sender_key(request, what)
    cache.add(key, 0, HOUR)
    try:
        count: int = cache.incr(key)
    except ValueError:  # it ran out between the two lines
        return True
    return count <= int(settings.PER_HOUR[what])
