"""What people type and whom they find: the same on every database, because the process answers."""

import pytest

from networks import directory, indexing
from networks.models import Company, Competence, CompetenceGroup, Industry
from networks.search.index import Selection

# name | competences | summary | description | side
COMPANIES = {
    "hellweg": (
        "Hellweg Robotik",
        "Industrieroboter, Bildverarbeitung",
        "Roboterzellen zum Palettieren.",
        "Auch Schweißen und Kleben.",
        "west",
    ),
    "nordwerk": ("Nordwerk", "Schweißroboter", "Anlagen für den Fahrzeugbau.", "Lösungen ab Losgröße eins.", "east"),
    "schulte": ("Stahl Schulte", "Blechbearbeitung", "Edelstahl nach Maß.", "", "west"),
    "meyer": ("Meyer Stahlbau", "Metallbau", "Hallen und Brücken.", "Statik und Montage.", "east"),
    "becker": ("Diebstahlschutz Becker", "Sicherheitstechnik", "Alarmanlagen für Betriebe.", "", "west"),
    "koenig": ("König & Söhne", "Möbelbau", "Küchen aus Eiche.", "Tischlerei in dritter Generation.", "west"),
    "gruen": (
        "Grünland Agrartechnik",
        "Sensorik, Landmaschinen",
        "Sensoren für Landmaschinen.",
        "Precision Farming.",
        "east",
    ),
    "weiss": (
        "Weiß Oberflächen",
        "Pulverbeschichtung",
        "Lackieren und Beschichten.",
        "Straßenmöbel, Geländer.",
        "west",
    ),
    "teuto": (
        "Teuto Kunststoff",
        "Spritzguss, Werkzeugbau",
        "Baugruppen für Innenräume.",
        "Kunststoffteile in Serie.",
        "east",
    ),
    "ems": (
        "Ems Logistik",
        "Lagerlogistik",
        "Transport und Lagerung.",
        "Gabelstapler, E-Bikes und Lastenräder.",
        "west",
    ),
    "daten": (
        "Datenhafen",
        "Künstliche Intelligenz, Datenanalyse",
        "KI-gestützte Qualitätsprüfung.",
        "Maschinelles Lernen.",
        "east",
    ),
    "sonne": (
        "Sonnenwende Energie",
        "Photovoltaik",
        "Solaranlagen und Speicher.",
        "Wasserstoff in Vorbereitung.",
        "west",
    ),
    "hase": (
        "Haseverpackung",
        "Verpackungsmaschinen",
        "Maschinen für Lebensmittel.",
        "Qualitätssicherung inklusive.",
        "east",
    ),
    "baer": ("Bär Maschinenbau", "Sondermaschinenbau", "Einzelanfertigungen.", "Konstruktion, Fräsen, Drehen.", "west"),
    "oel": ("Ölmühle Lünne", "Lebensmittelherstellung", "Öle aus Raps.", "Kaltgepresst.", "west"),
    "lukasz": ("Łukasz Textil", "Textilveredelung", "Arbeitskleidung.", "Größen bis 5XL.", "east"),
    "hydro": ("Wasserbau Hövel", "Tiefbau", "Kanäle und Wehre.", "Für Gemeinden.", "west"),
    "messe": ("Messebau Kröger", "Veranstaltungstechnik", "Stände für Messen.", "", "east"),
}

# query → companies, best first
FOUND = [
    ("Roboter", "hellweg nordwerk"),
    ("roboter", "hellweg nordwerk"),
    ("ROBOTER", "hellweg nordwerk"),
    ("Robotern", "hellweg nordwerk"),
    ("Industrieroboter", "hellweg"),
    ("Schweißroboter", "nordwerk hellweg"),
    ("Roboterschweißen", "nordwerk hellweg"),
    ("Roboterschweissen", "nordwerk hellweg"),
    ("Schweißen", "nordwerk hellweg"),
    ("schweissen", "nordwerk hellweg"),
    ("Robotik", "hellweg"),
    ("Stahl", "schulte meyer becker"),
    ("Stahlbau", "meyer"),
    ("Edelstahl", "schulte"),
    ("Diebstahl", "becker"),
    ("Bau", "baer messe meyer hydro koenig teuto nordwerk"),
    ("Maschinenbau", "baer"),
    ("Maschine", "baer gruen hase daten"),
    ("Maschinen", "baer gruen hase daten"),
    ("Sondermaschinen", "baer"),
    ("Verpackung", "hase"),
    ("Verpackungsmaschine", "hase"),
    ("Maschinenverpackung", "hase"),
    ("Muenster", "baer becker ems hellweg koenig oel sonne schulte hydro weiss"),
    ("Munster", "baer becker ems hellweg koenig oel sonne schulte hydro weiss"),
    ("Münster", "baer becker ems hellweg koenig oel sonne schulte hydro weiss"),
    ("münster roboter", "hellweg"),
    ("Roboter Münster", "hellweg"),
    ("Roboter in Münster", "hellweg"),
    ("Stahl Melle", "meyer"),
    ("Koenig", "koenig"),
    ("Konig", "koenig"),
    ("König Söhne", "koenig"),
    ("Koenig & Soehne", "koenig"),
    ("Küche", "koenig"),
    ("Kueche", "koenig"),
    ("Möbel", "koenig weiss"),
    ("Moebel", "koenig weiss"),
    ("Weiss", "weiss nordwerk hellweg"),
    ("Weiß", "weiss nordwerk hellweg"),
    ("Strasse", "weiss"),
    ("Straße", "weiss"),
    ("Strassenmobel", "weiss"),
    ("Sensor", "gruen"),
    ("Sensorik", "gruen"),
    ("Landmaschine", "gruen"),
    ("Agrar", "gruen"),
    ("Spritzguß", "teuto"),
    ("Kunststoffspritzguss", "teuto"),
    ("Spritzgussbaugruppen", "teuto"),
    ("Lager", "ems"),
    ("Logistik Lager", "ems"),
    ("Ebike", "ems"),
    ("E-Bike", "ems"),
    ("Lastenrad", "ems"),
    ("KI", "daten"),
    ("Qualität", "daten hase"),
    ("Qualitaetssicherung", "hase"),
    ("Sicherung der Qualität", "hase"),
    ("Datenanalysen", "daten"),
    ("Photovoltaik", "sonne"),
    ("Solaranlage", "sonne"),
    ("Wasser", "hydro sonne"),
    ("Oel", "oel"),
    ("Öl", "oel"),
    ("Lukasz", "lukasz"),
    ("Łukasz", "lukasz"),
    ("Bär", "baer"),
    ("Baer", "baer"),
    ("Hovel", "hydro"),
    ("Messe", "messe"),
    ("GmbH Schulte", "schulte"),
    ("Stahl Roboter", ""),
    ("Raumfahrt", ""),
]

