from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Treffen und Mitteilungen")

    def ready(self) -> None:
        from accounts.daily import keep, register  # noqa: PLC0415 - models exist only now
        from accounts.verbs import teach  # noqa: PLC0415 - the same
        from events import about_people, daily, desk, reference  # noqa: PLC0415 - the same
        from events.actions.heirs import move_registrations  # noqa: PLC0415 - the same
        from events.actions.rhythm import guard_rhythm  # noqa: PLC0415 - the same
        from events.verbs import VERBS  # noqa: PLC0415 - the same
        from networks import waiting  # noqa: PLC0415 - the same
        from networks.actions.merging import also_move  # noqa: PLC0415 - the same
        from networks.reference import also_load  # noqa: PLC0415 - the same

        about_people.register_all()
        also_load(reference.load_calendars)
        also_move(move_registrations)
        teach(VERBS)
        waiting.register(desk.PLAN_A_MEETING)
        register("rhythm of meetings", guard_rhythm)
        register("silent people reminded", daily.remind_of_polls)
        register("polls ended", daily.tell_of_ended_polls)
        keep(*daily.RULES)
        register("meetings held", daily.close_meetings)
        register("tasks reminded", daily.remind_of_open_tasks)
