"""How fast the date finder ranks a year for three regions, and how its page and a meeting's compare with their floors.

Beside it a plain loop over `holidays`, which knows neither school holidays nor any reason. The floor is the same page
(middleware, template, bytes) with everything at hand that the page has to find out.
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
MOST_MS = {"a year ranked": 20}
MOST_TIMES_FLOOR = 2.0

Row = dict[str, Any]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser("./dev bench dates", description=__doc__)
    parser.add_argument("--json", type=Path, help="write the rows here")
    parser.add_argument("--database", choices=DATABASES, action="append", help="only this one")
    options = parser.parse_args(arguments)
    rows = [row for database in options.database or DATABASES for row in measured(database)]
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n")
    for row in rows:
        beside = f"{row['beside']} {row['beside_ms']:.1f} ms"
        print(f"{row['database']:<12}{row['what']:<18}{row['ms_p25']:>8.1f} ms   {beside}")
    missed = [line for row in rows for line in misses(row)]
    for line in missed:
        print(f"missed: {line}")
    return 1 if missed else 0


def measured(database: str) -> Iterator[Row]:
    """A fresh process and a fresh database each."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "rows.json"
        command = [sys.executable, "-m", "benchmarks", "measure_dates", str(result)]
        if database == "postgresql":
            command = [sys.executable, str(ROOT / ".ci" / "postgresql.py"), *command]
        env = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "CACHE_URL"}}
        env |= {
            "DATA_DIR": folder,
            "DEBUG": "0",
            "SECRET_KEY": "benchmark",
            "DJANGO_SETTINGS_MODULE": "portal.settings",
        }
        print(f"{database} …", file=sys.stderr, flush=True)
        subprocess.run(command, cwd=ROOT, env=env, check=True)
        yield from ({"database": database, **row} for row in json.loads(result.read_text()))


def misses(row: Row) -> Iterator[str]:
    name, most = f"{row['database']}, {row['what']}", MOST_MS.get(row["what"])
    if most and row["ms_p25"] > most:
        yield f"{name}: {row['ms_p25']:.1f} ms, at most {most}"
    if row["beside"] == "floor" and row["ms_p25"] > MOST_TIMES_FLOOR * row["beside_ms"]:
        yield f"{name}: {row['ms_p25'] / row['beside_ms']:.2f} times the floor, at most {MOST_TIMES_FLOOR}"
