"""Days, times, numbers and names as each language writes them."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils.formats import localize
from django.utils.translation import override

from accounts.words import days_in_figures, moment_in_words, percent
from networks.models import Industry, Region

START, END = datetime(2016, 9, 15, 8, tzinfo=UTC), datetime(2016, 9, 15, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "Do., 15. September 2016, 10–13 Uhr"),
    ],
)
def test_a_moment_is_said_as_people_say_it(language: str, said: str) -> None:
    with override(language):
        assert moment_in_words(START, END) == said


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("de", ["Do., 15. September 2016", "15. September 2016", "15. September", "Do, 15.9.", "15.09.2016"]),
        ("en", ["Thu, 15 September 2016", "15 September 2016", "15 September", "Thu 15/9", "15/09/2016"]),
        ("nl", ["do 15 september 2016", "15 september 2016", "15 september", "do 15-9", "15-9-2016"]),
    ],
)
def test_templates_write_days_by_the_language(language: str, shown: list[str]) -> None:
    names = ("DAY_FORMAT", "DATE_FORMAT", "MONTH_DAY_FORMAT", "SMALL_DAY_FORMAT", "SHORT_DATE_FORMAT")
    with override(language):
        template = Template("|".join(f'{{{{ day|date:"{name}" }}}}' for name in names))
        assert template.render(Context({"day": date(2016, 9, 15)})).split("|") == shown


@pytest.mark.parametrize(
    ("language", "share", "number"),
    [("de", "69\N{NO-BREAK SPACE}%", "12.345,6"), ("en", "69%", "12,345.6"), ("nl", "69%", "12.345,6")],
)
def test_numbers_follow_the_language(language: str, share: str, number: str) -> None:
    with override(language):
        assert percent(0.694) == share
        assert localize(12345.6, use_l10n=True) == number


def test_spans_of_days_follow_the_language() -> None:
    days = date(2016, 7, 4), date(2016, 8, 12)
    with override("en"):
        assert days_in_figures(*days) == "04/07/2016–12/08/2016"
    with override("de"):
        assert days_in_figures(*days) == "04.07.2016–12.08.2016"


def test_what_has_no_name_in_a_language_is_named_in_another() -> None:
    with override("nl"):
        assert Industry(code="25", name_de="Metallerzeugnisse", name_en="Metal products").name == "Metal products"
        assert Region(name_de="Grenzland").name == "Grenzland"
    with override("en"):
        assert Region(name_de="Grenzland", name_en="Borderland").name == "Borderland"
