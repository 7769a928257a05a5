"""The catalogue of exhibits (证据目录): what is kept of it, what a person changed, and the plan.

The exhibits of messages follow from the originals by themselves; what a person says of them is kept
apart, field by field, and wins. Other files (contracts, receipts) are exhibits that a person made.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from smsdesk.domain.cases import Page
from smsdesk.domain.senders import Sender


class GroupRole(StrEnum):
    """Which exhibits go into a group by themselves; OTHER takes those that a person puts there."""

    RELATION = "relation"
    MESSAGES = "messages"
    HARM = "harm"
    OTHER = "other"


class ExhibitKind(StrEnum):
    """What an exhibit is; all but MESSAGES are files that a person added."""

    MESSAGES = "messages"
    CONTRACT = "contract"
    REPAYMENT = "repayment"
    CALL_LOG = "call_log"
    DOCTORED_IMAGE = "doctored_image"
    MEDICAL = "medical"
    WITNESS = "witness"
    POLICE_RECEIPT = "police_receipt"
    COMPLAINT_RECEIPT = "complaint_receipt"
    OTHER = "other"


ROLE_OF = {
    ExhibitKind.MESSAGES: GroupRole.MESSAGES,
    ExhibitKind.CONTRACT: GroupRole.RELATION,
    ExhibitKind.REPAYMENT: GroupRole.RELATION,
    ExhibitKind.CALL_LOG: GroupRole.MESSAGES,
    ExhibitKind.DOCTORED_IMAGE: GroupRole.MESSAGES,
    ExhibitKind.MEDICAL: GroupRole.HARM,
    ExhibitKind.WITNESS: GroupRole.HARM,
    ExhibitKind.POLICE_RECEIPT: GroupRole.HARM,
    ExhibitKind.COMPLAINT_RECEIPT: GroupRole.HARM,
    ExhibitKind.OTHER: GroupRole.HARM,
}
"""Where a file goes unless a person says. Calls and doctored pictures are what the other side did,
as the messages are; receipts and medical records show what came of it."""


class AttachRefusal(StrEnum):
    """Why a file was not taken into the case; sentences in the catalogue (exhibits.refused_*)."""

    MISSING = "missing"
    NO_ACCESS = "no_access"
    NOT_A_FILE = "not_a_file"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    DUPLICATE = "duplicate"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of another kind, kept byte for byte; `id` is 0 until it is stored.

    `page_sizes` are (width, height) in pixels of what can be shown of it, upright: one for a
    picture, one a page for a document; empty for files that can only be listed.
    """

    id: int
    sha256: str
    sm3: str
    size: int
    media_type: str
    file_name: str
    source: str
    file_time: dt.datetime | None
    added_at: dt.datetime
    page_sizes: tuple[tuple[int, int], ...] = ()

    @property
    def pages(self) -> tuple[Page, ...]:
        """What can be shown of the file, page by page; `original_id` is the attachment's id."""
        return tuple(Page(self.id, index, *size) for index, size in enumerate(self.page_sizes))


@dataclass(frozen=True, slots=True)
class ExhibitGroup:
    """A group of exhibits as kept: `position` orders the groups; `id` is 0 until stored."""

    id: int
    title: str
    position: int
    role: GroupRole = GroupRole.OTHER


DEFAULT_GROUPS = (
    ExhibitGroup(0, "主体与债权债务关系", 1, GroupRole.RELATION),
    ExhibitGroup(0, "短信", 2, GroupRole.MESSAGES),
    ExhibitGroup(0, "损害后果", 3, GroupRole.HARM),
)
"""The groups of a new case, in the order in which courts like to read them."""


@dataclass(frozen=True, slots=True)
class ExhibitRecord:
    """What a person said of one exhibit; None where it follows its proposal.

    `key` names the exhibit for good. `anchor` is an original of a message exhibit: should its
    sender be put right, the record follows that original. `files` are ids of attachments, in order.
    """

    key: str
    kind: ExhibitKind = ExhibitKind.MESSAGES
    group_id: int | None = None
    position: int | None = None
    anchor: int | None = None
    files: tuple[int, ...] = ()
    name: str | None = None
    source: str | None = None
    proves: str | None = None
    summary: str | None = None
    copies: int | None = None
    remark: str | None = None


