"""Components take plain values and draw; fields are drawn once for all forms."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import Client, RequestFactory

from accounts.drawing import NOWHERE, Arc, Box, Place, arc_path, initials, path_box, paths_box
from accounts.templatetags.components import icon
from accounts.words import list_in_words, moment_in_words
from networks.colours import stylesheet, version
from networks.models import District, Region
from networks.shares import Share

WEST = Region(slug="westland", name_de="Westland", colour_light="#111111", background_light="#eeeeee")
EAST = Region(slug="ostland", name_de="Ostland", colour_light="#222222", background_light="#dddddd")
THIRD = Region(slug="twente", name_de="Twente", colour_light="#333333", background_light="#cccccc")


def draw(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def draw_page(source: str, path: str = "/netzwerke/", **context: object) -> str:
    return Template(source).render(RequestContext(RequestFactory().get(path), context))


# -- words -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ((2016, 9, 15, 8), (2016, 9, 15, 11), "Do., 15. September 2016, 10–13 Uhr"),
        ((2027, 3, 16, 9), (2027, 3, 16, 12, 30), "Di., 16. März 2027, 10:00–13:30 Uhr"),
        ((2027, 3, 16, 9, 15), None, "Di., 16. März 2027, 10:15 Uhr"),
        ((2027, 3, 16, 9), (2027, 3, 17, 12), "Di., 16. März 2027, 10 Uhr bis Mi., 17. März 2027, 13 Uhr"),
    ],
)
def test_a_moment_is_said_as_people_say_it(start: tuple[int, ...], end: tuple[int, ...] | None, words: str) -> None:
    finish = datetime(*end, tzinfo=UTC) if end else None  # type: ignore[arg-type, misc]
    assert moment_in_words(datetime(*start, tzinfo=UTC), finish) == words  # type: ignore[arg-type, misc]


def test_when_and_day_name_the_machine_readable_date() -> None:
    assert draw("{% when day %}", day=date(2016, 3, 2)) == '<time datetime="2016-03-02">Mi., 2. März 2016</time>'
    late = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert draw("{% day late %}", late=late) == '<time datetime="2027-01-01">Fr., 1. Januar 2027</time>'


@pytest.mark.parametrize(
    ("names", "words"), [([], ""), (["A"], "A"), (["A", "B"], "A und B"), (["A", "B", "C"], "A, B und C")]
)
def test_a_list_is_said_with_und(names: list[str], words: str) -> None:
    assert list_in_words(names) == words


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Hellweg Robotik GmbH", "HR"),
        ("Klasmeier", "KL"),
        ("Ölmühle & Söhne KG", "ÖS"),
        ("e.V.", "·"),
        ("3D-Druck Münster", "3D"),
        ("", "·"),
    ],
)
def test_a_monogram_leaves_legal_forms_out(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_percent_never_breaks_from_its_number() -> None:
    assert draw("{{ x|percent }} {{ y|percent }}", x=0.3049, y=None) == "30\N{NO-BREAK SPACE}% –"


# -- drawings ----------------------------------------------------------------------------------
def test_a_map_spans_whatever_districts_there_are() -> None:
    assert path_box("M10 20L30 5.5Z") == Box(10, 5.5, 30, 20)
    assert paths_box(["M0 0L10 10Z", "", "M-50 5L3 80Z"]) == Box(-50, 0, 10, 80)
    assert paths_box([]) == path_box("") == NOWHERE
    assert Box(0, 0, 100, 50).view_box(10) == "-10.0 -10.0 120.0 70.0"


@pytest.mark.parametrize(("x1", "x2"), [(0, 100), (100, 0)])
def test_an_arc_bows_upwards_from_either_bank(x1: float, x2: float) -> None:
    control = arc_path(x1, 50, x2, 50).split("Q")[1].split()[1]
    assert float(control) == 28.0


def test_many_crossings_draw_a_thicker_arc() -> None:
    assert [Arc(0, 0, 1, 1, count).weight for count in (1, 3, 9)] == ["", "thick", "thicker"]


def test_the_map_links_places_and_names_its_source() -> None:
    districts = [District(name="W", slug="w", region=WEST, path="M0 0L100 100Z"), District(name="leer", region=WEST)]
    places = [
        Place(10, 10, "Ahaus", "westland", "/kreise/w/", "Ahaus: 2 Unternehmen", labelled=True),
        Place(95, 5, "Melle", labelled=True),
    ]
    html = draw("{% region_map districts places arcs %}", districts=districts, places=places, arcs=[Arc(10, 10, 95, 5)])
    assert html.count('<path data-region="westland"') == 1
    assert '<a href="/kreise/w/" data-region="westland"><title>Ahaus: 2 Unternehmen</title>' in html
    assert 'role="group"' in html
    assert 'text-anchor="end"' in html
    assert "© GeoBasis-DE / BKG 2017 (Daten verändert)" in html


def test_a_map_without_links_is_a_picture() -> None:
    html = draw("{% region_map districts %}", districts=[District(name="W", region=WEST, path="M0 0L9 9Z")])
    assert 'role="img"' in html
    assert "<a " not in html


def test_icons_are_decoration() -> None:
    assert str(icon("calendar")).startswith(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
    )


# -- boxes -------------------------------------------------------------------------------------
@pytest.mark.parametrize(("regions", "arcs"), [([WEST], 0), ([WEST, EAST], 1), ([WEST, EAST, THIRD], 2)])
def test_between_each_two_regions_stands_an_arc(regions: list[Region], arcs: int) -> None:
    assert draw("{% arc_line regions %}", regions=regions).count("<svg") == arcs


def test_the_share_carries_denominators_mixing_and_day() -> None:
    share = Share(active=1200, foreign=360, outside=300, companies=1200, mixing=0.25)
    html = draw("{% share_figure share home=west %}", share=share, west=WEST, REGIONS=[WEST, EAST])
    for figure, value in (("active", "1200"), ("foreign", "360"), ("mixing", "0.2500")):
        assert f'data-figure="{figure}" data-value="{value}"' in html
    assert "1.200" in html
    assert "30\N{NO-BREAK SPACE}%" in html
    assert 'width="30.0%"' in html
    assert 'data-region="ostland"' in html
    assert "Stand " in html


def test_with_two_other_sides_the_share_belongs_to_none() -> None:
    share = Share(active=4, foreign=1, outside=3, companies=12, mixing=0.25)
    html = draw("{% share_figure share home=west %}", share=share, west=WEST, REGIONS=lambda: [WEST, EAST, THIRD])
    assert "data-region" not in html


def test_a_share_of_nothing_is_said_in_words() -> None:
    share = Share(active=0, foreign=0, outside=0, companies=0, mixing=0.0)
    assert "Noch keine Mitglieder" in draw("{% share_figure share %}", share=share)
    assert "Noch keine Mitglieder" in draw("{% share_figure None %}")


def test_content_of_people_is_escaped_everywhere() -> None:
    bad = "<script>alert(1)</script>"
    html = draw(
        "{% badge bad %}{% monogram bad %}{% chips list %}{% person bad role=bad %}"
        "{% queue_row bad '/x/' detail=bad action=bad %}"
        "{% card region=bad %}{{ bad }}{% endcard %}{% notice %}{{ bad }}{% endnotice %}"
        "{% empty bad %}{{ bad }}{% endempty %}",
        bad=bad,
        list=[bad, (bad, bad, 3)],
    )
    assert "<script" not in html


def test_chips_say_how_many_are_left_out() -> None:
    assert "und 2 weitere" in draw("{% chips names limit=1 %}", names=["a", "b", "c"])
    assert draw("{% chips names %}", names=[]).strip() == ""


def test_pages_keep_the_other_parameters() -> None:
    html = draw_page(
        "{% pagination page %}", path="/unternehmen/?q=stahl&page=2", page=Paginator(range(90), 10).page(2)
    )
    assert 'href="?q=stahl&amp;page=3"' in html
    assert html.count('aria-current="page"') == 1
    assert draw_page("{% pagination page %}", page=Paginator([], 10).page(1)).strip() == ""


@pytest.mark.parametrize(
    ("path", "current"), [("/netzwerke/", "page"), ("/netzwerke/autos/", "true"), ("/unternehmen/", "")]
)
def test_the_menu_knows_where_we_are(path: str, current: str) -> None:
    html = draw_page('{% nav_link "network-list" "Netzwerke" %}', path=path)
    assert (f'aria-current="{current}"' in html) == bool(current)
    assert ("aria-current" in html) == bool(current)


def test_breadcrumbs_end_where_we_are() -> None:
    html = draw('{% breadcrumbs "Netzwerke" "/netzwerke/" "autOS" %}')
    assert html.index('href="/"') < html.index('href="/netzwerke/"') < html.index('aria-current="page">autOS')


# -- forms -------------------------------------------------------------------------------------
class Sample(forms.Form):
    email = forms.EmailField(label="E-Mail", help_text="Nur für uns.")
    note = forms.CharField(label="Notiz", required=False, widget=forms.Textarea)
    who = forms.ChoiceField(
        label="Wer", widget=forms.RadioSelect, choices=[("a", "alle"), ("b", "niemand")], help_text="Wählen Sie."
    )
    terms = forms.BooleanField(label="Einverstanden")
    key = forms.CharField(widget=forms.HiddenInput)


def test_a_field_is_tied_to_help_and_error() -> None:
    html = str(Sample({"email": "x"}))
    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'id="id_email_helptext"' in html
    assert 'id="id_email_error"' in html
    assert 'aria-invalid="true"' in html
    assert '<fieldset class="field" aria-describedby="id_who_helptext id_who_error" data-invalid>' in html


def test_the_summary_leads_to_every_mistake() -> None:
    html = str(Sample({"email": "x"}))
    targets = [
        target
        for target in ("id_email", "id_who_0", "id_terms")
        if f'href="#{target}"' in html and f'id="{target}"' in html
    ]
    assert targets == ["id_email", "id_who_0", "id_terms"]
    assert "Dieses Feld ist zwingend erforderlich." in html


def test_a_fresh_form_complains_of_nothing_and_marks_what_is_voluntary() -> None:
    html = str(Sample())
    assert "error" not in html
    assert html.count("(freiwillig)") == 1
    assert html.count('type="hidden"') == 1


def test_where_nothing_is_required_nothing_is_called_voluntary() -> None:
    class Filters(forms.Form):
        network = forms.CharField(required=False)

    assert "(freiwillig)" not in str(Filters())


# -- the regions' colours ----------------------------------------------------------------------
def test_colours_know_any_number_of_regions() -> None:
    css = stylesheet([WEST, EAST, THIRD])
    assert "--banks: #111111, #222222, #333333" in css
    assert "--bank-a: #111111" in css
    assert "--bank-b: #333333" in css
    assert css.count('[data-region="twente"]') == 2
    assert version([WEST]) != version([WEST, EAST])
    assert "--banks: #111111, #111111" in stylesheet([WEST])
    assert "--bank-a" not in stylesheet([])


def test_colours_are_kept_for_ever_at_their_address(
    client: Client, west: SimpleNamespace, east: SimpleNamespace
) -> None:
    answer = client.get(f"/regionen/farben-{version(Region.in_order())}.css")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in answer["Cache-Control"]
    assert f"/regionen/farben-{version(Region.in_order())}.css" in client.get("/").content.decode()


def test_an_older_address_leads_to_the_present_colours(client: Client, west: SimpleNamespace) -> None:
    answer = client.get("/regionen/farben-alt.css")
    assert (answer.status_code, answer["Location"]) == (302, f"/regionen/farben-{version(Region.in_order())}.css")
