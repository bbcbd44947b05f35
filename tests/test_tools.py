"""What is promised about the tools around the portal."""

import ast
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_dev_is_short_and_needs_nothing_but_python() -> None:
    source = (ROOT / "dev").read_text(encoding="utf-8")
    nodes = list(ast.walk(ast.parse(source)))
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    modules = plain | {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    assert len(source.splitlines()) <= 200
    assert {module.split(".")[0] for module in modules} <= sys.stdlib_module_names


def test_every_variable_of_the_environment_is_documented() -> None:
    read = re.findall(
        r'\b(?:env\.\w+|switch)\(\s*"([A-Z_]+)"', (ROOT / "portal/settings.py").read_text(encoding="utf-8")
    )
    read += re.findall(r'environ\.get\("([A-Z_]+)"', (ROOT / "deploy/gunicorn.conf.py").read_text(encoding="utf-8"))
    documented = re.findall(
        r"^\| `([A-Z_]+)`", (ROOT / "docs/configuration.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert len(read) > 10
    assert sorted(set(read)) == sorted(documented)


def test_licence_is_the_whole_eupl() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    articles = [f"{number}." for number in range(1, 16)]
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert [line.split(".")[0] + "." for line in text.splitlines() if re.match(r"\d+\.", line)] == articles
