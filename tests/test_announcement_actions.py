"""Writing, scheduling, publishing and taking back news."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from accounts.errors import ActionRefused
from accounts.models import AuditEntry
from events.actions import announcements as actions
from events.models import Announcement
from events.rules import AnnouncementAbilities, announcement_abilities


@pytest.fixture
def draft(cast: SimpleNamespace) -> Announcement:
    values = {"title": "Roboter für Ölmühlen", "summary": "Neu.", "body": "Text.", "agency": cast.west.agency}
    return actions.write_announcement(values, by=cast.curator_west, networks=[cast.network])


def test_a_new_one_is_a_draft_with_an_address_of_its_title(cast: SimpleNamespace, draft: Announcement) -> None:
    assert (draft.slug, draft.state, draft.is_public) == ("roboter-fuer-oelmuehlen", Announcement.State.DRAFT, False)
    assert list(draft.networks.all()) == [cast.network]


def test_the_feed_keeps_its_address(cast: SimpleNamespace) -> None:
    values = {"title": "Feed", "summary": "x", "body": "x", "agency": cast.west.agency}
    assert actions.write_announcement(values, by=cast.curator_west).slug == "feed-2"


def test_publishing_shows_it_at_once(cast: SimpleNamespace, draft: Announcement, client: Client) -> None:
    assert client.get(draft.get_absolute_url()).status_code == 404
    actions.publish_announcement(draft, by=cast.curator_west)
    assert client.get(draft.get_absolute_url()).status_code == 200
    with pytest.raises(ActionRefused, match="schon öffentlich"):
        actions.publish_announcement(draft, by=cast.curator_west)
    entries = list(AuditEntry.objects.order_by("pk").values_list("verb", "by"))
    assert entries == [("announcement.written", cast.curator_west.pk), ("announcement.published", cast.curator_west.pk)]


def test_scheduling_needs_the_future(cast: SimpleNamespace, draft: Announcement) -> None:
    with pytest.raises(ActionRefused, match="Zukunft"):
        actions.schedule_announcement(draft, timezone.now() - timedelta(minutes=1), by=cast.curator_west)
    scheduled = actions.schedule_announcement(draft, timezone.now() + timedelta(days=1), by=cast.curator_west)
    assert (scheduled.state, scheduled.is_public) == (Announcement.State.SCHEDULED, False)
    actions.publish_announcement(scheduled, by=cast.curator_west)
    with pytest.raises(ActionRefused, match="schon öffentlich"):
        actions.schedule_announcement(draft, timezone.now() + timedelta(days=1), by=cast.curator_west)


def test_taking_back_hides_it_again(cast: SimpleNamespace, draft: Announcement, client: Client) -> None:
    actions.publish_announcement(draft, by=cast.curator_west)
    actions.take_back_announcement(draft, by=cast.curator_west)
    assert client.get(draft.get_absolute_url()).status_code == 404
    with pytest.raises(ActionRefused, match="schon ein Entwurf"):
        actions.take_back_announcement(draft, by=cast.curator_west)


def test_a_renamed_one_is_found_under_every_name_it_had(
    cast: SimpleNamespace, draft: Announcement, client: Client
) -> None:
    actions.publish_announcement(draft, by=cast.curator_west)
    actions.rename_announcement(draft, "zweiter-name", by=cast.curator_west)
    actions.rename_announcement(draft, "zweiter-name", by=cast.curator_west)
    assert client.get("/mitteilungen/roboter-fuer-oelmuehlen/")["Location"] == "/mitteilungen/zweiter-name/"
    actions.rename_announcement(draft, "roboter-fuer-oelmuehlen", by=cast.curator_west)
    assert client.get("/mitteilungen/zweiter-name/")["Location"] == "/mitteilungen/roboter-fuer-oelmuehlen/"
    with pytest.raises(ActionRefused, match="vergeben"):
        actions.rename_announcement(draft, "feed", by=cast.curator_west)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("curator_west", AnnouncementAbilities(edit=True, publish=True)),
        ("operator", AnnouncementAbilities(edit=True, publish=True)),
        ("curator_east", AnnouncementAbilities()),
        ("owner", AnnouncementAbilities()),
    ],
)
def test_only_its_team_may(cast: SimpleNamespace, draft: Announcement, who: str, may: AnnouncementAbilities) -> None:
    assert announcement_abilities(getattr(cast, who), draft) == may


def test_what_is_public_can_be_taken_back(cast: SimpleNamespace, draft: Announcement) -> None:
    public = actions.publish_announcement(draft, by=cast.curator_west)
    assert announcement_abilities(cast.curator_west, public) == AnnouncementAbilities(edit=True, take_back=True)
