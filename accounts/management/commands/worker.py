import logging
import signal
import threading
import time
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections
from django.utils import timezone

from accounts.daily import tick
from accounts.errands import run_errands
from accounts.outbox import deliver

log = logging.getLogger(__name__)
SECONDS_BETWEEN_ROUNDS = 1
SECONDS_BETWEEN_TICKS = 3600


class Command(BaseCommand):
    help = "Delivers mail and works off what is long every second, timed jobs every hour, until SIGTERM or SIGINT."

    def handle(self, *args: Any, **options: Any) -> None:
        self.leaving = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._leave)
        last_tick = -SECONDS_BETWEEN_TICKS
        while not self.leaving.wait(SECONDS_BETWEEN_ROUNDS):
            if time.monotonic() - last_tick >= SECONDS_BETWEEN_TICKS:
                last_tick = int(time.monotonic())
                self._round(timed=True)
            else:
                self._round(timed=False)

    def _leave(self, number: int, frame: FrameType | None) -> None:
        self.leaving.set()

    def _round(self, *, timed: bool) -> None:
        """A database that is away for a moment must not end the worker."""
        close_old_connections()
        try:
            deliver()
            run_errands()
            if timed:
                tick(timezone.localdate())
        except Error:
            log.exception("this round failed, the next one tries again")
