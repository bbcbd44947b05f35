"""Says which messages of the catalogues are not translated as they should be; the exit code says whether there are any.

A translation is there, is nobody's guess, keeps every placeholder and tag, and differs from the German text
unless `.ci/equal.txt` lists it: names and words that are the same in another language, one message a line.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("en", "nl")
CATALOGUE = "locale/{}/LC_MESSAGES/django.po"
EQUAL = Path(".ci/equal.txt")
MOST_EQUAL = 60
KEPT = re.compile(r"%\(\w+\)[a-z]|%%|\{\w*\}|<[^<>]+>")
LETTER = re.compile(r"[^\W\d_]")


def main(arguments: list[str]) -> int:
    """Every language unless the arguments name some."""
    equal = (ROOT / EQUAL).read_text(encoding="utf-8").splitlines()
    languages = arguments or LANGUAGES
    catalogues = {language: polib.pofile(str(ROOT / CATALOGUE.format(language))) for language in languages}
    complaints = list_complaints(equal, catalogues.values())
    for language, catalogue in catalogues.items():
        complaints += [f"{language}: {complaint}" for complaint in catalogue_complaints(catalogue, equal)]
    print(*complaints, sep="\n", end="\n" if complaints else "")
    return int(bool(complaints))


def list_complaints(equal: list[str], catalogues: Iterable[polib.POFile]) -> list[str]:
    known = {entry.msgid for catalogue in catalogues for entry in catalogue}
    complaints = [f"{EQUAL}: no message reads {name!r}" for name in equal if name not in known]
    return complaints + ([f"{EQUAL}: {len(equal)} names, at most {MOST_EQUAL}"] if len(equal) > MOST_EQUAL else [])


def catalogue_complaints(catalogue: polib.POFile, equal: list[str]) -> Iterator[str]:
    for entry in catalogue:
        if not entry.obsolete:
            yield from (f"{fault}: {entry.msgid!r}" for fault in faults(entry, equal))


def faults(entry: polib.POEntry, equal: list[str]) -> Iterator[str]:
    if not entry.translated():
        yield "fuzzy" if entry.fuzzy else "missing"
        return
    for source, translation in pairs(entry):
        if kept(translation) not in [kept(text) for text in source]:
            yield "placeholders or tags differ"
        if edges(translation) != edges(source[0]):
            yield "spaces at the edges differ"
        if translation in source and LETTER.search(KEPT.sub("", translation)) and entry.msgid not in equal:
            yield "same as the German text"


def pairs(entry: polib.POEntry) -> list[tuple[list[str], str]]:
    """Each translation with the texts it may stand for: the form for one may count, or say "one" in words."""
    if not entry.msgid_plural:
        return [([entry.msgid], entry.msgstr)]
    one, *others = [entry.msgstr_plural[form] for form in sorted(entry.msgstr_plural)]
    return [([entry.msgid, entry.msgid_plural], one), *(([entry.msgid_plural], other) for other in others)]


def kept(text: str) -> list[str]:
    return sorted(KEPT.findall(text))


def edges(text: str) -> tuple[str, str]:
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
