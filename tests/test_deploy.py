"""A real nginx before a real gunicorn, as deploy/ says: headers, sizes, slow clients, reloads, a page for a rest."""

import gzip
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from benchmarks.front import NGINX, ROOT, Front, configuration, free_port, front, until
from tests.test_headers import ALWAYS

KEPT = ("PATH", "HOME", "LANG")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    env = {name: os.environ[name] for name in KEPT if name in os.environ} | {"SECRET_KEY": "for tests only"}
    with front(tmp_path_factory.mktemp("front"), env) as running:
        yield running


class Answer:
    """Redirects are not followed; a header that came twice is a list of two."""

    def __init__(self, raw: HTTPResponse) -> None:
        self.status, self.headers, self.content = raw.status, raw.headers, raw.read()

    @property
    def text(self) -> str:
        packed = self.headers["Content-Encoding"] == "gzip"
        return (gzip.decompress(self.content) if packed else self.content).decode()


def ask(port: int, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        with suppress(ConnectionError):  # refused before all of it was sent: the answer is there all the same
            connection.request(method, path, body, {"Accept-Encoding": "gzip", **headers})
        return Answer(connection.getresponse())


def get(served: Front, path: str, **headers: str) -> Answer:
    return ask(served.port, "GET", path, **headers)


def kept_to_itself(answer: Answer) -> bool:
    return all(answer.headers.get_all(name) == [value] for name, value in ALWAYS.items())


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/admin/", 302), ("/gibt-es-nicht/", 404), ("/readyz", 200)])
def test_the_portals_own_headers_come_through_once(served: Front, path: str, status: int) -> None:
    answer = get(served, path)
    assert answer.status == status
    assert kept_to_itself(answer)
    assert answer.headers["Server"] == "nginx"
    assert len(answer.headers["X-Request-ID"]) == 32


def test_pages_are_compressed_and_files_kept_for_good(served: Front) -> None:
    page = get(served, "/")
    assert page.headers["Content-Encoding"] == "gzip"
    style = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = get(served, style)
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Encoding"] in {"gzip", "br"}


def test_nine_megabytes_pass_and_thirty_are_refused_in_words(served: Front) -> None:
    nine, thirty = (ask(served.port, "POST", "/konto/login/", b"x" * (size << 20)) for size in (9, 30))
    assert nine.status in {400, 403}
    assert "nginx" not in nine.text
    assert thirty.status == 413
    assert "Diese Datei ist zu groß" in thirty.text
    assert kept_to_itself(thirty)


def test_an_unknown_host_is_refused(served: Front) -> None:
    answer = get(served, "/", Host="boese.example.org")
    assert answer.status == 400
    assert kept_to_itself(answer)


def test_half_open_connections_do_not_stop_others(served: Front) -> None:
    with ExitStack() as ending:
        for _ in range(300):
            half = ending.enter_context(socket.create_connection(("127.0.0.1", served.port)))
            half.sendall(b"POST /konto/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n")
        begun = time.monotonic()
        assert get(served, "/netzwerke/").status == 200
        assert time.monotonic() - begun < 5


def test_a_reload_of_both_loses_no_request(served: Front) -> None:
    answers: list[int] = []
    done = threading.Event()

    def go_on() -> None:
        while not done.is_set():
            answers.append(get(served, "/healthz").status)

    asking = [threading.Thread(target=go_on) for _ in range(4)]
    for thread in asking:
        thread.start()
    for running in (served.web, served.proxy, served.web):
        time.sleep(1)
        running.send_signal(signal.SIGHUP)
    time.sleep(2)
    done.set()
    for thread in asking:
        thread.join()
    assert len(answers) > 100
    assert set(answers) == {200}


def test_a_file_sends_the_portal_to_rest(served: Front) -> None:
    flag = served.folder / "maintenance"
    flag.touch()
    try:
        answer = get(served, "/unternehmen/")
        style = get(served, "/rest.css")
    finally:
        flag.unlink()
    assert (answer.status, style.status) == (503, 200)
    assert "Gleich wieder da" in answer.text
    assert answer.headers["Retry-After"] == "300"
    assert kept_to_itself(answer)
    assert get(served, "/unternehmen/").status == 200


def test_nobody_can_ask_for_the_pages_of_nginx(served: Front) -> None:
    assert get(served, "/rest.html").status == 404


def test_log_holds_neither_addresses_nor_paths(served: Front) -> None:
    shipped = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    form = shipped.split("log_format portal")[1].split(";")[0]
    assert not any(word in form for word in ("remote", "uri", "$request ", "args", "http_"))


def test_when_the_portal_is_gone_people_are_told(served: Front, tmp_path: Path) -> None:
    port = free_port()
    file = configuration(tmp_path, free_port(), port)
    with subprocess.Popen((NGINX, "-c", str(file), "-g", "daemon off;"), stderr=subprocess.DEVNULL) as proxy:
        try:
            until(port)
            answer = ask(port, "GET", "/")
        finally:
            proxy.terminate()
    assert answer.status == 503
    assert "Back in a moment" in answer.text
    assert kept_to_itself(answer)


def test_units_are_understood_by_systemd(tmp_path: Path) -> None:
    """Where there is no systemd, there is nothing to install them into."""
    if shutil.which("systemd-analyze") is None:
        assert sys.platform != "linux" or not Path("/run/systemd/system").exists()
        return
    for unit in (ROOT / "deploy" / "systemd").iterdir():
        text = unit.read_text(encoding="utf-8").replace(
            "/srv/brueckenschlag/current/.venv/bin/", f"{Path(sys.executable).parent}/"
        )
        (tmp_path / unit.name).write_text(text.replace("/srv/brueckenschlag/current", str(ROOT)), encoding="utf-8")
    names = sorted(str(path) for path in tmp_path.iterdir())
    told = subprocess.run(["systemd-analyze", "verify", *names], capture_output=True, text=True, check=False)  # noqa: S607
    assert told.returncode == 0, told.stderr
