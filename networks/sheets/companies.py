"""The columns of a list of companies: their titles, and what else people call them."""

import re
from collections.abc import Iterable
from enum import StrEnum

from networks.search.fold import fold


class Column(StrEnum):
    """A field and the title it has in our own lists, in the order of those."""

    NAME = "Name"
    LEGAL_FORM = "Rechtsform"
    SUMMARY = "Kurzbeschreibung"
    DESCRIPTION = "Beschreibung"
    WEBSITE = "Website"
    STREET = "Straße"
    POSTCODE = "PLZ"
    TOWN = "Ort"
    INDUSTRY = "Branche"
    COMPETENCES = "Kompetenzen"
    NETWORKS = "Netzwerke"
    FOUNDED = "Gründungsjahr"
    SIZE = "Mitarbeitende"
    CONTACT = "Ansprechperson"
    EMAIL = "E-Mail"
    PHONE = "Telefon"


REASON = "Grund"  # what we add to the lines we give back; nobody has to sort it out again
SYNONYMS: dict[Column, str] = {
    Column.NAME: "firma firmenname unternehmen unternehmensname betrieb company bedrijf bezeichnung organisation",
    Column.LEGAL_FORM: "gesellschaftsform unternehmensform form legalform rechtsvorm",
    Column.SUMMARY: "kurzprofil kurztext kurzinfo ineinemsatz slogan claim kurzbeschrieb summary teaser",
    Column.DESCRIPTION: "profil text langtext firmenprofil unternehmensprofil taetigkeit leistungen description",
    Column.WEBSITE: "homepage webseite internet internetadresse www url web internetseite webadresse site",
    Column.STREET: "strasse strassehausnummer strasseundhausnummer strassenr strassehausnr anschrift adresse street",
    Column.POSTCODE: "postleitzahl plznr zip zipcode postcode",
    Column.TOWN: "stadt gemeinde standort sitz wohnort city town place ortschaft firmensitz plaats",
    Column.INDUSTRY: "wirtschaftszweig wz wz2008 nace sektor industry industrie branchenschluessel",
    Column.COMPETENCES: "kompetenz schwerpunkte faehigkeiten themen technologien competences skills competenties",
    Column.NETWORKS: "netzwerk mitgliedin cluster networks netwerken",
    Column.FOUNDED: "gegruendet gruendung gegruendetim gruendungsjahr baujahr founded jahr seit",
    Column.SIZE: (
        "mitarbeiter mitarbeiterzahl anzahlmitarbeiter mitarbeiterinnen mitarbeiterinnenundmitarbeiter beschaeftigte "
        "anzahlmitarbeitende beschaeftigtenzahl ma groesse unternehmensgroesse employees medewerkers mitarbeiteranzahl"
    ),
    Column.CONTACT: (
        "ansprechpartner ansprechpartnerin kontaktperson kontakt geschaeftsfuehrer geschaeftsfuehrung inhaber "
        "geschaeftsfuehrerin inhaberin ansprechpartnerinnen contact contactperson gf ap"
    ),
    Column.EMAIL: "mail emailadresse mailadresse emailkontakt email",
    Column.PHONE: "tel telefonnummer telefonnr rufnummer fon phone telnr telefoon mobil festnetz",
}
SIGNS = re.compile(r"[^a-z0-9]+")


def title_key(title: str) -> str:
    """Titles are compared without case, spaces, signs and umlauts."""
    written_out = title.casefold().replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    return SIGNS.sub("", fold(written_out))


KNOWN = {
    **{word: column for column, words in SYNONYMS.items() for word in words.split()},
    **{title_key(column): column for column in Column},
}


def guess(titles: Iterable[str], remembered: dict[str, str]) -> list[Column | None]:
    """For each title its column; each column once: what the agency chose before comes first, then the left one."""
    keys = [title_key(title) for title in titles]
    wanted = [_remembered(remembered[key]) if key in remembered else KNOWN.get(key) for key in keys]
    first = {column: number for number, column in reversed(list(enumerate(wanted))) if column}
    exact = {column: number for number, column in enumerate(wanted) if column and keys[number] == title_key(column)}
    place = first | exact
    return [column if column and place[column] == number else None for number, column in enumerate(wanted)]


def _remembered(choice: str) -> Column | None:
    return Column(choice) if choice in set(Column) else None
