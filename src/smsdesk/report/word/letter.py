"""What letters are made of, whoever they go to: parties, facts, findings, provisions, the end."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from smsdesk.domain.cases import CaseCard
from smsdesk.domain.findings import Recipient, ViolationType
from smsdesk.domain.messages import Message
from smsdesk.report.content import CourtFile
from smsdesk.report.labels import ShownLabel, label_name, shown_labels
from smsdesk.report.phrases import day, full_time, numeral, ranges, sender_name
from smsdesk.report.word.characters import blank
from smsdesk.report.word.paper import Paper
from smsdesk.report.word.template import LETTER

NOT_ADVICE = (
    "本文由程序根据案件中的短信和案件信息整理，只陈述事实，不是法律意见；"
    "提交前请逐项核对、修改，并由本人签名。"
)
_RUNS = 40
"""Runs of numbers listed in a paragraph: about five lines; nobody reads more, and the list of
messages has them all."""
_EXAMPLES = 2
"""Messages quoted in full under each label; all the others are in the list of messages."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Figures of the messages in a letter, all of them received.

    `night` counts those surely between 22:00 and 8:00; `worst_day` is the day with most, and
    `worst` how many came on it.
    """

    received: int
    numbers: int
    third: int
    first: dt.date | None
    last: dt.date | None
    night: int
    worst_day: dt.date | None
    worst: int


@dataclass(frozen=True, slots=True)
class LetterContent:
    """What a letter tells: the case with the messages it is about, their figures, the enclosures.

    `enclosures` are one line each (附件1　…).
    """

    court: CourtFile
    counts: Counts
    enclosures: Sequence[str] = ()

    @property
    def card(self) -> CaseCard:
        """The case card."""
        return self.court.card

    def number(self, message: Message) -> str:
        """Return a message's number (编号) as all files of the case have it."""
        return f"{self.court.numbers.get(message.id, message.id):04}"

    @property
    def confirmed(self) -> dict[ViolationType, list[tuple[Message, ShownLabel]]]:
        """The messages under each label that a person confirmed."""
        return _by_label(self.court.messages, confirmed=True)

    @property
    def proposed(self) -> dict[ViolationType, list[tuple[Message, ShownLabel]]]:
        """The messages under each label that so far only a rule proposes."""
        return _by_label(self.court.messages, confirmed=False)


def new_letter(content: LetterContent, title: str) -> Paper:
    """Return an empty letter of the case."""
    card = content.card
    author = card.claimant or card.submitter
    paper = Paper(title, author, content.court.generated_at, LETTER)
    paper.head_and_foot(card.title, title)
    return paper


def _by_label(
    messages: Sequence[Message], *, confirmed: bool
) -> dict[ViolationType, list[tuple[Message, ShownLabel]]]:
    found: dict[ViolationType, list[tuple[Message, ShownLabel]]] = {}
    for message in messages:
        for label in shown_labels(message):
            if label.confirmed == confirmed:
                found.setdefault(label.violation, []).append((message, label))
    return {violation: found[violation] for violation in ViolationType if violation in found}


def filled(value: str, what: str) -> str:
    """Return *value*, or the gap for it."""
    return value.strip() or blank(what)


def respondents(card: CaseCard) -> list[str]:
    """Return the respondents, as they were written one after the other."""
    return [name for part in re.split(r"[；;\n]", card.respondent) if (name := part.strip())]


def lender(card: CaseCard, called: str) -> str:
    """Return the lender, which is the first of the respondents, or the gap for it."""
    return next(iter(respondents(card)), "") or blank(f"{called}全称")


def person(card: CaseCard, called: str) -> Iterator[str]:
    """Yield who writes, as the rules on complaints ask for it."""
    yield f"{called}：{filled(card.claimant, f'{called}姓名')}"
    yield f"身份证号：{filled(card.claimant_id, f'{called}身份证号')}"
    yield f"联系电话：{filled(card.claimant_phone, f'{called}联系电话')}"
    yield f"住址：{filled(card.claimant_address, f'{called}住址')}"


def institution(card: CaseCard, called: str) -> Iterator[str]:
    """Yield about whom it is; code and address only where they are known."""
    yield f"{called}：{'；'.join(respondents(card)) or blank(f'{called}全称')}"
    if card.respondent_code.strip():
        yield f"统一社会信用代码：{card.respondent_code}"
    if card.respondent_address.strip():
        yield f"住所地：{card.respondent_address}"


def loan(card: CaseCard, lender: str) -> str:
    """Return the sentence about the loan; what is not known is a gap."""
    return (
        f"本人于{filled(card.loan_date, '借款日期')}通过{filled(card.product, '贷款产品名称')}"
        f"向{lender}借款{filled(card.loan_amount, '借款金额')}"
        f"（合同编号：{filled(card.contract_number, '借款合同编号')}）。"
    )


