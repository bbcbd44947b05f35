"""Constant load while workers are killed, PostgreSQL restarts, and nginx and gunicorn reload."""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django

from benchmarks.front import ROOT, Front, front
from benchmarks.visits import Tally, Visitor, constant

KEPT = ("PATH", "HOME", "LANG", "DATABASE_URL", "PGHOST", "PGUSER")


@dataclass(frozen=True)
class Trouble:
    what: str
    cause: Callable[[Front], None]
    every: float  # seconds; 0: once, in the middle
    most: float  # share of requests that may fail


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser("./dev bench load", description=__doc__)
    parser.add_argument("--seconds", type=int, default=120, help="for each kind of trouble")
    parser.add_argument("--rate", type=int, default=50, help="requests per second")
    options = parser.parse_args(arguments)
    if "LOAD" in os.environ:
        return carry_out(options.seconds, options.rate)
    with tempfile.TemporaryDirectory() as folder:
        env = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "CACHE_URL"}}
        env |= {"LOAD": "1", "DATA_DIR": folder, "DEBUG": "0", "SECRET_KEY": "load"}
        env |= {"LIMITS_FACTOR": "100000", "FORM_SECONDS": "0", "DJANGO_SETTINGS_MODULE": "portal.settings"}
        command = [sys.executable, str(ROOT / ".ci" / "postgresql.py"), sys.executable, "-m", "benchmarks", "load"]
        return subprocess.run([*command, *arguments], cwd=ROOT, env=env, check=False).returncode


def carry_out(seconds: int, rate: int) -> int:
    env = {name: os.environ[name] for name in KEPT if name in os.environ}
    env |= {name: os.environ[name] for name in ("DEBUG", "SECRET_KEY", "LIMITS_FACTOR", "FORM_SECONDS")}
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        print("filling the demo …", file=sys.stderr, flush=True)
        try:
            with front(Path(folder), env, "--demo") as running:
                django.setup()
                visitor = Visitor(running.port, *_addresses())
                for trouble in TROUBLES:
                    missed += _suffer(trouble, running, visitor, seconds, rate)
        finally:
            _database("stop")
    for line in missed:
        print(f"missed: {line}")
    return 1 if missed else 0


def _suffer(trouble: Trouble, running: Front, visitor: Visitor, seconds: int, rate: int) -> list[str]:
    print(f"{trouble.what} …", file=sys.stderr, flush=True)
    over = threading.Event()

    def go_on() -> None:
        while not over.wait(trouble.every or seconds / 2):
            trouble.cause(running)
            if not trouble.every:
                return

    causing = threading.Thread(target=go_on)
    causing.start()
    tally = constant(visitor, rate, seconds, random.Random(1))
    over.set()
    causing.join()
    lost = _lost(tally)
    print(_line(trouble, tally, lost), flush=True)
    missed = [f"{trouble.what}: {tally.share_failed:.2%} failed"] if tally.share_failed > trouble.most else []
    return missed + ([f"{trouble.what}: {lost} acknowledged and lost"] if lost else [])


def _line(trouble: Trouble, tally: Tally, lost: int) -> str:
    times = sorted(tally.times)
    middle, late = (1000 * times[int(len(times) * part)] for part in (0.5, 0.99))
    lines = [
        f"{trouble.what:<28}{tally.sent:>6} sent, {tally.share_failed:.2%} failed (at most {trouble.most:.1%}), "
        f"{len(tally.acknowledged)} acknowledged, {lost} lost; median {middle:.0f} ms, p99 {late:.0f} ms"
    ]
    return "\n".join(lines + [f"    {count} × {what}" for what, count in tally.failed.most_common()])


def _lost(tally: Tally) -> int:
    from django.db import connection  # noqa: PLC0415 - settings exist only after setup

    from events.models import Registration  # noqa: PLC0415 - models exist only after setup

    there = set(Registration.objects.values_list("email", flat=True))
    connection.close()
    return len(set(tally.acknowledged) - there)


def _addresses() -> tuple[list[str], str]:
    """Pages that visitors read most, and a meeting that guests may register for."""
    from events.models import RegistrationPlan  # noqa: PLC0415 - the same
    from networks.models import Company, Network  # noqa: PLC0415 - the same

    plans = RegistrationPlan.objects.filter(guests=True).select_related("meeting")
    meeting = next(plan.meeting for plan in plans if plan.is_open)
    things: list[Any] = [*Company.objects.published()[:5], *Network.objects.all()[:2], meeting]
    pages = [
        "/",
        "/unternehmen/",
        "/unternehmen/?q=Hydraulik",
        "/netzwerke/",
        "/treffen/",
        "/en/",
        "/feeds/treffen.ics",
    ]
    pages = [page for page in pages if not page.startswith("/feeds")]
    return pages + [thing.get_absolute_url() for thing in things], f"{meeting.get_absolute_url()}anmelden/"


def _kill_a_worker(running: Front) -> None:
    children = Path(f"/proc/{running.web.pid}/task/{running.web.pid}/children").read_text().split()
    os.kill(int(random.choice(children)), signal.SIGKILL)


def _reload_both(running: Front) -> None:
    running.proxy.send_signal(signal.SIGHUP)
    running.web.send_signal(signal.SIGHUP)


def _database(verb: str) -> None:
    """The throw-away server of .ci/postgresql.py; what `restart` began is ended by `stop`."""
    folder = Path(os.environ["PGHOST"])
    programs = Path((folder / "data" / "postmaster.opts").read_text().split()[0]).parent
    user = "postgres" if os.geteuid() == 0 else None
    command = [programs / "pg_ctl", verb, "-D", folder / "data", "-m", "fast", "-w"]
    log = ["-l", folder / "restarted.log"] if verb == "restart" else []
    subprocess.run([*command, *log], check=True, user=user, group=user, cwd=folder, stdout=subprocess.DEVNULL)


TROUBLES = (
    Trouble("a worker killed every 10 s", _kill_a_worker, 10, 0.005),
    Trouble("PostgreSQL restarted once", lambda _running: _database("restart"), 0, 0.05),
    Trouble("nginx and gunicorn reloaded", _reload_both, 10, 0),
)
