"""Folding, words, compounds, ranking and marks, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks.search.fold import fold, spellings, tidy
from networks.search.marks import Marker
from networks.search.terms import Grade, Term
from networks.search.text import TextBuilder, TextIndex
from networks.search.words import bases, column, query_words, words


def index_of(*rows: tuple[str, str, str]) -> TextIndex:
    builder = TextBuilder(3)
    for number, row in enumerate(rows):
        builder.add(number, [column(text) for text in row])
    return builder.build()


def found(index: TextIndex, query: str) -> list[int]:
    return [row for tier in index.find(index.ask(query)).tiers for row in tier]


# -- folding -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Münster", ("munster", "muenster")),
        ("MÜNSTER", ("munster", "muenster")),
        ("Mu\u0308nster", ("munster", "muenster")),
        ("Muenster", ("muenster", "munster")),
        ("Munster", ("munster",)),
        ("Straße", ("strasse",)),
        ("STRASSE", ("strasse",)),
        ("STRAẞE", ("strasse",)),
        ("Łódź", ("lodz",)),
        ("Ørsted", ("orsted", "oersted")),
        ("Çelik", ("celik",)),
        ("ﬁnish", ("finish",)),
    ],
)
def test_a_word_has_these_spellings(word, expected):
    assert spellings(word) == expected


@given(st.text())
def test_folding_is_stable_and_survives_anything(text):
    assert fold(fold(text)) == fold(text)
    tidy(text).encode()


@given(st.text())
def test_words_of_a_column_are_words_again(text):
    for everything in (True, False):
        assert words(column(text, everything=everything)) == column(text, everything=everything).split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("E-Bike für Münster", "E Bike für Münster EBike"),
        ("a A", "a"),
        ("3D-Druck", "3D Druck 3DDruck"),
        ("", ""),
        ("…", ""),
    ],
)
def test_a_column_holds_each_word_once(text, expected):
    assert column(text) == expected


def test_little_words_are_left_out_of_texts_but_not_of_names():
    assert column("Die Macher für uns", everything=False) == "Macher"
    assert query_words("Roboter für Münster") == ("roboter", "münster")
    assert query_words("und") == ("und",)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("maschinen", ["maschinen", "maschin", "maschine"]),
        ("roboters", ["roboters", "roboter"]),
        ("glass", ["glass"]),
        ("gas", ["gas"]),
    ],
)
def test_endings_come_off(word, expected):
    assert list(bases(word)) == expected


# -- grades ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("asked", "word", "grade"),
    [
        ("Stahl", "stahl", Grade.WHOLE),
        ("Maschinen", "maschine", Grade.INFLECTED),
        ("Räder", "rad", Grade.INFLECTED),
        ("Stahl", "stahlbau", Grade.BEGINNING),
        ("Schweißen", "schweissroboter", Grade.BEGINNING),
        ("Stahl", "diebstahlschutz", Grade.INSIDE),
        ("Roboter", "industrieroboter", Grade.INSIDE),
        ("Maschinen", "werkzeugmaschine", Grade.INSIDE),
        ("KI", "maskinen", Grade.NONE),
        ("Messer", "bemessung", Grade.NONE),
    ],
)
def test_how_well_a_word_answers(asked, word, grade):
    assert Term.of(asked).grade(word) is grade


# -- compounds ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("Roboterschweißen", "Schweißroboter"),
        ("Schweißroboter", "Roboterschweißen"),
        ("Roboterschweissen", "Schweißen mit Roboter"),
        ("Maschinenbau", "Bau von Maschinen"),
        ("Qualitätssicherung", "Sicherung der Qualität"),
        ("Datensicherheit", "Sicherheit für Ihre Daten"),
        ("Blechbearbeitung", "Bearbeitung von Blechen"),
    ],
)
def test_a_compound_is_found_by_its_parts_in_any_order(query, text):
    assert found(index_of((text, "", "")), query) == [0]


def test_both_parts_have_to_occur():
    index = index_of(("Schweißen", "", ""), ("Roboter", "", ""), ("Schweißen", "", "Roboter"))
    assert found(index, "Roboterschweißen") == [2]


def test_a_word_is_not_torn_into_what_only_looks_like_parts():
    index = index_of(("Auto", "", "Klimatisierung"), ("", "Automatisierung", ""))
    assert found(index, "Automatisierung") == [1]


def test_parts_may_be_known_only_from_other_compounds():
    index = index_of(("Industrieroboter", "", ""), ("Greifer", "", "Industrieroboter, Greifer"))
    assert found(index, "Robotergreifer") == [1]


# -- order -------------------------------------------------------------------------------------
def test_name_before_competence_before_text_and_whole_before_beginning_before_inside():
    index = index_of(
        ("", "", "Stahl"),
        ("Diebstahlschutz", "", ""),
        ("", "Stahl", ""),
        ("Stahlbau", "", ""),
        ("", "Edelstahl", ""),
        ("Stahl", "", ""),
        ("", "", "Baustahl"),
    )
    assert found(index, "Stahl") == [5, 3, 1, 2, 4, 0, 6]


def test_several_words_are_and_and_the_weaker_one_decides():
    index = index_of(("Stahl", "", "Rheine"), ("Stahl Rheine", "", ""), ("Stahl", "", ""))
    assert found(index, "rheine stahl") == [1, 0]
    hits = index.find(index.ask("rheine stahl"))
    assert [hits.column(row) for row in (0, 1)] == [2, 0]


# -- suggestions -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Robotter", "Roboter"),
        ("Stahl Robotter", "stahl Roboter"),
        ("Roboterschweisen", "Roboterschweißen"),
        ("xyzxyz", ""),
        ("", ""),
    ],
)
def test_did_you_mean(query, expected):
    index = index_of(("Roboter", "Schweißen", "Stahl"))
    assert index.suggestion(index.ask(query)) == expected


# -- marks -------------------------------------------------------------------------------------
def test_marks_whole_words_of_the_original_text():
    index = index_of(("Industrieroboter", "Schweißen", "Münster"))
    marker = Marker(index.find(index.ask("Roboterschweißen muenster")).words)
    text = "Der <b>Industrieroboter</b> & das Schweißen in Münster."
    assert [piece for piece, hit in marker.pieces(text) if hit] == ["Industrieroboter", "Schweißen", "Münster"]
    assert "".join(piece for piece, _ in marker.pieces(text)) == text


def test_an_excerpt_is_a_stretch_around_the_first_mark():
    marker = Marker({"roboter"})
    text = "Anfang " * 40 + "Roboter " + "Ende " * 60
    assert marker.excerpt("ohne") == ""
    assert marker.excerpt("kurz: Roboter") == "kurz: Roboter"
    assert marker.excerpt(text).startswith("… Anfang")
    assert marker.excerpt(text).endswith("Ende …")
    assert "Roboter" in marker.excerpt(text)


@given(st.text(), st.text())
def test_marked_pieces_are_the_text(query, text):
    index = index_of((text, query, ""))
    marker = Marker(index.find(index.ask(query)).words)
    assert "".join(piece for piece, _ in marker.pieces(text)) == tidy(text)
    assert marker.excerpt(text).strip(" …") in tidy(text)


@given(st.text(max_size=60), st.lists(st.text(max_size=40), max_size=4))
def test_any_query_on_any_data_has_an_answer(query, texts):
    index = index_of(*((text, "", text) for text in texts))
    hits = index.find(index.ask(query))
    assert len(hits.everything) == sum(map(len, hits.tiers))
    index.suggestion(index.ask(query))


@given(st.text(alphabet="abüßs -", min_size=1, max_size=30))
def test_every_text_is_found_by_its_own_words(text):
    index = index_of((text, "", ""))
    assert found(index, text) == ([0] if words(text) else [])
