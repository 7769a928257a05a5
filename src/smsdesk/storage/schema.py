"""The tables of a case.

Every row names its case, so that one PostgreSQL database may hold many; a case file holds one.
Rows never leave this package: repositories hand out domain dataclasses.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import (
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeEngine

from smsdesk.domain.cases import ImportStatus
from smsdesk.domain.exhibits import ExhibitKind, GroupRole
from smsdesk.domain.findings import FindingState, Recipient, ViolationType
from smsdesk.domain.masks import MaskKind, MaskState
from smsdesk.domain.messages import Continuity, ReviewState
from smsdesk.domain.screens import Direction, LabelScope, ScreenKind
from smsdesk.domain.times import CaptureSource, TimeBasis
from smsdesk.storage.columns import CaseKey, CleanText, EnumText, Json, Key, UtcDateTime

_ENUMS = (
    CaptureSource,
    Continuity,
    Direction,
    ExhibitKind,
    FindingState,
    GroupRole,
    ImportStatus,
    LabelScope,
    MaskKind,
    MaskState,
    Recipient,
    ReviewState,
    ScreenKind,
    TimeBasis,
    ViolationType,
)

_LASTING_IDS = {"sqlite_autoincrement": True}
"""The custody log names rows by id, so the id of a removed row must not be given again."""


class Base(DeclarativeBase):
    """Names every constraint: SQLite can alter a table only by those names."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, TypeEngine[Any]]] = {
        dt.datetime: UtcDateTime(),
        str: CleanText(),
        bytes: LargeBinary(),
        float: Double(),
        **{kind: EnumText(kind) for kind in _ENUMS},
    }


class CaseRow(Base):
    """The case card, and which program made the case."""

    __tablename__ = "case_card"

    id: Mapped[Key]
    title: Mapped[str]
    claimant: Mapped[str]
    respondent: Mapped[str]
    cause: Mapped[str]
    case_number: Mapped[str]
    submitter: Mapped[str]
    facts: Mapped[str]
    copies: Mapped[int]
    created_at: Mapped[dt.datetime]
    program: Mapped[str]
    claimant_id: Mapped[str] = mapped_column(server_default="")
    claimant_phone: Mapped[str] = mapped_column(server_default="")
    claimant_address: Mapped[str] = mapped_column(server_default="")
    respondent_code: Mapped[str] = mapped_column(server_default="")
    respondent_address: Mapped[str] = mapped_column(server_default="")
    product: Mapped[str] = mapped_column(server_default="")
    contract_number: Mapped[str] = mapped_column(server_default="")
    loan_date: Mapped[str] = mapped_column(server_default="")
    loan_amount: Mapped[str] = mapped_column(server_default="")
    requests: Mapped[str] = mapped_column(server_default="")
    lender_complaint: Mapped[str] = mapped_column(server_default="")


class DeviceRow(Base):
    """A phone (原始载体)."""

    __tablename__ = "device"
    __table_args__ = (UniqueConstraint("case_id", "name"), _LASTING_IDS)

    id: Mapped[Key]
    case_id: Mapped[CaseKey]
    name: Mapped[str]
    owner: Mapped[str]
    model: Mapped[str]
    own_number: Mapped[str]
    kept_by: Mapped[str]
    recipient: Mapped[Recipient]
    relation: Mapped[str]


class OriginalRow(Base):
    """What is known of an original; triggers refuse changes of all that identifies it."""

    __tablename__ = "original"
    __table_args__ = (
        UniqueConstraint("case_id", "sha256"),
        Index("ix_original_capture", "case_id", "captured_at"),
        _LASTING_IDS,
    )

    id: Mapped[Key]
    case_id: Mapped[CaseKey]
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"))
    sha256: Mapped[str]
    sm3: Mapped[str]
    size: Mapped[int]
    media_type: Mapped[str]
    file_name: Mapped[str]
    source: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    file_time: Mapped[dt.datetime | None]
    exif_time: Mapped[dt.datetime | None]
    captured_at: Mapped[dt.datetime | None]
    captured_source: Mapped[CaptureSource]
    imported_at: Mapped[dt.datetime]
    page_sizes: Mapped[Json] = mapped_column(server_default="[]")


