"""One spelling for what people type differently: case, accents, umlauts, ß."""

import unicodedata

# Letters that NFKD leaves alone although a keyboard without them writes something else.
PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ŋ": "n"})
WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe"})
UMLAUTS = (("ae", "a"), ("oe", "o"), ("ue", "u"))
# Soft hyphens and zero-width characters come along with text copied from other pages.
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def tidy(text: str) -> str:
    """The text as people see it, each character composed; safe to show and to encode."""
    visible = text.translate(INVISIBLE).encode("utf-8", "ignore").decode()
    return unicodedata.normalize("NFC", visible)


def fold(text: str) -> str:
    if text.isascii():
        return text.lower()
    lowered = unicodedata.normalize("NFKC", text).casefold().translate(PLAIN)
    letters = unicodedata.normalize("NFKD", lowered)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def spellings(word: str) -> tuple[str, ...]:
    """ü as u and as ue; a written-out ue also as u, so that each finds the others."""
    plain = fold(word)
    found = {plain: None}
    if not word.isascii():
        found[fold(unicodedata.normalize("NFKC", word).lower().translate(WRITTEN_OUT))] = None
    short = plain
    for written_out, letter in UMLAUTS:
        short = short.replace(written_out, letter)
    found[short] = None
    return tuple(found)
