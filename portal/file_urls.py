"""What has one address in all languages: files, what machines look for, and the demo's own pages."""

from django.urls import path

from portal.views import gallery, health, mailbox, media, site_files

urlpatterns = [
    path("demo/bausteine/", gallery.gallery, name="gallery"),
    path("demo/postfach/", mailbox.mailbox, name="mailbox"),
    path("demo/postfach/<int:pk>/", mailbox.mail, name="mailbox-mail"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("medien/<path:path>", media.media, name="media"),
    path("sitemap.xml", site_files.sitemap_index, name="sitemap"),
    path("sitemap-<section>.xml", site_files.sitemap, name="sitemap-section"),
    path("robots.txt", site_files.robots, name="robots"),
    path(".well-known/security.txt", site_files.security, name="security"),
]
