"""Propose the columns of the catalogue of exhibits in neutral words: facts, counts, 涉嫌."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from smsdesk.domain.arranging import MANY, MessageFacts, message_key
from smsdesk.domain.cases import CaseCard, Original, SourceDevice
from smsdesk.domain.days import day_of
from smsdesk.domain.exhibits import Attachment, ExhibitKind, ExhibitTexts, PlannedExhibit
from smsdesk.domain.findings import Recipient, ViolationType
from smsdesk.domain.night import is_night
from smsdesk.domain.screens import Direction
from smsdesk.domain.senders import Sender
from smsdesk.report.phrases import day, ranges, sender_name
from smsdesk.wording import say

_MOST_RUNS, _FIRST_RUNS = 8, 3
"""Runs of numbers (0003–0007) after a label; of more than so many the first ones only. They would
fill the narrow column of the catalogue, and push every exhibit of a large case to a page of its
own; the classification part lists them all, and the text says so."""

_PROVES = {
    ExhibitKind.CONTRACT: "提交人与相对方之间存在借款合同关系，以及合同的主体、金额和条款",
    ExhibitKind.REPAYMENT: "款项发放和还款的时间、金额",
    ExhibitKind.CALL_LOG: "有关号码来电的时间和次数",
    ExhibitKind.DOCTORED_IMAGE: "收到该图片的事实及图片内容；图片涉嫌经过拼接或者改动",
    ExhibitKind.MEDICAL: "就诊的时间和诊疗情况",
    ExhibitKind.WITNESS: "证人就其所见所闻的陈述",
    ExhibitKind.POLICE_RECEIPT: "就短信所涉情况报警的时间和受理情况",
    ExhibitKind.COMPLAINT_RECEIPT: "就催收行为投诉的时间和答复情况",
}
"""What such a file is offered for; of files of other kinds only a person can say."""


@dataclass(frozen=True, slots=True)
class Describer:
    """Describes exhibits of one case; `chosen`: only some of its messages are in the file."""

    card: CaseCard
    devices: Mapping[int, SourceDevice]
    originals: Mapping[int, Original]
    label: Callable[[ViolationType], str]
    chosen: bool = False

    def __call__(self, exhibit: PlannedExhibit, messages: Sequence[MessageFacts]) -> ExhibitTexts:
        """Return the columns proposed for an exhibit that shows *messages*, in order of time."""
        if exhibit.attachments:
            return _of_files(exhibit, self.card.copies)
        device = self.devices.get(exhibit.device_id or 0)
        return ExhibitTexts(
            name=self._name(exhibit),
            source=_source(device),
            proves=self._proves(exhibit, messages, device),
            summary=self._summary(messages),
            copies=self.card.copies,
        )

    def _name(self, exhibit: PlannedExhibit) -> str:
        pages = sum(len(self.originals[i].pages) for i in exhibit.originals)
        if exhibit.sender:
            return f"与{_named(exhibit.sender)}的短信截图 {pages} 张"
        if exhibit.key == message_key(exhibit.device_id or 0, MANY):
            return f"多个号码的短信截图 {pages} 张"
        return f"未识读出短信的截图 {pages} 张"

    def _proves(
        self,
        exhibit: PlannedExhibit,
        messages: Sequence[MessageFacts],
        device: SourceDevice | None,
    ) -> str:
        if not messages:
            return "截图所示内容"
        who = _named(exhibit.sender) if exhibit.sender else "截图所示各号码"
        received = any(m.direction == Direction.IN for m in messages)
        whom = self._recipient(device)
        deed = f"{who}向{whom}发送短信" if received else f"{whom}向{who}发送短信"
        labels = "、".join(self.label(violation) for violation in _counted(messages))
        suspected = f"；短信内容涉嫌{labels}" if labels else ""
        when = _period(messages, "于")
        return f"{when}{deed.strip()}的事实、次数和内容{suspected}"

    def _recipient(self, device: SourceDevice | None) -> str:
        if device is None:
            return "持机人"
        if device.recipient == Recipient.THIRD:
            relation = f"（{device.relation}）" if device.relation else ""
            return f"第三人{device.owner}{relation}"
        return device.owner or self.card.claimant or "持机人"

    def _summary(self, messages: Sequence[MessageFacts]) -> str:
        if not messages:
            return "未识读出短信，截图原样附上"
        facts = f"{_period(messages, '')}{_received_and_sent(messages)}"
        if self.chosen:
            facts = f"选列 {len(messages)} 条：{facts}"
        labels = _counted(messages)
        if not labels:
            return f"{facts}。"
        parts = [
            f"涉嫌{self.label(v)} {len(ms)} 条（编号 {_some(ms)}）" for v, ms in labels.items()
        ]
        shortened = any(len(_runs(ms)) > _MOST_RUNS for ms in labels.values())
        rest = "其余编号见分类汇总。" if shortened else ""
        waiting = {m.id for v, ms in labels.items() for m in ms if not m.labels[v]}
        confirm = f"其中 {len(waiting)} 条的标记尚待人工确认。" if waiting else ""
        return f"{facts}；{'，'.join(parts)}。{rest}{confirm}"


def _named(sender: Sender) -> str:
    """Return a sender's name as it stands within a Chinese sentence."""
    if not sender.key:
        return "号码未能读出的发送方"
    name = sender_name(sender)
    return f" {name} " if name.isascii() else f"“{name}”"


