"""deploy/install and deploy/update as an operator runs them, into a folder; gunicorn and nginx are real."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path

import pytest

from benchmarks.front import NGINX, ROOT, free_port, until

VENV = Path(sys.executable).parents[1]
# What systemd does at a restart: the socket stays, the service ends kindly and starts again in the current release.
RESTART = """#!/bin/bash
if [ -e {folder}/pid ]; then
  kill -TERM "$(cat {folder}/pid)"
  while [[ "$(ps -o stat= -p "$(cat {folder}/pid)")" == [^Z]* ]]; do sleep 0.1; done
fi
cd {folder}/srv/brueckenschlag/current
set -a; . {folder}/etc/brueckenschlag/brueckenschlag.env; set +a
BIND=fd://{socket} nohup .venv/bin/python -m gunicorn -c deploy/gunicorn.conf.py portal.wsgi >>{folder}/log 2>&1 &
echo $! >{folder}/pid
"""


class Machine:
    """A folder that stands for a machine; the listening socket stands for systemd's."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.app, self.front = folder, free_port(), free_port()
        self.code = folder / "srv" / "brueckenschlag"
        self.listening = socket.create_server(("127.0.0.1", self.app), backlog=500)
        self.restart = folder / "restart"
        self.restart.write_text(RESTART.format(folder=folder, socket=self.listening.fileno()))
        self.restart.chmod(0o755)

    def run(self, program: str | Path, *options: object) -> "subprocess.CompletedProcess[str]":
        command = [str(one) for one in (program, *options)]
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        handle = (self.listening.fileno(),)
        return subprocess.run(command, env=kept, pass_fds=handle, check=False, capture_output=True, text=True)

    def install(self) -> "subprocess.CompletedProcess[str]":
        options = ("--host", "127.0.0.1", "--http", self.front, "--port", self.app, "--database", "sqlite")
        return self.run(ROOT / "deploy" / "install", *options, "--root", self.folder, "--no-start", "--venv", VENV)

    def update(self, source: Path) -> "subprocess.CompletedProcess[str]":
        options = ("--root", self.folder, "--venv", VENV, "--restart", self.restart, "--patience", 15)
        return self.run(source / "deploy" / "update", *options)

    def release(self) -> str:
        return (self.code / "current").resolve().name

    def configured(self) -> dict[str, tuple[str, int]]:
        """What lies in /etc, with the moment it was written."""
        files = [path for path in (self.folder / "etc").rglob("*") if path.is_file()]
        return {str(file): (sha256(file.read_bytes()).hexdigest(), file.stat().st_mtime_ns) for file in files}


def new_version(folder: Path, change: str) -> Path:
    """The code that is tested here, with another settings module at its end."""
    wanted = ("accounts", "networks", "events", "portal", "templates", "static", "locale", "deploy", "requirements")
    for name in wanted:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo", "node"))
    shutil.copy(ROOT / "manage.py", folder)
    with (folder / "portal" / "wsgi.py").open("a") as file:
        file.write(change)
    return folder


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    machine = Machine(tmp_path_factory.mktemp("machine"))
    installed = machine.install()
    assert installed.returncode == 0, installed.stderr
    main = machine.folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    site = machine.folder / "etc" / "nginx" / "sites-enabled" / "brueckenschlag"
    main.write_text(f"{user} pid {machine.folder}/nginx.pid; error_log stderr; events {{}} http {{ include {site}; }}")
    machine.run(machine.restart)
    with subprocess.Popen((NGINX, "-c", str(main), "-g", "daemon off;"), stderr=subprocess.DEVNULL) as proxy:
        until(machine.front)
        yield machine
        proxy.terminate()
    machine.run("/bin/sh", "-c", f"kill -TERM $(cat {machine.folder}/pid)")
    machine.listening.close()


def status(port: int, path: str = "/readyz") -> int:
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as link:
        link.request("GET", path)
        with link.getresponse() as answer:
            return answer.status


def test_installed_it_serves_through_nginx(machine: Machine) -> None:
    assert status(machine.front) == 200
    assert status(machine.front, "/netzwerke/") == 200
    environment = machine.folder / "etc" / "brueckenschlag" / "brueckenschlag.env"
    assert environment.stat().st_mode & 0o777 == 0o640
    assert len(environment.read_text().partition("SECRET_KEY=")[2].partition("\n")[0]) > 50
    units = (machine.folder / "etc" / "systemd" / "system").glob("*")
    assert {unit.name.partition("-")[2] for unit in units} >= {"web.service", "web.socket", "worker.service"}


def test_installed_again_nothing_changes(machine: Machine) -> None:
    before, release = machine.configured(), machine.release()
    again = machine.install()
    assert again.returncode == 0, again.stderr
    assert (machine.configured(), machine.release()) == (before, release)


def test_portal_is_a_command(machine: Machine) -> None:
    told = machine.run(machine.folder / "usr" / "local" / "bin" / "portal", "check")
    assert told.returncode == 0, told.stderr
    assert "no issues" in told.stdout


@pytest.mark.parametrize("wrong", [("--host", "a b"), ("--database", "mysql"), ("--port", "x"), ("--what",)])
def test_what_makes_no_sense_is_refused_before_anything_happens(tmp_path: Path, wrong: tuple[str, ...]) -> None:
    options = ("--host", "127.0.0.1", "--http", "1", "--root", tmp_path, "--no-start", *wrong)
    command = [str(one) for one in (ROOT / "deploy" / "install", *options)]
    assert subprocess.run(command, check=False, capture_output=True).returncode != 0
    assert list(tmp_path.iterdir()) == []


def test_an_update_loses_no_request_and_makes_a_backup_first(machine: Machine, tmp_path: Path) -> None:
    before, answers, done = machine.release(), list[int](), threading.Event()

    def go_on() -> None:
        while not done.is_set():
            answers.append(status(machine.front, "/healthz"))
            time.sleep(0.02)

    asking = [threading.Thread(target=go_on) for _ in range(3)]
    for thread in asking:
        thread.start()
    updated = machine.update(new_version(tmp_path / "new", "\n# a new version\n"))
    done.set()
    for thread in asking:
        thread.join()
    assert updated.returncode == 0, updated.stderr
    assert machine.release() != before
    assert len(answers) > 100
    assert set(answers) == {200}
    assert len(list((machine.folder / "var" / "backups" / "brueckenschlag").glob("*.tar.gz"))) == 1


def test_a_version_that_does_not_serve_gives_way_to_the_one_before(machine: Machine, tmp_path: Path) -> None:
    before = machine.release()
    broken = machine.update(new_version(tmp_path / "broken", "\nraise RuntimeError\n"))
    assert broken.returncode != 0
    assert "the one before it serves again" in broken.stderr
    assert machine.release() == before
    assert status(machine.front) == 200
