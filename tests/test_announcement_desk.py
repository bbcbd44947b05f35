"""News at the desk: who speaks, when it appears, what stays of its picture."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.models import User
from events.actions import announcements as actions
from events.models import Announcement
from networks.models import AgencyStaff

ClientOf = Callable[[User | None], Client]
RED, BLUE = (200, 20, 20), (20, 20, 200)


@pytest.fixture
def draft(cast: SimpleNamespace) -> Announcement:
    values = {"title": "Neues", "summary": "Neu.", "body": "Text.", "agency": cast.west.agency}
    return actions.write_announcement(values, by=cast.curator_west)


def address(announcement: Announcement, page: str = "change") -> str:
    return reverse(f"admin:events_announcement_{page}", args=[announcement.pk])


def fields(announcement: Announcement, **changed: Any) -> dict[str, Any]:
    return {
        "title": announcement.title,
        "summary": "Neu.",
        "body": "Text.",
        "agency": announcement.agency_id,
        "publish_at": "2030-03-02T10:00",
        "image_focus": "center",
        "image_text": "Rot und Blau",
        **changed,
    }


def half_and_half() -> SimpleUploadedFile:
    """Left red, right blue, four times as wide as high."""
    image = Image.new("RGB", (1600, 400), RED)
    image.paste(BLUE, (800, 0, 1600, 400))
    target = io.BytesIO()
    image.save(target, "PNG")
    return SimpleUploadedFile("bild.png", target.getvalue(), "image/png")


def files() -> set[str]:
    return {path.name for path in (Path(settings.MEDIA_ROOT) / "mitteilungen").glob("*")}


def colours(url: str) -> set[str]:
    """What is seen at both ends."""
    path = Path(settings.MEDIA_ROOT) / url.removeprefix(settings.MEDIA_URL)
    with Image.open(path) as image:
        middle = image.convert("RGB")
        ends = [middle.getpixel((x, image.height // 2)) for x in (5, image.width - 5)]
    return {"red" if one[0] > one[2] else "blue" for one in ends}  # type: ignore[index]


@pytest.mark.parametrize(
    ("focus", "seen"), [("left", {"red"}), ("right", {"blue"}), ("center", {"red", "blue"}), ("top-left", {"red"})]
)
def test_the_picture_is_cut_around_what_matters(
    draft: Announcement, cast: SimpleNamespace, client_of: ClientOf, focus: str, seen: set[str]
) -> None:
    data = fields(draft, image=half_and_half(), image_focus=focus)
    assert client_of(cast.curator_west).post(address(draft), data).status_code == 302
    draft.refresh_from_db()
    assert colours(draft.card_image_url) == seen
    with Image.open(Path(settings.MEDIA_ROOT) / draft.card_image_url.removeprefix(settings.MEDIA_URL)) as image:
        assert (image.size, image.format) == ((640, 360), "WEBP")
    actions.publish_announcement(draft, by=cast.curator_west)
    page = client_of(None).get(draft.get_absolute_url()).content.decode()
    assert draft.wide_image_url in page
    assert draft.card_image_url in client_of(None).get("/mitteilungen/").content.decode()
    answer = client_of(None).get(draft.card_image_url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    answer.close()


@pytest.mark.django_db(transaction=True)
def test_another_focus_another_picture_and_nothing_stays_behind(
    draft: Announcement, cast: SimpleNamespace, client_of: ClientOf
) -> None:
    staff = client_of(cast.curator_west)
    staff.post(address(draft), fields(draft, image=half_and_half(), image_focus="left"))
    draft.refresh_from_db()
    before, first = draft.card_image_url, files()
    assert len(first) == 3
    staff.post(address(draft), fields(draft, image_focus="right"))
    draft.refresh_from_db()
    assert draft.card_image_url != before, "a kept copy of the old one must not be shown"
    assert (colours(draft.card_image_url), len(files())) == ({"blue"}, 3)
    staff.post(address(draft), fields(draft, image=half_and_half(), image_focus="right"))
    assert len(files()) == 3
    assert not files() & first
    staff.post(address(draft), fields(draft, image_text="", **{"image-clear": "on"}))
    assert files() == set()


def test_a_planned_one_says_when_and_can_be_called_off(
    draft: Announcement, cast: SimpleNamespace, client_of: ClientOf
) -> None:
    staff, review = client_of(cast.curator_west), address(draft, "review")
    staff.post(address(draft), fields(draft, image_text=""))
    staff.post(review, {"decision": "schedule"})
    page = staff.get(review)
    assert "erscheint von selbst: Sa., 2. März 2030, 10:00 Uhr" in page.content.decode()
    assert [decision.key for decision, _form in page.context["decisions"]] == ["publish", "unschedule"]
    preview = staff.get(draft.get_absolute_url()).content.decode()
    assert "Sie erscheint von selbst: Sa., 2. März 2030, 10:00 Uhr." in preview
    assert client_of(None).get(draft.get_absolute_url()).status_code == 404
    staff.post(review, {"decision": "unschedule"})
    draft.refresh_from_db()
    assert draft.state == Announcement.State.DRAFT


def test_when_its_time_has_come_it_counts_as_published(
    draft: Announcement, cast: SimpleNamespace, client_of: ClientOf
) -> None:
    Announcement.objects.update(state=Announcement.State.SCHEDULED, publish_at=timezone.now() - timedelta(minutes=1))
    page = client_of(cast.curator_west).get(address(draft, "review"))
    assert [decision.key for decision, _form in page.context["decisions"]] == ["take_back"]
    assert "geplant" not in page.content.decode()
    assert (
        "veröffentlicht"
        in client_of(cast.curator_west).get(reverse("admin:events_announcement_changelist")).content.decode()
    )


def test_who_works_for_two_agencies_chooses_who_speaks(
    draft: Announcement, cast: SimpleNamespace, client_of: ClientOf
) -> None:
    add = reverse("admin:events_announcement_add")
    form = client_of(cast.curator_west).get(add).context["adminform"].form
    assert form.initial["agency"] == cast.west.agency.pk
    AgencyStaff.objects.create(agency=cast.east.agency, person=cast.curator_west)
    form = client_of(cast.curator_west).get(add).context["adminform"].form
    assert {label for _value, label in form.fields["agency"].choices} == {"WF Westland", "WF Ostland"}
    data = fields(draft, title="Von drüben", agency=cast.east.agency.pk, image_text="")
    client_of(cast.curator_west).post(add, data)
    made = Announcement.objects.get(title="Von drüben")
    assert made.agency == cast.east.agency
    actions.publish_announcement(made, by=cast.curator_west)
    page = client_of(None).get(made.get_absolute_url()).content.decode()
    assert page.index("Es spricht") < page.rindex("WF Ostland")
