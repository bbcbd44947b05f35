"""`./dev test`: the suite on SQLite, on PostgreSQL, and in a browser. Nothing is skipped; no test is a failure."""

import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

from postgresql import postgresql

ROOT = Path(__file__).resolve().parent.parent
NEEDS = {"sqlite": ("gettext", "nginx"), "postgresql": ("postgresql", "nginx"), "browser": ("chromium",)}
OURS = ("DATABASE_URL", "EMAIL_URL", "ALLOWED_HOSTS", "BASE_URL", "DEBUG", "BEHIND_TLS_PROXY", "CACHE_URL")
# A browser waits more than it works.
WORKERS = {"browser": "4"}
SELECTION = {"browser": ("-m", "browser and not pages", "tests/browser")}


def main(arguments: list[str]) -> int:
    suites = [suite for suite in NEEDS if f"--{suite}" in arguments] or list(NEEDS)
    passed_on = [argument for argument in arguments if argument.removeprefix("--") not in NEEDS]
    needed = [name for suite in suites for name in NEEDS[suite]]
    if subprocess.run([ROOT / "deploy" / "system-packages", *needed], check=False).returncode:
        sys.exit(f"dev: missing, and could not be installed: one of {', '.join(needed)}")
    with TemporaryDirectory() as folder:
        results = {suite: run_suite(suite, Path(folder, suite), measured(suite, passed_on)) for suite in suites}
    for suite, counts in results.items():
        print(f"{suite}:", ", ".join(f"{number} {word}" for word, number in counts.items()))
    return int(any(not counts["passed"] or len(counts) > 1 for counts in results.values()))


def measured(suite: str, options: list[str]) -> list[str]:
    """Coverage is measured on SQLite and in the browser; PostgreSQL walks the same lines, counting takes minutes."""
    return [one for one in options if suite != "postgresql" or not one.startswith("--cov")]


def run_suite(suite: str, folder: Path, passed_on: list[str]) -> dict[str, int]:
    report = folder.with_suffix(".xml")
    selection = SELECTION.get(suite, ("-m", "not browser and not pages"))
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        WORKERS.get(suite, "2"),
        *selection,
        f"--junitxml={report}",
        *passed_on,
    ]
    env = {name: value for name, value in os.environ.items() if name not in OURS}
    env |= {"DATA_DIR": str(folder), "SECRET_KEY": "for tests only"}
    with postgresql() if suite == "postgresql" else nullcontext({}) as database:
        code = subprocess.run(command, cwd=ROOT, env=env | database, check=False).returncode
    return read(report, code)


def read(report: Path, code: int) -> dict[str, int]:
    """How many passed; and how many failed or were skipped, where any did."""
    suite = ElementTree.parse(report).find("testsuite") if report.exists() else None
    tests, failures, errors, skipped = (
        int(suite.get(word)) if suite is not None else 0 for word in ("tests", "failures", "errors", "skipped")
    )
    failed = failures + errors or int(code not in (0, 5))
    counts = {"passed": tests - failures - errors - skipped, "failed": failed, "skipped": skipped}
    return {word: number for word, number in counts.items() if number or word == "passed"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
