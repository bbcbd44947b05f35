"""What stands in one cell and means two: a name with its legal form, several things in a row."""

import re
from collections.abc import Callable, Iterable

FORMS = (
    r"gemeinnützige GmbH",
    r"g?GmbH\s*(?:&|und|\+)\s*Co\.?\s*(?:KGaA|KG|OHG)",
    r"(?:AG|SE|UG|UG\s*\(haftungsbeschränkt\)|B\.?\s?V\.?)\s*(?:&|und|\+)\s*Co\.?\s*(?:KGaA|KG|OHG)",
    r"(?:g|m)?GmbH",
    r"mbH",
    r"UG\s*\(haftungsbeschränkt\)",
    r"UG",
    r"KGaA",
    r"PartG(?:\s*mbB)?",
    r"OHG",
    r"GbR",
    r"KG",
    r"AG",
    r"SE",
    r"eG",
    r"AöR",
    r"e\.\s?K(?:fr|fm)?\.",
    r"e\.\s?V\.",
    r"e\.\s?G\.",
    r"B\.\s?V\.",
    r"N\.\s?V\.",
    r"V\.\s?O\.\s?F\.",
    r"Inc\.?",
    r"Ltd\.?",
)
AT_END = re.compile(rf"^(?P<name>.+?)[,\s]+(?P<form>{'|'.join(FORMS)})$", re.DOTALL)
PARTS = re.compile(r"[;|\n]")


def name_and_form(full_name: str) -> tuple[str, str]:
    """«Muster Technik GmbH & Co. KG» is a name and a legal form; without one the form is empty."""
    found = AT_END.match(full_name.strip())
    return (found["name"].strip(" ,"), " ".join(found["form"].split())) if found else (full_name.strip(), "")


def several(text: str, is_known: Callable[[str], bool]) -> list[str]:
    """What is named in a cell: apart by semicolons, bars or lines; by commas where the part is no name as a whole."""
    parts = (part.strip() for part in PARTS.split(text))
    return list(dict.fromkeys(one for part in parts if part for one in _by_commas(part, is_known)))


def _by_commas(text: str, is_known: Callable[[str], bool]) -> Iterable[str]:
    if is_known(text) or "," not in text:
        return [text]
    return [part.strip() for part in text.split(",") if part.strip()]
