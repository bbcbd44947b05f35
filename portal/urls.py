"""All addresses. A noun's own page has a name without namespace."""

from django.contrib import admin
from django.urls import include, path

from portal.views import errors
from portal.views.desk_search import desk_search

urlpatterns = [
    path("", include("networks.urls")),
    path("", include("events.urls")),
    # Last: here are the pages of single things, whose slug would swallow a list or a feed.
    path("", include("portal.page_urls")),
    path("konto/", include("accounts.urls")),
    path("konto/", include("allauth.account.urls")),
    path("konto/2fa/", include("allauth.mfa.urls")),
    path("konto/sessions/", include("allauth.usersessions.urls")),
    path("admin/suche/", desk_search, name="desk-search"),
    path("admin/", admin.site.urls),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
