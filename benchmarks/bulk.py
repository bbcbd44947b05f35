"""Many companies quickly: plausible in what counts for speed (words, spread over the facets), not to be read."""

import random
from collections.abc import Iterator
from io import StringIO

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from networks.indexing import search_columns
from networks.models import Company, Competence, Industry, Membership, Municipality, Network

HEADS = "Stahl Holz Metall Kunststoff Glas Blech Rohr Lack Papier Textil Agrar Energie Wasser Solar Daten Software Medizin".split()
HEADS += "Robotik Sensor Laser Werkzeug Form Guss Antriebs Förder Lager Verpackungs Lebensmittel Fahrzeug Anlagen Mess".split()
TAILS = "bau technik werk systeme service montage logistik planung beratung handel verarbeitung veredelung prüfung".split()
NAMES = "Hell Baum Teuto Ems Hase Vechte Wiede Kort Lüb Röt Brink Feld Kamp Berg Stein Dorn Acker Lind Esch Busch".split()
ENDS = "weg meier mann kamp hoff berg haus brock horst rup ing feld".split()
WORDS = [head + tail for head in HEADS for tail in TAILS]
RARE = "Hydraulik"
LEAST_RARE = 30
BATCH = 2_000
SIZES = (*Company.Size.values, "")


def fill(companies: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("load_reference", verbosity=0, stdout=StringIO())
    chance = random.Random(4711)
    rare = set(range(0, companies, min(100, max(1, companies // LEAST_RARE))))
    made = 0
    for batch in _batches(companies, rare, chance):
        _save(batch, chance)
        made += len(batch)
    _tidy()


def _batches(companies: int, rare: set[int], chance: random.Random) -> Iterator[list[Company]]:
    towns = list(Municipality.objects.select_related("district"))
    industries = list(Industry.objects.all())
    for start in range(0, companies, BATCH):
        numbers = range(start, min(start + BATCH, companies))
        yield [_company(number, chance.choice(towns), chance.choice(industries), number in rare, chance) for number in numbers]


def _company(number: int, town: Municipality, industry: Industry, rare: bool, chance: random.Random) -> Company:  # noqa: FBT001, PLR0917 - a row of made-up values
    words = chance.choices(WORDS, k=36) + [RARE] * rare
    return Company(
        slug=f"firma-{number}",
        name=f"{chance.choice(NAMES)}{chance.choice(ENDS)} {chance.choice(WORDS)} {number % 977}",
        legal_form="GmbH",
        summary=f"{words[0]} und {words[1]} für {words[2]}.",
        description="Wir machen " + ", ".join(words) + ".",
        municipality=town,
        industry=industry,
        size=chance.choice(SIZES),
        state=Company.State.PUBLISHED,
        published_at=timezone.now(),
    )


def _save(companies: list[Company], chance: random.Random) -> None:
    competences, networks = list(Competence.objects.all()), list(Network.objects.published())
    made = Company.objects.bulk_create(companies)
    through = Company.competences.through
    skills = {company.pk: chance.sample(competences, 4) for company in made}
    through._default_manager.bulk_create(
        through(company_id=pk, competence_id=competence.pk) for pk, chosen in skills.items() for competence in chosen
    )
    now = timezone.now()
    Membership.objects.bulk_create(
        Membership(company=company, network=network, state=Membership.State.ACTIVE, joined_at=now)
        for company in made
        for network in chance.sample(networks, min(len(networks), chance.choice((0, 1, 1, 2))))
    )
    for company in made:
        company._prefetched_objects_cache = {"competences": skills[company.pk]}  # type: ignore[attr-defined]
        for column, words in search_columns(company).items():
            setattr(company, column, words)
    Company.objects.bulk_update(made, ["name_sort", "search_name", "search_competences", "search_text"], batch_size=200)


def _tidy() -> None:
    """Statistics and a checkpoint, as an installation has them after a night."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
