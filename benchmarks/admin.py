"""How the desk and its lists do with many companies: questions to the database, and times beside their floors.

The floor is the same page (middleware, template, bytes) with everything at hand that the page has to find out.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DATABASES = ("sqlite", "postgresql")
MOST_QUERIES = 25
MOST_TIMES_FLOOR = 2.0
# The desk drawn anew: people get it as it was found out before. A search without a hit: an empty page measures nothing.
# Networks: a few rows however many companies there are, so the fixed costs of one question more weigh much.
TOLD_ONLY = ("anew", "searched", "networks")

Row = dict[str, Any]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser("./dev bench admin", description=__doc__)
    parser.add_argument("--companies", type=int, default=10_000)
    parser.add_argument("--json", type=Path, help="write the rows here")
    parser.add_argument("--database", choices=DATABASES, action="append", help="only this one")
    options = parser.parse_args(arguments)
    rows = [row for database in options.database or DATABASES for row in measured(database, options.companies)]
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n")
    for row in rows:
        times = f"{row['ms_p25']:>8.1f} ms {row['ratio']:>6.2f} × floor" if "ratio" in row else ""
        print(f"{row['database']:<12}{row['page']:<44}{row['queries']:>3} queries {times}")
    missed = [line for row in rows for line in misses(row)]
    for line in missed:
        print(f"missed: {line}")
    return 1 if missed else 0


def measured(database: str, companies: int) -> Iterator[Row]:
    """A fresh process and a fresh database each."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "rows.json"
        command = [sys.executable, "-m", "benchmarks", "measure_admin", str(companies), str(result)]
        if database == "postgresql":
            command = [sys.executable, str(ROOT / ".ci" / "postgresql.py"), *command]
        env = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "CACHE_URL"}}
        env |= {"DATA_DIR": folder, "DEBUG": "0", "SECRET_KEY": "benchmark"}
        env |= {"DJANGO_SETTINGS_MODULE": "portal.settings"}
        print(f"{database}, {companies} companies …", file=sys.stderr, flush=True)
        subprocess.run(command, cwd=ROOT, env=env, check=True)
        yield from ({"database": database, **row} for row in json.loads(result.read_text()))


def misses(row: Row) -> Iterator[str]:
    name = f"{row['database']}, {row['page']}"
    if any(word in name for word in TOLD_ONLY):
        return
    if row["queries"] > MOST_QUERIES:
        yield f"{name}: {row['queries']} queries, at most {MOST_QUERIES}"
    if row.get("ratio", 0) > MOST_TIMES_FLOOR:
        yield f"{name}: {row['ratio']:.2f} times the floor, at most {MOST_TIMES_FLOOR}"
