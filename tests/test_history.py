"""Who changed what, when, from where: read on the page and at the desk, and by nobody else."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.audit import record
from accounts.models import AuditEntry
from accounts.origins import IMPORT, acting_from
from accounts.versions import FieldChange
from networks.actions.companies import edit_company
from networks.models import Company, CompanyMember, InternalNote


def history_url(company: Company) -> str:
    return reverse("admin:networks_company_history", args=[company.pk])


def test_a_version_says_where_it_came_from(cast: SimpleNamespace, client_of: Any) -> None:
    page = reverse("networks:company-edit", args=[cast.company.slug])
    client = client_of(cast.owner)
    form = client.get(page).context["form"]
    data = {name: form[name].value() or "" for name in form.fields} | {"competences": [], "summary": "Von der Seite."}
    client.post(page, data)
    assert cast.company.history.latest().origin == "page"

    change = reverse("admin:networks_company_change", args=[cast.company.pk])
    staff = client_of(cast.curator_west)
    form = staff.get(change).context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields} | {
        "competences": [],
        "summary": "Vom Schreibtisch.",
    }
    assert staff.post(change, data).status_code == 302
    assert cast.company.history.latest().origin == "admin"

    with acting_from(IMPORT):
        edit_company(cast.company, {"summary": "Aus einer Liste."}, by=cast.curator_west)
    assert cast.company.history.latest().origin == "import"
    edit_company(cast.company, {"summary": "Von selbst."}, by=cast.curator_west)
    assert cast.company.history.latest().origin == "portal"


def test_the_desk_reads_before_and_after(cast: SimpleNamespace, client_of: Any, vocabulary: SimpleNamespace) -> None:
    edit_company(cast.company, {"summary": "Vorher."}, by=cast.owner)
    edit_company(cast.company, {"summary": "Nachher.", "competences": [vocabulary.robots]}, by=cast.owner)
    answer = client_of(cast.curator_west).get(history_url(cast.company))
    told = [(field.label, field.before, field.after) for change in answer.context["changes"] for field in change.fields]
    assert ("In einem Satz", "Vorher.", "Nachher.") in told
    assert ("Kompetenzen", "", "Industrieroboter") in told
    page = answer.content.decode()
    assert "vorher" in page
    assert "vom Portal selbst" in page


def test_verbs_stand_beside_the_fields(cast: SimpleNamespace, client_of: Any) -> None:
    record(by=cast.curator_west, verb="company.hidden", on=cast.company, note="Auf Wunsch.")
    page = client_of(cast.curator_west).get(history_url(cast.company)).content.decode()
    assert "verborgen" in page
    assert "Auf Wunsch." in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_foreign_history_is_not_there(cast: SimpleNamespace, client_of: Any, method: str) -> None:
    edit_company(cast.company_east, {"summary": "Anders."}, by=cast.owner_east)
    version = cast.company_east.history.latest()
    before = list(cast.company_east.history.values())
    for url in (history_url(cast.company_east), f"{history_url(cast.company_east)}{version.pk}/"):
        assert getattr(client_of(cast.curator_west), method)(url, follow=True).status_code == 404
    assert list(cast.company_east.history.values()) == before


def test_queries_of_the_history_do_not_grow(
    cast: SimpleNamespace, client_of: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        edit_company(cast.company, {"summary": f"Satz {number}."}, by=cast.owner)
    staff = client_of(cast.curator_west)
    with django_assert_max_num_queries(14):
        staff.get(history_url(cast.company))


# -- the log ------------------------------------------------------------------------------------
def log_of(client: Any) -> set[AuditEntry]:
    return set(client.get(reverse("admin:accounts_auditentry_changelist")).context["cl"].queryset)


def test_the_log_of_an_agency_is_about_its_own_things(cast: SimpleNamespace, client_of: Any) -> None:
    own = record(by=cast.owner, verb="company.renamed", on=cast.company)
    joined = record(by=cast.owner, verb="membership.active", on=cast.membership)
    foreign = record(by=cast.owner_east, verb="company.renamed", on=cast.company_east)
    signed_in = record(by=cast.owner, verb="account.signed_in")
    of_person = record(by=cast.owner, verb="company.left_team", on=CompanyMember.objects.first())
    assert log_of(client_of(cast.curator_west)) == {own, joined}
    assert log_of(client_of(cast.operator)) >= {own, joined, foreign, signed_in, of_person}


def test_changes_of_rights_are_the_managers_to_read(cast: SimpleNamespace, client_of: Any) -> None:
    employment = cast.curator_west.employments.get()
    entry = record(by=cast.operator, verb="staff.became_curator", on=employment)
    assert entry in log_of(client_of(cast.manager_west))
    assert entry not in log_of(client_of(cast.curator_west))
    assert entry not in log_of(client_of(cast.curator_east))


def test_nobody_rewrites_the_log(cast: SimpleNamespace, client_of: Any) -> None:
    entry = record(by=cast.owner, verb="company.renamed", on=cast.company)
    change = reverse("admin:accounts_auditentry_change", args=[entry.pk])
    for person in (cast.operator, cast.curator_west):
        client = client_of(person)
        assert client.get(change).status_code == 200
        assert client.post(change, {"verb": "x"}).status_code == 403
        assert client.post(reverse("admin:accounts_auditentry_delete", args=[entry.pk])).status_code == 403
        assert client.get(reverse("admin:accounts_auditentry_add")).status_code == 403
    assert AuditEntry.objects.get(pk=entry.pk).verb == "company.renamed"


def test_the_log_speaks_german(cast: SimpleNamespace, client_of: Any) -> None:
    record(by=cast.owner, verb="company.renamed", on=cast.company)
    page = client_of(cast.curator_west).get(reverse("admin:accounts_auditentry_changelist")).content.decode()
    assert "umbenannt" in page
    assert "company.renamed" not in page


def test_pages_of_the_review_ask_few_questions(
    cast: SimpleNamespace, client_of: Any, make_company: Any, django_assert_max_num_queries: Any
) -> None:
    """However many suspects, notes, entries and versions there are."""
    for number in range(4):
        make_company(f"Neu am Ort {number}", cast.west, name_key="neu am ort")
        InternalNote.objects.create(
            agency=cast.west.agency,
            object_type="networks.company",
            object_id=str(cast.pending_company.pk),
            text="Notiz.",
            author=cast.manager_west,
        )
        edit_company(cast.pending_company, {"summary": f"Satz {number}."}, by=cast.pending)
        record(by=cast.owner, verb="company.renamed", on=cast.company)
    Company.objects.filter(pk=cast.pending_company.pk).update(name_key="neu am ort")
    staff = client_of(cast.curator_west)
    for url in (
        reverse("admin:networks_company_review", args=[cast.pending_company.pk]),
        reverse("admin:networks_company_merge", args=[cast.company.pk]) + "?q=neu",
        reverse("admin:networks_company_merge", args=[cast.company.pk]) + f"?mit={cast.unclaimed.pk}",
        reverse("admin:accounts_auditentry_changelist"),
        reverse("admin:networks_mergerequest_changelist"),
        reverse("admin:networks_texttemplate_changelist"),
    ):
        staff.get(url)
        with django_assert_max_num_queries(25):
            assert staff.get(url).status_code == 200


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("a", "b", ("a", "b")),
        ("", "Neu.", ("", "Neu.")),
        ("Alt.", "", ("Alt.", "")),
        ("1 2 3 4 5 6 7 8 9", "1 2 3 4 5 6 7 8 9 10", ("… 4 5 6 7 8 9", "… 4 5 6 7 8 9 10")),
        ("1 2 3 4 5 6 7 8 9", "0 1 2 3 4 5 6 7 8 9", ("1 2 3 4 5 6 …", "0 1 2 3 4 5 6 …")),
        ("1 2 3 4 5 6 7 x 7 6 5 4 3 2 1", "1 2 3 4 5 6 7 y 7 6 5 4 3 2 1",
         ("… 2 3 4 5 6 7 x 7 6 5 4 3 2 …", "… 2 3 4 5 6 7 y 7 6 5 4 3 2 …")),
        ("a a a", "a a", ("a a a", "a a")),
    ],
)  # fmt: skip
def test_of_a_long_text_only_what_differs_is_shown(before: str, after: str, shown: tuple[str, str]) -> None:
    part = FieldChange("Text", before, after).excerpt
    assert (part.before, part.after) == shown
