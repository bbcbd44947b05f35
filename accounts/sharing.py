"""Sharing in two clicks: which services there are, where their data goes, and the address that shares."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")


@dataclass(frozen=True)
class Service:
    key: str
    name: str
    country: "StrOrPromise"
    address: str
    asks_instance: bool = False

    def link(self, page: str, instance: str = "") -> str:
        return self.address.format(page=quote(page, safe=""), instance=instance)


SERVICES = {
    service.key: service
    for service in (
        Service(
            "linkedin",
            "LinkedIn",
            _("nach Irland und in die USA"),
            "https://www.linkedin.com/sharing/share-offsite/?url={page}",
        ),
        Service(
            "xing", "XING", _("innerhalb Deutschlands, nach Hamburg"), "https://www.xing.com/spi/shares/new?url={page}"
        ),
        Service("bluesky", "Bluesky", _("in die USA"), "https://bsky.app/intent/compose?text={page}"),
        Service(
            "mastodon",
            "Mastodon",
            _("in das Land, in dem Ihre Instanz steht"),
            "https://{instance}/share?text={page}",
            asks_instance=True,
        ),
        Service(
            "facebook",
            "Facebook",
            _("nach Irland und in die USA"),
            "https://www.facebook.com/sharer/sharer.php?u={page}",
        ),
    )
}


def instance_host(text: str) -> str:
    """The host of a Mastodon instance out of what people type: an address, a handle, a bare name; else nothing."""
    host = re.sub(r"^https?://", "", text.strip().lower()).split("/")[0].rsplit("@", 1)[-1]
    return host if HOST.fullmatch(host) else ""
