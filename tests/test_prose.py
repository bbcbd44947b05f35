"""Markdown of staff: what it becomes, and what it never becomes."""

import pytest

from accounts.prose import to_html


def test_paragraphs_headings_and_lists() -> None:
    assert to_html("Ein *Satz*.\n\n## Titel\n\n- eins\n- zwei") == (
        "<p>Ein <em>Satz</em>.</p>\n<h2>Titel</h2>\n<ul>\n<li>eins</li>\n<li>zwei</li>\n</ul>\n"
    )


def test_the_page_keeps_its_only_first_heading() -> None:
    assert to_html("# Groß") == "<h2>Groß</h2>\n"


def test_a_new_line_is_a_new_line() -> None:
    assert to_html("Uferweg 1\nMusterstadt") == "<p>Uferweg 1<br>\nMusterstadt</p>\n"


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[klick](javascript:alert(1))",
        "[klick](data:text/html;base64,PHNjcmlwdD4=)",
        "![bild](https://tracker.example.org/x.png)",
        '[klick](https://example.org "x\\" onmouseover=\\"alert(1)")',
        "<a href='x' style='position:fixed'>x</a>",
        "<iframe src=//example.org></iframe>",
        "\u202e<svg/onload=alert(1)>",
    ],
)
def test_no_markup_of_others_gets_through(attack: str) -> None:
    html = to_html(attack)
    for forbidden in (
        "<script",
        "<img",
        "<iframe",
        "<svg",
        'javascript:"',
        'href="javascript',
        'href="data',
        'style="',
        'onmouseover="alert',
    ):
        assert forbidden not in html
    assert " onerror" not in html.replace("&lt;img src=x onerror", "")


def test_links_say_nothing_about_where_the_reader_came_from() -> None:
    assert (
        to_html("[da](https://example.org)")
        == '<p><a href="https://example.org" rel="noopener noreferrer">da</a></p>\n'
    )
