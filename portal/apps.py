from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from accounts import texts  # noqa: PLC0415 - models exist only now
        from accounts.models import Consent  # noqa: PLC0415
        from portal.about_people import register_all  # noqa: PLC0415
        from portal.models import SitePage  # noqa: PLC0415

        register_all()

        texts.register(Consent.Purpose.TERMS, lambda: SitePage.version_of("nutzungsbedingungen"))
        for purpose in (Consent.Purpose.PRIVACY, Consent.Purpose.CONTACT):
            texts.register(purpose, lambda: SitePage.version_of("datenschutz"))


class AdminConfig(DjangoAdminConfig):
    """The admin as a desk for agency staff."""

    default_site = "networks.admin_site.DeskSite"
