"""`python -m benchmarks NAME …`: one module per benchmark, each with `main(arguments) -> exit code`."""

import importlib
import sys
from pathlib import Path

NAMES = {"admin", "dates", "directory", "fuzz", "load", "measure", "measure_admin", "measure_dates"}


def main(name: str = "", *arguments: str) -> int:
    if name not in NAMES:
        print(
            f"bench: which one? {', '.join(sorted(name for name in NAMES if not name.startswith('measure')))}",
            file=sys.stderr,
        )
        return 2
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    return importlib.import_module(f"benchmarks.{name}").main(arguments)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
