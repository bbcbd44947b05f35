"""A throw-away PostgreSQL server on a socket that nobody else meets: `python .ci/postgresql.py COMMAND ...`.

Debian's pg_virtualenv does much the same, but as root only once at a time, and after a kill its cluster stays.
"""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

CLUSTER = ("-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
SETTINGS = ("-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=200")


@contextmanager
def postgresql() -> Iterator[dict[str, str]]:
    """The environment that leads to the server of DATABASE_URL, or else to one of our own."""
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        yield {"DATABASE_URL": os.environ["DATABASE_URL"]}
        return
    programs, user = find_programs(), "postgres" if os.geteuid() == 0 else None
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, Path(folder, "log").open("w+") as log:
        if user:
            shutil.chown(folder, user, user)
        quiet = {"cwd": folder, "user": user, "group": user, "stdout": log, "stderr": log}
        subprocess.run([programs / "initdb", "-D", f"{folder}/data", *CLUSTER], check=True, **quiet)
        command = [programs / "postgres", "-D", f"{folder}/data", "-k", folder, *SETTINGS]
        with subprocess.Popen(command, preexec_fn=end_with_us, **quiet) as server:
            try:
                wait_for(server, [programs / "pg_isready", "-q", "-h", folder])
                yield {"DATABASE_URL": "postgres:///postgres", "PGHOST": folder, "PGUSER": "postgres"}
            finally:
                server.send_signal(signal.SIGINT)


def find_programs() -> Path:
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: int(place.parent.name))
    return packaged[-1] if packaged else Path(shutil.which("initdb") or "initdb").resolve().parent


def end_with_us() -> None:
    if sys.platform == "linux":  # PR_SET_PDEATHSIG: the server ends even when this process is killed
        ctypes.CDLL(None).prctl(1, int(signal.SIGINT))


def wait_for(server: subprocess.Popen[bytes], question: list[object]) -> None:
    while subprocess.run(question, check=False).returncode:
        if server.poll() is not None:
            sys.exit("PostgreSQL does not start")
        time.sleep(0.1)


def main(command: list[str]) -> int:
    subprocess.run([Path(__file__).resolve().parents[1] / "deploy" / "system-packages", "postgresql"], check=True)
    with postgresql() as address:
        return subprocess.run(command, env=os.environ | address, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
