"""Complaint packs: a ZIP with a letter in Word, the list of messages, numbered screenshots."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from smsdesk.domain.channels import Channel, Draft
from smsdesk.domain.errors import LimitTooSmall
from smsdesk.domain.exhibits import ExhibitKind
from smsdesk.domain.queries import MessageQuery
from smsdesk.report.channels import ChannelPage, channel_pages
from smsdesk.report.instructions import LeftOut, enclosure_list, instructions
from smsdesk.report.letter_sheet import message_sheet
from smsdesk.report.masks import mask_note
from smsdesk.report.word.complaint import complaint
from smsdesk.report.word.drafts import DRAFTS
from smsdesk.report.word.letter import LetterContent
from smsdesk.report.word.listing import message_table
from smsdesk.report.word.numbers import number_blocks, number_report, number_text
from smsdesk.report.word.paper import Paper
from smsdesk.services.cases import PROGRAM
from smsdesk.services.delivering import ExportResult, delivered, file_sha256, log_export
from smsdesk.services.enclosing import (
    MB,
    Enclosures,
    Limits,
    enclose,
    enclosed_bytes,
    safe_name,
    stored,
)
from smsdesk.services.exporting import court_file
from smsdesk.services.jobs import Task
from smsdesk.services.lettering import letter_content
from smsdesk.services.masked_copies import export_masked
from smsdesk.services.smaller import small_picture
from smsdesk.storage.case_file import CaseFile

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""No clock gets into the bytes: the same case and options give the same pack."""
_ENTRY = 700
"""Bytes that an entry needs beside its data: two heads with a long Chinese name, and its hash."""
_SLACK = 20_000
"""Bytes by which the texts may grow once it is known what lies with them."""
_THUMBNAIL = 480
"""Pixels across: sharp enough at the width at which 12321's report shows a screenshot."""


@dataclass(frozen=True, slots=True)
class PackOptions:
    """What a person chose. Sizes are in MB of 1,000,000 bytes.

    `limit_mb`: the whole ZIP, None for any size. `file_limit_mb`: one screenshot, None for the
    channel's own limit, if any is known. `shrink`: smaller copies where originals do not fit.
    """

    query: MessageQuery = field(default_factory=MessageQuery)
    limit_mb: float | None = None
    file_limit_mb: float | None = None
    shrink: bool = False


@dataclass(frozen=True, slots=True)
class PackResult:
    """A finished pack: what is in it, what is not, and what is still to be filled in."""

    path: Path
    messages: int
    of_messages: int
    enclosed: int
    left_out: tuple[LeftOut, ...]
    blanks: tuple[str, ...]
    waiting: int
    """Messages with proposals that nobody has confirmed or rejected."""


Files = dict[str, bytes]
_OWN = (
    "claimant", "claimant_id", "claimant_phone", "claimant_address",
    "respondent", "respondent_code", "respondent_address", "contract_number",
)  # fmt: skip
"""Fields of the case card that say who writes about whom."""


def make_pack(
    case: CaseFile, channel: Channel, target: Path, options: PackOptions, task: Task
) -> PackResult:
    """Write the pack for a channel; nothing is sent anywhere.

    NothingToTell without a collection message; LimitTooSmall if not even the texts fit;
    ExportMismatch if stored bytes are not those imported; CannotWrite or DiskFull.
    """
    return _write(case, target, _Maker(case, channel, options, task))


def make_masked_pack(
    case: CaseFile, channel: Channel, target: Path, options: PackOptions, task: Task
) -> PackResult:
    """Write the pack from a masked copy of the case: third persons are hidden, numbers stay.

    What is collection and how much came is told by the true words, and so is who writes: an
    authority must know that.
    """
    labelled = channel_pages()[channel].only_labelled
    true = letter_content(case, options.query, only_labelled=labelled)
    chosen = replace(options.query, only=frozenset(m.id for m in true.court.messages))
    made: list[PackResult] = []

    def export(copy: CaseFile, path: Path, query: MessageQuery, inner: Task) -> ExportResult:
        court = court_file(copy, query)
        card = replace(court.card, **{name: getattr(true.card, name) for name in _OWN})
        content = replace(true, court=replace(court, card=card))
        made.append(_write(copy, path, _Maker(copy, channel, options, inner, content)))
        return _exported(made[0])

    export_masked(case, target, chosen, task, export)
    return replace(made[0], path=target)


def _write(case: CaseFile, target: Path, maker: _Maker) -> PackResult:
    with delivered(target) as draft:
        result = maker.write(draft, target)
        digest = file_sha256(draft)
    log_export(case, _exported(result), digest, channel=maker.channel.value)
    return result


def _exported(made: PackResult) -> ExportResult:
    return ExportResult(made.path, made.messages, made.of_messages, made.enclosed)


