"""What one line says, cell by cell: values for a company's fields, and what is wrong, in words."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _

from networks.models import Company, Municipality
from networks.search.fold import tidy
from networks.sheets.companies import Column, title_key
from networks.sheets.names import name_and_form, several

from .vocabulary import Names, Vocabulary

Said = Mapping[Column, str]
FIELDS: dict[Column, str] = {
    Column.NAME: "name",
    Column.LEGAL_FORM: "legal_form",
    Column.SUMMARY: "summary",
    Column.DESCRIPTION: "description",
    Column.STREET: "street",
    Column.CONTACT: "contact_person",
    Column.PHONE: "phone",
}
POSTCODE = re.compile(r"(?:[A-Z]{1,2}[- ])?(\d{4,5}(?: ?[A-Z]{2})?)$")
PHONE = re.compile(r"[\d\s()+/.–-]*\d[\d\s()+/.–-]*(?:(?:Durchwahl|DW|App\.?|ext\.?)\s*\d+)?$", re.IGNORECASE)
SPREADSHEET_ERROR = re.compile(r"#(REF|N/A|NV|NAME|VALUE|WERT|DIV/0|BEZUG|NUM|ZAHL|NULL)[!?]?$")
EARLIEST_YEAR = 1200
BANDS = ((9, Company.Size.MICRO), (49, Company.Size.SMALL), (249, Company.Size.MEDIUM))


class Wrong(Exception):
    """This cell, or another one that it does not go with, cannot be taken; the text is for people."""

    def __init__(self, text: str, column: Column | None = None) -> None:
        super().__init__(text)
        self.column = column


@dataclass
class Reading:
    """`values` by field name, as JSON knows them: texts, numbers, keys; what is empty is not there."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: list[tuple[Column | None, str]] = field(default_factory=list)
    town_said: str = ""

    def attempt(self, column: Column, take: Callable[[], None]) -> None:
        try:
            take()
        except Wrong as wrong:
            self.problems.append((wrong.column or column, str(wrong)))


def read_cells(said: Said, vocabulary: Vocabulary) -> Reading:
    told = {column: tidy(text).strip() for column, text in said.items() if text.strip()}
    return _Line(told, vocabulary).read()


