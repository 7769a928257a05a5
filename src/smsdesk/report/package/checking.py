"""Find everything in a package that does not fit: hashes, lists, the custody log's chain."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple

from smsdesk.domain.custody import CustodyEntry, first_broken
from smsdesk.report.package import layout
from smsdesk.report.package.bag import ALGORITHMS, PAYLOAD, OnFile
from smsdesk.report.package.reading import Package


class MismatchKind(StrEnum):
    """What does not fit in a package; sentences in the catalogue (verify.*)."""

    FILE_CHANGED = "file_changed"
    FILE_MISSING = "file_missing"
    FILE_SURPLUS = "file_surplus"
    LIST_BROKEN = "list_broken"
    ORIGINAL_DIFFERS = "original_differs"
    ORIGINAL_UNLISTED = "original_unlisted"
    CHAIN_BROKEN = "chain_broken"


class Mismatch(NamedTuple):
    """One thing that does not fit, and the file or line that it is about."""

    kind: MismatchKind
    subject: str


_ARRIVALS = ("original_imported", "attachment_added")
"""How the log calls what must be in a whole package."""

Digests = dict[str, dict[str, str]]
"""Hashes as recomputed, by file and algorithm."""

_LINE = re.compile(r"([0-9A-Fa-f]{64,128}) [ *]?(\S.*)")


def check(package: Package, on_file: OnFile) -> list[Mismatch]:
    """Recompute every hash in *package* and hold all its lists against it and one another."""
    names = package.names
    digests: Digests = {}
    for done, name in enumerate(names):
        step = partial(on_file, done, len(names), name.rpartition("/")[2])
        step()
        digests[name] = package.digests(name, step)
    found = list(_against_lists(package, digests))
    found += _against_originals(package, digests)
    found += _chain(package)
    return list(dict.fromkeys(found))


def custody_entries(package: Package) -> list[CustodyEntry]:
    """Return the log that the package holds; ValueError if it is none."""
    try:
        return [_entry(row) for row in json.loads(package.text(layout.LOG))]
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("not a log") from error


def _entry(row: Mapping[str, Any]) -> CustodyEntry:
    texts = ("actor", "action", "previous_hash", "hash")
    if not isinstance(row["number"], int) or not all(isinstance(row[key], str) for key in texts):
        raise TypeError("not an entry")
    return CustodyEntry(
        row["number"],
        dt.datetime.fromisoformat(row["at"]),
        row["actor"],
        row["action"],
        dict(row["details"]),
        row["previous_hash"],
        row["hash"],
    )


def _against_lists(package: Package, digests: Digests) -> Iterator[Mismatch]:
    ours = {name for name in digests if not package.may_lie_there(name)}
    payload = {name for name in ours if name.startswith(f"{PAYLOAD}/")}
    tags = {name for name in ours if name not in payload and "tagmanifest-" not in name}
    for algorithm in ALGORITHMS:
        yield from _against(package, f"manifest-{algorithm}.txt", algorithm, payload, digests)
        yield from _against(package, f"tagmanifest-{algorithm}.txt", algorithm, tags, digests)
    yield from _against(package, layout.SM3_LIST, "sm3", payload, digests)


def _against(
    package: Package, name: str, algorithm: str, wanted: set[str], digests: Digests
) -> Iterator[Mismatch]:
    """Hold a list of hashes against the files that it should name, all of them and no other."""
    if name not in digests:
        yield Mismatch(MismatchKind.FILE_MISSING, name)
        return
    listed = dict(_lines(package.text(name)))
    if not listed:
        yield Mismatch(MismatchKind.LIST_BROKEN, name)
    for file, digest in listed.items():
        if file not in digests:
            yield Mismatch(MismatchKind.FILE_MISSING, file)
        elif digests[file][algorithm] != digest:
            yield Mismatch(MismatchKind.FILE_CHANGED, file)
    for file in sorted(wanted - listed.keys()):
        yield Mismatch(MismatchKind.FILE_SURPLUS, file)


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.split("\n"):
        if (match := _LINE.fullmatch(line.rstrip("\r"))) is not None:
            yield match[2], match[1].lower()


def _against_originals(package: Package, digests: Digests) -> Iterator[Mismatch]:
    """Hold the originals against the hashes of their import, which other lists know nothing of."""
    if layout.ORIGINAL_LIST not in digests:
        yield Mismatch(MismatchKind.FILE_MISSING, layout.ORIGINAL_LIST)
        return
    try:
        content = json.loads(package.text(layout.ORIGINAL_LIST))
        masked, files = bool(content["masked"]), [dict(file) for file in content["files"]]
        listed = {str(file["file"]): str(file["sha256"]) for file in files if file["file"]}
    except (ValueError, KeyError, TypeError, RecursionError):
        yield Mismatch(MismatchKind.LIST_BROKEN, layout.ORIGINAL_LIST)
        return
    for name, sha256 in listed.items():
        if name not in digests:
            yield Mismatch(MismatchKind.FILE_MISSING, name)
        elif not masked and digests[name]["sha256"] != sha256:
            yield Mismatch(MismatchKind.ORIGINAL_DIFFERS, name)
    for name in digests:
        own = name.startswith(f"{layout.ORIGINALS}/") and not package.may_lie_there(name)
        if own and name not in listed:
            yield Mismatch(MismatchKind.FILE_SURPLUS, name)


def _chain(package: Package) -> Iterator[Mismatch]:
    """Check the log's chain, and that what it says was imported is listed, in a whole package."""
    if layout.LOG not in package.names:
        if case_files(package):
            yield Mismatch(MismatchKind.FILE_MISSING, layout.LOG)
        return
    try:
        entries = custody_entries(package)
        broken = first_broken(entries)
    except ValueError:  # what JSON can hold and UTF-8 cannot is found by hashing only
        yield Mismatch(MismatchKind.LIST_BROKEN, layout.LOG)
        return
    if broken is not None:
        yield Mismatch(MismatchKind.CHAIN_BROKEN, str(broken))
    if case_files(package) and layout.ORIGINAL_LIST in package.names:
        yield from _unlisted(entries, package.text(layout.ORIGINAL_LIST))


def _unlisted(entries: Iterable[CustodyEntry], listed: str) -> Iterator[Mismatch]:
    for entry in entries:
        sha256 = str(entry.details.get("sha256"))
        if entry.action in _ARRIVALS and sha256 not in listed:
            yield Mismatch(MismatchKind.ORIGINAL_UNLISTED, str(entry.details.get("file_name")))


def case_files(package: Package) -> list[str]:
    """Return the case files that a package holds: one, or none."""
    own = (name for name in package.names if name.startswith(f"{layout.CASE_FOLDER}/"))
    return [name for name in own if not package.may_lie_there(name)]


def is_ours(package: Package) -> bool:
    """Whether a bag was made by this program: it has the lists that only we write."""
    return {layout.ORIGINAL_LIST, layout.SM3_LIST} <= set(package.names)