# misspelt → what is suggested
MISSPELT = [
    ("Robotter", "roboterzellen"),
    ("Robothik", "robotik"),
    ("Photovoltaick", "photovoltaik"),
    ("Fotovoltaik", "photovoltaik"),
    ("Logisstik", "logistik"),
    ("Logostik", "logistik"),
    ("Industrieroboder", "industrieroboter"),
    ("Schweissrobotter", "schweißroboter"),
    ("Maschienenbau", "maschinenbau"),
    ("Maschinnenbau", "maschinenbau"),
    ("Stalhbau", "stahlbau"),
    ("Edelstal", "edelstahl"),
    ("Sensohrik", "sensorik"),
    ("Kunstoff", "kunststoff"),
    ("Spritzgus Kunstoff", "spritzgus kunststoff"),
    ("Qualitätssicherrung", "qualitätssicherung"),
    ("Agrartehcnik", "agrartechnik"),
    ("Pulverbeschichtng", "pulverbeschichtung"),
    ("Blechbearbetung", "blechbearbeitung"),
    ("Waserstoff", "wasserstoff"),
    ("Textilveredlung", "textilveredelung"),
    ("Diebstalschutz", "diebstahlschutz"),
    ("Vorbereitunk", "vorbereitung"),
    ("Verpackunk", "verpackungsmaschinen"),
    ("Energi Fotovoltaik", "energi photovoltaik"),
    ("Gabelstabler", "gabelstapler"),
    ("Tischlerrei", "tischlerei"),
    ("Alarmmanlagen", "alarmanlagen"),
]


@pytest.fixture
def companies(west, east, make_company):
    group = CompetenceGroup.objects.create(code="alle", name_de="Alle")
    sides = {"west": west, "east": east}
    for slug, (name, competences, summary, description, side) in COMPANIES.items():
        company = make_company(
            name, sides[side], slug=slug, summary=summary, description=description, legal_form="GmbH"
        )
        for label in competences.split(", "):
            code = f"c{abs(hash(label))}"
            company.competences.add(
                Competence.objects.get_or_create(code=code, defaults={"name_de": label, "group": group})[0]
            )
        indexing.reindex(company)


def found(query: str) -> list[str]:
    hits = directory.build().index.search(Selection(query)).page(0, 100)
    slugs = dict(Company.objects.values_list("pk", "slug"))
    return [slugs[hit.key] for hit in hits]


def suggested(query: str) -> str:
    return directory.build().index.search(Selection(query)).suggestion


def test_there_are_enough_pairs():
    assert len(FOUND) >= 60
    assert len(MISSPELT) >= 20


def test_queries_find_these_companies_in_this_order(companies):
    assert {query: " ".join(found(query)) for query, _ in FOUND} == dict(FOUND)


def test_misspelt_words_get_a_suggestion(companies):
    assert {query: (found(query), suggested(query).lower()) for query, _ in MISSPELT} == {
        query: ([], expected) for query, expected in MISSPELT
    }


def test_words_added_later_are_found_split_and_suggested(companies, west, make_company):
    assert found("Glasfaser") == found("Drohnenvermessung") == []
    for name, slug in (("Glasfaser Nord", "glas"), ("Vermessung mit Drohnen", "drohne")):
        indexing.reindex(make_company(name, west, slug=slug))
    assert found("Glasfasern") == ["glas"]
    assert found("Drohnenvermessung") == ["drohne"]
    assert suggested("Glasfahser").lower() == "glasfaser"


def test_industry_and_district_are_found(west, make_company):
    industry = Industry.objects.create(code="28", section="C", name_de="Herstellung von Pumpen")
    indexing.reindex(make_company("Kurz", west, slug="kurz", industry=industry))
    assert found("Pumpe") == ["kurz"]
    assert found("Westland") == ["kurz"]


def test_german_order_of_names(west, make_company):
    for name in ("Zander", "Öztürk", "Otto", "Ägir", "Adler", "Ahorn", "von Ahn"):
        indexing.reindex(make_company(name, west, slug=f"c{sum(map(ord, name))}"))
    index = directory.build().index
    names = dict(Company.objects.values_list("pk", "name"))
    assert [names[key] for key in index.keys] == ["Adler", "Ägir", "Ahorn", "Otto", "Öztürk", "von Ahn", "Zander"]
