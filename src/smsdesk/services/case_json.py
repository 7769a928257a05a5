"""Write everything of a case as JSON, in the form of docs/schema, one element of a list a line.

Messages are written as they are read, so that a large case stays small in memory. What is written
is read back at once: a message that would not come back as it was is never delivered.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TextIO

from smsdesk.domain.cases import ImportItem, Original
from smsdesk.domain.errors import ExportMismatch
from smsdesk.domain.exhibits import ExhibitPlan
from smsdesk.domain.messages import Message
from smsdesk.domain.queries import MessageQuery
from smsdesk.rules.provisions import load_provisions
from smsdesk.services.case_rows import (
    attachment_row,
    full_message_row,
    message_of,
    original_row,
    removed_row,
)
from smsdesk.services.cases import PROGRAM, now
from smsdesk.services.delivering import ExportResult, delivered, file_sha256, log_export
from smsdesk.services.exhibit_rows import exhibit_row
from smsdesk.services.exhibits import plan_within
from smsdesk.services.jobs import Task
from smsdesk.services.rows import Row, custody_row, reason_of, second
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.codec import to_json
from smsdesk.storage.repository import slices
from smsdesk.storage.unit_of_work import UnitOfWork

FORMAT = "smsdesk-case/1"
"""Keys may be added within a version; one that goes or changes its meaning makes a new one."""


@dataclass(frozen=True, slots=True)
class _Source:
    """What is written: the messages with *ids* of a case that has *total*."""

    work: UnitOfWork
    ids: Sequence[int]
    total: int
    plan: ExhibitPlan
    originals: Mapping[int, Original]
    masked: bool

    @property
    def narrowed(self) -> bool:
        return len(self.ids) < self.total

    @property
    def whole(self) -> bool:
        """Whether the log may be told: it would tell what is left out or masked."""
        return not (self.narrowed or self.masked)


def export_json(case: CaseFile, target: Path, query: MessageQuery, task: Task) -> ExportResult:
    """Write the messages that *query* leaves, and all that belongs to them; no bytes of files.

    CannotWrite or DiskFull if the file cannot be written; ExportMismatch if a message does not come
    back as it was. An existing file is replaced only by a whole one.
    """
    with case.view() as work, delivered(target) as draft:
        source = _Source(
            work,
            work.messages.ids(query),
            work.messages.count(),
            plan_within(work, query),
            {original.id: original for original in work.originals.all()},
            case.masks is not None,
        )
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            _write(file, _head(source, query, case), _lists(source, task, target.name))
        digest = file_sha256(draft)
    originals = sum(len(exhibit.originals) for exhibit in source.plan.exhibits)
    result = ExportResult(target, len(source.ids), source.total, originals)
    log_export(case, result, digest)
    return result


def _write(file: TextIO, head: Row, lists: Mapping[str, Iterable[object]]) -> None:
    """Write one object: the entries of *head*, then each list with an element a line."""
    file.write("{\n")
    file.write(",\n".join(f"{_dump(name)}: {_dump(value)}" for name, value in head.items()))
    for name, elements in lists.items():
        file.write(f",\n{_dump(name)}: [")
        before = "\n"
        for element in elements:
            file.write(f"{before} {_dump(element)}")
            before = ",\n"
        file.write("\n]")
    file.write("\n}\n")


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _head(source: _Source, query: MessageQuery, case: CaseFile) -> Row:
    work, head = source.work, source.work.custody.head()
    return {
        "format": FORMAT,
        "program": PROGRAM,
        "exported_at": second(now()),
        "total_messages": source.total,
        "selection": _selection(source, query),
        "masks": to_json(case.masks),
        "case": asdict(work.case.card()),
        "custody_head": {"number": head.number, "hash": head.hash} if head else None,
    }


def _selection(source: _Source, query: MessageQuery) -> Row | None:
    """Return how many of how many messages there are, and what chose them; None for all."""
    if not source.narrowed:
        return None
    asked = asdict(query) | {"only": sorted(query.only) if query.only is not None else None}
    return {
        "messages": len(source.ids),
        "of": source.total,
        "told": f"选列 {len(source.ids)} 条，共 {source.total} 条",
        "query": {
            name: str(value) if isinstance(value, dt.date) else value
            for name, value in asked.items()
            if value is not None
        },
    }


def _lists(source: _Source, task: Task, label: str) -> dict[str, Iterable[object]]:
    """Return the lists by name; they are made as they are written."""
    work, plan = source.work, source.plan
    shown = {i for exhibit in plan.exhibits for i in exhibit.originals}
    listed = [file for exhibit in plan.exhibits for file in exhibit.attachments]
    unlisted = plan.unlisted if source.whole else ()
    noted = _Noted()
    return {
        "devices": map(to_json, work.devices.all()),
        "engines": map(to_json, work.readings.list_engines()),
        "packs": map(to_json, work.rulings.packs()),
        "originals": (original_row(o, plan) for o in source.originals.values() if o.id in shown),
        "attachments": (attachment_row(file, plan) for file in (*listed, *unlisted)),
        "groups": (_group_row(place, source) for place in range(len(plan.groups))),
        "exhibits": (
            {**exhibit_row(plan, group, e, source.originals), "record": to_json(e.record)}
            for group in plan.groups
            for e in group.exhibits
        ),
        "messages": _messages(source, noted, task, label),
        "provisions": _provisions(noted),
        "recipients": _recipients(work, noted),
        "institutions_by_hand": _institutions(work, noted),
        "join_decisions": _join_decisions(work, noted),
        "join_questions": _join_questions(work, noted),
        "removed": map(removed_row, work.removals.all()),
        "set_aside": (_set_aside_row(item) for item in work.queue.all() if item.reason),
        "custody": (custody_row(entry) for entry in (work.custody.all() if source.whole else ())),
    }


@dataclass(frozen=True, slots=True)
class _Noted:
    """What the messages written so far refer to, in order; lists behind them go by it."""

    provisions: dict[str, None] = field(default_factory=dict)
    threads: dict[int, None] = field(default_factory=dict)
    senders: dict[str, None] = field(default_factory=dict)


def _messages(source: _Source, noted: _Noted, task: Task, label: str) -> Iterator[Row]:
    """Yield the messages slice by slice; note the provisions and threads that they name."""
    done = 0
    for part in slices(source.ids):
        task.step(done, len(source.ids), label)
        for message in source.work.messages.get(part):
            row = full_message_row(message, source.originals, source.plan)
            _check(message, row)
            noted.threads[message.thread_id] = None
            noted.senders[message.sender.key] = None
            for finding in message.findings:
                noted.provisions.update(dict.fromkeys(finding.proposal.provisions))
            yield row
        done += len(part)
    task.step(done, len(source.ids), label)


def _check(message: Message, row: Row) -> None:
    """Raise ExportMismatch unless the row, once read again, is the message."""
    if message_of(json.loads(_dump(row))) != message:
        raise ExportMismatch(detail=f"短信 {row['number']}")


def _provisions(noted: _Noted) -> Iterator[Row]:
    """Yield the provisions that findings name, as far as this program knows them."""
    known = load_provisions()
    yield from (to_json(known[name]) for name in noted.provisions if name in known)


def _recipients(work: UnitOfWork, noted: _Noted) -> Iterator[Row]:
    for thread, answer in work.rulings.answers().items():
        if thread in noted.threads:
            yield {"thread": thread, **to_json(answer)}


def _institutions(work: UnitOfWork, noted: _Noted) -> Iterator[Row]:
    for sender, name in work.rulings.institutions().items():
        if sender in noted.senders:
            yield {"sender": sender, "institution": name}


def _join_decisions(work: UnitOfWork, noted: _Noted) -> Iterator[Row]:
    for thread in noted.threads:
        for decision in work.joins.decisions(thread):
            yield {"thread": thread, **to_json(decision)}


def _join_questions(work: UnitOfWork, noted: _Noted) -> Iterator[Row]:
    for thread in noted.threads:
        for question in work.joins.questions(thread):
            yield {"thread": thread, "pairs": to_json(question.pairs)}


def _group_row(place: int, source: _Source) -> Row:
    group = source.plan.groups[place]
    return {**to_json(group.group), "number": group.number}


def _set_aside_row(item: ImportItem) -> Row:
    return {**asdict(item), "why": reason_of(item, "zh")}
