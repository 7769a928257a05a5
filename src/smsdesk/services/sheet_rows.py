"""The tables of the spreadsheet: columns, and a row for each message, original, exhibit, number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from smsdesk.domain.cases import ImportItem, Original, RemovedOriginal, SourceDevice
from smsdesk.domain.exhibits import (
    TEXT_FIELDS,
    Attachment,
    ExhibitPlan,
    PlannedExhibit,
    PlannedGroup,
)
from smsdesk.domain.figures import Dossier, Figures, Ids, InstitutionFigures, Rhythm
from smsdesk.domain.findings import Provision, Recipient, ViolationType
from smsdesk.domain.institutions import Basis, Institution
from smsdesk.domain.messages import Continuity, Message, ReviewState, Sighting
from smsdesk.domain.retention import Retention
from smsdesk.domain.screens import Direction
from smsdesk.report.labels import ShownLabel, shown_labels
from smsdesk.report.phrases import basis, contradicted, page_of, ranges, sender_kind, sender_name
from smsdesk.report.removed import removed_words
from smsdesk.report.workbook import Cell, Column, ColumnKind, Table
from smsdesk.rules.signature import signature_of
from smsdesk.services.exhibit_rows import group_title
from smsdesk.services.exhibits import label_words
from smsdesk.wording import say

CODE, WORDS, MOMENT, COUNT = (
    ColumnKind.CODE,
    ColumnKind.WORDS,
    ColumnKind.MOMENT,
    ColumnKind.COUNT,
)


@dataclass(frozen=True, slots=True)
class SheetContext:
    """What rows refer to; `institutions` gives sender keys a name.

    `shown` gives each original that is listed the ids of the messages it shows. `removed` are those
    that a person took out of the case.
    """

    plan: ExhibitPlan
    shown: Mapping[int, Sequence[int]]
    devices: Mapping[int, SourceDevice]
    originals: Mapping[int, Original]
    institutions: Mapping[str, str]
    provisions: Mapping[str, Provision]
    retention: Mapping[int, Retention]
    removed: Sequence[RemovedOriginal] = ()


_MESSAGE_COLUMNS = (
    Column("编号", 8, CODE),
    Column("最早发送时间（北京时间）", 16, MOMENT),
    Column("最晚发送时间（北京时间）", 16, MOMENT),
    Column("时间依据", 7),
    Column("收发", 6),
    Column("收件人", 8),
    Column("号码或名称", 20, CODE),
    Column("机构", 16),
    Column("短信全文", 64),
    Column("涉嫌（已确认）", 16),
    Column("涉嫌（建议，待确认）", 16),
    Column("证据编号", 10, CODE),
    Column("号码存疑（另读作）", 18, CODE),
    Column("号码类型", 18),
    Column("短信签名", 14),
    Column("截图上的时间", 18, CODE),
    Column("标记理由", 90),
    Column("可能对应的规定", 110),
    Column("须留意", 26),
    Column("核对", 8),
    Column("星标", 6),
    Column("备注", 20),
    Column("与上一条", 12),
    Column("服务商记录保存至", 12, CODE),
    Column("原始载体", 22),
    Column("截图文件", 40),
    Column("其他出处", 34),
    Column("机器识读原文（人工改过的）", 40),
    Column("截图 SHA-256", 66, CODE),
)
_PRINTED = 12
"""Columns up to the number of the exhibit: what fits across a sheet of A4 and can be read."""


def messages_table(name: str, messages: Iterable[Message], context: SheetContext) -> Table:
    """Return one row a message, in order of time."""
    rows = (_message_row(message, context) for message in messages)
    return Table(name, _MESSAGE_COLUMNS, rows, frozen=1, printed=_PRINTED)


def _message_row(message: Message, context: SheetContext) -> Sequence[Cell]:
    original = context.originals[message.sightings[0].original_id]
    labels = shown_labels(message)
    return (
        *_message_cells(message, context),
        *_label_names(labels),
        context.plan.originals[original.id],
        *_sender_cells(message),
        message.sent.label,
        *_reason_cells(labels, context),
        "；".join(_warnings(message, original)),
        *_review_cells(message),
        *_source_cells(message, original, context),
    )


def _message_cells(message: Message, context: SheetContext) -> tuple[Cell, ...]:
    sent = message.sent
    return (
        context.plan.message_number(message.id),
        sent.earliest,
        sent.latest,
        basis(sent),
        "收到" if message.direction == Direction.IN else "发出",
        "第三人" if message.recipient == Recipient.THIRD else "本人",
        sender_name(message.sender),
        context.institutions.get(message.sender.key),
        message.text,
    )


def _review_cells(message: Message) -> tuple[Cell, ...]:
    return (
        "已核对" if message.state == ReviewState.REVIEWED else "未核对",
        "★" if message.starred else None,
        message.note,
        _BEFORE[message.before],
    )


def _source_cells(message: Message, original: Original, context: SheetContext) -> tuple[Cell, ...]:
    best, *others = message.sightings
    kept = context.retention.get(message.id)
    return (
        kept.until.isoformat() if kept else None,
        _device(original, context),
        _place(best, context),
        "；".join(_numbered_place(sighting, context) for sighting in others),
        message.machine_text if message.corrected_text is not None else None,
        original.sha256,
    )


_BEFORE = {
    Continuity.START: "会话首条",
    Continuity.CONTINUOUS: "连续",
    Continuity.LIKELY_CONTINUOUS: "大概连续，待确认",
    Continuity.LIKELY_GAP: "可能有缺口，待确认",
    Continuity.GAP: "有缺口，其间没有截图",
    Continuity.UNKNOWN: "未判断",
}


def _sender_cells(message: Message) -> tuple[Cell, ...]:
    sender = message.sender
    return " / ".join(sender.readings), sender_kind(sender), signature_of(message.text)


def _label_names(labels: Sequence[ShownLabel]) -> tuple[Cell, Cell]:
    """Return the labels that a person confirmed, and those that are only proposed."""
    return (
        "、".join(label_words(label.violation) for label in labels if label.confirmed),
        "、".join(label_words(label.violation) for label in labels if not label.confirmed),
    )


def _reason_cells(labels: Sequence[ShownLabel], context: SheetContext) -> tuple[Cell, Cell]:
    """Return why, and the provisions that may apply, by name."""
    findings = [finding for label in labels for finding in label.findings]
    named = dict.fromkeys(p for finding in findings for p in finding.proposal.provisions)
    articles: dict[str, list[str]] = {}
    for provision in (context.provisions[name] for name in named if name in context.provisions):
        of_instrument = articles.setdefault(provision.instrument.strip("《》"), [])
        of_instrument += [provision.article] if provision.article else []
    return (
        "\n".join(dict.fromkeys(finding.proposal.reason for finding in findings)),
        "；".join(f"《{name}》{'、'.join(parts)}" for name, parts in articles.items()),
    )


def _place(sighting: Sighting, context: SheetContext) -> str:
    original = context.originals[sighting.original_id]
    return " ".join(filter(None, (original.file_name, page_of(original, sighting.page))))


def _numbered_place(sighting: Sighting, context: SheetContext) -> str:
    return f"{context.plan.originals[sighting.original_id]} {_place(sighting, context)}"


def _device(original: Original, context: SheetContext) -> str:
    device = context.devices.get(original.device_id)
    return device.name if device else "未登记"


def _warnings(message: Message, original: Original) -> Iterator[str]:
    """Yield what a careful reader compares with the picture."""
    if message.sender.doubtful:
        yield "号码存疑"
    if message.doubtful and message.corrected_text is None:
        yield "有存疑的字"
    if message.sightings[0].clipped:
        yield "截图未显示全文"
    if message.in_question:
        yield "可能为两条，待人工确认"
    if message.times_disagree:
        yield "各截图所示时间不一致"
    yield from contradicted(original)


_ORIGINAL_COLUMNS = (
    Column("证据编号", 10, CODE),
    Column("文件名", 34),
    Column("像素（首页）", 13, CODE),
    Column("截图时间（北京时间）", 16, MOMENT),
    Column("时间来源", 14),
    Column("原始载体", 20),
    Column("所示短信", 24),
    Column("SHA-256", 67, CODE),
    Column("SM3", 67, CODE),
    Column("页数", 6, COUNT),
    Column("字节", 11, COUNT),
    Column("类型", 13, CODE),
    Column("保管人", 12),
    Column("同一截图的副本", 30),
    Column("须留意", 40),
    Column("文件时间（北京时间）", 16, MOMENT),
    Column("入库时间（北京时间）", 16, MOMENT),
    Column("导入自", 60),
)
_ORIGINALS_PRINTED = 8
"""Columns up to the SHA-256, which is what a reader of the paper recomputes."""


def originals_table(context: SheetContext) -> Table:
    """Return one row an original, in the order of the annex, with both hashes.

    Those that were taken out of the case stand at the foot, with the reason.
    """
    listed = [i for exhibit in context.plan.exhibits for i in exhibit.originals]
    rows = chain(
        (_original_row(context.originals[i], context) for i in listed),
        (_removed_row(one, context) for one in context.removed),
    )
    return Table("原件", _ORIGINAL_COLUMNS, rows, frozen=2, printed=_ORIGINALS_PRINTED)


def _removed_row(one: RemovedOriginal, context: SheetContext) -> Sequence[Cell]:
    original = one.original
    device = context.devices.get(original.device_id)
    return (
        "已移出",
        original.file_name,
        f"{original.width}×{original.height}",
        original.captured.at,
        say(f"report.captured_{original.captured.source}"),
        _device(original, context),
        "未列入",
        original.sha256,
        original.sm3,
        len(original.pages),
        original.size,
        original.media_type,
        device.kept_by if device else None,
        None,
        removed_words(one),
        original.file_time,
        original.imported_at,
        original.source,
    )


def _original_row(original: Original, context: SheetContext) -> Sequence[Cell]:
    device = context.devices.get(original.device_id)
    better = context.originals.get(original.copy_of or 0)
    return (
        context.plan.originals[original.id],
        original.file_name,
        f"{original.width}×{original.height}",
        original.captured.at,
        say(f"report.captured_{original.captured.source}"),
        _device(original, context),
        _numbers(context.shown.get(original.id, ()), context),
        original.sha256,
        original.sm3,
        len(original.pages),
        original.size,
        original.media_type,
        device.kept_by if device else None,
        f"{context.plan.originals[better.id]} {better.file_name}" if better else None,
        "；".join(contradicted(original)),
        original.file_time,
        original.imported_at,
        original.source,
    )


def _numbers(ids: Iterable[int], context: SheetContext) -> str:
    """Return the numbers of messages as runs; those that the file leaves out are not named."""
    return ranges([context.plan.messages[i] for i in ids if i in context.plan.messages])


_EXHIBIT_COLUMNS = (
    Column("组", 24),
    Column("编号", 8, CODE),
    Column("证据名称", 32),
    Column("证据来源", 36),
    Column("证明对象", 44),
    Column("内容简述", 56),
    Column("份数", 6, COUNT),
    Column("备注", 16),
    Column("文件数", 8, COUNT),
    Column("短信条数", 9, COUNT),
    Column("人工填写的栏", 18),
)


def exhibits_table(plan: ExhibitPlan) -> Table:
    """Return the catalogue of exhibits."""
    rows = (_exhibit_row(g, exhibit) for g in plan.listed for exhibit in g.exhibits)
    return Table("证据目录", _EXHIBIT_COLUMNS, rows, frozen=2)


def _exhibit_row(group: PlannedGroup, exhibit: PlannedExhibit) -> Sequence[Cell]:
    texts = exhibit.texts
    written = [name for name in TEXT_FIELDS if name in exhibit.edited]
    return (
        group_title(group),
        exhibit.number,
        texts.name,
        texts.source,
        texts.proves,
        texts.summary,
        texts.copies,
        texts.remark,
        len(exhibit.originals) + len(exhibit.attachments),
        len(exhibit.messages),
        "、".join(say(f"exhibits.column_{name}") for name in written),
    )


_ATTACHMENT_COLUMNS = (
    Column("证据编号", 11, CODE),
    Column("文件名", 40),
    Column("类型", 24, CODE),
    Column("字节", 12, COUNT),
    Column("可打印页数", 11, COUNT),
    Column("文件时间（北京时间）", 17, MOMENT),
    Column("入库时间（北京时间）", 17, MOMENT),
    Column("SHA-256", 66, CODE),
    Column("SM3", 66, CODE),
)


def attachments_table(plan: ExhibitPlan, *, unlisted: bool) -> Table:
    """Return one row a file of another kind; *unlisted*: those that no exhibit holds, too."""
    listed = [file for exhibit in plan.exhibits for file in exhibit.attachments]
    files = [*listed, *(plan.unlisted if unlisted else ())]
    rows = (_attachment_row(file, plan) for file in files)
    return Table("其他文件", _ATTACHMENT_COLUMNS, rows, frozen=2)


def _attachment_row(file: Attachment, plan: ExhibitPlan) -> Sequence[Cell]:
    return (
        plan.attachments.get(file.id, "未列入"),
        file.file_name,
        file.media_type,
        file.size,
        len(file.page_sizes),
        file.file_time,
        file.added_at,
        file.sha256,
        file.sm3,
    )


_RHYTHM_COLUMNS = (
    Column("催收短信", 9, COUNT),
    Column("首日", 11, CODE),
    Column("末日", 11, CODE),
    Column("其中夜间", 9, COUNT),
    Column("最多的一天", 11, CODE),
    Column("该日条数", 9, COUNT),
    Column("涉嫌（含待确认的建议）", 40),
    Column("夜间短信编号", 24),
    Column("所计短信编号", 40),
)


def numbers_table(figures: Figures, context: SheetContext) -> Table:
    """Return one row a number, with what of its messages counts as collection."""
    columns = (
        Column("号码或名称", 22, CODE),
        Column("号码类型", 20),
        Column("号段归属（可能已携号转网）", 14),
        Column("机构", 20),
        *_RHYTHM_COLUMNS,
    )
    rows = (_number_row(dossier, context) for dossier in figures.numbers)
    return Table("号码", columns, rows, frozen=1)


def _number_row(dossier: Dossier, context: SheetContext) -> Sequence[Cell]:
    return (
        sender_name(dossier.sender),
        sender_kind(dossier.sender),
        dossier.sender.carrier,
        dossier.institution,
        *_rhythm_cells(dossier.rhythm, dossier.labels, context),
    )


def institutions_table(figures: Figures, context: SheetContext) -> Table:
    """Return one row an institution, and how each of its numbers is known to belong to it."""
    columns = (Column("机构", 24), Column("号码及归并依据", 44), *_RHYTHM_COLUMNS)
    rows = (_institution_row(one, context) for one in figures.institutions)
    return Table("机构", columns, rows, frozen=1)


_BASIS = {
    Basis.HAND: "人工归并",
    Basis.SIGNATURE: "短信签名",
    Basis.CALLBACK: "回拨号码",
    Basis.ALONE: "单独一个号码",
}


def _institution_row(one: InstitutionFigures, context: SheetContext) -> Sequence[Cell]:
    return (
        one.institution.name,
        _senders(one.institution),
        *_rhythm_cells(one.rhythm, one.labels, context),
    )


def _senders(institution: Institution) -> str:
    return "\n".join(f"{key}（{_BASIS[basis]}）" for key, basis in institution.basis.items())


def _rhythm_cells(
    rhythm: Rhythm, labels: Mapping[ViolationType, Ids], context: SheetContext
) -> tuple[Cell, ...]:
    days, worst = sorted(rhythm.days), rhythm.worst_day
    return (
        len(rhythm.ids),
        days[0].isoformat() if days else None,
        days[-1].isoformat() if days else None,
        len(rhythm.night),
        worst.isoformat() if worst else None,
        len(rhythm.days[worst]) if worst else None,
        "；".join(
            f"{label_words(label)} {len(ids)} 条（{_numbers(ids, context)}）"
            for label, ids in labels.items()
        ),
        _numbers(rhythm.night, context),
        _numbers(rhythm.ids, context),
    )


def set_aside_table(items: Iterable[ImportItem]) -> Table:
    """Return one row a file that was not imported, or a page not read, with the reason."""
    columns = (Column("文件", 60), Column("页", 6, COUNT), Column("原因", 60))
    rows = (
        (item.path, None if item.page is None else item.page + 1, say(f"set_aside.{item.reason}"))
        for item in items
    )
    return Table("未能读取的文件", columns, rows)
