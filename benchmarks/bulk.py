"""Many companies quickly: plausible in what counts for speed (words, spread over the facets), not to be read."""

import json
import random
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from networks.indexing import search_columns
from networks.models import Company, Competence, Industry, Membership, Municipality, Network

PARTS = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
WORDS = [head + tail for head in PARTS["heads"] for tail in PARTS["tails"]]
RARE = "Hydraulik"
LEAST_RARE = 30
BATCH = 2_000
SIZES = (*Company.Size.values, "")


def fill(companies: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("load_reference", verbosity=0, stdout=StringIO())
    maker = _Maker(companies)
    for start in range(0, companies, BATCH):
        maker.make(range(start, min(start + BATCH, companies)))
    _tidy()


class _Maker:
    def __init__(self, companies: int) -> None:
        self._chance = random.Random(4711)
        self._every = min(100, max(1, companies // LEAST_RARE))
        self._towns = list(Municipality.objects.select_related("district"))
        self._industries = list(Industry.objects.all())
        self._competences = list(Competence.objects.all())
        self._networks = list(Network.objects.published())

    def make(self, numbers: range) -> None:
        skills = {number + 1: self._chance.sample(self._competences, 4) for number in numbers}
        companies = Company.objects.bulk_create(self._company(number, skills[number + 1]) for number in numbers)
        through = Company.competences.through
        through._default_manager.bulk_create(
            through(company_id=pk, competence_id=one.pk) for pk, chosen in skills.items() for one in chosen
        )
        Membership.objects.bulk_create(
            Membership(company=company, network=network, state=Membership.State.ACTIVE, joined_at=company.published_at)
            for company in companies
            for network in self._chance.sample(self._networks, self._chance.choice((0, 1, 1, 2)))
        )

    def _company(self, number: int, skills: list[Competence]) -> Company:
        """A hundredth of them, and at least thirty, can be found by the rare word."""
        choice = self._chance.choice
        words = self._chance.choices(WORDS, k=36) + [RARE] * (number % self._every == 0)
        company = Company(
            pk=number + 1,
            slug=f"firma-{number}",
            name=f"{choice(PARTS['names'])}{choice(PARTS['ends'])} {choice(WORDS)} {number % 977}",
            legal_form="GmbH",
            summary=f"{words[0]} und {words[1]} für {words[2]}.",
            description="Wir machen " + ", ".join(words) + ".",
            municipality=choice(self._towns),
            industry=choice(self._industries),
            size=choice(SIZES),
            state=Company.State.PUBLISHED,
            published_at=timezone.now(),
        )
        company._prefetched_objects_cache = {"competences": skills}  # type: ignore[attr-defined]
        for column, text in search_columns(company).items():
            setattr(company, column, text)
        return company


def _tidy() -> None:
    """Statistics and a checkpoint, as an installation has them after a night."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
