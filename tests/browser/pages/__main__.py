"""`./dev check-pages [--all]`: every page in a browser, and a table of what each check found there.

Each page once, as who sees most of it and as a visitor; width, scheme and language take turns. --all: everybody,
on phone and desk, in light and dark.
"""

import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browser.pages import outside
from tests.browser.pages.checks import CHECKS, same_titles
from tests.browser.pages.visits import Visit, load

HERE = Path(__file__).parent
COLUMNS = ("axe", "HTML", "foreign requests", "cookies", "headers", "languages", "frame")
KEPT = ("PATH", "HOME", "LANG", "TMPDIR")

# of a page, of a check: what was found
Table = dict[str, dict[str, list[str]]]


def walk(folder: Path, *, everybody: bool) -> int:
    """As behind the proxy of a real installation, so that cookies and headers are those people get."""
    env = {name: os.environ[name] for name in KEPT if name in os.environ}
    env |= {"DATA_DIR": str(folder / "data"), "PAGES_FOLDER": str(folder), "SECRET_KEY": "for checks only"}
    env |= {"BEHIND_TLS_PROXY": "1", "PAGES_ALL": "1" if everybody else ""}
    command = (sys.executable, "-m", "pytest", "-q", "-n", "4", "-m", "pages", "--show-capture=no", str(HERE))
    return subprocess.run(command, env=env, check=False).returncode


def table_of(visits: Sequence[Visit]) -> Table:
    table: Table = {visit.label: defaultdict(list) for visit in visits}
    for visit in visits:
        for name, check in CHECKS.items():
            table[visit.label][name] += [f"{said} [{visit.who}, {visit.width} {visit.scheme}]" for said in check(visit)]
    for name, findings in (
        ("HTML", outside.html_errors(visits)),
        ("headers", outside.low_scores(visits)),
        ("frame", same_titles(visits)),
    ):
        for label, found in findings.items():
            table[label][name] += found
    return table


def draw(visits: Sequence[Visit], table: Table) -> str:
    people: dict[str, list[str]] = defaultdict(list)
    for visit in visits:
        people[visit.label].append(f"{visit.who} {visit.width} {visit.scheme}")
    wide = max(map(len, table), default=0)
    lines = [f"{'page':{wide}}  " + "  ".join(COLUMNS) + "  as"]
    for label, found in table.items():
        cells = "  ".join(f"{len(found[name]) or '·':>{len(name)}}" for name in COLUMNS)
        lines.append(f"{label:{wide}}  {cells}  {', '.join(people[label])}")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    packages = (str(outside.ROOT / "deploy" / "system-packages"), "chromium", "java", "node")
    if subprocess.run(packages, check=False).returncode:
        sys.exit("dev: Chromium, Java or Node is missing and could not be installed")
    outside.install()
    with TemporaryDirectory() as folder:
        walked = walk(Path(folder), everybody="--all" in arguments)
        visits = load(Path(folder))
    table = table_of(visits)
    findings = [f"{label}: {name}: {one}" for label, found in table.items() for name in found for one in found[name]]
    counts = f"pages: {len(table)} pages, {len(visits)} visits, {len(findings)} findings"
    sys.stdout.write("\n".join([draw(visits, table), "", *findings, counts, ""]))
    return int(bool(findings) or bool(walked))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