def _counted(messages: Sequence[MessageFacts]) -> dict[ViolationType, list[MessageFacts]]:
    """Return the labels in their usual order, each with its messages."""
    found = {v: [m for m in messages if v in m.labels] for v in ViolationType}
    return {violation: those for violation, those in found.items() if those}


def _runs(messages: Sequence[MessageFacts]) -> list[str]:
    return ranges([message.number for message in messages]).split("、")


def _some(messages: Sequence[MessageFacts]) -> str:
    """Return the numbers of messages as runs; where there are many, the first of them."""
    runs = _runs(messages)
    if len(runs) <= _MOST_RUNS:
        return "、".join(runs)
    return "、".join(runs[:_FIRST_RUNS]) + " 等"


def _period(messages: Sequence[MessageFacts], before: str) -> str:
    days = sorted(d for m in messages if (d := day_of(m.sent)))
    if not days:
        return ""
    first, last = day(days[0]), day(days[-1])
    return f"{before}{first}，" if first == last else f"{before}{first}至{last}，"


def _received_and_sent(messages: Sequence[MessageFacts]) -> str:
    received = [m for m in messages if m.direction == Direction.IN]
    senders = {m.sender.key for m in received}
    of_whom = "该号码" if len(senders) == 1 else f" {len(senders)} 个号码的"
    words = [f"收到{of_whom}短信 {len(received)} 条"] if received else []
    if night := sum(is_night(m.sent) for m in received):
        words[0] += f"（其中夜间 {night} 条）"
    if sent := len(messages) - len(received):
        words.append(f"机主发出 {sent} 条")
    undated = sum(day_of(m.sent) is None for m in messages)
    return "，".join(words) + (f"，其中 {undated} 条日期不明" if undated else "")


def _source(device: SourceDevice | None) -> str:
    if device is None:
        return "未登记的原始载体所存短信的截图打印件"
    extra = [part for part in (device.owner, device.model) if part and part not in device.name]
    phone = f"{device.name}（{'，'.join(extra)}）" if extra else device.name
    kept = f"，原始载体由{device.kept_by}保管，可当庭核验" if device.kept_by else ""
    return f"{phone}所存短信的截图打印件{kept}"


def _of_files(exhibit: PlannedExhibit, copies: int) -> ExhibitTexts:
    files = exhibit.attachments
    named = "、".join(f"“{file.file_name}”" for file in files[:3])
    more = f"等 {len(files)} 个文件" if len(files) > len(files[:3]) else ""
    return ExhibitTexts(
        name=_file_name(exhibit),
        source=f"提交人提供的电子文件{named}{more}",
        proves=_PROVES.get(exhibit.kind, ""),
        summary=_file_summary(files),
        copies=copies,
    )


def _file_name(exhibit: PlannedExhibit) -> str:
    if exhibit.kind != ExhibitKind.OTHER:
        return say(f"exhibits.kind_{exhibit.kind}")
    first = exhibit.attachments[0].file_name
    return PurePath(first).stem or first


def _file_summary(files: Sequence[Attachment]) -> str:
    pages = sum(len(file.page_sizes) for file in files)
    unprinted = sum(not file.page_sizes for file in files)
    parts = [f"共 {pages} 页"] if pages else []
    if unprinted:
        parts.append(f"电子文件 {unprinted} 个，不能打印，列明文件名和校验值，另行提交")
    return "；".join(parts)
