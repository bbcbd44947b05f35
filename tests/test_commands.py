"""What runs beside the web server: mail delivery over real SMTP, timed jobs, the worker's life."""

import os
import signal
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_string
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts import daily
from accounts.models import OutboxMail, User
from events.actions.invitations import invite
from events.actions.meetings import schedule_meeting
from events.actions.polls import Guest

ROOT = Path(__file__).resolve().parent.parent


class Postman(socketserver.StreamRequestHandler):
    """Just enough of RFC 5321 to accept mail; what came in is kept on the server."""

    def handle(self) -> None:
        self.wfile.write(b"220 hier\r\n")
        recipients: list[str] = []
        while line := self.rfile.readline().decode().strip():
            verb = line[:4].upper()
            if verb == "RCPT":
                recipients.append(line.split("<")[1].split(">")[0])
            if verb == "DATA":
                self.wfile.write(b"354 los\r\n")
                self.server.received.append((recipients, self._read_data()))  # type: ignore[attr-defined]
            self.wfile.write(b"221 bis bald\r\n" if verb == "QUIT" else b"250 gut\r\n")
            if verb == "QUIT":
                return

    def _read_data(self) -> str:
        lines = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            lines.append(line)
        return "".join(lines)


@pytest.fixture
def post_office(settings: Any) -> Iterator[Any]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Postman) as server:
        server.received = []  # type: ignore[attr-defined]
        server.daemon_threads = True
        settings.DELIVERY = {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": server.server_address[1],
        }
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()


def test_each_person_gets_a_mail_of_their_own(post_office: Any, db: None) -> None:
    EmailMessage("Hallo", "Guten Tag", to=["a@example.org"], cc=["b@example.org"], bcc=["c@example.org"]).send()

    call_command("send_mail", "--once")

    assert [recipients for recipients, _ in post_office.received] == [
        ["a@example.org"],
        ["b@example.org"],
        ["c@example.org"],
    ]
    for recipients, text in post_office.received:
        foreign = {"a@example.org", "b@example.org", "c@example.org"} - set(recipients)
        assert not [address for address in foreign if address in text]
    assert OutboxMail.objects.delivered().count() == 3


def test_invitations_keep_their_calendar_over_smtp(post_office: Any, make_poll: Any, cast: Any) -> None:
    meeting = make_poll("fruehjahr", cast.west, cast.east).meeting
    schedule_meeting(meeting, meeting.starts_at, meeting.ends_at, by=cast.curator_west)
    guests = [Guest(f"Gast {n}", f"gast{n}@example.org", cast.west.region) for n in range(12)]
    invite(meeting, guests, by=cast.curator_west)

    call_command("send_mail", "--once")

    assert sorted(recipients[0] for recipients, _ in post_office.received) == sorted(guest.email for guest in guests)
    for recipients, text in post_office.received:
        message = message_from_string(text, policy=default)
        parts = {part.get_content_type(): part for part in message.walk()}
        calendar = parts["text/calendar"]
        said = "".join(part.get_content() for part in parts.values() if part.get_content_maintype() == "text")
        foreign = [guest.email for guest in guests if [guest.email] != recipients]
        assert calendar.get_param("method") == "REQUEST"
        assert f"MAILTO:{recipients[0]}" in calendar.get_content().replace("\r\n ", "").replace("\n ", "")
        assert not [address for address in foreign if address in text or address in said]


def test_server_down_then_up_delivers_once_with_the_same_message_id(
    post_office: Any, settings: Any, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    up = settings.DELIVERY
    settings.DELIVERY = {**up, "EMAIL_PORT": 1}
    EmailMessage("Hallo", "Guten Tag", to=["a@example.org"]).send()
    call_command("send_mail")
    mail = OutboxMail.objects.get()
    assert (mail.sent_at, mail.attempts) == (None, 1)

    settings.DELIVERY = up
    OutboxMail.objects.update(not_before=timezone.now() - timedelta(seconds=1))
    call_command("send_mail")
    call_command("send_mail")

    assert [mail.message_id in text for _, text in post_office.received] == [True]
    assert capsys.readouterr().out.split("\n")[:3] == ["0 delivered", "1 delivered", "0 delivered"]


def test_tick_forgets_what_its_time_is_over_and_twice_does_nothing(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    long_ago = timezone.now() - timedelta(days=40)
    User.objects.create_user("nie@example.org", date_joined=long_ago)
    kept = User.objects.create_user("neu@example.org")
    OutboxMail.objects.create(
        message_id="<1@x>", recipient="a@example.org", subject="alt", source=b"", sent_at=long_ago
    )

    call_command("tick", today=timezone.localdate())
    call_command("tick", today=timezone.localdate())

    assert list(User.objects.all()) == [kept]
    assert not OutboxMail.objects.exists()
    ours = ("unconfirmed sign-ups", "old mails")
    counts = [line for line in capsys.readouterr().out.splitlines() if line.startswith(ours)]
    assert counts == ["unconfirmed sign-ups: 1", "old mails: 1", "unconfirmed sign-ups: 0", "old mails: 0"]


def test_a_job_that_fails_stops_no_other(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(today: date) -> int:
        User.objects.create_user("halb@example.org")
        return 1 // (today - today).days

    monkeypatch.setattr(daily, "_jobs", {"broken": broken, "old mails": daily.forget_old_mails})

    with pytest.raises(CommandError):
        call_command("tick")

    assert capsys.readouterr().out == "broken: failed\nold mails: 0\n"
    assert not User.objects.exists()


def test_worker_delivers_and_leaves_at_sigterm(tmp_path: Path) -> None:
    env = {
        **os.environ,
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'worker.sqlite3'}",
        "SECRET_KEY": django_settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }
    manage = [sys.executable, str(ROOT / "manage.py")]
    subprocess.run([*manage, "migrate", "-v0"], env=env, check=True)
    subprocess.run([*manage, "create_operator", "chefin@example.org"], env=env, check=True, capture_output=True)
    worker = subprocess.Popen([*manage, "worker"], env=env)
    count = "from accounts.models import OutboxMail; print(OutboxMail.objects.delivered().count())"
    deadline, delivered = time.monotonic() + 40, "0"
    while delivered != "1" and time.monotonic() < deadline:
        time.sleep(0.5)
        shell = [*manage, "shell", "-v0", "-c", count]
        delivered = subprocess.run(shell, env=env, check=True, capture_output=True, text=True).stdout.strip()

    worker.send_signal(signal.SIGTERM)

    assert worker.wait(15) == 0
    assert delivered == "1"
