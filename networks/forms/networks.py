"""What curators say about a network: who may join and what follows from it, who works in a circle."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.choices import ManyField
from networks.models import Circle, Membership, Network

Policy = Network.JoinPolicy
CONSEQUENCES = (
    (Policy.OPEN, _("Offen: Wer anfragt, ist sofort Mitglied. Die Wirtschaftsförderung am Ort erfährt davon.")),
    (
        Policy.APPROVAL,
        _(
            "Nach Zustimmung: Anfragen warten auf Sie und Ihre Partner-Wirtschaftsförderung. "
            "Es gilt, was zuerst entschieden wird."
        ),
    ),
    (
        Policy.INVITATION,
        _("Auf Einladung: Niemand kann anfragen, der Knopf „Mitmachen“ fällt weg. Sie laden Unternehmen ein."),
    ),
)


class NetworkForm(forms.ModelForm):  # type: ignore[type-arg]  # ModelForm[…] fails at run time
    class Meta:
        model = Network
        fields = "__all__"  # noqa: DJ007 - the admin says which

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        policy = self.fields["join_policy"]
        policy.choices = CONSEQUENCES  # type: ignore[attr-defined]
        policy.help_text = self._waiting()

    def _waiting(self) -> str:
        """What a change does to those who asked before."""
        waiting = Membership.objects.in_network(self.instance).waiting().count() if self.instance.pk else 0
        if not waiting:
            return ""
        return ngettext(
            "{n} Anfrage wartet. Sie wartet auch nach einer Änderung auf Ihre Entscheidung.",
            "{n} Anfragen warten. Sie warten auch nach einer Änderung auf Ihre Entscheidung.",
            waiting,
        ).format(n=waiting)


class MembersField(ManyField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.company)


class CircleForm(forms.ModelForm):  # type: ignore[type-arg]  # ModelForm[…] fails at run time
    """Only who is in the network works in its circles."""

    members = MembersField(Membership.objects.none(), label=_("Wer mitarbeitet"), required=False)

    class Meta:
        model = Circle
        fields = ("name", "purpose", "order", "members")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        members = Membership.objects.active().of_published_companies().in_network(self.instance.network)
        self.fields["members"].queryset = members.in_order().select_related("company")  # type: ignore[attr-defined]