class OriginalBytesRow(Base):
    """The bytes of an original, apart so that no list ever loads them; written once."""

    __tablename__ = "original_bytes"

    original_id: Mapped[int] = mapped_column(ForeignKey("original.id"), primary_key=True)
    case_id: Mapped[CaseKey]
    data: Mapped[bytes]


class ImportBatchRow(Base):
    """One import as a person asked for it, so that one cut short can go on."""

    __tablename__ = "import_batch"
    __table_args__ = (_LASTING_IDS,)

    id: Mapped[Key]
    case_id: Mapped[CaseKey]
    paths: Mapped[Json]
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"))
    started_at: Mapped[dt.datetime]
    captured_at: Mapped[dt.datetime | None]
    captured_for_all: Mapped[bool]
    stored: Mapped[bool]


class ImportItemRow(Base):
    """One line of the import queue."""

    __tablename__ = "import_item"
    __table_args__ = (Index("ix_import_item_status", "case_id", "status"), _LASTING_IDS)

    id: Mapped[Key]
    case_id: Mapped[CaseKey]
    path: Mapped[str]
    status: Mapped[ImportStatus]
    original_id: Mapped[int | None] = mapped_column(ForeignKey("original.id"))
    reason: Mapped[str | None]
    detail: Mapped[str]
    twin: Mapped[str | None]
    page: Mapped[int | None]
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id"))


class ReadingRow(Base):
    """What one engine read (`lines`) and what layout made of it (`screen`)."""

    __tablename__ = "reading"
    __table_args__ = (Index("ix_reading_original", "original_id", "id"), _LASTING_IDS)

    id: Mapped[Key]
    case_id: Mapped[CaseKey]
    original_id: Mapped[int] = mapped_column(ForeignKey("original.id"))
    engine_name: Mapped[str]
    engine_version: Mapped[str]
    engine_model_sha256: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    lines: Mapped[Json]
    screen: Mapped[Json]
    page: Mapped[int] = mapped_column(server_default="0")


class ThreadRow(Base):
    """The messages of one sender on one phone."""

    __tablename__ = "thread"
    __table_args__ = (UniqueConstraint("case_id", "device_id", "sender_key"), _LASTING_IDS)

    id: Mapped[Key]
    case_id: Mapped[CaseKey]
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"))
    sender_key: Mapped[str]


class ThreadPartRow(Base):
    """A thread whose screens show another thread's conversation: under a name, or cut headless."""

    __tablename__ = "thread_part"

    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), primary_key=True)
    root_id: Mapped[int] = mapped_column(ForeignKey("thread.id"))
    case_id: Mapped[CaseKey]


class ThreadApartRow(Base):
    """Two threads that a person said are not one conversation; `one` is the smaller id."""

    __tablename__ = "thread_apart"

    one_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), primary_key=True)
    case_id: Mapped[CaseKey]


class JoinedBlockRow(Base):
    """A block of a thread that was joined, by the hash of all that its result depends on."""

    __tablename__ = "joined_block"

    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[CaseKey]


class ScreenSketchRow(Base):
    """What a page shows of a thread, in short (`layout/sketches.py`); gone where that changes.

    `form` says by which rules it was made; `dated` is None where it is as `data`. It holds hashes
    of texts, so no copy of a case that is to hide them may have it.
    """

    __tablename__ = "screen_sketch"
    __table_args__ = (Index("ix_screen_sketch_original", "original_id"),)

    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), primary_key=True)
    original_id: Mapped[int] = mapped_column(ForeignKey("original.id"), primary_key=True)
    page: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[CaseKey]
    form: Mapped[int]
    data: Mapped[bytes]
    dated: Mapped[bytes | None]
    borrows: Mapped[bool]


