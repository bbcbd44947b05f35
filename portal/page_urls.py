"""Pages that show several apps, and the site's own files."""

from django.urls import path

from portal.views import health, media

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("medien/<path:path>", media.media, name="media"),
]
