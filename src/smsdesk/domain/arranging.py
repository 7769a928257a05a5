"""Put originals and other files into exhibits, in order, with numbers.

One exhibit is what one sender sent to one phone; screenshots of several senders (message lists) and
those without a message are exhibits of their own. A person's records say what else holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from smsdesk.domain.cases import Original
from smsdesk.domain.exhibits import (
    ROLE_OF,
    TEXT_FIELDS,
    Attachment,
    ExhibitGroup,
    ExhibitKind,
    ExhibitPlan,
    ExhibitRecord,
    ExhibitTexts,
    PlannedExhibit,
    PlannedGroup,
)
from smsdesk.domain.findings import HINTS, FindingState, ViolationType
from smsdesk.domain.messages import Message
from smsdesk.domain.screens import Direction
from smsdesk.domain.senders import Sender
from smsdesk.domain.times import SentTime

MANY = "*"
NOBODY = "?"
"""Stand in the key for the sender: several of them, or no message at all."""


@dataclass(frozen=True, slots=True)
class MessageFacts:
    """What an exhibit has to know of a message; small, so that a large case fits into memory.

    `number` counts the messages of the case in order of time. `labels` are the violations printed
    of it, and whether a person confirmed one: no hints, nothing rejected.
    """

    id: int
    number: int
    sender: Sender
    direction: Direction
    sent: SentTime
    originals: tuple[int, ...]
    labels: Mapping[ViolationType, bool]

    @staticmethod
    def of(message: Message, number: int) -> MessageFacts:
        """Return the facts of a message."""
        labels: dict[ViolationType, bool] = {}
        for finding in message.findings:
            kind = finding.proposal.violation
            if kind not in HINTS and finding.state != FindingState.REJECTED:
                labels[kind] = labels.get(kind, False) or finding.state == FindingState.CONFIRMED
        originals = tuple(dict.fromkeys(s.original_id for s in message.sightings))
        return MessageFacts(
            message.id, number, message.sender, message.direction, message.sent, originals, labels
        )


@dataclass(frozen=True, slots=True)
class CaseContents:
    """What there is to arrange: phones in order (ids), originals in order of capture, and so on."""

    devices: Sequence[int]
    originals: Sequence[Original]
    messages: Sequence[MessageFacts]
    groups: Sequence[ExhibitGroup]
    records: Sequence[ExhibitRecord] = ()
    attachments: Sequence[Attachment] = ()


Describe = Callable[[PlannedExhibit, Sequence[MessageFacts]], ExhibitTexts]
"""Proposes the columns of an exhibit from the messages that it shows."""


@dataclass(slots=True)
class _Draft:
    """An exhibit before it has its place and number."""

    key: str
    kind: ExhibitKind
    device_id: int | None = None
    originals: list[Original] = field(default_factory=list)
    messages: dict[int, MessageFacts] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    record: ExhibitRecord | None = None


def arrange(
    contents: CaseContents, describe: Describe, chosen: frozenset[int] | None = None
) -> ExhibitPlan:
    """Return the plan of a case; with *chosen* message ids, only what shows those messages.

    The texts then speak of the chosen messages alone; all numbers stay those of the whole case.
    """
    drafts = [*_of_messages(contents), *_of_files(contents)]
    _give_records(drafts, contents.records)
    groups = _numbered(drafts, contents.groups)
    numbers = [(number, draft) for _, _, members in groups for number, draft in members]
    planned = {
        draft.key: _planned(number, draft, describe, chosen)
        for number, draft in numbers
        if chosen is None or draft.attachments or chosen & draft.messages.keys()
    }
    listed = {file.id for _, draft in numbers for file in draft.attachments}
    return ExhibitPlan(
        tuple(
            PlannedGroup(
                group, place, number, tuple(planned[d.key] for _, d in members if d.key in planned)
            )
            for place, (group, number, members) in enumerate(groups, 1)
        ),
        _part_numbers((number, [o.id for o in draft.originals]) for number, draft in numbers),
        _part_numbers((number, [f.id for f in draft.attachments]) for number, draft in numbers),
        {message.id: message.number for message in contents.messages},
        tuple(file for file in contents.attachments if file.id not in listed),
    )


def _of_messages(contents: CaseContents) -> list[_Draft]:
    """Return the exhibits of messages: phone by phone, by the first message of each sender."""
    shown_in: dict[int, list[MessageFacts]] = {}
    for message in contents.messages:
        for original_id in message.originals:
            shown_in.setdefault(original_id, []).append(message)
    drafts: dict[tuple[int, str], _Draft] = {}
    for original in contents.originals:
        shown = shown_in.get(original.id, [])
        sender = _sender_key(shown)
        draft = drafts.setdefault(
            (original.device_id, sender),
            _Draft(message_key(original.device_id, sender), ExhibitKind.MESSAGES),
        )
        draft.device_id = original.device_id
        draft.originals.append(original)
        draft.messages.update((message.id, message) for message in shown)
    devices = {device_id: place for place, device_id in enumerate(contents.devices)}
    return [drafts[key] for key in sorted(drafts, key=lambda key: _place(key, drafts, devices))]


def _place(
    key: tuple[int, str], drafts: Mapping[tuple[int, str], _Draft], devices: Mapping[int, int]
) -> tuple[int, bool, bool, int]:
    device_id, sender = key
    first = min((m.number for m in drafts[key].messages.values()), default=0)
    several = sender in (MANY, NOBODY)
    return devices.get(device_id, len(devices)), several, sender == NOBODY, first


def _sender_key(messages: Sequence[MessageFacts]) -> str:
    keys = {message.sender.key for message in messages}
    if not keys:
        return NOBODY
    return keys.pop() if len(keys) == 1 else MANY


def message_key(device_id: int, sender: str) -> str:
    """Return what names the exhibit of a sender's messages on a phone for good."""
    return f"messages:{device_id}:{sender}"


