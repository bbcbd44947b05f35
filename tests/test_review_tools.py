"""What helps while reviewing: text templates, internal notes, the map, what changed, and skipping."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from networks.models import Claim, Company, InternalNote, Membership, OutdatedNote, TextTemplate

Kind = TextTemplate.Kind


def review(model: str, pk: int) -> str:
    return reverse(f"admin:networks_{model}_review", args=[pk])


def make_text(side: SimpleNamespace, kind: str, text: str) -> TextTemplate:
    return TextTemplate.objects.create(agency=side.agency, kind=kind, title=f"Titel {text}", text=text)


def test_own_texts_are_offered_where_they_belong(cast: SimpleNamespace, client_of: Any) -> None:
    mine = make_text(cast.west, Kind.COMPANY_DECLINE, "Leider nein.")
    make_text(cast.west, Kind.COMPANY_ASK_BACK, "Wo genau?")
    make_text(cast.east, Kind.COMPANY_DECLINE, "Fremder Text.")
    url = review("company", cast.pending_company.pk)
    page = client_of(cast.curator_west).get(url)
    offered = {decision.key: [one.text for one in form.texts] for decision, form in page.context["decisions"]}
    assert offered == {"approve": [], "ask_back": ["Wo genau?"], "decline": ["Leider nein."]}
    assert "Fremder Text." not in page.content.decode()

    chosen = client_of(cast.curator_west).get(url, {"vorlage": mine.pk})
    forms = {decision.key: form for decision, form in chosen.context["decisions"]}
    assert forms["decline"]["text"].value() == "Leider nein."
    assert forms["ask_back"]["text"].value() is None


def test_a_foreign_text_is_not_filled_in(cast: SimpleNamespace, client_of: Any) -> None:
    foreign = make_text(cast.east, Kind.COMPANY_DECLINE, "Fremder Text.")
    page = client_of(cast.curator_west).get(review("company", cast.pending_company.pk), {"vorlage": foreign.pk})
    assert "Fremder Text." not in page.content.decode()


def test_the_team_writes_and_deletes_its_texts(cast: SimpleNamespace, client_of: Any) -> None:
    staff, add = client_of(cast.curator_west), reverse("admin:networks_texttemplate_add")
    data = {"agency": cast.west.agency.pk, "kind": Kind.CLAIM_DECLINE, "title": "Kurz", "text": "Leider nein."}
    assert staff.get(add).context["adminform"].form.initial["agency"] == cast.west.agency.pk
    assert staff.post(add, {**data, "agency": cast.east.agency.pk}).status_code == 200
    assert staff.post(add, data).status_code == 302
    made = TextTemplate.objects.get()
    assert (made.agency, made.text) == (cast.west.agency, "Leider nein.")
    delete = reverse("admin:networks_texttemplate_delete", args=[made.pk])
    assert client_of(cast.curator_east).post(delete, {"post": "yes"}).status_code == 404
    staff.post(delete, {"post": "yes"})
    assert not TextTemplate.objects.exists()


@pytest.fixture
def things(cast: SimpleNamespace) -> dict[str, Any]:
    return {
        "company": cast.pending_company,
        "membership": Membership.objects.create(company=cast.company_east, network=cast.network),
        "claim": Claim.objects.create(company=cast.unclaimed, person=cast.new, message="Ich."),
        "outdatednote": OutdatedNote.objects.create(agency=cast.west.agency, page="/", label="Seite", message="Alt."),
    }


@pytest.mark.parametrize("model", ["company", "membership", "claim", "outdatednote"])
def test_a_note_is_the_teams_alone(cast: SimpleNamespace, client_of: Any, things: dict[str, Any], model: str) -> None:
    url, staff = review(model, things[model].pk), client_of(cast.curator_west)
    assert staff.post(url, {"note": "1", "note-text": "Am Telefon nett."}).url == url
    note = InternalNote.objects.get()
    assert (note.author, note.agency, note.text) == (cast.curator_west, cast.west.agency, "Am Telefon nett.")
    assert "Am Telefon nett." in staff.get(url).content.decode()
    assert "Am Telefon nett." in client_of(cast.operator).get(url).content.decode()
    assert list(InternalNote.objects.visible_to(cast.manager_west)) == [note]
    for person in (cast.curator_east, cast.owner, cast.pending):
        assert not InternalNote.objects.visible_to(person).exists()


def test_an_empty_note_is_asked_for_again(cast: SimpleNamespace, client_of: Any) -> None:
    answer = client_of(cast.curator_west).post(review("company", cast.company.pk), {"note": "1", "note-text": ""})
    assert answer.status_code == 200
    assert answer.context["note_form"].errors
    assert not InternalNote.objects.exists()


def test_a_foreign_thing_takes_no_note(cast: SimpleNamespace, client_of: Any) -> None:
    url = review("company", cast.company_east.pk)
    assert client_of(cast.curator_west).post(url, {"note": "1", "note-text": "Nein."}).status_code == 404
    assert client_of(cast.owner).post(url, {"note": "1", "note-text": "Nein."}).status_code == 403
    assert not InternalNote.objects.exists()


def test_the_company_never_reads_notes(cast: SimpleNamespace, client_of: Any) -> None:
    InternalNote.objects.create(
        agency=cast.west.agency, object_type="networks.company", object_id=str(cast.company.pk), text="Geheim."
    )
    owner = client_of(cast.owner)
    for url in (
        cast.company.get_absolute_url(),
        reverse("networks:company-manage", args=[cast.company.slug]),
        reverse("networks:company-history", args=[cast.company.slug]),
        reverse("my-area"),
    ):
        assert "Geheim." not in owner.get(url).content.decode()


def test_map_and_changes_are_on_the_page(cast: SimpleNamespace, client_of: Any) -> None:
    owner = client_of(cast.owner)
    edit = reverse("networks:company-edit", args=[cast.company.slug])
    form = owner.get(edit).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    owner.post(edit, {**data, "summary": "Ganz neu gesagt.", "competences": []})
    page = client_of(cast.curator_west).get(review("company", cast.company.pk)).content.decode()
    assert "region-map" in page
    assert "Zuletzt geändert" in page
    assert "In einem Satz" in page


def test_skipping_goes_round(cast: SimpleNamespace, client_of: Any, make_company: Any) -> None:
    make = [make_company(f"Antrag {n}", cast.west, state=Company.State.PENDING) for n in range(2)]
    around = [cast.pending_company, *make]
    staff = client_of(cast.curator_west)
    for here, there in zip(around, [*make, cast.pending_company], strict=True):
        assert staff.get(review("company", here.pk)).context["skip_url"] == review("company", there.pk)


def test_the_list_finds_companies_without_an_owner(cast: SimpleNamespace, client_of: Any) -> None:
    url = reverse("admin:networks_company_changelist")
    rows = client_of(cast.curator_west).get(url, {"verantwortlich": "niemand"}).context["cl"].queryset
    assert set(rows) == {cast.unclaimed}
    cast.owner.is_active = False
    cast.owner.save()
    assert cast.company in client_of(cast.curator_west).get(url, {"verantwortlich": "niemand"}).context["cl"].queryset
