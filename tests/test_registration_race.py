"""Fifty people at once for ten places, at the real server: nobody too many, nobody twice, a queue without gaps."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from events.models import Meeting, Registration, RegistrationPlan
from events.places import place_in_queue

ROOT = Path(__file__).resolve().parent.parent
PEOPLE, PLACES, ROUNDS = 50, 10, 20
COOKIE = settings.CSRF_COOKIE_NAME
State = Registration.State

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SimpleNamespace]:
    """gunicorn with four workers on the test's own database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number = int(free.getsockname()[1])
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{known['NAME']}"
    else:
        url = (
            f"postgres://{known['USER']}:{known['PASSWORD']}@/{known['NAME']}?host={known['HOST']}&port={known['PORT']}"
        )
    env = {
        **os.environ,
        "DATABASE_URL": url,
        "DATA_DIR": str(tmp_path),
        "SECRET_KEY": settings.SECRET_KEY,
        "DEBUG": "1",
        "WEB_CONCURRENCY": "4",
        "PORT": str(number),
        "LIMITS_FACTOR": "100",  # they all come from one address
    }
    # Limits are counted in a table of the database, as in real life.
    subprocess.run([sys.executable, "manage.py", "createcachetable"], cwd=ROOT, env=env, check=True)
    command = [sys.executable, "-m", "gunicorn", "-w", "4", "-b", f"127.0.0.1:{number}", "--no-control-socket"]
    server = subprocess.Popen([*command, "portal.wsgi"], cwd=ROOT, env=env, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not answers(number):
        time.sleep(0.2)
    yield SimpleNamespace(port=number, pid=server.pid)
    server.send_signal(signal.SIGTERM)
    server.wait(20)


def answers(port: int) -> bool:
    try:
        return ask(port, "GET", "/healthz")[0] == 200
    except OSError:
        return False


def ask(port: int, method: str, path: str, body: str = "", headers: dict[str, str] | None = None) -> tuple[int, str]:
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    link.request(method, path, body, headers or {})
    answer = link.getresponse()
    answer.read()
    link.close()
    return answer.status, answer.headers.get("Set-Cookie", "")


def confirm(port: int, token: str) -> int:
    path = f"/anmeldung/{token}/bestaetigen/"
    _status, cookies = ask(port, "GET", path)
    key = re.search(rf"{COOKIE}=(\w+)", cookies)
    assert key
    headers = {"Cookie": f"{COOKIE}={key[1]}", "Content-Type": "application/x-www-form-urlencoded"}
    return ask(port, "POST", path, f"csrfmiddlewaretoken={key[1]}", headers)[0]


@pytest.fixture
def make_round(west):
    def make_round() -> Meeting:
        """A meeting with ten places, and fifty guests who have only to confirm."""
        begin = timezone.now() + timedelta(days=9)
        meeting = Meeting.objects.create(
            slug=f"runde-{uuid.uuid4().hex[:8]}",
            title="Runde",
            city="Melle",
            host=west.agency,
            state=Meeting.State.ANNOUNCED,
            starts_at=begin,
            ends_at=begin + timedelta(hours=2),
        )
        RegistrationPlan.objects.create(meeting=meeting, capacity=PLACES, guests=True)
        Registration.objects.bulk_create(
            Registration(meeting=meeting, name=f"Gast {n}", email=f"gast{n}@example.org", token=uuid.uuid4().hex)
            for n in range(PEOPLE)
        )
        return meeting

    return make_round


def rush(port: int, meeting: Meeting) -> list[int]:
    """All at once; what each was answered, 0 where the line broke."""
    statuses: list[int] = []
    start = threading.Barrier(PEOPLE)

    def one(token: str) -> None:
        start.wait()
        try:
            statuses.append(confirm(port, token))
        except (OSError, http.client.HTTPException, AssertionError):
            statuses.append(0)

    tokens = list(Registration.objects.of_meeting(meeting).values_list("token", flat=True))
    threads = [threading.Thread(target=one, args=[token]) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def states(meeting: Meeting) -> dict[str, int]:
    rows = Registration.objects.of_meeting(meeting)
    return {state: rows.filter(state=state).count() for state in (State.REGISTERED, State.WAITING, State.UNCONFIRMED)}


def check(meeting: Meeting) -> None:
    waiting = list(Registration.objects.of_meeting(meeting).waiting())
    tickets = list(Registration.objects.of_meeting(meeting).exclude(ticket=None).values_list("ticket", flat=True))
    assert [place_in_queue(one) for one in waiting] == list(range(1, len(waiting) + 1))
    assert len(tickets) == len(set(tickets))


def test_fifty_at_once_for_ten_places(server, make_round) -> None:
    for _round in range(ROUNDS):
        meeting = make_round()
        assert rush(server.port, meeting) == [302] * PEOPLE
        assert states(meeting) == {"registered": PLACES, "waiting": PEOPLE - PLACES, "unconfirmed": 0}
        check(meeting)


def test_a_killed_worker_loses_and_doubles_nothing(server, make_round) -> None:
    meeting = make_round()
    pgrep = [shutil.which("pgrep") or "pgrep", "-P", str(server.pid)]
    workers = subprocess.run(pgrep, capture_output=True, text=True, check=True).stdout.split()
    killer = threading.Timer(0.3, os.kill, [int(workers[-1]), signal.SIGKILL])
    killer.start()
    acknowledged = rush(server.port, meeting).count(302)
    killer.join()
    time.sleep(1)
    counted = states(meeting)
    assert counted["registered"] == PLACES
    assert counted["registered"] + counted["waiting"] >= acknowledged
    assert sum(counted.values()) == PEOPLE
    check(meeting)
    for token in (
        Registration.objects.of_meeting(meeting).filter(state=State.UNCONFIRMED).values_list("token", flat=True)
    ):
        assert confirm(server.port, token) == 302
    assert states(meeting) == {"registered": PLACES, "waiting": PEOPLE - PLACES, "unconfirmed": 0}
