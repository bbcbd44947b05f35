from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from .agencies import Agency, Person


class TextTemplateQuerySet(models.QuerySet["TextTemplate"]):
    def visible_to(self, person: Person) -> Self:
        return self if person.is_superuser else self.filter(agency__in=Agency.objects.of_staff(person))

    def for_decisions(self, kinds: list[str]) -> Self:
        return self.filter(kind__in=kinds).select_related("agency").order_by("title", "pk")


class TextTemplate(models.Model):
    """A text that a team writes again and again, for one kind of decision."""

    class Kind(models.TextChoices):
        """What is decided about, and the key of the decision."""

        COMPANY_ASK_BACK = "company:ask_back", _("Antrag: Rückfrage")
        COMPANY_DECLINE = "company:decline", _("Antrag: Ablehnung")
        COMPANY_HIDE = "company:hide", _("Unternehmen: Verbergen")
        COMPANY_ARCHIVE = "company:archive", _("Unternehmen: Archivieren")
        MEMBERSHIP_ASK_BACK = "membership:ask_back", _("Aufnahme: Rückfrage")
        MEMBERSHIP_DECLINE = "membership:decline", _("Aufnahme: Ablehnung")
        MEMBERSHIP_REMOVE = "membership:remove", _("Mitgliedschaft: Beenden")
        CLAIM_DECLINE = "claim:decline", _("Übernahme: Ablehnung")

    agency = models.ForeignKey(
        Agency, models.CASCADE, related_name="text_templates", verbose_name=_("Wirtschaftsförderung")
    )
    kind = models.CharField(_("Wofür"), max_length=24, choices=Kind)
    title = models.CharField(_("Titel"), max_length=80)
    text = models.TextField(_("Text"), max_length=2000)

    objects = TextTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("Textvorlage")
        verbose_name_plural = _("Textvorlagen")
        ordering = ["kind", "title"]
        constraints = [models.UniqueConstraint(fields=["agency", "kind", "title"], name="one_template_per_title")]

    def __str__(self) -> str:
        return self.title
