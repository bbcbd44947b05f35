from django import forms
from django.utils.translation import gettext_lazy as _

from events.models.announcements import AnnouncementQuerySet
from networks.models import Agency, Network


class AnnouncementChoice(forms.Form):
    """Which news to show. A value nobody knows is said and otherwise ignored."""

    network = forms.ModelChoiceField(
        Network.objects.published(),
        to_field_name="slug",
        required=False,
        label=_("Netzwerk"),
        empty_label=_("alle Netzwerke"),
    )
    agency = forms.ModelChoiceField(
        Agency.objects.all(),
        to_field_name="slug",
        required=False,
        label=_("Wirtschaftsförderung"),
        empty_label=_("alle Wirtschaftsförderungen"),
    )

    def narrow(self, announcements: AnnouncementQuerySet) -> AnnouncementQuerySet:
        chosen = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        if chosen.get("network"):
            announcements = announcements.about(chosen["network"])
        if chosen.get("agency"):
            announcements = announcements.by_agency(chosen["agency"])
        return announcements
