from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworksConfig(AppConfig):
    name = "networks"
    verbose_name = _("Netzwerke und Unternehmen")

    def ready(self) -> None:
        from accounts.verbs import teach  # noqa: PLC0415 - texts exist only now
        from networks.words import VERBS  # noqa: PLC0415 - the same

        teach(VERBS)
