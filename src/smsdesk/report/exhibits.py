"""The order and the numbers of the exhibits: phone by phone, sender by sender.

Group n is a phone (第 n 组), exhibit n-m what one sender sent to it, n-m-kk one screenshot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from smsdesk.domain.cases import Original, SourceDevice
from smsdesk.domain.messages import Message
from smsdesk.domain.numbers import Sender
from smsdesk.report.content import CourtFile


@dataclass(frozen=True, slots=True)
class Exhibit:
    """The screenshots that show one sender on one phone.

    `sender` is None for screenshots that show several senders (message lists) or no message;
    `messages` are those printed whose best or other sighting lies in one of `originals`.
    """

    number: str
    sender: Sender | None
    originals: tuple[Original, ...]
    messages: tuple[Message, ...]

    @property
    def pictures(self) -> int:
        """How many pictures there are, every page of a document counted."""
        return sum(len(original.pages) for original in self.originals)


@dataclass(frozen=True, slots=True)
class Group:
    """All exhibits from one phone."""

    number: int
    device: SourceDevice
    exhibits: tuple[Exhibit, ...]


@dataclass(frozen=True, slots=True)
class Numbering:
    """What everything is called: originals and messages by id; `shown_in` lists what each shows."""

    groups: tuple[Group, ...]
    originals: dict[int, str]
    messages: dict[int, str]
    shown_in: dict[int, list[Message]]

    @property
    def ordered(self) -> list[Original]:
        """All originals in the order of the annex."""
        return [o for g in self.groups for e in g.exhibits for o in e.originals]


_MANY = "\0many"
_NONE = "\0none"


def number_everything(content: CourtFile) -> Numbering:
    """Return the exhibits of *content* and the number of every message and original."""
    shown_in = _messages_by_original(content.messages)
    groups: list[Group] = []
    for device in content.devices:
        originals = [o for o in content.originals if o.device_id == device.id]
        if originals:
            groups.append(_group(len(groups) + 1, device, originals, shown_in))
    orphans = [o for o in content.originals if o.device_id not in {d.id for d in content.devices}]
    if orphans:
        unknown = SourceDevice(0, "未登记的原始载体")
        groups.append(_group(len(groups) + 1, unknown, orphans, shown_in))
    return Numbering(
        tuple(groups),
        {
            original.id: f"{exhibit.number}-{position:02}"
            for group in groups
            for exhibit in group.exhibits
            for position, original in enumerate(exhibit.originals, 1)
        },
        {
            message.id: f"{content.numbers.get(message.id, position):04}"
            for position, message in enumerate(content.messages, 1)
        },
        shown_in,
    )


def _messages_by_original(messages: Sequence[Message]) -> dict[int, list[Message]]:
    shown: dict[int, list[Message]] = {}
    for message in messages:
        for original_id in dict.fromkeys(s.original_id for s in message.sightings):
            shown.setdefault(original_id, []).append(message)
    return shown


def _group(
    number: int,
    device: SourceDevice,
    originals: Sequence[Original],
    shown_in: dict[int, list[Message]],
) -> Group:
    """Put a phone's originals together by sender, in the order of the first message of each."""
    by_sender: dict[str, list[Original]] = {}
    first: dict[str, int] = {}
    order = {m.id: n for n, m in enumerate(_in_order(shown_in))}
    for original in originals:
        messages = shown_in.get(original.id, [])
        key = _sender_key(messages)
        by_sender.setdefault(key, []).append(original)
        earliest = min((order[m.id] for m in messages), default=len(order))
        first[key] = min(first.get(key, earliest), earliest)
    keys = sorted(by_sender, key=lambda key: (key in (_MANY, _NONE), key == _NONE, first[key]))
    exhibits = (
        _exhibit(f"{number}-{position}", by_sender[key], shown_in)
        for position, key in enumerate(keys, 1)
    )
    return Group(number, device, tuple(exhibits))


def _in_order(shown_in: dict[int, list[Message]]) -> list[Message]:
    """Return every message once, as far as possible in the order of the file."""
    unique = {m.id: m for messages in shown_in.values() for m in messages}
    return sorted(unique.values(), key=_time_key)


def _time_key(message: Message) -> tuple[bool, str, int]:
    earliest = message.sent.earliest
    return earliest is None, earliest.isoformat() if earliest else "", message.id


def _sender_key(messages: Sequence[Message]) -> str:
    keys = {m.sender.key for m in messages}
    if not keys:
        return _NONE
    return keys.pop() if len(keys) == 1 else _MANY


def _exhibit(
    number: str, originals: Sequence[Original], shown_in: dict[int, list[Message]]
) -> Exhibit:
    seen = {m.id: m for original in originals for m in shown_in.get(original.id, [])}
    messages = sorted(seen.values(), key=_time_key)
    senders = {m.sender.key: m.sender for m in messages}
    sender = next(iter(senders.values())) if len(senders) == 1 else None
    return Exhibit(number, sender, tuple(originals), tuple(messages))
