"""All addresses. A noun's own page has a name without namespace."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.utils.translation import pgettext_lazy

from portal.views import errors
from portal.views.desk_search import desk_search

account = pgettext_lazy("address", "konto/")
urlpatterns = [
    path("", include("portal.file_urls")),
    path("admin/suche/", desk_search, name="desk-search"),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", include("networks.urls")),
        path("", include("events.urls")),
        path(account, include("accounts.urls")),
        path(account, include("allauth.account.urls")),
        path(pgettext_lazy("address", "konto/2fa/"), include("allauth.mfa.urls")),
        path(pgettext_lazy("address", "konto/sessions/"), include("allauth.usersessions.urls")),
        # Last: here are the pages of single things, whose slug would swallow a list or a feed.
        path("", include("portal.page_urls")),
        prefix_default_language=False,
    ),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler429 = errors.too_many  # allauth asks for it, too
handler500 = errors.server_error
