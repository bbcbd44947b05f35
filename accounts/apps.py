from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Personen")

    def ready(self) -> None:
        from accounts import about_people, daily, sign_ins  # noqa: PLC0415 - models exist only now

        daily.register("unused accounts asked", daily.ask_unused_accounts)
        daily.keep(*daily.RULES)
        sign_ins.watch()
        about_people.register_all()
