"""Invented companies as rows, in batches, with what the search knows of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from networks.duplicates import name_key, website_domain
from networks.indexing import search_columns
from networks.models import Company, CompanySlug, Competence, Municipality
from networks.models.company_people import Visibility
from networks.slugs import slug_for
from portal.demo.plan import Plan, State, plans
from portal.demo.scene import Scene, read
from portal.demo.texts import Voice

BATCH = 1000
# Kept free for films by the Bundesnetzagentur: nobody answers.
FILM_NUMBERS = ("+49 221 4710", "+49 40 66969", "+49 69 90009")
WITH_HISTORY = 2000
SIZES = {
    Company.Size.MICRO: (3, 9),
    Company.Size.SMALL: (10, 49),
    Company.Size.MEDIUM: (50, 249),
    Company.Size.LARGE: (250, 800),
}
# How many days ago somebody entered what is not decided yet.
OPEN: dict[str, tuple[int, int]] = {State.PENDING: (2, 12), State.CHANGES_REQUESTED: (26, 34)}
DECIDED = {State.PUBLISHED, State.HIDDEN, State.ARCHIVED, State.MERGED, State.DECLINED}
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Invented:
    """A company with the plan it came from."""

    company: Company
    plan: Plan

    @property
    def is_published(self) -> bool:
        return self.company.state == State.PUBLISHED


@dataclass
class Inventor:
    scene: Scene
    slugs: set[str] = field(default_factory=set)
    neighbours: dict[int | None, tuple[str, ...]] = field(default_factory=dict)

    def create(self, count: int, progress: Progress) -> list[Invented]:
        self.slugs = {
            *Company.objects.values_list("slug", flat=True),
            *CompanySlug.objects.values_list("slug", flat=True),
        }
        planned = plans(self.scene, count)
        invented: list[Invented] = []
        while batch := [self._invent(plan) for plan in islice(planned, BATCH)]:
            created = Company.objects.bulk_create([each.company for each, _ in batch])
            self._link(batch)
            if len(invented) < WITH_HISTORY:
                Company.history.bulk_history_create(created)
            invented += [each for each, _ in batch]
            progress(len(invented))
        self._merge(invented)
        return invented

    def _invent(self, plan: Plan) -> tuple[Invented, list[Competence]]:
        company = self._company(plan)
        competences = self._competences(plan)
        for name, words in search_columns(company).items():
            setattr(company, name, words)
        return Invented(company, plan), competences

    def _company(self, plan: Plan) -> Company:
        scene, rng = self.scene, self.scene.rng
        size = rng.choices(list(SIZES), (30, 40, 24, 6))[0]
        name, year = scene.names.company(plan.trade), rng.randint(plan.trade.since, 2018)
        company = Company(
            name=name, size=size, founded=year, legal_form=scene.names.form(size), street=scene.names.street()
        )
        company.slug = slug_for(name, self._is_taken)
        self.slugs.add(company.slug)
        company.industry = scene.industries[plan.trade.industry]
        self._settle(company, plan)
        voice = Voice(
            plan.trade, name, short(company.place), year, rng.randint(*SIZES[size]), self._neighbours(plan.town)
        )
        company.summary = scene.writer.summary(voice)
        company.description = scene.writer.description(voice)
        for column, text in scene.writer.summaries_abroad(voice, len(self.slugs)).items():
            setattr(company, column, text)
        self._contacts(company)
        self._dates(company, plan)
        return company

    def _is_taken(self, slug: str) -> bool:
        return slug in self.slugs

    def _settle(self, company: Company, plan: Plan) -> None:
        """In a town of a region, or as a guest with a caring agency."""
        company.municipality = plan.town
        if plan.town:
            codes = [postcode.code for postcode in plan.town.postcodes.all()]
            company.postcode = self.scene.rng.choice(codes) if codes else ""
        else:
            company.guest_place = self.scene.rng.choice(read("names")["guest_places"])
            company.caring_agency = self.scene.networks["robotik-kmu"].agency

    def _neighbours(self, town: Municipality | None) -> tuple[str, ...]:
        """Towns of other regions."""
        here = town.district.region_id if town else None
        if here not in self.neighbours:
            self.neighbours[here] = tuple(
                short(each.name) for each in self.scene.towns if each.district.region_id != here
            )
        return self.neighbours[here]

    def _contacts(self, company: Company) -> None:
        rng, shown = self.scene.rng, (Visibility.PUBLIC, Visibility.PUBLIC, Visibility.MEMBERS, Visibility.NOBODY)
        domain = f"{company.slug}.example.org"
        company.website, company.email = f"https://www.{domain}", f"info@{domain}"
        company.phone = f"{rng.choice(FILM_NUMBERS)} {rng.randint(0, 999):03}"
        company.email_visibility, company.phone_visibility = rng.choice(shown), rng.choice(shown)
        company.name_key, company.website_domain = name_key(company.name), website_domain(company.website)

    def _dates(self, company: Company, plan: Plan) -> None:
        scene = self.scene
        company.state = State.HIDDEN if plan.state == State.MERGED else plan.state
        company.created_at = scene.ago(*OPEN.get(plan.state, (40, 3600)))
        company.submitted_at = company.updated_at = company.created_at
        if plan.state not in {State.PENDING, State.WITHDRAWN}:
            company.decided_at = company.updated_at = scene.after(company.created_at, 1, 9)
        if plan.state in DECIDED - {State.DECLINED}:
            company.published_at = company.decided_at
            company.updated_at = scene.after(company.updated_at, 0, 400)
        company.decision_note = read_notes().get(plan.state, "")
        company._history_date = company.updated_at  # type: ignore[attr-defined]  # simple-history reads it

    def _competences(self, plan: Plan) -> list[Competence]:
        codes = self.scene.rng.sample(plan.trade.competences, self.scene.rng.randint(2, 4))
        return [self.scene.competences[code] for code in codes]

    def _link(self, batch: list[tuple[Invented, list[Competence]]]) -> None:
        through = Company.competences.through
        through._default_manager.bulk_create(
            through(company_id=each.company.pk, competence_id=competence.pk)
            for each, competences in batch
            for competence in competences
        )

    def _merge(self, invented: list[Invented]) -> None:
        """A double entry is merged into a published company; a renamed one keeps its old address."""
        heirs = [each.company for each in invented if each.is_published and not each.plan.is_unclaimed]
        for each in invented:
            if each.plan.state == State.MERGED:
                each.company.state, each.company.merged_into = State.MERGED, heirs[5]
                each.company.save(update_fields=["state", "merged_into"])
        CompanySlug.objects.create(slug=f"{heirs[6].slug}-frueher", company=heirs[6])


def short(place: str) -> str:
    """Without what officials put in brackets."""
    return place.partition(" (")[0]


@cache
def read_notes() -> dict[str, str]:
    words = read("joining")
    return {State.CHANGES_REQUESTED: words["company_asked_back"], State.DECLINED: words["company_declined"]}
