"""The portal as deploy/ says: a real nginx before a real gunicorn, on ports and in a folder of their own."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or "nginx"
MIME_TYPES = ("/etc/nginx/mime.types", "/opt/homebrew/etc/nginx/mime.types", "/usr/local/etc/nginx/mime.types")
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


@dataclass
class Front:
    port: int
    folder: Path
    web: subprocess.Popen[bytes]
    proxy: subprocess.Popen[bytes]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until(port: int, wait: float = 30) -> None:
    end = time.monotonic() + wait
    while not answers(port):
        if time.monotonic() > end:
            raise TimeoutError(f"nothing answers on port {port}")
        time.sleep(0.1)


def configuration(folder: Path, app: int, port: int) -> Path:
    """The shipped rules in a server without TLS, on a port that anybody may open."""
    site = (ROOT / "deploy" / "nginx-site.conf").read_text(encoding="utf-8")
    for mark, value in (("@CODE@", ROOT), ("@FLAG@", folder / "maintenance"), ("@LOG@", folder)):
        site = site.replace(mark, str(value))
    user = "user root;\n" if os.geteuid() == 0 else ""
    mime = next(path for path in map(Path, MIME_TYPES) if path.exists())
    file = folder / "nginx.conf"
    file.write_text(MAIN.format(user=user, folder=folder, mime=mime, app=app, port=port, site=site), encoding="utf-8")
    return file


@contextmanager
def front(folder: Path, environment: dict[str, str], *prepare: str) -> Iterator[Front]:
    """Serves until the block ends; `prepare` are options of `manage.py prepare`."""
    app, port = free_port(), free_port()
    addresses = {"BIND": f"127.0.0.1:{app}", "BASE_URL": f"http://127.0.0.1:{port}"}
    env = {**environment, **addresses, "DATA_DIR": str(folder / "data")}
    (folder / "data").mkdir()
    manage = (sys.executable, "manage.py", "prepare", *prepare)
    subprocess.run(manage, cwd=ROOT, env=env, check=True, capture_output=True)
    with ExitStack() as ending:
        gunicorn = (sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "portal.wsgi")
        web = ending.enter_context(subprocess.Popen(gunicorn, cwd=ROOT, env=env, stderr=subprocess.DEVNULL))
        ending.callback(web.terminate)
        nginx = (NGINX, "-c", str(configuration(folder, app, port)), "-g", "daemon off;")
        proxy = ending.enter_context(subprocess.Popen(nginx, stderr=subprocess.DEVNULL))
        ending.callback(proxy.terminate)
        until(app)
        until(port)
        yield Front(port, folder, web, proxy)
