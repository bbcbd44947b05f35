"""What the search knows of a company: three columns of words, and its place in the German order."""

from collections.abc import Iterable

from networks.models import Company, Competence, DirectoryVersion
from networks.search.fold import fold
from networks.search.words import column, words

COLUMNS = ("name_sort", "search_name", "search_competences", "search_text")


def sort_name(name: str) -> str:
    """Umlauts as their vowel, as in a German dictionary; signs do not count."""
    return " ".join(map(fold, words(name)))[:200]


def search_columns(company: Company) -> dict[str, str]:
    return columns_with(company, company.competences.all())


def columns_with(company: Company, competences: Iterable[Competence]) -> dict[str, str]:
    """The same for a company that is not saved yet and whose competences are at hand."""
    municipality, industry = company.municipality, company.industry
    place = f"{municipality.name} {municipality.district.name}" if municipality else company.guest_place
    texts = (company.summary, company.description, place, str(industry.name) if industry else "")
    return {
        "name_sort": sort_name(company.name),
        "search_name": column(company.name, company.legal_form),
        "search_competences": column(*(str(competence.name) for competence in competences)),
        "search_text": column(*texts, everything=False),
    }


def reindex(company: Company) -> None:
    """After every change of what a company says about itself, in the same transaction."""
    columns = search_columns(company)
    Company.objects.filter(pk=company.pk).update(**columns)
    for name, words_of_company in columns.items():
        setattr(company, name, words_of_company)
    DirectoryVersion.bump()


def reindex_all(companies: Iterable[Company]) -> None:
    """Many at once, after an import; the companies come with their places and competences."""
    changed = list(companies)
    for company in changed:
        for name, words_of_company in search_columns(company).items():
            setattr(company, name, words_of_company)
    Company.objects.bulk_update(changed, COLUMNS, batch_size=500)
    DirectoryVersion.bump()
