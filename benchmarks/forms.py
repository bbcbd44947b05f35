"""Finds the forms of pages and thinks of what nobody should send them."""

import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile

NAMED = ("input", "select", "textarea", "button")


@dataclass
class Form:
    """A form as a browser reads it: where it goes, and per field its kind and what it holds."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)


class Reader(HTMLParser):
    """Forms and links of a page."""

    def __init__(self, page: str, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.path, self.forms, self.links = path, list[Form](), list[str]()
        self.inside: Form | None = None
        self.choosing = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href", "").startswith("/"):
            self.links.append(given["href"].partition("#")[0])
        elif tag == "form":
            self.inside = Form(
                given.get("action", "") or self.path, "post" if given.get("method", "").lower() == "post" else "get"
            )
            self.forms.append(self.inside)
        elif self.inside and tag in NAMED and given.get("name"):
            self._field(tag, given)
        elif self.inside and tag == "option" and self.choosing and "selected" in given:
            self.inside.values[self.choosing] = given.get("value", "")

    def _field(self, tag: str, given: dict[str, str]) -> None:
        assert self.inside
        name, kind = given["name"], given.get("type", "text") if tag == "input" else tag
        self.choosing = name if tag == "select" else ""
        self.inside.fields[name] = kind
        if kind not in {"checkbox", "radio"} or "checked" in given:
            self.inside.values[name] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = None


def _png(side: int) -> bytes:
    """One colour, so many pixels that a program which unpacks them needs gigabytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"\0" * (side * (side // 8 + 1)), 9)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _zip(**names: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in names.items():
            packed.writestr(name.replace("__", "/"), data)
    return file.getvalue()


TEXTS = {
    "empty": "",
    "overlong": "x" * 70_000,
    "nul": "Guten\0Tag",
    "emoji": "🦾🤖" * 40,
    "right to left": "\u202eabc\u200f\u2066",
    "combining": "a" + "\u0301" * 500,
    "markup": "<script>alert(1)</script>{{ 7*7 }}{% now %}",
    "formula": "=cmd|' /C calc'!A0",
    "object": "[object Object]",
    "huge number": "9" * 400,
    "negative": "-1",
    "not a number": "NaN",
    "infinite": "1e999",
    "day that is none": "2027-02-30T25:61",
    "first day": "0001-01-01",
    "far away": "999999-12-31",
    "path": "../../../../etc/passwd\0.png",
    "line ends": "a\r\nBcc: x@example.org\r\n\r\nb",
    "address": "javascript:alert(1)//@",
    "json": '{"a": [1, null]}',
    "sql": "' OR 1=1; --",
    "true": "on",
    "zero": "0",
    "a row of somebody else": "1",
}
RAW = {
    "half a character": b"\xed\xa0\x80\xff",
    "overlong encoding": b"\xc0\xaf",
    "percent": b"%zz%",
}
FILES: dict[str, tuple[str, bytes]] = {
    "nothing": ("leer.png", b""),
    "bomb of pixels": ("bombe.png", _png(20_000)),
    "zip bomb as list": ("liste.xlsx", _zip(xl__workbook_xml=b"\0" * (80 << 20))),
    "zip as list": ("liste.xlsx", _zip(x=b"y")),
    "script as picture": ("a.gif", b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)//"),
    "drawing as picture": ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    "half a picture": ("a.png", _png(64)[:60]),
    "packed text": ("liste.csv", gzip.compress(b"Name;Ort\n" * 1000)),
    "list of nul": ("liste.csv", b"\0" * 5000),
    "endless line": ("liste.csv", b"Name;" * 200_000),
    "quotes that never end": ("liste.csv", b'Name\n"' + b"a;\n" * 50_000),
    "calendar that repeats": ("a.ics", b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:00010101\nRRULE:FREQ=SECONDLY\n"),
    "name of a path": ("../../../etc/passwd", b"x"),
}


@dataclass
class Attack:
    kind: str
    method: str
    path: str
    data: object
    content_type: str = ""


def attacks(form: Form, chance: random.Random) -> Iterator[Attack]:
    """Endless: one field spoiled, or all; now and then the request itself."""
    names = list(form.fields)
    while True:
        yield chance.choice((_one_spoiled, _one_spoiled, _all_spoiled, _raw, _twice, _file, _strange))(
            form, names, chance
        )


def _one_spoiled(form: Form, names: list[str], chance: random.Random) -> Attack:
    kind = chance.choice(list(TEXTS))
    spoiled = {chance.choice(names): TEXTS[kind]} if names else {}
    return Attack(kind, form.method, form.action, {**form.values, **spoiled})


def _all_spoiled(form: Form, names: list[str], chance: random.Random) -> Attack:
    return Attack(
        "all at once", form.method, form.action, {name: chance.choice(list(TEXTS.values())) for name in names}
    )


def _raw(form: Form, names: list[str], chance: random.Random) -> Attack:
    kind = chance.choice(list(RAW))
    body = b"&".join(name.encode() + b"=" + RAW[kind] for name in names)
    return Attack(kind, "post", form.action, body, "application/x-www-form-urlencoded")


def _twice(form: Form, names: list[str], chance: random.Random) -> Attack:
    body = urlencode([(name, value) for name in names for value in (form.values.get(name, ""), "2", "2")])
    return Attack("twice", "post", form.action, body.encode(), "application/x-www-form-urlencoded")


def _file(form: Form, names: list[str], chance: random.Random) -> Attack:
    """Into its field where there is one; else into any."""
    places = [name for name, kind in form.fields.items() if kind == "file"] or names
    kind = chance.choice(list(FILES))
    file = SimpleUploadedFile(*FILES[kind])
    return Attack(kind, "post", form.action, {**form.values, chance.choice(places): file} if places else {})


def _strange(form: Form, names: list[str], chance: random.Random) -> Attack:
    plain = urlencode(dict.fromkeys(names, "x")).encode()
    form_type = "application/x-www-form-urlencoded"
    return chance.choice(
        [
            Attack("utf-16", "post", form.action, plain, f"{form_type}; charset=utf-16"),
            Attack("no charset", "post", form.action, plain, f"{form_type}; charset=\N{SNOWMAN}"),
            Attack("no token", "post", form.action, form.values),
            Attack("json", "post", form.action, b'{"a":', "application/json"),
            Attack("no parts", "post", form.action, plain, "multipart/form-data"),
            Attack("broken parts", "post", form.action, b"--x\r\nnothing", "multipart/form-data; boundary=x"),
            Attack("packed", "post", form.action, gzip.compress(b"\0" * (5 << 20)), form_type),
            Attack("thousands of fields", "post", form.action, b"&".join(b"a=1" for _ in range(5000)), form_type),
            Attack("trace", "trace", form.action, b"", form_type),
            Attack("delete", "delete", form.action, plain, form_type),
            Attack("in the address", "get", f"{form.action.partition('?')[0]}?{plain.decode()}&a=%00%ff", {}),
        ]
    )
