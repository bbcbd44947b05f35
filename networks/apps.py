from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworksConfig(AppConfig):
    name = "networks"
    verbose_name = _("Netzwerke und Unternehmen")

    def ready(self) -> None:
        from accounts.daily import keep, register  # noqa: PLC0415 - models exist only now
        from accounts.errands import register as register_errand  # noqa: PLC0415 - the same
        from accounts.verbs import teach  # noqa: PLC0415 - texts exist only now
        from networks import about_people, daily  # noqa: PLC0415 - models exist only now
        from networks.actions.imports import work_off  # noqa: PLC0415 - the same
        from networks.words import VERBS  # noqa: PLC0415 - the same

        teach(VERBS)
        register("waiting reminded", daily.remind_of_waiting)
        keep(*daily.RULES)
        register_errand(work_off)
        about_people.register_all()
