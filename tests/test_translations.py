"""`.ci/translations.py` finds each way in which a translation can be wrong."""

import runpy
from pathlib import Path
from types import SimpleNamespace

import polib
import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def check() -> SimpleNamespace:
    return SimpleNamespace(**runpy.run_path(str(ROOT / ".ci/translations.py")))


def faults(check, *, equal=(), **entry):
    return list(check.faults(polib.POEntry(**entry), list(equal)))


@pytest.mark.parametrize(
    ("german", "translation", "fault"),
    [
        ("Treffen", "", "missing"),
        ("Treffen", "Treffen", "same as the German text"),
        ("{n} Tage", "{m} days", "placeholders or tags differ"),
        ("Am %(day)s", "On the day", "placeholders or tags differ"),
        ("Bis <b>morgen</b>", "Until tomorrow", "placeholders or tags differ"),
        (" und mehr", "and more", "spaces at the edges differ"),
    ],
)
def test_a_wrong_translation_is_named(check, german, translation, fault):
    assert faults(check, msgid=german, msgstr=translation) == [fault]


def test_a_guess_is_named(check):
    assert faults(check, msgid="Treffen", msgstr="Meeting", flags=["fuzzy"]) == ["fuzzy"]


def test_the_form_for_one_may_say_one_in_words_but_the_other_form_counts(check):
    texts = {"msgid": "Ein Tag", "msgid_plural": "{n} Tage"}
    assert faults(check, **texts, msgstr_plural={0: "One day", 1: "{n} days"}) == []
    assert faults(check, **texts, msgstr_plural={0: "{n} day", 1: "{n} days"}) == []
    assert faults(check, **texts, msgstr_plural={0: "One day", 1: "days"}) == ["placeholders or tags differ"]
    assert faults(check, **texts, msgstr_plural={0: "One day", 1: ""}) == ["missing"]


def test_a_listed_name_may_be_equal_and_so_may_a_text_without_letters(check):
    assert faults(check, msgid="Portal", msgstr="Portal", equal=["Portal"]) == []
    assert faults(check, msgid="{reason}: {quote}", msgstr="{reason}: {quote}") == []


def test_the_list_of_names_is_short_and_has_no_leftovers(check):
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Portal", msgstr="Portal"))
    assert check.list_complaints(["Portal"], [catalogue]) == []
    assert check.list_complaints(["Gone"], [catalogue]) == [".ci/equal.txt: no message reads 'Gone'"]
    assert check.list_complaints(["Portal"] * 61, [catalogue]) == [".ci/equal.txt: 61 names, at most 60"]
