"""The person's own lines: from how many messages a day on a day is named (自设，非法定标准).

Kept as a rule pack of the case that has no rules, only [thresholds]: it goes into the log and the
documents by its hash like any other, and what it changes is judged by the same code.
"""

from __future__ import annotations

import hashlib

from smsdesk.domain.changes import Change, LinesChange
from smsdesk.domain.figures import OwnLines
from smsdesk.domain.rulings import KeptPack
from smsdesk.rules.pack import Thresholds
from smsdesk.services.cases import actor, now
from smsdesk.services.packs import packs_of, packs_within
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.unit_of_work import UnitOfWork

VERSION = "own-lines"
_NAME = "own-lines.toml"
MOST = 999
"""Messages a day; more never came from one sender."""


def plan_lines(case: CaseFile, lines: OwnLines) -> Change:
    """Return the change that draws a case's lines at *lines*; empty if they are there already.

    ValueError where the first line is not below the second, or a line is not from 1 to MOST.
    """
    if not 1 <= lines.notice_a_day < lines.many_a_day <= MOST:
        raise ValueError(lines)
    thresholds = packs_of(case).timing.thresholds
    before = OwnLines(thresholds.notice_a_day, thresholds.many_a_day)
    return Change() if before == lines else Change(lines=(LinesChange(before, lines),))


def apply_lines(work: UnitOfWork, change: LinesChange) -> None:
    """Draw the lines anew; what rules propose by them follows when messages are judged."""
    work.rulings.drop_pack(VERSION)
    usual = packs_within(work).timing.thresholds
    if change.after == OwnLines(usual.notice_a_day, usual.many_a_day):
        work.custody.append("pack_removed", {"pack": VERSION}, actor(), now())
        return
    source = _source(usual, change.after)
    sha256 = hashlib.sha256(source.encode()).hexdigest()
    work.rulings.keep_pack(KeptPack(_NAME, VERSION, sha256, source, now()))
    details = {"name": _NAME, "pack": VERSION, "pack_sha256": sha256}
    work.custody.append("pack_added", details, actor(), now())


def _source(usual: Thresholds, lines: OwnLines) -> str:
    return (
        f'version = "{VERSION}"\n'
        "rule = []\n\n"
        "[thresholds]\n"
        "# 使用者自设的提示线，非法定标准。\n"
        f"night_from = {usual.night_from:%H:%M:%S}\n"
        f"night_to = {usual.night_to:%H:%M:%S}\n"
        f"notice_a_day = {lines.notice_a_day}\n"
        f"many_a_day = {lines.many_a_day}\n"
    )
