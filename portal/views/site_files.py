"""Files that machines look for."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import views as sitemaps
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override, pgettext_lazy
from django.views.decorators.http import require_safe

from accounts.addresses import home_in
from portal.models import SiteState
from portal.sitemaps import site_maps

PRIVATE = (
    pgettext_lazy("address", "konto/"),
    pgettext_lazy("address", "mein-bereich/"),
    pgettext_lazy("address", "hinweis/"),
    pgettext_lazy("address", "barriere-melden/"),
    pgettext_lazy("address", "teilen/"),
)
VALID_FOR = timedelta(days=180)


@login_not_required
@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    return sitemaps.index(request, site_maps(), sitemap_url_name="sitemap-section")


@login_not_required
@require_safe
def sitemap(request: HttpRequest, section: str) -> HttpResponse:
    return sitemaps.sitemap(request, site_maps(), section=section)


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Invented data belong in no search engine."""
    closed = ["/"] if SiteState.is_demo() else ["/admin/", *private_paths()]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed), f"Sitemap: {settings.BASE_URL}/sitemap.xml"]
    return text("\n".join(lines))


@login_not_required
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116."""
    expires = (timezone.now() + VALID_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {settings.BASE_URL}{reverse('page', args=['kontakt'])}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: de, en, nl",
        f"Canonical: {settings.BASE_URL}{request.path}",
    ]
    return text("\n".join(lines))


def private_paths() -> list[str]:
    """Beginnings of the addresses that are nothing for a search engine, in every language."""
    found = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            found += [f"{home_in(language)}{word}" for word in PRIVATE]
    return found


def text(content: str) -> HttpResponse:
    return HttpResponse(content + "\n", content_type="text/plain; charset=utf-8")
