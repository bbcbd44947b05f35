"""Every form of the demo, found as each role, gets what nobody should send: no answer may be an error of ours."""

import argparse
import logging
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django

ROOT = Path(__file__).resolve().parents[1]
ROLES = ("visitor", "new", "pending", "owner_west", "editor_west", "curator_west", "manager_west", "operator")
PAGES_EACH = 2  # of one kind
# They end the visit itself.
LEFT_OUT = {"account_logout", "admin:logout", "share"}


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser("./dev bench fuzz", description=__doc__)
    parser.add_argument("--requests", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgresql", action="store_true", help="on a throw-away server instead of SQLite")
    options = parser.parse_args(arguments)
    if "FUZZ" in os.environ:
        return carry_out(options.requests, options.seed)
    with tempfile.TemporaryDirectory() as folder:
        env = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "CACHE_URL"}}
        env |= {
            "DATA_DIR": folder,
            "DEBUG": "0",
            "SECRET_KEY": "fuzz",
            "FUZZ": "1",
        }
        env |= {"LIMITS_FACTOR": "100000", "FORM_SECONDS": "0", "DJANGO_SETTINGS_MODULE": "portal.settings"}
        command = [sys.executable, "-m", "benchmarks", "fuzz", *arguments]
        if options.postgresql:
            command = [sys.executable, str(ROOT / ".ci" / "postgresql.py"), *command]
        return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode


def carry_out(wanted: int, seed: int) -> int:
    django.setup()
    logging.disable(logging.CRITICAL)  # what is refused would be told line by line
    _make_demo(seed)
    print("following links …", file=sys.stderr)
    known = [(role, form) for role in ROLES for form in forms_of(role)]
    answers, wrong = shoot(known, wanted, random.Random(seed))
    print(f"{len(known)} forms, {sum(answers.values())} requests, seed {seed}")
    for status, count in sorted(answers.items()):
        print(f"{status}: {count}")
    for line in wrong:
        print(f"wrong: {line}")
    return 1 if wrong else 0


def _make_demo(seed: int) -> None:
    from django.conf import settings  # noqa: PLC0415 - settings exist only after setup
    from django.core.management import call_command  # noqa: PLC0415 - the same
    from django.utils import timezone  # noqa: PLC0415 - the same

    from portal.demo.build import Wish, build  # noqa: PLC0415 - models exist only after setup

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("load_pages", verbosity=0)
    build(Wish(companies=120, seed=seed, today=timezone.localdate()), lambda what, done: None)


def client_as(role: str, **options: bool) -> Any:
    """Signed in anew, with the second step where one is asked for, and the password just typed once more."""
    from allauth.account.internal.flows.login import record_authentication  # noqa: PLC0415 - the same
    from django.http import HttpRequest  # noqa: PLC0415 - the same
    from django.test import Client  # noqa: PLC0415 - the same

    from accounts.models import User  # noqa: PLC0415 - the same

    client = Client(raise_request_exception=False, **options)
    person = User.objects.filter(email=f"{role.replace('_', '-')}@example.org").first()
    if person is not None:
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        request = HttpRequest()
        request.session = client.session
        for method in ("mfa", "password"):
            record_authentication(request, person, method, reauthenticated=True)
        request.session.save()
    return client


def _name_of(path: str) -> str:
    from django.urls import Resolver404, resolve  # noqa: PLC0415 - the same

    try:
        return str(resolve(urlsplit(path).path).view_name)
    except Resolver404:
        return ""


def _read(client: Any, path: str) -> Any:
    from benchmarks.forms import Reader  # noqa: PLC0415 - the same

    answer = client.get(path, follow=True)
    is_page = answer.status_code == 200 and "html" in answer.get("Content-Type", "")
    return Reader(answer.content.decode() if is_page else "", answer.request["PATH_INFO"])


def forms_of(role: str) -> list[Any]:
    """Every form that this role finds by following links, once for each address pattern and set of fields."""
    from benchmarks.forms import Form  # noqa: PLC0415 - the same

    client, waiting, seen, kinds = client_as(role), ["/", "/admin/"], {"/", "/admin/"}, Counter[str]()
    found: dict[tuple[str, str, str], Form] = {}
    while waiting:
        page = _read(client, waiting.pop())
        for form in page.forms:
            if (name := _name_of(form.action)) and name not in LEFT_OUT:
                found.setdefault((name, form.method, " ".join(form.fields)), form)
        for link in page.links:
            name = _name_of(link)
            if name not in {"", *LEFT_OUT} and link not in seen and kinds[name] < PAGES_EACH:
                kinds[name] += 1
                seen.add(link)
                waiting.append(link)
    return list(found.values())


def shoot(known: Sequence[tuple[str, Any]], wanted: int, chance: random.Random) -> tuple[Counter[int], list[str]]:
    """Each form in turn, until so many requests are sent."""
    from benchmarks.forms import attacks  # noqa: PLC0415 - the same

    answers, wrong = Counter[int](), []
    waiting = [(role, attacks(form, chance)) for role, form in known]
    for role, stream in islice(cycle(waiting), wanted):
        attack = next(stream)
        client = client_as(role, enforce_csrf_checks=attack.kind == "no token")
        extra = {"content_type": attack.content_type} if attack.content_type else {}
        answer = (
            client.generic("TRACE", attack.path)
            if attack.method == "trace"
            else getattr(client, attack.method)(attack.path, attack.data, **extra)
        )
        answers[answer.status_code] += 1
        if answer.status_code >= 500:
            wrong.append(f"{answer.status_code} {role} {attack.method} {attack.path} ({attack.kind})")
    return answers, wrong
