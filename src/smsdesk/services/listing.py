"""What a case holds, for lists, panels and exports; nothing here changes anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from smsdesk.domain.cases import ImportItem, ImportStatus, Original
from smsdesk.domain.custody import CustodyEntry
from smsdesk.domain.findings import FindingState, Provision, ViolationType
from smsdesk.domain.messages import Listed, Message
from smsdesk.domain.queries import MessageCounts, MessageQuery
from smsdesk.rules.pack import load_pack
from smsdesk.rules.provisions import load_provisions
from smsdesk.storage.case_file import CaseFile


@dataclass(frozen=True, slots=True)
class CaseSummary:
    """The counts that a window shows beside its views.

    `in_question` messages may each be two: nothing tells whether screens overlap or repeat.
    """

    originals: int
    messages: MessageCounts
    findings: dict[FindingState, int]
    waiting: int
    set_aside: int
    in_question: int = 0


def summary(case: CaseFile) -> CaseSummary:
    """Count what the case holds."""
    with case.view() as work:
        items = work.queue.all()
        return CaseSummary(
            originals=work.originals.count(),
            messages=work.messages.counts(),
            findings=work.findings.counts(),
            waiting=sum(item.status == ImportStatus.QUEUED for item in items),
            set_aside=sum(item.status == ImportStatus.SET_ASIDE for item in items),
            in_question=work.joins.count_in_question(),
        )


def message_ids(case: CaseFile, query: MessageQuery) -> list[int]:
    """Return the ids of the messages that *query* leaves, in time order."""
    with case.view() as work:
        return work.messages.ids(query)


def listed(case: CaseFile, query: MessageQuery) -> Iterator[Listed]:
    """Yield what a list needs to know of the messages that *query* leaves, in time order."""
    with case.view() as work:
        yield from work.messages.listed(query)


def counts(case: CaseFile, queries: Mapping[str, MessageQuery]) -> dict[str, int]:
    """Return how many messages each query leaves."""
    with case.view() as work:
        return work.messages.count_each(queries)


def messages(case: CaseFile, ids: Sequence[int]) -> list[Message]:
    """Return the messages with these ids, in this order."""
    with case.view() as work:
        return work.messages.get(ids)


def thread_ids(case: CaseFile, thread_id: int) -> list[int]:
    """Return the messages of a thread from its first."""
    with case.view() as work:
        return work.messages.of_thread(thread_id)


def originals(case: CaseFile) -> list[Original]:
    """Return all originals, in order of capture."""
    with case.view() as work:
        return work.originals.all()


def originals_with(case: CaseFile, ids: Iterable[int]) -> list[Original]:
    """Return the originals with these ids."""
    with case.view() as work:
        return [work.originals.get(original_id) for original_id in ids]


@dataclass(frozen=True, slots=True)
class Kept:
    """Screenshots (ids, file names) that stand for others, and the messages that they show."""

    originals: tuple[int, ...]
    names: tuple[str, ...]
    messages: tuple[int, ...]


def kept(case: CaseFile, ids: Iterable[int]) -> Kept:
    """Return the originals with these ids, for a copy the better one, with their messages."""
    with case.view() as work:
        found = [work.originals.get(original_id) for original_id in ids]
        better = [work.originals.get(one.copy_of) if one.copy_of else one for one in found]
        names = {one.id: one.file_name for one in better}
        shown = work.sightings.shown_together(list(names))
    messages = dict.fromkeys(i for of_one in shown.values() for i in of_one)
    return Kept(tuple(names), tuple(names.values()), tuple(messages))


def original_bytes(case: CaseFile, original_id: int) -> bytes:
    """Return the exact bytes of an original."""
    with case.view() as work:
        return work.originals.data(original_id)


def attachment_bytes(case: CaseFile, attachment_id: int) -> bytes:
    """Return the exact bytes of an attachment."""
    with case.view() as work:
        return work.attachments.data(attachment_id)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What imports left: pictures stored but not read, and imports not stored to the end."""

    waiting: int
    cut_short: int

    def __bool__(self) -> bool:
        return bool(self.waiting or self.cut_short)


def unfinished(case: CaseFile) -> Unfinished:
    """Return what imports of this case still have to do."""
    with case.view() as work:
        waiting = work.queue.counts()[ImportStatus.QUEUED]
        return Unfinished(waiting, len(work.queue.cut_short()))


def import_lines(case: CaseFile) -> list[ImportItem]:
    """Return the whole import queue, in the order in which files came."""
    with case.view() as work:
        return work.queue.all()


def set_aside(case: CaseFile) -> list[ImportItem]:
    """Return the files that were not imported or not read, with their reasons."""
    with case.view() as work:
        return [item for item in work.queue.all() if item.status == ImportStatus.SET_ASIDE]


def custody(case: CaseFile) -> list[CustodyEntry]:
    """Return the custody log, oldest first."""
    with case.view() as work:
        return work.custody.all()


def provisions(ids: Iterable[str]) -> list[Provision]:
    """Return the provisions with these ids; unknown ids (of a later rule pack) are left out."""
    known = load_provisions()
    return [known[name] for name in ids if name in known]


def label_name(violation: ViolationType) -> str:
    """Return the Chinese name of a violation type."""
    return load_pack().labels[violation].name_zh