class OriginalCopyRow(Base):
    """An original that shows the same picture as a better one, resent or saved anew."""

    __tablename__ = "original_copy"
    __table_args__ = (Index("ix_original_copy_of", "better_id"),)

    original_id: Mapped[int] = mapped_column(ForeignKey("original.id"), primary_key=True)
    better_id: Mapped[int] = mapped_column(ForeignKey("original.id"))
    case_id: Mapped[CaseKey]


class JoinDecisionRow(Base):
    """A person's word on two sightings: of one message, or of two; `one` is the smaller id."""

    __tablename__ = "join_decision"

    one_id: Mapped[int] = mapped_column(ForeignKey("sighting.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("sighting.id"), primary_key=True)
    case_id: Mapped[CaseKey]
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), index=True)
    same: Mapped[bool]


class OpenPairRow(Base):
    """Two sightings that were taken for one message until a person says.

    Pairs of one `number` are one question of their thread.
    """

    __tablename__ = "open_pair"
    __table_args__ = (Index("ix_open_pair_other_id", "other_id"),)

    one_id: Mapped[int] = mapped_column(ForeignKey("sighting.id"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("sighting.id"), primary_key=True)
    case_id: Mapped[CaseKey]
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), index=True)
    number: Mapped[int]


class FormerMessageRow(Base):
    """What a person had done to a message before it was joined with another one.

    If its sightings are ever parted from the others again, the message comes back as it was.
    """

    __tablename__ = "former_message"

    message_id: Mapped[Key]
    case_id: Mapped[CaseKey]
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), index=True)
    sightings: Mapped[Json]
    before: Mapped[Json]
    after: Mapped[Json]


class MessageRow(Base):
    """A message; the columns after `before` repeat others in a form that SQL can search and sort.

    `sort_at` is the message's time, or its neighbour's where the own one is unknown. `by_hand` has,
    by name (sender, direction, sent), what a person said ("hand") and what the screens tell
    ("machine"); the columns of these names hold the person's word.
    """

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_order", "case_id", "sort_at", "thread_id", "position"),
        Index("ix_message_thread", "thread_id", "position"),
        _LASTING_IDS,
    )

    id: Mapped[Key]
    case_id: Mapped[CaseKey]
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"))
    position: Mapped[int]
    sender: Mapped[Json]
    direction: Mapped[Direction]
    recipient: Mapped[Recipient]
    machine_text: Mapped[str]
    corrected_text: Mapped[str | None]
    doubtful: Mapped[Json]
    sent_earliest: Mapped[dt.datetime | None]
    sent_latest: Mapped[dt.datetime | None]
    sent_basis: Mapped[TimeBasis]
    sent_label: Mapped[str | None]
    state: Mapped[ReviewState]
    starred: Mapped[bool]
    note: Mapped[str]
    before: Mapped[Continuity]
    sort_at: Mapped[dt.datetime | None]
    night: Mapped[bool]
    has_doubt: Mapped[bool]
    search_text: Mapped[str]
    sender_digits: Mapped[str]
    sender_words: Mapped[str]
    sender_doubtful: Mapped[bool] = mapped_column(server_default=false())
    by_hand: Mapped[Json] = mapped_column(server_default="{}")


class RemovedOriginalRow(Base):
    """An original that a person took out of the case (移出); its bytes stay where they are.

    `copies` says what taking it out changed of its copies (`services/removing.py`).
    """

    __tablename__ = "removed_original"

    original_id: Mapped[int] = mapped_column(ForeignKey("original.id"), primary_key=True)
    case_id: Mapped[CaseKey]
    removed_at: Mapped[dt.datetime]
    reason: Mapped[str]
    copies: Mapped[Json]


class RemovedWorkRow(Base):
    """What a person had done to a message that an original shows which was then taken out.

    `sightings` are those that it had; `after` is what was left of the work where other originals
    show the message too, null where it went with the original. Put back, it is as it was.
    """

    __tablename__ = "removed_work"
    __table_args__ = (Index("ix_removed_work_message", "case_id", "message_id"), _LASTING_IDS)

    id: Mapped[Key]
    case_id: Mapped[CaseKey]
    message_id: Mapped[int]
    sightings: Mapped[Json]
    before: Mapped[Json]
    after: Mapped[Json]