TEXT_FIELDS = ("name", "source", "proves", "summary", "copies", "remark")
"""The fields that are proposed until a person writes them."""


@dataclass(frozen=True, slots=True)
class ExhibitTexts:
    """The columns of the catalogue: 证据名称 证据来源 证明对象 内容简述 份数 备注."""

    name: str = ""
    source: str = ""
    proves: str = ""
    summary: str = ""
    copies: int = 1
    remark: str = ""


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record goes from one state to another; None where there is none."""

    before: ExhibitRecord | None
    after: ExhibitRecord | None

    def inverse(self) -> RecordChange:
        """Return the change that undoes this one."""
        return RecordChange(self.after, self.before)


@dataclass(frozen=True, slots=True)
class GroupChange:
    """A group goes from one state to another; None where there is none."""

    before: ExhibitGroup | None
    after: ExhibitGroup | None

    def inverse(self) -> GroupChange:
        """Return the change that undoes this one."""
        return GroupChange(self.after, self.before)


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One step of work on the catalogue: all of it happens, or nothing; also the unit of undo."""

    groups: tuple[GroupChange, ...] = ()
    records: tuple[RecordChange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.groups or self.records)

    def inverse(self) -> PlanChange:
        """Return the change that undoes this one."""
        return PlanChange(
            tuple(change.inverse() for change in reversed(self.groups)),
            tuple(change.inverse() for change in reversed(self.records)),
        )


@dataclass(frozen=True, slots=True)
class PlannedExhibit:
    """An exhibit with its number ("2-1") and its columns.

    `originals` and `messages` are ids: the screenshots in order of capture, the messages that they
    show in order of time. `sender` is None where they show several senders, or none. `edited` are
    the fields of `texts` that a person wrote; `proposed` what the program would write.
    """

    key: str
    number: str
    kind: ExhibitKind
    texts: ExhibitTexts
    proposed: ExhibitTexts
    edited: frozenset[str] = frozenset()
    device_id: int | None = None
    sender: Sender | None = None
    originals: tuple[int, ...] = ()
    messages: tuple[int, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    record: ExhibitRecord | None = None


@dataclass(frozen=True, slots=True)
class PlannedGroup:
    """A group with its exhibits; `number` counts the groups that have any and is None for others.

    `place` counts all groups from 1.
    """

    group: ExhibitGroup
    place: int
    number: int | None
    exhibits: tuple[PlannedExhibit, ...]

    @property
    def title(self) -> str:
        """Return what the group is called, without its number."""
        return self.group.title


@dataclass(frozen=True, slots=True)
class ExhibitPlan:
    """The one numbering of a case: PDF, Word, sheet, JSON and package all go by it.

    `originals` and `attachments` give ids their numbers ("2-1-01"), `messages` ids their number
    (编号) in the whole case. A plan of chosen messages has the numbers of the whole case, and only
    the exhibits that show any of them. `unlisted` are attachments that no exhibit holds any more.
    """

    groups: tuple[PlannedGroup, ...] = ()
    originals: Mapping[int, str] = field(default_factory=dict)
    attachments: Mapping[int, str] = field(default_factory=dict)
    messages: Mapping[int, int] = field(default_factory=dict)
    unlisted: tuple[Attachment, ...] = ()

    @property
    def listed(self) -> tuple[PlannedGroup, ...]:
        """The groups that have exhibits."""
        return tuple(group for group in self.groups if group.exhibits)

    @property
    def exhibits(self) -> tuple[PlannedExhibit, ...]:
        """All exhibits in order."""
        return tuple(exhibit for group in self.groups for exhibit in group.exhibits)

    def find(self, name: str) -> PlannedExhibit | None:
        """Return the exhibit with that number or key, None if there is none."""
        return next((e for e in self.exhibits if name in (e.number, e.key)), None)

    def group_of(self, exhibit: PlannedExhibit) -> PlannedGroup:
        """Return the group that an exhibit of this plan stands in."""
        return next(group for group in self.groups if exhibit in group.exhibits)

    def message_number(self, message_id: int) -> str:
        """Return a message's number as printed: "0042"."""
        return f"{self.messages[message_id]:04}"
