"""Lists as files: as filtered, own rows only, with the columns chosen, and logged."""

import io
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AuditEntry, User
from accounts.sheets.reading import read_table
from networks.models import InternalNote
from networks.sheets.companies import Column
from tests.test_admin_scope import COMMON, MANAGED, OPERATED, SCOPED

ClientOf = Callable[[User | None], Client]
URL = "/admin/networks/company/export/"
ALL = [column.name.lower() for column in Column]


def lines(answer: Any) -> list[list[str]]:
    table = read_table(answer.content)
    return [list(table.header), *(list(line.cells) for line in table.lines)]


def export(client: Client, url: str = URL, columns: list[str] | None = None, kind: str = "csv") -> Any:
    return client.post(url, {"columns": columns or ["name"], "format": kind})


def test_list_comes_as_filtered(cast: SimpleNamespace, client_of: ClientOf) -> None:
    client = client_of(cast.curator_west)
    names = [row[0] for row in lines(export(client))]
    assert names == ["Name", "Baumberge Verpackung", "Hellweg Robotik", "Neu am Ort", "Verborgen Metall"]
    assert lines(export(client, f"{URL}?state__exact=hidden")) == [["Name"], ["Verborgen Metall"]]
    assert lines(export(client, f"{URL}?q=hellweg&p=3&o=-1")) == [["Name"], ["Hellweg Robotik"]]


def test_nothing_of_others_comes_by_any_filter(cast: SimpleNamespace, client_of: ClientOf) -> None:
    client = client_of(cast.curator_west)
    for query in ("q=Teuto", f"id__exact={cast.company_east.pk}", f"pk__in={cast.company_east.pk}"):
        answer = export(client, f"{URL}?{query}")
        assert answer.status_code == 400 or b"Teuto" not in answer.content
    assert b"Teuto" in export(client_of(cast.operator), f"{URL}?q=Teuto").content


def test_file_opens_right_in_german_excel(cast: SimpleNamespace, client_of: ClientOf) -> None:
    cast.company.name, cast.company.founded = "=Größe & Söhne", 1998
    cast.company.save()
    client = client_of(cast.curator_west)
    url = f"{URL}?q=größe"
    columns = ["name", "founded", "complete", "updated"]
    content = export(client, url, columns).content
    assert content.startswith(b"\xef\xbb\xbfName;")
    line = content.decode("utf-8-sig").split("\r\n")[1].split(";")
    assert line[:3] == ["'=Größe & Söhne", "1998", "0,0"]
    sheet = load_workbook(io.BytesIO(export(client, url, columns, "xlsx").content)).active
    assert sheet is not None
    name, founded, _complete, updated = [cell.value for cell in list(sheet.rows)[1]]
    assert (name, founded, type(updated).__name__) == ("'=Größe & Söhne", 1998, "datetime")


def test_contacts_come_by_consent_and_notes_by_choice(cast: SimpleNamespace, client_of: ClientOf) -> None:
    company = cast.company
    company.email, company.phone, company.contact_person = "post@hellweg.example", "+49 251 1", "Petra Privat"
    company.phone_visibility = "members"
    company.save()
    for agency, text in ((cast.west.agency, "Ruft ungern zurück"), (cast.east.agency, "Von drüben")):
        InternalNote.objects.create(agency=agency, object_type="networks.company", object_id=str(company.pk), text=text)
    client = client_of(cast.curator_west)
    page = client.get(URL)
    assert page.context["form"].fields["columns"].initial == ALL
    text = export(client, columns=ALL).content.decode()
    assert "'+49 251 1" in text
    for private in ("post@hellweg", "Privat", "ungern"):
        assert private not in text
    text = export(client, columns=["name", "notes"]).content.decode()
    assert "ungern" in text
    assert "drüben" not in text


def test_each_export_is_logged(cast: SimpleNamespace, client_of: ClientOf) -> None:
    export(client_of(cast.curator_west), f"{URL}?state__exact=hidden", ["name", "town"])
    entry = AuditEntry.objects.get(verb="list.exported")
    assert (entry.by, entry.data["list"]) == (cast.curator_west, "networks.company")
    assert (entry.data["columns"], entry.data["count"]) == (["name", "town"], 1)


@pytest.mark.parametrize("data", [{}, {"columns": ["nix"], "format": "csv"}, {"columns": ["name"], "format": "exe"}])
def test_senseless_choice_is_said(cast: SimpleNamespace, client_of: ClientOf, data: dict[str, Any]) -> None:
    answer = client_of(cast.curator_west).post(URL, data)
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not AuditEntry.objects.filter(verb="list.exported").exists()


@pytest.mark.parametrize("model", [*SCOPED, *COMMON, *MANAGED, *OPERATED])
def test_every_list_has_its_export(cast: SimpleNamespace, client_of: ClientOf, model: str) -> None:
    url = reverse(f"admin:{model}_export")
    columns = client_of(cast.operator).get(url).context["form"].fields["columns"].initial
    assert export(client_of(cast.operator), url, columns).status_code == 200
    assert client_of(cast.owner).get(url).status_code == client_of(cast.owner).post(url).status_code == 403
    assert client_of(None).get(url).status_code == 302
    if model not in {*SCOPED, *COMMON, *MANAGED}:
        assert client_of(cast.manager_west).post(url, {}).status_code == 403


def test_no_list_exports_persons(db: None) -> None:
    for model, page in admin.site._registry.items():
        shown = {one.key for one in page.export_columns(User(is_superuser=True))}  # type: ignore[attr-defined]
        persons = {field.name for field in model._meta.get_fields() if field.related_model is User}
        assert not shown & persons, model


def test_members_are_printed_by_whom_they_concern(cast: SimpleNamespace, client_of: ClientOf) -> None:
    url = reverse("admin:networks_network_members_print", args=[cast.network.pk])
    text = client_of(cast.curator_west).get(url).content.decode()
    assert "Hellweg Robotik GmbH" in text
    for person, status in ((cast.curator_east, 404), (cast.owner, 403), (None, 302)):
        assert client_of(person).get(url).status_code == status
    assert client_of(cast.curator_west).post(url).status_code == 405
