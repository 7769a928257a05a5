"""The custody log in words that a person understands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from smsdesk.domain.custody import CustodyEntry, canonical_json, first_broken
from smsdesk.services import listing
from smsdesk.services.custody_tellers import TELLERS
from smsdesk.services.jobs import Task
from smsdesk.storage.case_file import CaseFile
from smsdesk.wording import say

_SHORT_HASH = 12
_LONGEST = 240
"""Characters of a line's words: the whole entry can be looked at below the list."""


@dataclass(frozen=True, slots=True)
class LoggedLine:
    """An entry of the log, what was done, and the particulars, both in words."""

    entry: CustodyEntry
    action: str
    details: str


@dataclass(frozen=True, slots=True)
class LogBook:
    """The whole log, oldest first; `broken` is the entry at which the chain breaks, if it does."""

    lines: tuple[LoggedLine, ...]
    broken: int | None

    def chain_words(self, language: str) -> str:
        """Say whether the chain holds."""
        if self.broken is not None:
            return say("custody.chain_broken", language, number=self.broken)
        head = self.lines[-1].entry.hash[:_SHORT_HASH] if self.lines else ""
        return say("custody.chain_whole", language, entries=len(self.lines), head=head)


def log_book(case: CaseFile, language: str, task: Task) -> LogBook:
    """Return the custody log of a case in words, and whether its chain holds."""
    entries = listing.custody(case)
    lines = list(_worded(entries, language, task))
    return LogBook(tuple(lines), first_broken(entries))


def _worded(entries: Sequence[CustodyEntry], language: str, task: Task) -> Iterable[LoggedLine]:
    files: dict[str, str] = {}
    for number, entry in enumerate(entries):
        if number % 500 == 0:
            task.step(number, len(entries))
        if entry.action == "original_imported":
            files[str(entry.details.get("sha256"))] = str(entry.details.get("file_name"))
        yield LoggedLine(entry, action_of(entry, language), details_of(entry, language, files))


def action_of(entry: CustodyEntry, language: str) -> str:
    """Return what was done; the bare name of an action that a later version wrote."""
    try:
        return say(f"cli.action_{entry.action}", language)
    except KeyError:
        return entry.action


def details_of(entry: CustodyEntry, language: str, files: Mapping[str, str]) -> str:
    """Return the particulars; *files* maps SHA-256 to the names of originals logged before."""
    fields = _Fields(entry.details, files, language)
    try:
        if entry.action in TELLERS:
            return TELLERS[entry.action](entry.details, language)[:_LONGEST]
        return say(f"custody.{entry.action}", language, **fields.known)[:_LONGEST]
    except (KeyError, TypeError):  # no sentence for it, or logged by a version of other fields
        return fields.as_they_are[:_LONGEST]


class _Fields:
    """Fields of an entry and what follows from them."""

    def __init__(self, details: Mapping[str, Any], files: Mapping[str, str], language: str) -> None:
        self._details = details
        self._files = files
        self._language = language

    @property
    def known(self) -> dict[str, object]:
        """The fields, names of files for hashes, hashes cut short, words for reasons."""
        known: dict[str, object] = dict(self._details)
        for name, file in (("sha256", "file"), ("copy", "copy_file"), ("better", "better_file")):
            if isinstance(digest := known.get(name), str):
                known[file] = self._files.get(digest, digest[:_SHORT_HASH])
                known[name] = f"{digest[:_SHORT_HASH]}…"
        if isinstance(source := known.get("source"), str):
            known["source"] = Path(source).name
        if "reason" in known:
            known["reason_words"] = self._reason(str(known["reason"]))
        for name in ("findings", "messages"):
            if isinstance(many := known.get(name), list):
                known[f"{name[:-1]}_count"] = len(many)
        return known

    @property
    def as_they_are(self) -> str:
        """Every field; what was changed as before and after."""
        return "；".join(self._told(self._name(n), value) for n, value in self._details.items())

    def _name(self, field: str) -> str:
        """Return what a field of the card, a phone or a message is called."""
        for key in (f"card.{field}", f"custody.field_{field}"):
            try:
                return say(key, self._language)
            except KeyError:
                continue
        return field

    def _told(self, name: str, value: Any) -> str:
        if isinstance(value, dict) and value.keys() == {"before", "after"}:
            return say("custody.change", self._language, name=name, **value)
        return f"{name} {value if isinstance(value, str) else canonical_json(value)}"

    def _reason(self, reason: str) -> str:
        try:
            return say(f"set_aside.{reason}", self._language)
        except KeyError:
            return reason
