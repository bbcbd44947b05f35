"""All components on one page, for those who build pages; it asks nothing of the database."""

from dataclasses import dataclass
from datetime import date

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.drawing import Arc, Place
from networks.models import Agency, Company, District, Municipality, Network, Region
from networks.shares import Share
from portal.models import SiteState

WEST = Region(slug="links", name_de="Linkes Ufer")
EAST = Region(slug="rechts", name_de="Rechtes Ufer")
NORTH = Region(slug="oben", name_de="Drittes Ufer")


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Name des Unternehmens"), max_length=80)
    email = forms.EmailField(
        label=_("E-Mail-Adresse"),
        help_text=_("Sie bleibt unsichtbar, bis Sie sie freigeben."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    size = forms.ChoiceField(label=_("Mitarbeitende"), choices=Company.Size)
    description = forms.CharField(label=_("Beschreibung"), widget=forms.Textarea, required=False)
    visibility = forms.ChoiceField(
        label=_("Wer sieht meinen Namen?"),
        widget=forms.RadioSelect,
        choices=[("nobody", _("niemand")), ("members", _("Mitglieder")), ("public", _("alle"))],
        help_text=_("Sie können das jederzeit ändern."),
    )
    topics = forms.MultipleChoiceField(
        label=_("Themen"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("a", _("Robotik")), ("b", _("Logistik"))],
    )
    founded = forms.DateField(label=_("Gegründet am"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    logo = forms.FileField(label=_("Logo"), required=False, help_text=_("JPEG, PNG oder WebP, höchstens 5 MB."))
    terms = forms.BooleanField(label=_("Ich stimme den Nutzungsbedingungen zu."))


@dataclass(frozen=True)
class SampleNews:
    title: str
    summary: str
    agency: Agency
    publish_at: date
    image: str = ""

    def get_absolute_url(self) -> str:
        return "#"


def sample_company(region: Region, name: str) -> Company:
    district = District(name="Musterkreis", slug="musterkreis", region=region)
    return Company(
        slug="muster",
        name=name,
        legal_form="GmbH",
        summary="Roboterzellen zum Schweißen und Palettieren, schlüsselfertig ab Losgröße eins.",
        municipality=Municipality(name="Musterstadt", district=district),
    )


def samples(west: Region, east: Region) -> dict[str, object]:
    agency = Agency(slug="muster", short_name="WFG Musterkreis", region=west)
    square = "M{0} 0L{1} 0L{1} 300L{0} 300Z"
    places = [Place(120, 210, "Musterstadt", west.slug, "#karte", "Musterstadt: 4 Unternehmen", labelled=True)]
    places += [Place(480, 110, "Neustadt", east.slug, "#karte", "Neustadt: 1 Unternehmen", labelled=True)]
    return {
        "agency": agency,
        "company": sample_company(east, "Hellweg Schweißrobotik"),
        "districts": [
            District(name="Links", slug="l", region=west, path=square.format(0, 300)),
            District(name="Rechts", slug="r", region=east, path=square.format(300, 600)),
        ],
        "places": places,
        "arcs": [Arc(120, 210, 480, 110, 3)],
        "network": Network(
            slug="muster", name="Robotik für kleine und mittlere Unternehmen", short_name="Robotik", agency=agency
        ),
        "news": SampleNews(
            "Roboter, die sich selbst programmieren", "Der Auftakt war gut besucht.", agency, date(2016, 3, 2)
        ),
    }


@require_safe
@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or SiteState.is_demo()):
        raise Http404
    west, east = (Region.in_order() or [WEST, EAST])[:2]
    context = {
        "two": [west, east],
        "three": [west, east, NORTH],
        "share": Share(active=40, foreign=12, outside=300, companies=1200, mixing=0.25),
        "page": Paginator(range(200), 10).page(7),
        "form": SampleForm(),
        "wrong": SampleForm(
            {"wrong-name": "x" * 90, "wrong-email": "kein-at-zeichen", "wrong-visibility": "x"}, prefix="wrong"
        ),
        "now": timezone.now(),
        "chips": [("Robotik", "#chips", 12), ("Logistik", "#chips", 7), "ohne Link"],
        **samples(west, east),
    }
    return render(request, "portal/gallery.html", context)