class SightingRow(Base):
    """Where a message is seen; `rank` counts from 0, the best sighting of its message."""

    __tablename__ = "sighting"
    __table_args__ = (
        Index("ix_sighting_message", "message_id", "rank"),
        Index("ix_sighting_thread", "thread_id"),
        Index("ix_sighting_original", "original_id"),
        _LASTING_IDS,
    )

    id: Mapped[Key]
    case_id: Mapped[CaseKey]
    original_id: Mapped[int] = mapped_column(ForeignKey("original.id"))
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("message.id", ondelete="SET NULL"))
    rank: Mapped[int]
    screen_kind: Mapped[ScreenKind]
    position: Mapped[int]
    box: Mapped[Json]
    direction: Mapped[Direction]
    text: Mapped[str]
    raw_text: Mapped[str]
    confidence: Mapped[float]
    doubtful: Mapped[Json]
    clipped: Mapped[bool]
    snippet: Mapped[bool]
    sender: Mapped[Json]
    sent: Mapped[Json]
    label_scope: Mapped[LabelScope]
    page: Mapped[int] = mapped_column(server_default="0")


class FindingRow(Base):
    """A violation type on a message; one for each rule that proposes it."""

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("message_id", "violation", "rule"),
        Index("ix_finding_label", "case_id", "violation", "state"),
        _LASTING_IDS,
    )

    id: Mapped[Key]
    case_id: Mapped[CaseKey]
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"))
    violation: Mapped[ViolationType]
    rule: Mapped[str]
    spans: Mapped[Json]
    reason: Mapped[str]
    provisions: Mapped[Json]
    state: Mapped[FindingState]
    pack_version: Mapped[str | None]
    pack_sha256: Mapped[str | None]


class RulePackRow(Base):
    """A pack that an office added to this case, with its whole source: findings rest on it."""

    __tablename__ = "rule_pack"
    __table_args__ = (UniqueConstraint("case_id", "version"), _LASTING_IDS)

    id: Mapped[Key]
    case_id: Mapped[CaseKey]
    name: Mapped[str]
    version: Mapped[str]
    sha256: Mapped[str]
    source: Mapped[str]
    added_at: Mapped[dt.datetime]


class ThreadRecipientRow(Base):
    """Whom a thread was sent to, as a person said; no row where nobody was asked."""

    __tablename__ = "thread_recipient"

    thread_id: Mapped[int] = mapped_column(
        ForeignKey("thread.id", ondelete="CASCADE"), primary_key=True
    )
    case_id: Mapped[CaseKey]
    recipient: Mapped[Recipient]
    relation: Mapped[str]


class InstitutionSenderRow(Base):
    """A sender that a person put under an institution."""

    __tablename__ = "institution_sender"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_card.id"), primary_key=True)
    sender_key: Mapped[str] = mapped_column(primary_key=True)
    institution: Mapped[str]


class JudgementRow(Base):
    """What rules last judged of a message, and by which packs (both as hashes)."""

    __tablename__ = "judgement"

    message_id: Mapped[int] = mapped_column(
        ForeignKey("message.id", ondelete="CASCADE"), primary_key=True
    )
    case_id: Mapped[CaseKey]
    inputs: Mapped[str]
    packs: Mapped[str]


class AttachmentRow(Base):
    """What is known of a file of another kind; triggers refuse every change."""

    __tablename__ = "attachment"
    __table_args__ = (UniqueConstraint("case_id", "sha256"), _LASTING_IDS)

    id: Mapped[Key]
    case_id: Mapped[CaseKey]
    sha256: Mapped[str]
    sm3: Mapped[str]
    size: Mapped[int]
    media_type: Mapped[str]
    file_name: Mapped[str]
    source: Mapped[str]
    file_time: Mapped[dt.datetime | None]
    added_at: Mapped[dt.datetime]
    page_sizes: Mapped[Json]


class AttachmentBytesRow(Base):
    """The bytes of an attachment, apart so that no list ever loads them; written once."""

    __tablename__ = "attachment_bytes"

    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), primary_key=True)
    case_id: Mapped[CaseKey]
    data: Mapped[bytes]


