"""What each channel wants to have: read from resources/letters/channels.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from smsdesk.domain.channels import Channel
from smsdesk.domain.exhibits import ExhibitKind
from smsdesk.resources import resource


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know before handing in.

    `status`: 已读 (its source was read), 未核 (hearsay, to be asked there) or 建议 (our advice).
    """

    text: str
    status: str


@dataclass(frozen=True, slots=True)
class ChannelPage:
    """What a channel asks for.

    `writer` and `about` are what its letter calls the person and the institution; `subject` is its
    first sentence. `provisions` are beginnings of ids: no others are named in its letter; `general`
    are ids named whatever the labels. `asked_first`: the lender must have been complained to.
    `encloses` are the kinds of exhibits that go there beside screenshots.
    `only_labelled`: only messages with a label go there, no lawful reminder.
    `file_limit_mb` is the largest single attachment (MB of 1,000,000 bytes), None where nothing is
    known. `checked` is the day (ISO) on which all this was looked up.
    """

    title: str
    writer: str
    about: str
    addressee: str
    subject: str
    provisions: tuple[str, ...]
    general: tuple[str, ...]
    requests: tuple[str, ...]
    notes: tuple[Note, ...]
    checked: str
    asked_first: bool = False
    only_labelled: bool = False
    encloses: tuple[ExhibitKind, ...] = ()
    file_limit_mb: float | None = None


@cache
def channel_pages() -> Mapping[Channel, ChannelPage]:
    """Return what is known of every channel."""
    with resource("letters", "channels.toml").open("rb") as file:
        tables = tomllib.load(file)
    checked = tables.pop("checked")
    return MappingProxyType(
        {Channel(name): _page(table, checked) for name, table in tables.items()}
    )


def _page(table: dict[str, object], checked: str) -> ChannelPage:
    lists = {key: tuple(value) for key, value in table.items() if isinstance(value, list)}
    notes = tuple(Note(**note) for note in lists.pop("notes"))
    lists["encloses"] = tuple(map(ExhibitKind, lists.get("encloses", ())))
    return ChannelPage(**{**table, **lists, "notes": notes, "checked": checked})  # type: ignore[arg-type]
