from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def silent_since(self, moment: datetime) -> models.QuerySet["User"]:
        """Nobody signed in since then, or ever; who works here is looked after by the team."""
        rows = self.filter(is_staff=False, is_superuser=False).annotate(seen=Coalesce("last_login", "date_joined"))
        return rows.filter(seen__lt=moment).order_by("pk")

    def to_ask(self, *, silent_since: datetime) -> models.QuerySet["User"]:
        """Not asked since they were here last."""
        asked = models.Q(warned_at__gte=models.F("seen"))
        return self.silent_since(silent_since).exclude(asked)

    def without_answer(self, *, silent_since: datetime, asked_before: datetime) -> models.QuerySet["User"]:
        return self.silent_since(silent_since).filter(warned_at__gte=models.F("seen"), warned_at__lte=asked_before)

    def never_confirmed(self, *, before: datetime) -> models.QuerySet["User"]:
        """Signed up long ago, no address confirmed, never signed in, without a role."""
        return self.filter(date_joined__lt=before, last_login=None, is_staff=False).exclude(emailaddress__verified=True)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by e-mail. `is_staff`: works for an agency or operates the portal; `is_superuser`: operator."""

    email = models.EmailField(_("E-Mail-Adresse"), unique=True)
    name = models.CharField(_("Name"), max_length=120, blank=True)
    function = models.CharField(_("Funktion"), max_length=120, blank=True)
    language = models.CharField(_("Sprache"), max_length=5, default="de")
    is_staff = models.BooleanField(_("arbeitet für eine Wirtschaftsförderung"), default=False)
    is_active = models.BooleanField(_("darf sich anmelden"), default=True)
    date_joined = models.DateTimeField(_("dabei seit"), default=timezone.now)
    warned_at = models.DateTimeField(_("vor dem Löschen gewarnt"), null=True, blank=True, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("Person")
        verbose_name_plural = _("Personen")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_ignores_case")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def known_as(self) -> str:
        """For people who need not know the address."""
        return self.name or gettext("jemand ohne Namen")

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return self.get_full_name()
