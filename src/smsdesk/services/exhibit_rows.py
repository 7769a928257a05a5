"""The catalogue of exhibits as plain dictionaries and lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from smsdesk.domain.cases import Original
from smsdesk.domain.exhibits import (
    TEXT_FIELDS,
    Attachment,
    ExhibitPlan,
    PlannedExhibit,
    PlannedGroup,
)
from smsdesk.report.phrases import numeral
from smsdesk.services.rows import Row, second
from smsdesk.wording import say


def group_title(group: PlannedGroup) -> str:
    """Return "第一组 短信"; the title alone of a group that no catalogue lists."""
    return group.title if group.number is None else f"第{numeral(group.number)}组 {group.title}"


def exhibit_rows(plan: ExhibitPlan, originals: Mapping[int, Original]) -> Iterator[Row]:
    """Yield the exhibits in order, then the files that no exhibit holds (their number is null)."""
    for group in plan.groups:
        for exhibit in group.exhibits:
            yield exhibit_row(plan, group, exhibit, originals)
    for file in plan.unlisted:
        yield {"number": None, "attachments": [attachment_row(file, None)]}


def exhibit_row(
    plan: ExhibitPlan,
    group: PlannedGroup,
    exhibit: PlannedExhibit,
    originals: Mapping[int, Original],
) -> Row:
    """Return one exhibit: its place, its columns, what it is made of."""
    return {
        "number": exhibit.number,
        "key": exhibit.key,
        "kind": exhibit.kind,
        "group": group.title,
        "group_number": group.number,
        **asdict(exhibit.texts),
        "edited": [name for name in TEXT_FIELDS if name in exhibit.edited],
        "proposed": asdict(exhibit.proposed),
        "device": exhibit.device_id,
        "sender": exhibit.sender and exhibit.sender.key,
        "originals": [_original_row(plan, originals[i]) for i in exhibit.originals],
        "attachments": [attachment_row(f, plan.attachments[f.id]) for f in exhibit.attachments],
        "messages": list(exhibit.messages),
    }


def _original_row(plan: ExhibitPlan, original: Original) -> Row:
    return {
        "number": plan.originals[original.id],
        "original": original.id,
        "image": original.file_name,
        "sha256": original.sha256,
    }


def attachment_row(file: Attachment, number: str | None) -> Row:
    """Return what is known of a file; `pages` are the sizes of what can be shown of it."""
    return {
        "number": number,
        "id": file.id,
        "file_name": file.file_name,
        "source": file.source,
        "media_type": file.media_type,
        "size": file.size,
        "sha256": file.sha256,
        "sm3": file.sm3,
        "file_time": second(file.file_time),
        "added_at": second(file.added_at),
        "pages": [list(size) for size in file.page_sizes],
    }


def exhibit_lines(plan: ExhibitPlan, language: str, only: str | None = None) -> Iterator[str]:
    """Yield the catalogue for reading, what a person wrote marked; *only* the exhibit of a key."""
    if only is not None:
        for exhibit in plan.exhibits:
            if exhibit.key == only:
                yield from _lines_of(exhibit, language)
        return
    for group in plan.groups:
        empty = "" if group.exhibits else say("exhibits.empty_group", language)
        yield f"[{group.place}] {group_title(group)}{empty}"
        for exhibit in group.exhibits:
            yield from _lines_of(exhibit, language)
    for file in plan.unlisted:
        yield say("exhibits.unlisted", language, file=file.file_name, sha256=file.sha256)


def _lines_of(exhibit: PlannedExhibit, language: str) -> Iterator[str]:
    yield f"  {exhibit.number}  {exhibit.texts.name}"
    for name, value in asdict(exhibit.texts).items():
        if value != "" and name != "name":
            by_hand = say("exhibits.by_hand", language) if name in exhibit.edited else ""
            yield f"       {say(f'exhibits.column_{name}', language)}{by_hand}：{value}"
