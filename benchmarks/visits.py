"""Visitors at a constant rate, however slow the answers are; one in ten registers for a meeting."""

import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urlencode

from benchmarks.forms import Form, Reader

WRITES = 10  # one request in so many
PATIENCE = 20  # seconds


@dataclass
class Tally:
    sent: int = 0
    failed: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)

    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, visitor: "Visitor", path: str, email: str) -> None:
        """One visit: with an address it registers, without it reads."""
        start, wrong = time.monotonic(), ""
        try:
            visitor.register(email) if email else visitor.read(path)
        except (OSError, HTTPException) as error:
            wrong = f"{type(error).__name__} {error}"[:60]
        with self.lock:
            self.sent += 1
            self.times.append(time.monotonic() - start)
            self.failed.update([wrong] if wrong else [])
            self.acknowledged += [email] if email and not wrong else []

    @property
    def share_failed(self) -> float:
        return sum(self.failed.values()) / self.sent


@dataclass
class Visitor:
    port: int
    pages: Sequence[str]
    registration: str

    def __post_init__(self) -> None:
        answer, page = self._ask("GET", self.registration)
        self.cookie = answer.headers["Set-Cookie"].split(";")[0]
        self.form: Form = next(form for form in Reader(page, self.registration).forms if "email" in form.fields)

    def read(self, path: str) -> None:
        answer, _page = self._ask("GET", path)
        if answer.status != 200:
            raise HTTPException(f"answered {answer.status}")

    def register(self, email: str) -> None:
        """Returns once the portal says that the registration has arrived."""
        given = {**self.form.values, "name": "Ada Last", "email": email}
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        answer, page = self._ask("POST", self.registration, urlencode(given), headers)
        if answer.status != 200 or 'name="email"' in page:
            raise HTTPException(f"registration answered {answer.status}")

    def _ask(
        self, method: str, path: str, body: str = "", headers: dict[str, str] | None = None
    ) -> tuple[HTTPResponse, str]:
        link = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            link.request(method, path, body or None, headers or {})
            answer = link.getresponse()
            return answer, answer.read().decode()
        finally:
            link.close()


def constant(visitor: Visitor, rate: int, seconds: int, chance: random.Random) -> Tally:
    """Each request has its moment; one that comes late because others wait is sent all the same."""
    tally, begun = Tally(), time.monotonic()
    with ThreadPoolExecutor(max_workers=200) as crowd:
        for number in range(rate * seconds):
            time.sleep(max(0.0, begun + number / rate - time.monotonic()))
            email = "" if number % WRITES else f"last-{begun:.0f}-{number}@example.org"
            crowd.submit(tally.count, visitor, chance.choice(visitor.pages), email)
    return tally
