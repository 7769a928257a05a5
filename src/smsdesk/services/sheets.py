"""Write the case as a spreadsheet: messages, originals, exhibits, numbers, what is left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from smsdesk.domain.cases import ImportItem
from smsdesk.domain.figures import CaseFigures
from smsdesk.domain.masks import MaskReport
from smsdesk.domain.messages import Message
from smsdesk.domain.queries import MessageQuery
from smsdesk.report.masks import mask_note
from smsdesk.report.workbook import Column, Properties, Table, write_workbook
from smsdesk.rules.pack import load_pack
from smsdesk.rules.provisions import load_provisions
from smsdesk.services import sheet_rows
from smsdesk.services.cases import PROGRAM, now
from smsdesk.services.delivering import ExportResult, delivered, file_sha256, log_export
from smsdesk.services.exhibits import plan_within
from smsdesk.services.figuring import case_figures
from smsdesk.services.jobs import Task
from smsdesk.services.sheet_rows import SheetContext
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.repository import slices
from smsdesk.storage.unit_of_work import UnitOfWork


def export_sheet(case: CaseFile, target: Path, query: MessageQuery, task: Task) -> ExportResult:
    """Write the messages that *query* leaves, one a row, and all that belongs to them.

    CannotWrite or DiskFull if the file cannot be written. An existing file is replaced only by a
    whole one.
    """
    figures = case_figures(case, query)
    with case.view() as work, delivered(target) as draft:
        ids, total = work.messages.ids(query), work.messages.count()
        context = _context(work, query, figures)
        messages = _messages(work, ids, task, target.name)
        extent = _Extent(len(ids), total)
        title = work.case.card().title
        write_workbook(
            draft,
            [
                sheet_rows.messages_table(extent.sheet_name, messages, context),
                *_other_tables(work, context, figures, extent),
                *([_masks(case.masks)] if case.masks else []),
            ],
            Properties(title, PROGRAM, now(), f"{title}　{extent.words}"),
        )
        digest = file_sha256(draft)
    originals = sum(len(exhibit.originals) for exhibit in context.plan.exhibits)
    result = ExportResult(target, len(ids), total, originals)
    log_export(case, result, digest)
    return result


@dataclass(frozen=True, slots=True)
class _Extent:
    """How many messages of how many are in the file, and how it says so."""

    chosen: int
    total: int

    @property
    def narrowed(self) -> bool:
        return self.chosen < self.total

    @property
    def words(self) -> str:
        if self.narrowed:
            return f"选列 {self.chosen} 条，共 {self.total} 条"
        return f"全部 {self.total} 条短信"

    @property
    def sheet_name(self) -> str:
        """The first sheet's name is what people see first."""
        return f"短信（选列{self.chosen}条，共{self.total}条）" if self.narrowed else "短信"


def _other_tables(
    work: UnitOfWork, context: SheetContext, figures: CaseFigures, extent: _Extent
) -> Iterator[Table]:
    """Yield the sheets behind the messages; those of files only where there are any."""
    plan = context.plan
    yield sheet_rows.originals_table(context)
    yield sheet_rows.exhibits_table(plan)
    if plan.attachments or plan.unlisted:
        yield sheet_rows.attachments_table(plan, unlisted=not extent.narrowed)
    yield sheet_rows.numbers_table(figures.figures, context)
    yield sheet_rows.institutions_table(figures.figures, context)
    aside = [item for item in work.queue.all() if item.reason]
    if aside:
        yield sheet_rows.set_aside_table(aside)
    yield _about(work, extent, aside, len(context.removed))


def _context(work: UnitOfWork, query: MessageQuery, figures: CaseFigures) -> SheetContext:
    originals = {original.id: original for original in work.originals.all()}
    shown: dict[int, Sequence[int]] = {}
    for part in slices(list(originals)):
        shown.update(work.sightings.shown_together(part))
    return SheetContext(
        plan=plan_within(work, query),
        shown=shown,
        devices={device.id: device for device in work.devices.all()},
        originals=originals,
        institutions={key: one.name for one in figures.institutions for key in one.senders},
        provisions=load_provisions(),
        retention=figures.retention,
        removed=work.removals.all(),
    )


def _messages(work: UnitOfWork, ids: Sequence[int], task: Task, label: str) -> Iterator[Message]:
    """Yield the messages slice by slice, as rows are written."""
    done = 0
    for part in slices(ids):
        task.step(done, len(ids), label)
        yield from work.messages.get(part)
        done += len(part)
    task.step(done, len(ids), label)


def _about(work: UnitOfWork, extent: _Extent, aside: Sequence[ImportItem], removed: int) -> Table:
    """Return what the file is, what it leaves out, and how its columns are to be read."""
    card, pack, head = work.case.card(), load_pack().identity, work.custody.head()
    rows = [
        ("案件", card.title),
        ("案由", card.cause),
        ("案号", card.case_number),
        ("范围", extent.words),
        ("未能读取", f"{len(aside)} 项，见“未能读取的文件”" if aside else "无"),
        ("已移出的原件", f"{removed} 件，未列入，见“原件”末尾" if removed else "无"),
        ("编制程序", PROGRAM),
        ("规则包", f"{pack.version}（SHA-256 {pack.sha256}）"),
        ("流转记录", f"第 {head.number} 条，{head.hash}" if head else None),
        *_READING,
    ]
    return Table("说明", (Column("项目", 18), Column("内容", 100)), rows)


def _masks(report: MaskReport) -> Table:
    """Return what a masked copy says of itself."""
    return Table("脱敏副本", (Column("说明", 120),), ((line,) for line in mask_note(report)))


_READING = (
    ("时间", "均为北京时间（UTC+8）。最早与最晚相同的，截图上有该时刻；不同的，只知道在其间。"),
    (
        "时间依据",
        "读取：月、日和时刻在截图上；推算：日期系根据截图时间推算；手填：由人填写；时间不明：截图不足以确定。",
    ),
    (
        "短信全文",
        "逐字照录，不改错字；人工改过的，另列机器识读原文。控制字符以其图形代替。",
    ),
    ("涉嫌", "均为“涉嫌”“可能对应”，不是已认定违法；“建议”由规则提出，尚待人工确认。"),
    ("号码和机构", "只计催收短信；每个数字所计的短信都列出编号。本程序不作法律意见。"),
    (
        "服务商记录保存至",
        "依规定短信服务提供者至少保存到该日（普通号码只及时间和号码）；申请调取宜在此之前。",
    ),
    ("编号", "短信编号和证据编号与证据目录、时间轴、JSON 一致；选列时沿用全案编号。"),
)
"""How the columns are to be read."""
