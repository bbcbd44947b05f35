"""Every column that leads to a person or can name one is known to export and erasure; a new one must be registered."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from accounts import personal_data
from accounts.personal_data import Model, uncovered

ALL_MODELS = apps.get_models(include_auto_created=True)


@pytest.fixture
def registry() -> Iterator[None]:
    """Models that a test makes up are forgotten afterwards."""
    known = {name: dict(models) for name, models in apps.all_models.items()}
    yield
    for name in list(apps.all_models):
        apps.all_models[name].clear()
        apps.all_models[name].update(known[name])
    apps.clear_cache()


@pytest.mark.parametrize("model", ALL_MODELS, ids=lambda model: model._meta.label)
def test_whoever_a_model_can_name_is_covered(model: Model) -> None:
    assert uncovered(model) == []


def test_histories_and_the_libraries_are_walked_too() -> None:
    labels = {model._meta.label for model in ALL_MODELS}
    assert {
        "networks.HistoricalCompany",
        "accounts.OutboxMail",
        "account.EmailAddress",
        "mfa.Authenticator",
        "usersessions.UserSession",
        "sessions.Session",
        "admin.LogEntry",
        "events.PollParticipant",
        "networks.ImportLine",
    } <= labels


@pytest.mark.usefixtures("registry")
def test_a_new_model_that_nobody_registered_fails() -> None:
    class VisitorBook(models.Model):
        author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
        friends = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
        phone = models.CharField(max_length=40)
        reply_to = models.EmailField()
        note = models.TextField()
        answers = models.JSONField(default=dict)
        raw = models.BinaryField()
        mood = models.CharField(max_length=4, choices=[("good", "gut")])
        slug = models.SlugField()
        pages = models.IntegerField()

        class Meta:
            app_label = "portal"

        def __str__(self) -> str:
            return self.note

    assert uncovered(VisitorBook) == [
        f"portal.VisitorBook.{name}" for name in ("author", "phone", "reply_to", "note", "answers", "raw", "friends")
    ]
    assert uncovered(VisitorBook.friends.through) == ["portal.VisitorBook_friends.user"]


@pytest.mark.usefixtures("registry")
def test_a_new_column_of_a_registered_model_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what is named is covered, not the model as a whole."""

    class PinBoard(models.Model):
        title = models.CharField(max_length=40)
        signed = models.CharField(max_length=40)

        class Meta:
            app_label = "portal"

        def __str__(self) -> str:
            return self.title

    monkeypatch.setitem(personal_data._free, PinBoard, {"title": "the name of a board"})
    assert uncovered(PinBoard) == ["portal.PinBoard.signed"]


def test_what_is_registered_exists() -> None:
    """A renamed column leaves no empty promise behind."""
    for rows in personal_data.all_rows():
        for name in (*rows.shows, *rows.accounts, *rows.own, *filter(None, [rows.called, rows.phoned])):
            rows.model._meta.get_field(name)
    for model, name, when in personal_data.all_traces():
        assert model._meta.get_field(name).related_model is apps.get_model(settings.AUTH_USER_MODEL)
        model._meta.get_field(when)
    for model, columns in personal_data.all_quotes().items():
        for name in columns:
            model._meta.get_field(name)


def test_what_holds_nobody_says_why() -> None:
    reasons = [why for columns in personal_data._free.values() for why in columns.values()]
    assert reasons
    assert all(len(why) > 6 for why in reasons)