def figures(counts: Counts) -> str:
    """Return what came, in plain figures; no limit is claimed where there is none."""
    who = "本人和第三人" if counts.third else "本人"
    text = f"{_period(counts)}{who}收到所列催收短信 {counts.received} 条"
    if counts.third:
        text += f"（第三人 {counts.third} 条）"
    text += f"，来自 {counts.numbers} 个发送方。"
    if counts.night:
        text += f"在 22:00 至次日 8:00 之间收到 {counts.night} 条{_NIGHT}。"
    if counts.worst_day and counts.worst > 1:
        text += f"最多的一天为{day(counts.worst_day)}，收到 {counts.worst} 条。"
    return text


_NIGHT = "（该时段取自国家标准和行业自律规范，并非法律规定）"


def _period(counts: Counts) -> str:
    if counts.first is None or counts.last is None:
        return ""
    if counts.first == counts.last:
        return f"{day(counts.first)}，"
    return f"{day(counts.first)}至{day(counts.last)}，"


def write_findings(paper: Paper, content: LetterContent, *, waiting: bool = True) -> None:
    """Write what was confirmed, each label with its numbers and examples; then what waits."""
    for number, (violation, found) in enumerate(content.confirmed.items(), 1):
        paper.heading(f"（{numeral(number)}）涉嫌{_name(content, violation)}：{len(found)} 条", 2)
        paper.text(f"短信编号：{_numbers(content, found)}。{_third(found)}", keep_next=True)
        write_examples(paper, content, found)
    if waiting:
        _write_waiting(paper, content)


def _write_waiting(paper: Paper, content: LetterContent) -> None:
    """Write what rules propose and nobody has decided, apart from what a person says."""
    if not content.proposed:
        if not content.confirmed:
            paper.text("所列短信尚未标注类型，全文见《短信明细表》。")
        return
    paper.heading("尚待本人核对的标记", 2)
    paper.text("以下由程序按规则提出，本人尚未逐条确认，供核查时参考，不计入上文：")
    for violation, found in content.proposed.items():
        numbers = _numbers(content, found)
        paper.text(f"可能涉及{_name(content, violation)}：{len(found)} 条（编号 {numbers}）。")
    if not content.confirmed:
        paper.text("举例如下，全文见《短信明细表》：", keep_next=True)
        write_examples(paper, content, _spread(content.proposed))


def _spread(
    waiting: Mapping[ViolationType, Sequence[tuple[Message, ShownLabel]]],
) -> list[tuple[Message, ShownLabel]]:
    """Return one message for each label, no message twice."""
    chosen: dict[int, tuple[Message, ShownLabel]] = {}
    for found in waiting.values():
        for message, label in found:
            if message.id not in chosen:
                chosen[message.id] = (message, label)
                break
    return list(chosen.values())


def write_examples(
    paper: Paper, content: LetterContent, found: Sequence[tuple[Message, ShownLabel]]
) -> None:
    """Quote a few messages word for word: first those not quoted yet, and those that are whole."""
    ordered = sorted(found, key=lambda p: (p[0].id in paper.quoted, p[0].sightings[0].clipped))
    for message, _ in ordered[:_EXAMPLES]:
        paper.quoted.add(message.id)
        to = "　收件人：第三人" if message.recipient == Recipient.THIRD else ""
        head = (
            f"编号 {content.number(message)}　{full_time(message.sent)}　"
            f"发送方 {sender_name(message.sender)}{to}"
        )
        paper.quote(message.text, head=head)


def _third(found: Sequence[tuple[Message, ShownLabel]]) -> str:
    third = sum(message.recipient == Recipient.THIRD for message, _ in found)
    return f"其中 {third} 条由第三人收到。" if third else ""


def _name(content: LetterContent, violation: ViolationType) -> str:
    return label_name(content.court.labels, violation)


def _numbers(content: LetterContent, found: Sequence[tuple[Message, ShownLabel]]) -> str:
    return listed(content, [message for message, _ in found])


def listed(content: LetterContent, messages: Sequence[Message]) -> str:
    """Return the numbers of messages; of very many the first, and where the others are."""
    runs = ranges([content.court.numbers.get(m.id, m.id) for m in messages]).split("、")
    more = "等，余见《短信明细表》" if len(runs) > _RUNS else ""
    return "、".join(runs[:_RUNS]) + more


def write_end(paper: Paper, content: LetterContent, addressee: str, who: str) -> None:
    """Write to whom, signature and enclosures, and on a last page what is still to be filled."""
    paper.text("此致", keep_next=True)
    paper.text(addressee, indent=False, keep_next=True)
    paper.right(f"{who}（签名）：____________\n日期：______年____月____日")
    if content.enclosures:
        paper.heading("附件")
        for line in content.enclosures:
            paper.text(line, indent=False)
    paper.note(NOT_ADVICE)
    write_blanks(paper)


def write_blanks(paper: Paper) -> None:
    """List what is still to be filled in on a page of its own, to be thrown away."""
    if not paper.blanks:
        return
    paper.new_page()
    paper.box("提交前请补齐下列各项，再删去本页。案件信息填好后重新生成，可自动带入。")
    for what in paper.blanks:
        paper.text(f"□ {what}", indent=False)