class _Maker:
    """One pack in the making."""

    def __init__(
        self,
        case: CaseFile,
        channel: Channel,
        options: PackOptions,
        task: Task,
        content: LetterContent | None = None,
    ) -> None:
        self.case, self.channel, self.options, self.task = case, channel, options, task
        self.page: ChannelPage = channel_pages()[channel]
        labelled = self.page.only_labelled
        self.content = content or letter_content(case, options.query, only_labelled=labelled)

    def write(self, draft: Path, target: Path) -> PackResult:
        """Write the pack; screenshots get what the texts leave of the limit."""
        enclosures = self._enclosures(self._room())
        texts, blanks = self._texts(enclosures)
        self._pack(draft, texts, enclosures)
        if self._limit is not None and draft.stat().st_size > self._limit:
            raise LimitTooSmall(
                limit=self.options.limit_mb, needed=_rounded_up(draft.stat().st_size)
            )
        court = self.content.court
        return PackResult(
            target,
            len(court.messages),
            court.total_messages,
            len(enclosures.enclosed),
            enclosures.left_out,
            blanks,
            len({m.id for found in self.content.proposed.values() for m, _ in found}),
        )

    @property
    def _limit(self) -> int | None:
        limit = self.options.limit_mb
        return None if limit is None else int(limit * MB)

    def _room(self) -> int | None:
        """Return how many bytes screenshots may have; the texts are measured with all of them."""
        if self._limit is None:
            return None
        everything = self._enclose(Limits())
        texts, _ = self._texts(everything)
        needed = len(_zipped(texts)) + _SLACK + _ENTRY * len(everything.enclosed)
        if needed > self._limit:
            raise LimitTooSmall(limit=self.options.limit_mb, needed=_rounded_up(needed))
        return self._limit - needed

    def _enclosures(self, room: int | None) -> Enclosures:
        single = self.options.file_limit_mb or self.page.file_limit_mb
        limits = Limits(room, None if single is None else int(single * MB), self.options.shrink)
        return self._enclose(limits)

    def _enclose(self, limits: Limits) -> Enclosures:
        return enclose(self.case, self.content.court, limits, self.page.encloses, self.task)

    def _pack(self, draft: Path, texts: Files, enclosures: Enclosures) -> None:
        """Write the ZIP, one screenshot in memory at a time, the list of hashes last."""
        sums = {name: hashlib.sha256(data).hexdigest() for name, data in texts.items()}
        with zipfile.ZipFile(draft, "w") as archive:
            _add_all(archive, texts)
            for done, one in enumerate(enclosures.enclosed):
                self.task.step(done, len(enclosures.enclosed), one.file.file_name)
                data = enclosed_bytes(self.case, one)
                sums[one.path] = hashlib.sha256(data).hexdigest()
                archive.writestr(zipfile.ZipInfo(one.path, _ZIP_TIME), data, zipfile.ZIP_STORED)
            listed = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))
            _add_all(archive, {"SHA256SUMS.txt": listed.encode()})

    def _texts(self, enclosures: Enclosures) -> tuple[Files, tuple[str, ...]]:
        """Return all but the screenshots, and what is to be filled in in any of them."""
        content = replace(self.content, enclosures=tuple(self._told(enclosures)))
        papers = dict(self._papers(content, enclosures))
        blanks = tuple(dict.fromkeys(what for paper in papers.values() for what in paper.blanks))
        files = {name: paper.data() for name, paper in papers.items()}
        files["2-短信明细表.xlsx"] = self._sheet(content, enclosures)
        if self.channel == Channel.SMS_ABUSE:
            files |= _copy_texts(content, enclosures.shown_on)
        removed = self.content.court.removed
        listed = enclosure_list(enclosures.enclosed, enclosures.left_out, removed)
        files["附件清单.txt"] = _text(listed)
        facts = list(self._facts(enclosures))
        files["办理说明.txt"] = _text(instructions(self.page, facts, blanks))
        return files, blanks

    def _papers(
        self, content: LetterContent, enclosures: Enclosures
    ) -> Iterator[tuple[str, Paper]]:
        shown = enclosures.shown_on
        plain = self.channel == Channel.SMS_ABUSE
        if plain:
            letter = number_report(content, self.page, shown, self._thumbnails)
        else:
            letter = complaint(content, self.page, self.channel)
        yield f"1-{self.page.title}.docx", letter
        yield "2-短信明细表.docx", message_table(content, shown, labelled=not plain)
        if self.channel == Channel.LENDER:
            yield "3-停止不当催收告知函（草稿）.docx", DRAFTS[Draft.DEMAND](content)
            yield "4-民事起诉状（草稿）.docx", DRAFTS[Draft.SUIT](content)

    def _sheet(self, content: LetterContent, enclosures: Enclosures) -> bytes:
        labelled = self.channel != Channel.SMS_ABUSE
        return message_sheet(content, enclosures.shown_on, PROGRAM, labelled=labelled)

    def _told(self, enclosures: Enclosures) -> Iterator[str]:
        """Yield the enclosures as the letter lists them."""
        count = len(self.content.court.messages)
        yield f"1．短信明细表，{count} 条（Word、Excel 各一份，内容相同）"
        shown = enclosures.screenshots
        if shown:
            names = " 至 ".join(dict.fromkeys((shown[0].name, shown[-1].name)))
            yield f"2．短信截图 {len(shown)} 件（{names}，校验值见附件清单）"
        if enclosures.left_out:
            yield f"　　另有 {len(enclosures.left_out)} 件未随附，可另行提供（见附件清单）"
        own = ["本人身份证明复印件（由本人附上）"]
        if self.page.asked_first and not self._has_receipt:
            own.append("向贷款机构投诉的回执或答复（由本人附上）")
        others = [f"{one.shows}（{one.name}）" for one in enclosures.others]
        for number, line in enumerate([*others, *own], 3):
            yield f"{number}．{line}"

    @property
    def _has_receipt(self) -> bool:
        kinds = {e.kind for e in self.content.court.plan.exhibits if e.attachments}
        return ExhibitKind.COMPLAINT_RECEIPT in kinds

    def _facts(self, enclosures: Enclosures) -> Iterator[str]:
        """Yield what the pack holds and what a person must know of it."""
        court = self.content.court
        chosen, left = len(court.messages), len(enclosures.left_out)
        yield f"短信选列 {chosen} 条，案件共 {court.total_messages} 条；其余未列。"
        shown, others = len(enclosures.screenshots), len(enclosures.others)
        yield f"附上截图 {shown} 件、其他证据 {others} 件，未附 {left} 件，逐件见附件清单。"
        shrunk = sum(one.shrunk for one in enclosures.enclosed)
        if shrunk:
            yield f"其中 {shrunk} 件按您的选择改为缩小副本，原件仍在案件中。"
        elif self.case.masks is None:
            yield "附件均为原件的逐字节复制，没有压缩。"
        if self.case.masks is None:
            yield "截图按原样附上，可能显示无关第三人的信息；请先查看，必要时改用脱敏副本生成。"
        if self.case.masks is not None:
            yield "截图为遮盖后的副本；附件清单中的 SHA-256 是未遮盖原件的校验值。"
            yield from mask_note(self.case.masks)
        yield from self._limits()
        if self.content.proposed:
            yield "部分标记由程序提出、尚未逐条确认，文中已分列。请先在程序中核对，再重新生成。"
        if self.page.asked_first and not court.card.lender_complaint.strip():
            yield "尚未填写向贷款机构投诉的情况；多数情况下须先向贷款机构投诉。"
        if self.page.asked_first and not self._has_receipt:
            yield "案件中没有向贷款机构投诉的回执；取得后加入案件（种类：投诉回执），再重新生成。"

    def _limits(self) -> Iterator[str]:
        if self.options.file_limit_mb:
            yield f"单个截图上限：{self.options.file_limit_mb:g} MB（自设）。"
        elif self.page.file_limit_mb:
            limit = f"{self.page.file_limit_mb:g} MB"
            yield f"单个截图上限：{limit}（默认值，出自网络教程，未经官方核实）。"
        if self.options.limit_mb:
            yield f"材料包总大小上限：{self.options.limit_mb:g} MB（自设）。"
        else:
            yield "材料包总大小没有设上限；没有查到该渠道的官方上限。"

    @cached_property
    def _thumbnails(self) -> dict[str, bytes]:
        """Return a small picture of a screenshot of each sender, as far as one can be shown."""
        blocks = number_blocks(self.content)
        originals = {original.id: original for original in self.content.court.originals}
        pictures = {}
        for done, block in enumerate(blocks):
            self.task.step(done, len(blocks), block.number)
            seen = block.messages[0].sightings[0]
            data = stored(self.case, originals[seen.original_id])
            small = small_picture(data, seen.page, _THUMBNAIL, around=seen.box)
            if small is not None:
                pictures[block.sender.key] = small
        return pictures


def _copy_texts(content: LetterContent, shown_on: Mapping[int, str]) -> Files:
    """Return a plain text for each number, to copy from."""
    blocks = [block for block in number_blocks(content) if block.number]
    return {
        f"原文/{position:02}-{safe_name(block.number)}.txt": _text(
            number_text(block, content, shown_on)
        )
        for position, block in enumerate(blocks, 1)
    }


def _text(words: str) -> bytes:
    """Return bytes that Windows' own editor takes for UTF-8 too."""
    return words.encode("utf-8-sig", "replace")


def _zipped(files: Files) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        _add_all(archive, files)
    return packed.getvalue()


def _add_all(archive: zipfile.ZipFile, files: Files) -> None:
    for name in sorted(files):
        archive.writestr(zipfile.ZipInfo(name, _ZIP_TIME), files[name], zipfile.ZIP_DEFLATED)


def _rounded_up(size: int) -> str:
    return f"{-(-size // 10_000) / 100:.2f}"
