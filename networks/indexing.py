"""What the search knows of a company alone: its words, and its place in the German order.

What it shares with others (town, industry, competences) the directory takes from them.
"""

from collections.abc import Iterable

from accounts.wordings import all_wordings
from networks.models import Company, DirectoryVersion
from networks.search.fold import fold
from networks.search.words import column, words

COLUMNS = ("name_sort", "search_name", "search_text")


def sort_name(name: str) -> str:
    """Umlauts as their vowel, as in a German dictionary; signs do not count."""
    return " ".join(map(fold, words(name)))[:200]


def search_columns(company: Company) -> dict[str, str]:
    return {
        "name_sort": sort_name(company.name),
        "search_name": column(company.name, company.legal_form),
        "search_text": column(
            *(company.summary, company.description, all_wordings(company), company.guest_place), everything=False
        ),
    }


def reindex(company: Company) -> None:
    """After every change of what a company says about itself, in the same transaction."""
    columns = search_columns(company)
    Company.objects.filter(pk=company.pk).update(**columns)
    for name, words_of_company in columns.items():
        setattr(company, name, words_of_company)
    DirectoryVersion.bump()


def reindex_all(companies: Iterable[Company]) -> None:
    """Many at once, after an import."""
    changed = list(companies)
    for company in changed:
        for name, words_of_company in search_columns(company).items():
            setattr(company, name, words_of_company)
    Company.objects.bulk_update(changed, COLUMNS, batch_size=500)
    DirectoryVersion.bump()
