from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Treffen und Mitteilungen")

    def ready(self) -> None:
        from events.reference import load_calendars  # noqa: PLC0415 - models exist only now
        from networks.reference import also_load  # noqa: PLC0415 - the same

        also_load(load_calendars)
