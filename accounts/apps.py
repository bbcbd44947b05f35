from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Personen")

    def ready(self) -> None:
        from accounts import about_people, daily, sign_ins  # noqa: PLC0415 - models exist only now

        daily.register("unconfirmed sign-ups", daily.forget_unconfirmed)
        daily.register("old mails", daily.forget_old_mails)
        sign_ins.watch()
        about_people.register_all()
