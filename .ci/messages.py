"""Brings the message catalogues up to date with the sources; with --check only says whether they are.

The sources are German, so German needs no catalogue. A copy of the tree is read: makemessages writes where it reads.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("en", "nl")
SOURCES = ("accounts", "networks", "events", "portal", "templates", "locale", "manage.py")


def main(arguments: list[str]) -> int:
    with TemporaryDirectory() as folder:
        copy = Path(folder)
        extract(copy)
        changed = [path for path in catalogues() if content(copy / path) != content(ROOT / path)]
        if "--check" not in arguments:
            for path in changed:
                (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(copy / path, ROOT / path)
            return 0
    for path in changed:
        print(f"{path} is not up to date, run: .venv/bin/python .ci/messages.py")
    return int(bool(changed))


def extract(copy: Path) -> None:
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif (ROOT / name).exists():
            shutil.copyfile(ROOT / name, copy / name)
    (copy / "locale").mkdir(exist_ok=True)
    (copy / "static").mkdir()
    wanted = [option for language in LANGUAGES for option in ("-l", language)]
    command = [sys.executable, "manage.py", "makemessages", *wanted, "--no-location", "--no-obsolete", "-v", "0"]
    subprocess.run(
        command, cwd=copy, check=True, env=os.environ | {"DATA_DIR": str(copy / "var"), "SECRET_KEY": "none"}
    )


def catalogues() -> list[str]:
    return [f"locale/{language}/LC_MESSAGES/django.po" for language in LANGUAGES]


def content(catalogue: Path) -> list[str]:
    """All but the moment of extraction."""
    lines = catalogue.read_text(encoding="utf-8").splitlines() if catalogue.exists() else []
    return [line for line in lines if not line.startswith('"POT-Creation-Date')]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
