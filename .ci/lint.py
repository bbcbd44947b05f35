"""`./dev lint`: every check that needs no test run. All of them run; the last lines say which ones failed."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
TEMPLATES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.html"))
CHECKS = {
    "style": ["ruff", "check"],
    "format": ["ruff", "format", "--check"],
    "import contracts": ["lint-imports"],
    "types": ["mypy"],
    "template style": ["djade", "--check", "--target-version", "5.2", *TEMPLATES],
    "template indentation": ["djhtml", "--check", "--tabwidth", "2", *TEMPLATES],
    "system check": ["python", "manage.py", "check", "--fail-level", "WARNING"],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "messages": ["python", ".ci/messages.py", "--check"],
    "translations": ["python", ".ci/translations.py"],
}
BUDGETS = {"accounts networks events portal|*.py": 300, "templates|*.html": 120, "static/css|*.css": 150}
FUNCTION = 30


def main() -> int:
    failed = [name for name, command in CHECKS.items() if not passes(name, [BIN / command[0], *command[1:]])]
    complaints = [*lock_complaints(), *budget_complaints()]
    print(*complaints, sep="\n")
    failed += ["locks and budgets"] if complaints else []
    print(f"lint: {', '.join(failed)} failed" if failed else "lint: all checks passed")
    return int(bool(failed))


def passes(name: str, command: list[str | Path]) -> bool:
    print(f"-- {name}", flush=True)
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def lock_complaints() -> list[str]:
    """Each requirement is pinned, and no lock names a host: it installs from whatever index is configured."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    complaints = []
    for lock, wanted in (("base", project["project"]["dependencies"]), ("dev", project["dependency-groups"]["dev"])):
        text = (ROOT / f"requirements/{lock}.txt").read_text(encoding="utf-8")
        pinned = set(re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE))
        missing = {normalised(requirement) for requirement in wanted} - pinned
        complaints += [f"requirements/{lock}.txt: {name} is not pinned, run ./dev lock" for name in sorted(missing)]
        complaints += [f"requirements/{lock}.txt: names a host"] if "://" in text else []
    return complaints


def normalised(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement)[0]).lower()


def budget_complaints() -> list[str]:
    complaints = []
    for where, limit in BUDGETS.items():
        folders, pattern = where.split("|")
        for path in (path for folder in folders.split() for path in sorted((ROOT / folder).rglob(pattern))):
            if "migrations" not in path.parts:
                complaints += [f"{path.relative_to(ROOT)}: {excess}" for excess in excesses(path, limit)]
    return complaints


def excesses(path: Path, limit: int) -> list[str]:
    source = path.read_text(encoding="utf-8")
    lines = len(source.splitlines())
    found = [f"{lines} lines, at most {limit}"] if lines > limit else []
    nodes = ast.walk(ast.parse(source)) if path.suffix == ".py" else ()
    functions = [(node.name, node.end_lineno - node.lineno + 1) for node in nodes if isinstance(node, ast.FunctionDef)]
    return found + [f"{name}() has {size} lines, at most {FUNCTION}" for name, size in functions if size > FUNCTION]


if __name__ == "__main__":
    sys.exit(main())