class _Line:
    def __init__(self, told: dict[Column, str], vocabulary: Vocabulary) -> None:
        self.told = told
        self.known = vocabulary
        self.reading = Reading(town_said=told.get(Column.TOWN, ""))
        self.values = self.reading.values

    def read(self) -> Reading:
        self._leave_out_errors()
        self._name()
        for column, field_name in FIELDS.items():
            if column in self.told and column is not Column.NAME:
                self.reading.attempt(column, lambda: self._text(column, field_name))  # noqa: B023 - called at once
        for column, take in self._others.items():
            if column in self.told:
                self.reading.attempt(column, take)
        self.reading.attempt(Column.TOWN, self._town)
        return self.reading

    def _leave_out_errors(self) -> None:
        for column in [column for column, text in self.told.items() if SPREADSHEET_ERROR.match(text)]:
            text = _("Hier steht ein Fehler der Tabelle: {text}").format(text=self.told.pop(column))
            self.reading.problems.append((column, text))

    @property
    def _others(self) -> dict[Column, Callable[[], None]]:
        return {
            Column.WEBSITE: self._website,
            Column.POSTCODE: self._postcode,
            Column.INDUSTRY: self._industry,
            Column.COMPETENCES: lambda: self._several(Column.COMPETENCES, "competences", self.known.competences),
            Column.NETWORKS: lambda: self._several(Column.NETWORKS, "networks", self.known.networks),
            Column.FOUNDED: self._founded,
            Column.SIZE: self._size,
            Column.EMAIL: self._email,
        }

    def _name(self) -> None:
        if Column.NAME not in self.told:
            self.reading.problems.append((Column.NAME, _("Der Name fehlt.")))
            return
        if Column.LEGAL_FORM not in self.told:
            name, form = name_and_form(self.told[Column.NAME])
            self.told[Column.NAME] = name
            if form:
                self.told[Column.LEGAL_FORM] = form
        self.reading.attempt(Column.NAME, lambda: self._text(Column.NAME, "name"))

    def _text(self, column: Column, name: str) -> None:
        text = self.told[column] if name == "description" else " ".join(self.told[column].split())
        longest: int = Company._meta.get_field(name).max_length  # type: ignore[union-attr, assignment]  # texts have one
        if len(text) > longest:
            raise Wrong(_("Höchstens {most} Zeichen; hier sind es {n}.").format(most=longest, n=len(text)))
        if name == "phone" and not PHONE.match(text):
            raise Wrong(_("Das ist keine Telefonnummer: {text}").format(text=_short(text)))
        self.values[name] = text

    def _website(self) -> None:
        text = self.told[Column.WEBSITE]
        address = text if "://" in text else f"https://{text}"
        try:
            URLValidator(schemes=["http", "https"])(address)
        except ValidationError as error:
            raise Wrong(_("Das ist keine Webadresse: {text}").format(text=_short(text))) from error
        if len(address) > 200:
            raise Wrong(_("Höchstens {most} Zeichen; hier sind es {n}.").format(most=200, n=len(address)))
        self.values["website"] = address

    def _email(self) -> None:
        text = self.told[Column.EMAIL].removeprefix("mailto:")
        try:
            EmailValidator()(text)
        except ValidationError as error:
            raise Wrong(_("Das ist keine E-Mail-Adresse: {text}").format(text=_short(text))) from error
        self.values["email"] = text

    def _founded(self) -> None:
        text = self.told[Column.FOUNDED]
        years = re.findall(r"\b\d{4}\b", text)
        if len(years) != 1 or not EARLIEST_YEAR <= int(years[0]) <= timezone.localdate().year:
            raise Wrong(_("Das ist kein Gründungsjahr: {text}").format(text=_short(text)))
        self.values["founded"] = int(years[0])

    def _size(self) -> None:
        text = self.told[Column.SIZE]
        size = self.known.sizes.find(text) or _band(text)
        if not size:
            raise Wrong(_("Das ist keine Zahl von Mitarbeitenden: {text}").format(text=_short(text)))
        self.values["size"] = str(size)

    def _industry(self) -> None:
        text = self.told[Column.INDUSTRY]
        code = re.match(r"(\d{2})(?:[.\s]|$)", text)
        found = self.known.industries.find(text) or (self.known.industries.find(code[1]) if code else None)
        if found is None:
            raise Wrong(_unknown(_("Diese Branche kennen wir nicht: {text}."), text, self.known.industries))
        self.values["industry"] = found

    def _several(self, column: Column, name: str, names: Names) -> None:
        chosen = several(self.told[column], names.knows)
        unknown = [text for text in chosen if not names.knows(text)]
        if unknown:
            raise Wrong(" ".join(_unknown(_("Das kennen wir nicht: {text}."), text, names) for text in unknown))
        self.values[name] = sorted({names.find(text) for text in chosen})

    def _postcode(self) -> None:
        found = POSTCODE.match(self.told[Column.POSTCODE])
        if not found:
            raise Wrong(_("Das ist keine Postleitzahl: {text}").format(text=_short(self.told[Column.POSTCODE])))
        self.values["postcode"] = found[1]

    def _town(self) -> None:
        if Column.TOWN not in self.told and "postcode" not in self.values:
            return
        town = self._town_meant()
        if not self.known.is_home(town):
            home = town.district.home_agency or _("eine andere Stelle")
            raise Wrong(_("{town} liegt nicht in Ihren Kreisen; zuständig: {agency}.").format(town=town, agency=home))
        self.values["municipality"] = town.pk

    def _town_meant(self) -> Municipality:
        text, postcode = self.told.get(Column.TOWN, ""), self.values.get("postcode", "")
        named, there = self.known.towns.get(title_key(text), []), self.known.towns_by_postcode.get(postcode, [])
        both = [town for town in named if town in there] or (_parts_of(text, there) if not named else [])
        if named and there and not both:
            towns = ", ".join(sorted({str(town) for town in there}))
            told = _("{postcode} gehört zu: {towns}.").format(postcode=postcode, towns=towns)
            raise Wrong(told, Column.POSTCODE)
        found = both or named or (there if not text else [])
        if not found:
            raise Wrong(_("Diesen Ort kennen wir in den Regionen nicht: {text}").format(text=_short(text or postcode)))
        if len(found) > 1:
            towns = ", ".join(f"{town} ({town.district})" for town in found)
            raise Wrong(_("Das kann heißen: {towns}. Bitte ergänzen Sie Postleitzahl oder Ort.").format(towns=towns))
        return found[0]


def _parts_of(text: str, towns: list[Municipality]) -> list[Municipality]:
    """«Münster-Hiltrup» is a part of Münster, when the postcode says so."""
    words = {title_key(word) for word in re.split(r"[\s,(/-]+", text)}
    return [town for town in towns if title_key(town.name) in words]


def _band(text: str) -> Company.Size | None:
    """A number, or two within one band: «ca. 25», «10-49», «> 250»."""
    numbers = [int(number) for number in re.findall(r"\d+", re.sub(r"(?<=\d)\.(?=\d{3}\b)", "", text))]
    if not 1 <= len(numbers) <= 2:
        return None
    bands = {next((size for most, size in BANDS if number <= most), Company.Size.LARGE) for number in numbers}
    return bands.pop() if len(bands) == 1 else None


def _unknown(sentence: str, text: str, names: Names) -> str:
    told, nearest = sentence.format(text=_short(text)), names.nearest(text)
    return f"{told} {_('Meinten Sie: {name}?').format(name=nearest)}" if nearest else told


def _short(text: str) -> str:
    return f"„{text[:60]}{'…' if len(text) > 60 else ''}“"
