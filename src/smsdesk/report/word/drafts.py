"""Drafts that a person or a lawyer goes on with: a demand to the lender, a statement of claim."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from smsdesk.domain.cases import CaseCard
from smsdesk.domain.channels import Draft
from smsdesk.domain.messages import Message
from smsdesk.report.word.characters import blank
from smsdesk.report.word.letter import (
    LetterContent,
    figures,
    filled,
    institution,
    lender,
    listed,
    loan,
    new_letter,
    person,
    respondents,
    write_blanks,
    write_findings,
)
from smsdesk.report.word.paper import Paper
from smsdesk.report.word.provisions import write_provisions

_CIVIL = ("civil-code-", "pipl-", "consumer-", "minors-")
_WARNING = (
    "草　稿\n本文由程序根据案件中的短信和案件信息整理，不是法律意见，也没有任何人审核过。"
    "请逐项核对、补充和删改，必要时请律师审阅；用前删去本框。"
)
_SHORTEST_MARK = 4
"""Characters of a contract number's end that a message must repeat: fewer turn up by chance."""


def demand(content: LetterContent) -> Paper:
    """Return the draft that asks the lender to stop improper collection.

    It rests on what a person confirmed; on proposals, told as such, where there is nothing else.
    """
    title = "关于停止不当催收的告知函"
    paper = new_letter(content, f"{title}（草稿）")
    card = content.card
    paper.box(_WARNING)
    paper.title(title)
    paper.text(f"{lender(card, '贷款机构')}：", indent=False)
    paper.text(loan(card, "贵机构"))
    paper.text(figures(content.counts))
    paper.text("其中涉嫌不当的短信如下：", keep_next=True)
    write_findings(paper, content, waiting=not content.confirmed)
    paper.heading("有关规定（可能对应）")
    write_provisions(paper, content, _CIVIL, ("pipl-21",))
    paper.heading("请贵机构")
    _numbered(paper, _own(card) or _DEMANDS)
    paper.text(
        "本函不影响双方就债务本身依法协商。本人的联系方式如下，请只与本人联系："
        f"{filled(card.claimant_phone, '本人联系电话')}。"
    )
    paper.right(
        f"{filled(card.claimant, '本人姓名')}（签名）：____________\n日期：______年____月____日"
    )
    write_blanks(paper)
    return paper


_DEMANDS = (
    "核查所列号码是否为贵机构或贵机构委托的催收机构使用，并书面告知受托机构的名称和联系方式；",
    "停止以上列方式催收，不再向与债务无关的第三人发送短信、透露本人的债务信息；",
    "停止不当使用本人和第三人的个人信息；",
    f"于收到本函后{blank('答复期限，如 15')}日内书面答复。",
)


def suit(content: LetterContent) -> Paper:
    """Return the draft of a statement of claim; its facts are what a person confirmed."""
    paper = new_letter(content, "民事起诉状（草稿）")
    card = content.card
    paper.box(_WARNING)
    paper.title("民 事 起 诉 状")
    _claimant(paper, card)
    _defendants(paper, card)
    paper.text(f"案由：{filled(card.cause, '案由，如 隐私权、个人信息保护纠纷')}")
    paper.heading("诉讼请求")
    _numbered(paper, _own(card) or _CLAIMS)
    paper.heading("事实与理由")
    _story(paper, content)
    paper.heading("证据和证据来源")
    paper.text(_EVIDENCE)
    paper.text("此致", keep_next=True)
    paper.text(blank("受诉人民法院名称"), indent=False, keep_next=True)
    paper.right("具状人（签名／捺印）：____________\n日期：______年____月____日")
    paper.text("附：起诉状副本____份，证据目录及证据____份", indent=False)
    write_blanks(paper)
    return paper


_CLAIMS = (
    "判令被告立即停止以短信等方式侵扰原告的私人生活安宁，停止向第三人披露原告的个人信息；",
    f"判令被告以{blank('方式，如 书面')}形式向原告赔礼道歉；",
    f"判令被告赔偿原告{blank('损失项目和金额，没有的删去本项')}；",
    "判令被告承担本案诉讼费用。",
)
_EVIDENCE = (
    "详见《证据目录》。短信截图直接来源于收到短信的手机，原始载体由所列保管人保存，可当庭核验；"
    "各截图原件的 SHA-256 见完整性说明。"
)


def _claimant(paper: Paper, card: CaseCard) -> None:
    paper.text(
        f"原告：{filled(card.claimant, '原告姓名')}，{blank('性别')}，{blank('出生日期')}，"
        f"{blank('民族')}，{blank('职业和工作单位')}。"
    )
    for line in list(person(card, "原告"))[1:]:
        paper.text(line)


def _defendants(paper: Paper, card: CaseCard) -> None:
    """Write each defendant; the card's code and address are those of the first."""
    for number, name in enumerate(respondents(card) or [blank("被告全称")]):
        known = list(institution(card, "被告"))[1:] if number == 0 else []
        for line in (f"被告：{name}", *known):
            paper.text(line)
        if not any(line.startswith("住所地") for line in known):
            paper.text(f"住所地：{blank('被告住所地')}")
        paper.text(f"法定代表人：{blank('法定代表人姓名、职务、联系方式')}")


def _story(paper: Paper, content: LetterContent) -> None:
    card = content.card
    owed = loan(card, lender(card, "贷款机构"))
    paper.text(f"一、{owed.replace('本人', '原告')}")
    paper.text(filled(card.facts, "事情经过"))
    paper.text(f"二、{figures(content.counts).replace('本人', '原告')}")
    if content.confirmed:
        paper.text("其中：", keep_next=True)
        write_findings(paper, content, waiting=False)
    else:
        paper.text(blank("涉嫌侵权的短信：请先在程序中逐条确认标记，再重新生成本文"))
    paper.text("三、短信与被告的联系：", keep_next=True)
    for line in _links(content) or [
        blank("所列号码与被告的关系，如短信签名、金额、合同号与借款相符")
    ]:
        paper.text(line)
    paper.text("四、下列规定可能适用，请法院依法认定：", keep_next=True)
    write_provisions(paper, content, _CIVIL, ("civil-code-995", "civil-code-1165-p1"))


def _links(content: LetterContent) -> list[str]:
    """Return what in the messages points to the defendant: signatures, the contract's number."""
    found = []
    signed = _signed(content)
    if signed:
        names = (f"【{n}】{len(m)} 条（编号 {listed(content, m)}）" for n, m in signed.items())
        found.append(f"短信签名：{'；'.join(names)}。")
    mark = re.sub(r"\W", "", content.card.contract_number)
    if len(mark) >= _SHORTEST_MARK:
        tail = mark[-_SHORTEST_MARK:]
        named = [message for message in content.court.messages if tail in message.text]
        if named:
            found.append(f"短信中出现合同编号末尾“{tail}”：编号 {listed(content, named)}。")
    return found


def _signed(content: LetterContent) -> dict[str, list[Message]]:
    names: dict[str, list[Message]] = {}
    for message in content.court.messages:
        name = content.court.signatures.get(message.id)
        if name:
            names.setdefault(name, []).append(message)
    return names


def _own(card: CaseCard) -> tuple[str, ...]:
    return tuple(line.strip() for line in card.requests.splitlines() if line.strip())


def _numbered(paper: Paper, lines: tuple[str, ...]) -> None:
    for number, line in enumerate(lines, 1):
        paper.text(f"{number}．{line}")


DRAFTS: Mapping[Draft, Callable[[LetterContent], Paper]] = {Draft.DEMAND: demand, Draft.SUIT: suit}
"""How each draft is written."""
