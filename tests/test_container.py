"""What the Dockerfile copies is all that the portal needs; its commands are run here without docker."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from benchmarks.front import ROOT, free_port, until

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
IMAGE = DOCKERFILE.rpartition("\nFROM ")[2]
COPIED = re.findall(r"^COPY (?!--from)(.+) (\S+)$", IMAGE, re.MULTILINE)


class Container(NamedTuple):
    folder: Path
    env: dict[str, str]

    def do(self, command: str) -> int:
        program = [self.folder / "deploy" / "container", command]
        return subprocess.run(program, env=self.env, check=False, capture_output=True).returncode


@pytest.fixture
def container(tmp_path: Path) -> Container:
    """The folder that the image holds, and an environment that knows nothing else."""
    folder, data = tmp_path / "srv", tmp_path / "data"
    for sources, target in COPIED:
        for source in sources.split():
            place = folder / target / Path(source).name if target.endswith("/") else folder / target
            place.parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, place, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
            else:
                shutil.copy(ROOT / source, place)
    data.mkdir()
    (folder / ".venv").symlink_to(Path(sys.executable).parents[1])
    env = {"PATH": os.environ["PATH"], "DATA_DIR": str(data), "SECRET_KEY": "for tests only"}
    env |= {"BIND": f"127.0.0.1:{free_port()}", "BASE_URL": "https://portal.example.org", "BEHIND_TLS_PROXY": "1"}
    return Container(folder, env)


@pytest.fixture
def running(container: Container) -> Iterator[Container]:
    assert [container.do("catalogues"), container.do("prepare")] == [0, 0]
    with subprocess.Popen([container.folder / "deploy" / "container", "web"], env=container.env) as web:
        until(int(container.env["BIND"].rpartition(":")[2]))
        yield container
        web.terminate()


def test_the_image_holds_all_that_serving_needs(running: Container) -> None:
    deadline = time.monotonic() + 60  # as docker, which asks more than once
    while running.do("healthy") and time.monotonic() < deadline:
        time.sleep(0.5)
    assert running.do("healthy") == 0
    assert (running.folder / "locale" / "nl" / "LC_MESSAGES" / "django.mo").exists()


def test_a_container_that_does_not_answer_is_not_healthy(container: Container) -> None:
    assert container.do("healthy") != 0


def test_nothing_runs_as_root_and_every_package_has_its_hash() -> None:
    assert IMAGE.index("USER brueckenschlag") < IMAGE.index("ENTRYPOINT")
    assert "--require-hashes" in DOCKERFILE
    assert "deploy/container" in IMAGE.partition("HEALTHCHECK")[2].splitlines()[0]