class ExhibitGroupRow(Base):
    """A group of the catalogue of exhibits."""

    __tablename__ = "exhibit_group"
    __table_args__ = (Index("ix_exhibit_group_case", "case_id", "position"), _LASTING_IDS)

    id: Mapped[Key]
    case_id: Mapped[CaseKey]
    title: Mapped[str]
    position: Mapped[int]
    role: Mapped[GroupRole]


class ExhibitRow(Base):
    """What a person said of an exhibit; what is NULL follows the program's proposal."""

    __tablename__ = "exhibit"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_card.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[ExhibitKind]
    group_id: Mapped[int | None] = mapped_column(ForeignKey("exhibit_group.id"))
    position: Mapped[int | None]
    anchor_id: Mapped[int | None] = mapped_column(ForeignKey("original.id"))
    name: Mapped[str | None]
    source: Mapped[str | None]
    proves: Mapped[str | None]
    summary: Mapped[str | None]
    copies: Mapped[int | None]
    remark: Mapped[str | None]


class ExhibitFileRow(Base):
    """A file of an exhibit; `position` counts from 0."""

    __tablename__ = "exhibit_file"
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "key"], ["exhibit.case_id", "exhibit.key"]),
        Index("ix_exhibit_file_exhibit", "case_id", "key"),
    )

    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"), primary_key=True)
    case_id: Mapped[CaseKey]
    key: Mapped[str]
    position: Mapped[int]


class BearingRow(Base):
    """What a received message means to the judgement of others (`domain.rulings.Bearing`).

    `packs` is the hash of the packs that say so.
    """

    __tablename__ = "bearing"
    __table_args__ = (
        Index("ix_bearing_packs", "case_id", "packs"),
        Index("ix_bearing_day", "case_id", "sender_key", "day"),
        Index("ix_bearing_collecting", "case_id", "sender_key", "collecting"),
        Index("ix_bearing_opens_collecting", "case_id", "sender_key", "opens_collecting"),
        Index("ix_bearing_contextual", "case_id", "sender_key", "contextual"),
    )

    message_id: Mapped[int] = mapped_column(
        ForeignKey("message.id", ondelete="CASCADE"), primary_key=True
    )
    case_id: Mapped[CaseKey]
    packs: Mapped[str]
    sender_key: Mapped[str]
    recipient: Mapped[Recipient]
    day: Mapped[str | None]
    collecting: Mapped[bool]
    opens_collecting: Mapped[bool]
    counted: Mapped[bool]
    contextual: Mapped[bool]


class BearingMarkRow(Base):
    """A mark by which a message ties its sender to an institution."""

    __tablename__ = "bearing_mark"
    __table_args__ = (
        Index("ix_bearing_mark_mark", "case_id", "mark", "sender_key"),
        Index("ix_bearing_mark_sender", "case_id", "sender_key", "mark"),
    )

    message_id: Mapped[int] = mapped_column(
        ForeignKey("message.id", ondelete="CASCADE"), primary_key=True
    )
    mark: Mapped[str] = mapped_column(primary_key=True)
    case_id: Mapped[CaseKey]
    sender_key: Mapped[str]


class JudgingDueRow(Base):
    """A message that is to be judged again, with what one that is gone bore on others, else {}.

    The `message_id` 0 stands for all messages.
    """

    __tablename__ = "judging_due"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_card.id"), primary_key=True)
    message_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    bearing: Mapped[Json]


class MaskChoiceRow(Base):
    """What a person said of words in masked copies."""

    __tablename__ = "mask_choice"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_card.id"), primary_key=True)
    words: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[MaskState]
    kind: Mapped[MaskKind]


class CustodyRow(Base):
    """One line of the custody log; triggers refuse every change."""

    __tablename__ = "custody_entry"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_card.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]
    actor: Mapped[str]
    action: Mapped[str]
    details: Mapped[Json]
    previous_hash: Mapped[str]
    hash: Mapped[str]
