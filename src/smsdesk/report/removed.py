"""What documents say of originals that a person took out of the case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from smsdesk.domain.cases import RemovedOriginal
from smsdesk.report.phrases import moment
from smsdesk.wording import say


def removed_note(removed: Sequence[RemovedOriginal], where: str) -> list[str]:
    """Return a sentence that says how many are out, and *where* each is named; none if none are."""
    if not removed:
        return []
    return [say("removals.note_where", count=len(removed), where=where)]


def removed_words(one: RemovedOriginal) -> str:
    """Return when an original went, and why."""
    return say("removals.removed", at=moment(one.removed_at), reason=one.reason)


def removed_lines(removed: Iterable[RemovedOriginal], language: str = "zh") -> list[str]:
    """Return a line of plain text for each: name, whole hash, when and why."""
    return [
        say(
            "removals.line",
            language,
            name=one.original.file_name,
            sha256=one.original.sha256,
            at=moment(one.removed_at),
            reason=one.reason,
        )
        for one in removed
    ]
