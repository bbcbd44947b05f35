"""The regions' colours as a stylesheet; it knows any number of regions, in their order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from networks.models import Region


@dataclass(frozen=True)
class Bank:
    """What one region looks like on a light or a dark page."""

    slug: str
    colour: str
    background: str


def light(region: Region) -> Bank:
    return Bank(region.slug, region.colour_light, region.background_light)


def dark(region: Region) -> Bank:
    return Bank(region.slug, region.colour_dark, region.background_dark)


def rules(banks: Sequence[Bank]) -> str:
    """One rule per region, and for the whole page the first and last bank and all of them in a row."""
    if not banks:
        return ""
    first, last = banks[0], banks[-1]
    colours = ", ".join(bank.colour for bank in (banks if len(banks) > 1 else [first, first]))
    backgrounds = ", ".join(bank.background for bank in (banks if len(banks) > 1 else [first, first]))
    page = (
        f":root {{ --bank-a: {first.colour}; --bank-a-bg: {first.background};"
        f" --bank-b: {last.colour}; --bank-b-bg: {last.background};"
        f" --banks: {colours}; --banks-bg: {backgrounds}; }}"
    )
    each = [f'[data-region="{bank.slug}"] {{ --c: {bank.colour}; --cbg: {bank.background}; }}' for bank in banks]
    return "\n".join([page, *each])


def stylesheet(regions: Iterable[Region]) -> str:
    listed = list(regions)
    bright, night = rules([light(region) for region in listed]), rules([dark(region) for region in listed])
    return f"@layer tokens {{\n{bright}\n@media screen and (prefers-color-scheme: dark) {{\n{night}\n}}\n}}\n"


def version(regions: Iterable[Region]) -> str:
    return sha256(stylesheet(regions).encode()).hexdigest()[:12]
