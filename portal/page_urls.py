"""Pages that show several apps, and the site's own files."""

from django.urls import path

from portal.views import gallery, health, home, media, sharing

urlpatterns = [
    path("", home.home, name="home"),
    path("teilen/", sharing.share, name="share"),
    path("demo/bausteine/", gallery.gallery, name="gallery"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("medien/<path:path>", media.media, name="media"),
]
