from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Portal")


class AdminConfig(DjangoAdminConfig):
    """The admin as a desk for agency staff."""

    default_site = "networks.admin_site.DeskSite"
