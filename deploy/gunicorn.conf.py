"""How gunicorn serves the portal: for `./dev` and for systemd alike."""

import os
from pathlib import Path

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = max(2, int(os.environ.get("WEB_CONCURRENCY", "2")))
worker_class = "gthread"
threads = 4
timeout = 30
graceful_timeout = 20
keepalive = 5
# Workers renew themselves now and then, never all at once.
max_requests = 20_000
max_requests_jitter = 2_000
# A heartbeat on a disk that stalls would kill healthy workers.
memory = Path("/dev/shm")  # noqa: S108 - gunicorn makes its own unguessable names in it
worker_tmp_dir = str(memory) if memory.is_dir() else None
# No control socket and no pid file: after kill -9 nothing is left that blocks the next start.
control_socket_disable = True
forwarded_allow_ips = "127.0.0.1,::1"
loglevel = os.environ.get("LOG_LEVEL", "warning")
