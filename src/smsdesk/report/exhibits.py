"""The exhibits of a court file, with what they show: the plan of the case, joined to its content.

Numbers and columns come from the plan alone. Attachments (contracts, receipts) are printed like
originals; so that one id names one picture, their pages have the negative of their id here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from smsdesk.domain.cases import Original, Page
from smsdesk.domain.exhibits import Attachment, ExhibitTexts, PlannedExhibit
from smsdesk.domain.messages import Message
from smsdesk.domain.senders import Sender
from smsdesk.report.content import CourtFile, PictureSource


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One exhibit: screenshots of one sender on one phone, or files that a person added.

    `sender` is None where the screenshots show several senders, or none; `messages` are those
    printed that lie in one of `originals`.
    """

    number: str
    texts: ExhibitTexts
    sender: Sender | None
    originals: tuple[Original, ...]
    attachments: tuple[Attachment, ...]
    messages: tuple[Message, ...]

    @property
    def shown(self) -> tuple[tuple[Page, ...], ...]:
        """The pages of each file, in order; empty for files that can only be listed."""
        files: tuple[Original | Attachment, ...] = (*self.originals, *self.attachments)
        return tuple(pages_of(file) for file in files)


@dataclass(frozen=True, slots=True)
class Group:
    """Exhibits that belong together; `title` has no number."""

    number: int
    title: str
    exhibits: tuple[Exhibit, ...]


@dataclass(frozen=True, slots=True)
class Numbering:
    """What everything is called.

    `originals` goes by the ids that pages have here (attachments: negative), `messages` by ids;
    `shown_in` lists what each original shows.
    """

    groups: tuple[Group, ...]
    originals: Mapping[int, str]
    messages: Mapping[int, str]
    shown_in: Mapping[int, list[Message]]

    @property
    def exhibits(self) -> Iterator[Exhibit]:
        """Yield all exhibits in order."""
        for group in self.groups:
            yield from group.exhibits

    @property
    def ordered(self) -> list[Original]:
        """All originals in the order of the annex."""
        return [original for exhibit in self.exhibits for original in exhibit.originals]

    @property
    def attachments(self) -> list[Attachment]:
        """All other files in the order of the annex."""
        return [file for exhibit in self.exhibits for file in exhibit.attachments]


def pages_of(file: Original | Attachment) -> tuple[Page, ...]:
    """Return what is printed of a file."""
    if isinstance(file, Original):
        return file.pages
    return tuple(replace(page, original_id=-file.id) for page in file.pages)


def file_id(file: Original | Attachment) -> int:
    """Return the id by which pages, anchors and numbers here know a file."""
    return file.id if isinstance(file, Original) else -file.id


def pictures_of(content: CourtFile) -> PictureSource:
    """Return the pictures of originals and attachments, by the ids that pages have here."""
    attached = content.attached
    if attached is None:
        return content.pictures
    own = content.pictures
    return PictureSource(
        lambda i, page: own.data(i, page) if i > 0 else attached.data(-i, page),
        lambda i, page: own.upright(i, page) if i > 0 else attached.upright(-i, page),
    )


def number_everything(content: CourtFile) -> Numbering:
    """Return the exhibits of *content* and the number of every message, original and attachment."""
    shown_in = _messages_by_original(content.messages)
    originals = {original.id: original for original in content.originals}
    plan = content.plan
    groups = [
        Group(
            group.number or group.place,
            group.title,
            tuple(_exhibit(exhibit, originals, shown_in) for exhibit in group.exhibits),
        )
        for group in plan.listed
    ]
    return Numbering(
        tuple(groups),
        {**plan.originals, **{-i: number for i, number in plan.attachments.items()}},
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


def _exhibit(
    planned: PlannedExhibit,
    originals: Mapping[int, Original],
    shown_in: Mapping[int, Sequence[Message]],
) -> Exhibit:
    seen = {m.id: m for i in planned.originals for m in shown_in.get(i, ())}
    return Exhibit(
        planned.number,
        planned.texts,
        planned.sender,
        tuple(originals[i] for i in planned.originals if i in originals),
        planned.attachments,
        tuple(seen[i] for i in planned.messages if i in seen),
    )
