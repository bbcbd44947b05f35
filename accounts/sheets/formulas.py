"""A cell that a spreadsheet would carry out gets an apostrophe before it; reading takes it off again."""

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def _is_dangerous(text: str) -> bool:
    """Also behind apostrophes, so that each text has exactly one neutral form."""
    return text.lstrip("' ").startswith(DANGEROUS) or text.lstrip("'").startswith(DANGEROUS)


def harmless(text: str) -> str:
    return f"'{text}" if _is_dangerous(text) else text


def as_meant(text: str) -> str:
    """What was written before `harmless`."""
    return text[1:] if text.startswith("'") and _is_dangerous(text) else text
