"""How fast the directory is, on both databases, beside its floor and beside the way everybody would write it first.

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
MOST_TIMES_FLOOR = {"list": 1.8, "two facets": 1.8, "search": 2.3, "cached": 0.15}
LEAST_TIMES_NAIVE = {"list": 25, "two facets": 40, "search": 40}
MOST_GROWTH = 1.3
MOST_BUILD_MS = 2000
BIG = 100_000
FIGURES = (("ms_p25", 1), ("floor_ms_p25", 1), ("ratio", 2), ("naive_ms", 0), ("naive_times", 0))

Row = dict[str, Any]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser("./dev bench directory", description=__doc__)
    parser.add_argument("--companies", default="1000,100000", help="numbers of companies, separated by commas")
    parser.add_argument("--json", type=Path, help="write the rows here")
    parser.add_argument("--database", choices=DATABASES, action="append", help="only this one")
    options = parser.parse_args(arguments)
    sizes = sorted(int(size) for size in options.companies.split(","))
    rows = [row for database in options.database or DATABASES for row in measured(database, sizes)]
    if options.json:
        options.json.write_text(json.dumps([row for row in rows if row["page"] != "build"], indent=1) + "\n")
    print_table(rows)
    missed = list(misses(rows))
    for line in missed:
        print(f"missed: {line}")
    return 1 if missed else 0


def measured(database: str, sizes: Sequence[int]) -> Iterator[Row]:
    """A fresh process and a fresh database each, so that nothing is warm from the one before."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            result = Path(folder) / "rows.json"
            command = [sys.executable, "-m", "benchmarks", "measure", str(size), str(result)]
            if database == "postgresql":
                command = [sys.executable, str(ROOT / ".ci" / "postgresql.py"), *command]
            env = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "CACHE_URL"}}
            env |= {
                "DATA_DIR": folder,
                "DEBUG": "0",
                "SECRET_KEY": "benchmark",
                "DJANGO_SETTINGS_MODULE": "portal.settings",
            }
            print(f"{database}, {size} companies …", file=sys.stderr, flush=True)
            subprocess.run(command, cwd=ROOT, env=env, check=True)
            yield from ({"database": database, "companies": size, **row} for row in json.loads(result.read_text()))


def misses(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        name = f"{row['database']}, {row['companies']}, {row['page']}"
        yield from (f"{name}: {reason}" for reason in row_misses(row))
        small = next(
            (r for r in rows if all(r[k] == row[k] for k in ("database", "page")) and r["companies"] <= 1000), None
        )
        if small and row["companies"] >= BIG and row["page"] in LEAST_TIMES_NAIVE:
            growth = row["ms_p25"] / small["ms_p25"]
            if growth > MOST_GROWTH:
                yield f"{name}: {growth:.2f} times the page of {small['companies']} companies, at most {MOST_GROWTH}"


def row_misses(row: Row) -> Iterator[str]:
    page = row["page"]
    if page == "build":
        if row["ms_p25"] > MOST_BUILD_MS:
            yield f"{row['ms_p25']:.0f} ms, at most {MOST_BUILD_MS}"
        return
    if row["ratio"] > MOST_TIMES_FLOOR[page]:
        yield f"{row['ratio']:.2f} times the floor, at most {MOST_TIMES_FLOOR[page]}"
    if row["companies"] >= BIG and page in LEAST_TIMES_NAIVE and row["naive_times"] < LEAST_TIMES_NAIVE[page]:
        yield f"{row['naive_times']:.0f} times faster than the naive view, at least {LEAST_TIMES_NAIVE[page]}"


def print_table(rows: Sequence[Row]) -> None:
    head = ("database", "companies", "page", "ms p25", "floor", "ratio", "naive ms", "times faster")
    print("{:<12}{:>10}  {:<12}{:>9}{:>8}{:>8}{:>10}{:>14}".format(*head))
    for row in rows:
        figures = [_figure(row, *key) for key in FIGURES]
        print(
            "{:<12}{:>10}  {:<12}{:>9}{:>8}{:>8}{:>10}{:>14}".format(
                row["database"], row["companies"], row["page"], *figures
            )
        )


def _figure(row: Row, name: str, digits: int) -> str:
    return f"{row[name]:.{digits}f}" if name in row else ""
