"""The environment is read loudly, and everything is secure unless DEBUG is on."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse

from portal.middleware import trust_loopback_proxy

ROOT = Path(__file__).resolve().parent.parent
ASK = "import json; from django.conf import settings; print(json.dumps({names}, default=str))"


def settings_with(tmp_path: Path, names: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A fresh process reads its settings; `names` is the expression to print."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    env = {**kept, "DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "portal.settings", **environment}
    code = ASK.replace("{names}", names)
    return subprocess.run([sys.executable, "-c", code], env=env, cwd=ROOT, capture_output=True, text=True)


def test_missing_secret_key_names_itself(tmp_path: Path) -> None:
    answer = settings_with(tmp_path, "settings.DEBUG")
    assert answer.returncode != 0
    assert "SECRET_KEY is missing" in answer.stderr


def test_malformed_switch_names_itself(tmp_path: Path) -> None:
    answer = settings_with(tmp_path, "settings.DEBUG", SECRET_KEY="x", BEHIND_TLS_PROXY="vielleicht")
    assert answer.returncode != 0
    assert "BEHIND_TLS_PROXY must be 0 or 1, not 'vielleicht'" in answer.stderr


def test_switches_are_off_unless_switched_on(tmp_path: Path) -> None:
    names = "[settings.DEBUG, settings.BEHIND_TLS_PROXY]"
    assert json.loads(settings_with(tmp_path, names, SECRET_KEY="x").stdout) == [False, False]


def test_behind_a_tls_proxy_cookies_and_transport_are_strict(tmp_path: Path) -> None:
    names = "[settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_SECURE, \
settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS > 31_000_000, settings.ALLOWED_HOSTS]"
    answer = settings_with(tmp_path, names, SECRET_KEY="x", BEHIND_TLS_PROXY="1", BASE_URL="https://portal.example.org")
    hosts = ["127.0.0.1", "[::1]", "localhost", "portal.example.org"]
    assert json.loads(answer.stdout) == ["__Host-sessionid", "__Host-csrftoken", True, True, True, hosts]


def test_postgresql_is_pooled_and_sqlite_waits_its_turn(tmp_path: Path) -> None:
    names = "settings.DATABASES['default']['OPTIONS']"
    pooled = settings_with(tmp_path, names, SECRET_KEY="x", DATABASE_URL="postgres:///brueckenschlag")
    embedded = settings_with(tmp_path, names, SECRET_KEY="x")
    assert json.loads(pooled.stdout)["pool"]["max_size"] == 8
    assert json.loads(embedded.stdout)["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize(("sender", "trusted"), [("127.0.0.1", True), ("::1", True), ("203.0.113.9", False)])
def test_only_a_proxy_on_this_machine_says_that_it_was_tls(sender: str, trusted: bool) -> None:
    request = HttpRequest()
    request.META = {"REMOTE_ADDR": sender, "HTTP_X_FORWARDED_PROTO": "https"}

    trust_loopback_proxy(lambda _request: HttpResponse())(request)

    assert ("HTTP_X_FORWARDED_PROTO" in request.META) is trusted
