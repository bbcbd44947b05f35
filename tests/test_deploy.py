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
from types import SimpleNamespace

import pytest

from tests.test_headers import ALWAYS

ROOT = Path(__file__).resolve().parent.parent
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or "nginx"
MAIN = """
{user}pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 2;
events {{ worker_connections 1024; }}
http {{
    include {mime};
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    log_format portal '$status';
    upstream brueckenschlag {{ server 127.0.0.1:{app}; }}
    server {{
        listen 127.0.0.1:{port};
        {site}
    }}
}}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(answers: int, wait: float = 30) -> None:
    end = time.monotonic() + wait
    while time.monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", answers)) == 0:
                return
        time.sleep(0.1)
    pytest.fail(f"nothing answers on port {answers}")


def portal_environment(data: Path, port: int, front: int) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    own = {"DATA_DIR": str(data), "SECRET_KEY": "for tests only", "BIND": f"127.0.0.1:{port}"}
    return {**kept, **own, "BASE_URL": f"http://127.0.0.1:{front}"}


def configuration(folder: Path, app: int, port: int) -> Path:
    """The shipped rules in a server without TLS, on a port that anybody may open."""
    site = (ROOT / "deploy" / "nginx-site.conf").read_text(encoding="utf-8")
    for mark, value in (("@CODE@", ROOT), ("@DATA@", folder), ("@LOG@", folder)):
        site = site.replace(mark, str(value))
    user = "user root;\n" if os.geteuid() == 0 else ""
    mime = next(path for path in map(Path, MIME_TYPES) if path.exists())
    file = folder / "nginx.conf"
    file.write_text(MAIN.format(user=user, folder=folder, mime=mime, app=app, port=port, site=site), encoding="utf-8")
    return file


MIME_TYPES = ("/etc/nginx/mime.types", "/opt/homebrew/etc/nginx/mime.types", "/usr/local/etc/nginx/mime.types")


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    folder = tmp_path_factory.mktemp("front")
    app, port = free_port(), free_port()
    env = portal_environment(folder / "data", app, port)
    (folder / "data").mkdir()
    with ExitStack() as ending:
        subprocess.run([sys.executable, "manage.py", "prepare"], cwd=ROOT, env=env, check=True, capture_output=True)
        gunicorn = (sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "portal.wsgi")
        web = ending.enter_context(subprocess.Popen(gunicorn, cwd=ROOT, env=env, stderr=subprocess.DEVNULL))
        ending.callback(web.terminate)
        nginx = (NGINX, "-c", str(configuration(folder, app, port)), "-g", "daemon off;")
        proxy = ending.enter_context(subprocess.Popen(nginx, stderr=subprocess.DEVNULL))
        ending.callback(proxy.terminate)
        until(app)
        until(port)
        yield SimpleNamespace(port=port, folder=folder, web=web, proxy=proxy)


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


def get(front: SimpleNamespace, path: str, **headers: str) -> Answer:
    return ask(front.port, "GET", path, **headers)


def kept_to_itself(answer: Answer) -> bool:
    return all(answer.headers.get_all(name) == [value] for name, value in ALWAYS.items())


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/admin/", 302), ("/gibt-es-nicht/", 404), ("/readyz", 200)])
def test_the_portals_own_headers_come_through_once(front: SimpleNamespace, path: str, status: int) -> None:
    answer = get(front, path)
    assert answer.status == status
    assert kept_to_itself(answer)
    assert answer.headers["Server"] == "nginx"
    assert len(answer.headers["X-Request-ID"]) == 32


def test_pages_are_compressed_and_files_kept_for_good(front: SimpleNamespace) -> None:
    page = get(front, "/")
    assert page.headers["Content-Encoding"] == "gzip"
    style = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
    answer = get(front, style)
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Encoding"] in {"gzip", "br"}


def test_nine_megabytes_pass_and_thirty_are_refused_in_words(front: SimpleNamespace) -> None:
    nine, thirty = (ask(front.port, "POST", "/konto/login/", b"x" * (size << 20)) for size in (9, 30))
    assert nine.status in {400, 403}
    assert "nginx" not in nine.text
    assert thirty.status == 413
    assert "Diese Datei ist zu groß" in thirty.text
    assert kept_to_itself(thirty)


def test_an_unknown_host_is_refused(front: SimpleNamespace) -> None:
    answer = get(front, "/", Host="boese.example.org")
    assert answer.status == 400
    assert kept_to_itself(answer)


def test_half_open_connections_do_not_stop_others(front: SimpleNamespace) -> None:
    with ExitStack() as ending:
        for _ in range(300):
            half = ending.enter_context(socket.create_connection(("127.0.0.1", front.port)))
            half.sendall(b"POST /konto/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n")
        begun = time.monotonic()
        assert get(front, "/netzwerke/").status == 200
        assert time.monotonic() - begun < 5


def test_a_reload_of_both_loses_no_request(front: SimpleNamespace) -> None:
    answers: list[int] = []
    done = threading.Event()

    def go_on() -> None:
        while not done.is_set():
            answers.append(get(front, "/healthz").status)

    asking = [threading.Thread(target=go_on) for _ in range(4)]
    for thread in asking:
        thread.start()
    for running in (front.web, front.proxy, front.web):
        time.sleep(1)
        running.send_signal(signal.SIGHUP)
    time.sleep(2)
    done.set()
    for thread in asking:
        thread.join()
    assert len(answers) > 100
    assert set(answers) == {200}


def test_a_file_sends_the_portal_to_rest(front: SimpleNamespace) -> None:
    flag = front.folder / "maintenance"
    flag.touch()
    try:
        answer = get(front, "/unternehmen/")
        style = get(front, "/rest.css")
    finally:
        flag.unlink()
    assert (answer.status, style.status) == (503, 200)
    assert "Gleich wieder da" in answer.text
    assert answer.headers["Retry-After"] == "300"
    assert kept_to_itself(answer)
    assert get(front, "/unternehmen/").status == 200


def test_nobody_can_ask_for_the_pages_of_nginx(front: SimpleNamespace) -> None:
    assert get(front, "/rest.html").status == 404


def test_log_holds_neither_addresses_nor_paths(front: SimpleNamespace) -> None:
    shipped = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    form = shipped.split("log_format portal")[1].split(";")[0]
    assert not any(word in form for word in ("remote", "uri", "$request ", "args", "http_"))


def test_when_the_portal_is_gone_people_are_told(front: SimpleNamespace, tmp_path: Path) -> None:
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
            "/opt/brueckenschlag/.venv/bin/", f"{Path(sys.executable).parent}/"
        )
        (tmp_path / unit.name).write_text(text.replace("/opt/brueckenschlag", str(ROOT)), encoding="utf-8")
    names = sorted(str(path) for path in tmp_path.iterdir())
    told = subprocess.run(["systemd-analyze", "verify", *names], capture_output=True, text=True, check=False)  # noqa: S607
    assert told.returncode == 0, told.stderr
