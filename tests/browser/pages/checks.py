"""What must hold on every page. Each check gets a visit and names what it finds; no finding, no complaint."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from tests.browser.pages.visits import Visit
from tests.test_headers import ALWAYS

POST_FORM = re.compile(r"<form\b[^>]*\bmethod=[\"']?post", re.IGNORECASE)
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
LANG = re.compile(r"<html[^>]*\blang=\"([\w-]+)\"")
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([\w-]+)" href="https?://[^/]+([^"]*)">')


def axe(visit: Visit) -> list[str]:
    return visit.axe


def foreign_requests(visit: Visit) -> list[str]:
    return visit.foreign


def cookies(visit: Visit) -> list[str]:
    """Rule 9: only a page with a POST form sets one, and a session only comes with signing in; nothing is stored."""
    allowed = {"csrftoken"} if POST_FORM.search(visit.html) else set()
    allowed |= {"sessionid"} if visit.who != "visitor" else set()
    given = {name.removeprefix("__Host-") for name in visit.cookies}
    return [f"cookie {name}" for name in sorted(given - allowed)] + [f"stored {name}" for name in visit.stored]


def headers(visit: Visit) -> list[str]:
    """The same on every answer: pages, files, redirects, errors."""
    found = [
        f"{name}: {visit.header(name) or 'missing'}" for name, value in ALWAYS.items() if visit.header(name) != value
    ]
    policy = visit.header("Content-Security-Policy")
    if "frame-ancestors 'none'" not in policy or "unsafe" in policy:
        found.append(f"Content-Security-Policy: {policy or 'missing'}")
    if "max-age=" not in visit.header("Strict-Transport-Security"):
        found.append("Strict-Transport-Security: missing")
    if visit.who != "visitor" and "no-store" not in visit.header("Cache-Control"):
        found.append(f"Cache-Control: {visit.header('Cache-Control') or 'missing'}")
    return found


def languages(visit: Visit) -> list[str]:
    if not visit.html:
        return []
    spoken = [*LANG.findall(visit.html)[:1], visit.header("Content-Language")]
    found = [f"says {said or 'nothing'}" for said in spoken if said != visit.language]
    if visit.translated and visit.status == 200:
        known = dict(ALTERNATE.findall(visit.html))
        if set(known) != {"de", "en", "nl", "x-default"} or known["x-default"] != known["de"]:
            found.append(f"hreflang {sorted(known)}")
        elif known[visit.language] != visit.path:
            found.append(f"hreflang leads to {known[visit.language]}")
    return found


def frame(visit: Visit) -> list[str]:
    """It answers as it should, has one heading, a main part and a way to skip to it, and the console stays silent."""
    found = [] if visit.status == visit.wanted else [f"answered {visit.status}"]
    if visit.html:
        if visit.html.count("<h1") != 1:
            found.append(f"{visit.html.count('<h1')} h1")
        found += [f"no {part}" for part in ("<main", 'class="skip') if part not in visit.html]
        found += [] if TITLE.search(visit.html) else ["no title"]
    return found + visit.console


CHECKS: dict[str, Callable[[Visit], list[str]]] = {
    "axe": axe,
    "foreign requests": foreign_requests,
    "cookies": cookies,
    "headers": headers,
    "languages": languages,
    "frame": frame,
}


def same_titles(visits: Iterable[Visit]) -> dict[str, list[str]]:
    """Two pages that a list of tabs could not tell apart."""
    pages = defaultdict(set)
    for visit in visits:
        if visit.status == 200 and (found := TITLE.search(visit.html)):
            pages[visit.language, " ".join(found[1].split())].add((visit.name, visit.label))
    return {
        label: [f"shares the title {title!r}"]
        for (_language, title), named in pages.items()
        if len({name for name, _label in named}) > 1
        for _name, label in named
    }