def file_key(first: Attachment) -> str:
    """Return what names an exhibit for good that begins with this file."""
    return f"file:{first.sha256}"


def _of_files(contents: CaseContents) -> list[_Draft]:
    """Return the exhibits that a person made of files, in the order in which they came."""
    known = {file.id: file for file in contents.attachments}
    drafts = [
        _Draft(
            record.key,
            record.kind,
            attachments=tuple(known[i] for i in record.files),
            record=record,
        )
        for record in contents.records
        if record.files
    ]
    return sorted(drafts, key=lambda draft: draft.attachments[0].id)


def _give_records(drafts: Sequence[_Draft], records: Sequence[ExhibitRecord]) -> None:
    """Give each exhibit of messages its record: by key, else by the original that it holds."""
    by_key = {draft.key: draft for draft in drafts}
    astray = []
    for record in (record for record in records if not record.files):
        if record.key in by_key:
            by_key[record.key].record = record
        else:
            astray.append(record)
    holding = {o.id: draft for draft in drafts for o in draft.originals}
    for record in astray:
        draft = holding.get(record.anchor or 0)
        if draft is not None and draft.record is None:
            draft.record = record


_Members = list[tuple[str, _Draft]]


def _numbered(
    drafts: Sequence[_Draft], groups: Sequence[ExhibitGroup]
) -> list[tuple[ExhibitGroup, int | None, _Members]]:
    """Return the groups in order, each with its number and its exhibits with theirs."""
    by_role = {group.role: group.id for group in reversed(groups)}
    members: dict[int, list[_Draft]] = {group.id: [] for group in groups}
    for draft in drafts:
        own = draft.record.group_id if draft.record else None
        members[own if own in members else by_role[ROLE_OF[draft.kind]]].append(draft)
    numbered: list[tuple[ExhibitGroup, int | None, _Members]] = []
    number = 0
    for group in sorted(groups, key=lambda group: (group.position, group.id)):
        number += bool(members[group.id])
        ordered = sorted(members[group.id], key=_own_place)  # stable: the rest stay as they are
        named = [(f"{number}-{place}", draft) for place, draft in enumerate(ordered, 1)]
        numbered.append((group, number if named else None, named))
    return numbered


def _own_place(draft: _Draft) -> tuple[bool, int]:
    """Order what a person placed first, and what came since behind it."""
    position = draft.record.position if draft.record else None
    return position is None, position or 0


def _planned(
    number: str, draft: _Draft, describe: Describe, chosen: frozenset[int] | None
) -> PlannedExhibit:
    """Return an exhibit with its columns: proposed from its messages, a person's where written."""
    messages = sorted(draft.messages.values(), key=lambda message: message.number)
    if chosen is not None:
        messages = [message for message in messages if message.id in chosen]
    shown = {original_id for message in messages for original_id in message.originals}
    senders = {message.sender.key: message.sender for message in draft.messages.values()}
    bare = PlannedExhibit(
        draft.key,
        number,
        draft.kind,
        ExhibitTexts(),
        ExhibitTexts(),
        device_id=draft.device_id,
        sender=next(iter(senders.values())) if len(senders) == 1 else None,
        originals=tuple(o.id for o in draft.originals if chosen is None or o.id in shown),
        messages=tuple(message.id for message in messages),
        attachments=draft.attachments,
        record=draft.record,
    )
    proposed = describe(bare, messages)
    written = written_fields(draft.record)
    texts = replace(proposed, **written)
    return replace(bare, texts=texts, proposed=proposed, edited=frozenset(written))


def written_fields(record: ExhibitRecord | None) -> dict[str, Any]:
    """Return the columns that a person wrote."""
    values = {name: getattr(record, name, None) for name in TEXT_FIELDS}
    return {name: value for name, value in values.items() if value is not None}


def _part_numbers(exhibits: Iterable[tuple[str, Sequence[int]]]) -> dict[int, str]:
    return {
        part: f"{number}-{place:02}"
        for number, parts in exhibits
        for place, part in enumerate(parts, 1)
    }
