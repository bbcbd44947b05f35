"""A slice of `./dev bench fuzz`: forms of the demo, found by following links, get what nobody should send."""

import random
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command

from benchmarks.forms import FILES, RAW, TEXTS, Form, attacks
from benchmarks.fuzz import forms_of, shoot
from portal.demo.build import Wish, build

ROLES = ("visitor", "owner_west", "manager_west")
REQUESTS = 300


@pytest.fixture
def found(db: None, settings: Any) -> list[tuple[str, Form]]:
    settings.PER_HOUR = {what: most * 1000 for what, most in settings.PER_HOUR.items()}
    call_command("load_reference", verbosity=0)
    call_command("load_pages", verbosity=0)
    build(Wish(companies=120, seed=7, today=date(2026, 11, 23)), lambda what, done: None)
    return [(role, form) for role in ROLES for form in forms_of(role)]


def test_no_form_of_the_demo_breaks(found) -> None:
    random.Random(7).shuffle(found)
    answers, wrong = shoot(found, REQUESTS, random.Random(2016))
    assert wrong == []
    assert sum(answers.values()) == REQUESTS
    assert answers[200] > REQUESTS / 4  # they were read, not turned away at the door


def test_every_kind_of_nonsense_has_its_turn() -> None:
    form = Form("/", "post", {"name": "text", "picture": "file"}, {"name": "Ada"})
    stream = attacks(form, random.Random(1))
    kinds = {next(stream).kind for _number in range(1500)}
    assert kinds >= {*TEXTS, *FILES, *RAW, "twice", "utf-16", "trace", "no token", "packed", "all at once"}
