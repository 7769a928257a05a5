"""What a person changed, as values: each change knows its inverse."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain
from typing import TypeVar

from smsdesk.domain.figures import OwnLines
from smsdesk.domain.findings import FindingState, ViolationType
from smsdesk.domain.messages import ReviewState
from smsdesk.domain.rulings import Answer
from smsdesk.domain.screens import Direction
from smsdesk.domain.senders import Sender
from smsdesk.domain.threads import JoinDecision, ThreadKey
from smsdesk.domain.times import SentTime


@dataclass(frozen=True, slots=True)
class FindingDecision:
    """A finding goes from one state to another; None: it is not there (a label put on by hand)."""

    message_id: int
    violation: ViolationType
    rule: str
    before: FindingState | None
    after: FindingState | None


@dataclass(frozen=True, slots=True)
class MessageReview:
    """A message is marked as looked at, or as new again."""

    message_id: int
    before: ReviewState
    after: ReviewState


class Field(StrEnum):
    """What a person may change of a message itself."""

    TEXT = "text"
    TIME = "time"
    SENDER = "sender"
    DIRECTION = "direction"
    STAR = "starred"
    NOTE = "note"


JUDGED = frozenset({Field.TEXT, Field.TIME, Field.SENDER, Field.DIRECTION})
"""Fields on which proposals rest."""

FieldValue = str | bool | SentTime | Sender | Direction | None


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """A field of a message goes from one value to another.

    For text, time, sender and direction the values are a person's; None leaves the message to what
    the machine read. A star is a bool, a note a str.
    """

    message_id: int
    field: Field
    before: FieldValue
    after: FieldValue


@dataclass(frozen=True, slots=True)
class RecipientChange:
    """What a person said of whom a thread was sent to; None: nobody was asked.

    `message_ids` are the messages in view of which it was said; it holds for the whole thread.
    """

    thread_id: int
    message_ids: tuple[int, ...]
    before: Answer | None
    after: Answer | None


@dataclass(frozen=True, slots=True)
class InstitutionChange:
    """Under which institution a person put a sender (key); None leaves it to signatures."""

    sender_key: str
    message_ids: tuple[int, ...]
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class JoinChange:
    """What is said of pairs of sightings of one thread: *after* holds in the place of *before*.

    `message_ids` are the messages that it is about; joining and parting may end them.
    """

    thread_id: int
    message_ids: tuple[int, ...]
    before: tuple[JoinDecision, ...]
    after: tuple[JoinDecision, ...]


@dataclass(frozen=True, slots=True)
class ConversationChange:
    """Whether a thread (`part_id`) is one conversation with another one (`root_id`), kept apart.

    None: nobody said, so that an import may find that they are one. `parts` are the threads that
    were parts of the part, and go with it.
    """

    part_id: int
    root_id: int
    before: bool | None
    after: bool | None
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ThreadMove:
    """Sightings (ids) go from one thread to another: their sender was misread and put right.

    `message_ids` are the messages that they are of.
    """

    sighting_ids: tuple[int, ...]
    message_ids: tuple[int, ...]
    before: ThreadKey
    after: ThreadKey


@dataclass(frozen=True, slots=True)
class RemovalChange:
    """Why an original is out of the case (移出); None: it is in the case."""

    original_id: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class LinesChange:
    """From how many messages a day on days are named: the person's own lines (自设，非法定)."""

    before: OwnLines
    after: OwnLines


_Part = TypeVar(
    "_Part",
    FindingDecision,
    MessageReview,
    FieldEdit,
    RecipientChange,
    InstitutionChange,
    JoinChange,
    ConversationChange,
    ThreadMove,
    RemovalChange,
    LinesChange,
)


@dataclass(frozen=True, slots=True)
class Change:
    """One step of review: all of it happens, or nothing; also the unit of undo."""

    decisions: tuple[FindingDecision, ...] = ()
    reviews: tuple[MessageReview, ...] = ()
    joins: tuple[JoinChange, ...] = ()
    edits: tuple[FieldEdit, ...] = ()
    recipients: tuple[RecipientChange, ...] = ()
    institutions: tuple[InstitutionChange, ...] = ()
    conversations: tuple[ConversationChange, ...] = ()
    moves: tuple[ThreadMove, ...] = ()
    removals: tuple[RemovalChange, ...] = ()
    lines: tuple[LinesChange, ...] = ()

    @property
    def message_ids(self) -> tuple[int, ...]:
        """The messages touched, each once, in order of first mention."""
        single = [e.message_id for e in self.edits]
        single += [d.message_id for d in self.decisions] + [r.message_id for r in self.reviews]
        several = [r.message_ids for r in self.recipients]
        several += [i.message_ids for i in self.institutions] + [j.message_ids for j in self.joins]
        several += [move.message_ids for move in self.moves]
        return tuple(dict.fromkeys((*single, *(i for ids in several for i in ids))))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to do."""
        return self == Change()

    @property
    def touches_judgement(self) -> bool:
        """Whether proposals rest on what it changes."""
        edited = any(edit.field in JUDGED for edit in self.edits)
        unlabelled = any(decision.after is None for decision in self.decisions)
        threads = self.recipients or self.conversations or self.moves
        messages = self.joins or self.removals
        said = threads or messages or self.institutions or self.lines
        return edited or unlabelled or bool(said)

    def inverse(self) -> Change:
        """Return the change that undoes this one."""
        return Change(
            _turned(self.decisions),
            _turned(self.reviews),
            _turned(self.joins),
            _turned(self.edits),
            _turned(self.recipients),
            _turned(self.institutions),
            _turned(self.conversations),
            _turned(self.moves),
            _turned(self.removals),
            _turned(self.lines),
        )

    def __add__(self, other: Change) -> Change:
        """Return both as one step; they must be about different things."""
        return together((self, other))


def together(changes: Iterable[Change]) -> Change:
    """Return all changes as one step; they must be about different things.

    Only what is said of one thread or sender may come several times, for several messages.
    """
    parts = list(changes)
    return Change(
        tuple(chain.from_iterable(part.decisions for part in parts)),
        tuple(chain.from_iterable(part.reviews for part in parts)),
        tuple(chain.from_iterable(part.joins for part in parts)),
        tuple(chain.from_iterable(part.edits for part in parts)),
        _once(chain.from_iterable(part.recipients for part in parts)),
        _once(chain.from_iterable(part.institutions for part in parts)),
        tuple(chain.from_iterable(part.conversations for part in parts)),
        tuple(chain.from_iterable(part.moves for part in parts)),
        tuple(chain.from_iterable(part.removals for part in parts)),
        tuple(chain.from_iterable(part.lines for part in parts)),
    )


_Said = TypeVar("_Said", RecipientChange, InstitutionChange)


def _once(parts: Iterable[_Said]) -> tuple[_Said, ...]:
    """Return what is said of threads or senders, the same of one only once."""
    ids: dict[_Said, tuple[int, ...]] = {}
    for part in parts:
        bare = replace(part, message_ids=())
        ids[bare] = ids.get(bare, ()) + part.message_ids
    return tuple(replace(bare, message_ids=found) for bare, found in ids.items())


def _turned(parts: tuple[_Part, ...]) -> tuple[_Part, ...]:
    return tuple(replace(p, before=p.after, after=p.before) for p in reversed(parts))
