"""Pages of the desk stay light: HTML, styles and scripts as they are transferred, gzip'd."""

import gzip
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from networks.models import Company

MOST = 120_000
IMPORT = re.compile(r"""@import url\(["']?([^"')]+)""")
LINKED = re.compile(r"""(?:href|src)="/static/([^"?]+\.(?:css|js))""")


def with_imports(name: str) -> set[str]:
    """A stylesheet and what it imports."""
    folder = name.rpartition("/")[0]
    found = {name}
    for other in IMPORT.findall(source(name).decode()) if name.endswith(".css") else ():
        parts: list[str] = []
        for part in f"{folder}/{other}".split("/"):
            parts = parts[:-1] if part == ".." else [*parts, part]
        found |= with_imports("/".join(parts))
    return found


def source(name: str) -> bytes:
    with open(str(finders.find(name)), "rb") as file:
        return file.read()


@pytest.mark.parametrize("page", ["index", "networks_company_changelist", "networks_membership_changelist", "review"])
def test_page_of_the_desk_is_light(cast: SimpleNamespace, client_of: Any, page: str) -> None:
    Company.objects.bulk_create(
        Company(slug=f"f-{n}", name=f"Firma {n}", summary="Eine.", municipality=cast.west.town) for n in range(60)
    )
    args = [cast.pending_company.pk] if page == "review" else []
    name = "networks_company_review" if page == "review" else page
    html = client_of(cast.curator_west).get(reverse(f"admin:{name}", args=args)).content
    linked = {one for name in LINKED.findall(html.decode()) for one in with_imports(name)}
    assert "css/admin.css" in linked
    assert len(gzip.compress(html)) + sum(len(gzip.compress(source(one))) for one in linked) <= MOST
