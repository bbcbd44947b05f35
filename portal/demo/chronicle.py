"""The half-year meetings and the news: what lies in the past is told, the next meeting is being planned."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from events.models import Announcement, Meeting
from networks.models import Municipality, Network
from portal.demo.scene import Scene, at, read

HALF_A_YEAR = timedelta(weeks=26)
FUTURE = (Meeting.State.POLLED, Meeting.State.PLANNED)


@dataclass
class Chronicle:
    scene: Scene
    meetings: dict[date, Meeting] = field(default_factory=dict)

    def meet(self) -> None:
        towns = {town.name: town for town in self.scene.towns}
        ahead = 0
        for entry in self._entries():
            state = Meeting.State.HELD
            if entry["day"] > self.scene.today:
                state = FUTURE[min(ahead, len(FUTURE) - 1)]
                ahead += 1
            elif entry.get("cancelled"):
                state = Meeting.State.CANCELLED
            self._meeting(entry, state, towns)

    def _entries(self) -> list[dict[str, Any]]:
        """The story goes on after its last written half-year, in the same rhythm."""
        entries: list[dict[str, Any]] = read("meetings")["meetings"]
        while sum(entry["day"] > self.scene.today for entry in entries) < len(FUTURE):
            before = entries[-2]
            names = {name: before[name] for name in ("host", "co_host", "city")}
            day = before["day"] + 2 * HALF_A_YEAR
            title = f"Halbjahrestreffen in {before['city']}"
            entries.append({**names, "day": day, "title": title, "summary": "In Planung.", "networks": []})
        return entries

    def _meeting(self, entry: dict[str, Any], state: str, towns: dict[str, Municipality]) -> None:
        day, agencies, town = entry["day"], self.scene.agencies, towns.get(entry["city"])
        meeting = Meeting(
            slug=f"treffen-{day}",
            title=entry["title"],
            summary=entry["summary"],
            body=entry.get("body", ""),
            **{name: entry[name] for name in Meeting.WORDINGS if name in entry},
            state=state,
            city=entry["city"],
            host=agencies[entry["host"]],
            co_host=agencies.get(entry["co_host"]),
            co_host_state=Meeting.CoHost.ACCEPTED,
            starts_at=at(day, time(10)),
            ends_at=at(day, time(13)),
            updated_at=min(at(day, time(15)), at(self.scene.today, time(8))),
        )
        if town:
            meeting.lat, meeting.lon = town.lat, town.lon
        meeting.save()
        meeting.networks.set(self._networks(entry))
        self.meetings[day] = meeting

    def announce(self) -> None:
        for entry in read("announcements")["announcements"]:
            self._announcement(entry)

    def _announcement(self, entry: dict[str, Any]) -> None:
        day = entry["day"] if "day" in entry else self.scene.today + timedelta(days=entry["days"])
        moment = at(day, time(9))
        announcement = Announcement.objects.create(
            slug=entry["slug"],
            title=entry["title"],
            summary=entry["summary"],
            body=entry["body"].strip(),
            **{name: entry[name] for name in Announcement.WORDINGS if name in entry},
            agency=self.scene.agencies[entry["agency"]],
            meeting=self._about(entry),
            state=entry.get("state", Announcement.State.PUBLISHED),
            publish_at=moment,
            updated_at=min(moment, at(self.scene.today, time(8))),
        )
        announcement.networks.set(self._networks(entry))

    def _about(self, entry: dict[str, Any]) -> Meeting | None:
        """A half-year meeting by its day, another one by its address."""
        if "gathering" in entry:
            return Meeting.objects.get(slug=entry["gathering"])
        return self.meetings.get(entry.get("meeting", self.scene.today))

    def _networks(self, entry: dict[str, Any]) -> list[Network]:
        return [self.scene.networks[slug] for slug in entry["networks"]]
