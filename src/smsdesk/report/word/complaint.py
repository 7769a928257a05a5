"""The letter to a lender or an authority."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from smsdesk.domain.channels import Channel
from smsdesk.report.channels import ChannelPage
from smsdesk.report.phrases import numeral
from smsdesk.report.word.letter import (
    LetterContent,
    figures,
    filled,
    institution,
    lender,
    loan,
    new_letter,
    person,
    write_end,
    write_findings,
)
from smsdesk.report.word.paper import Paper
from smsdesk.report.word.provisions import write_provisions

Section = tuple[str, Callable[[], None]]


def complaint(content: LetterContent, page: ChannelPage, channel: Channel) -> Paper:
    """Return the letter for a channel, filled from the case card."""
    paper = new_letter(content, page.title)
    addressee = page.addressee.format(respondent=lender(content.card, page.about))
    paper.title(page.title)
    paper.text(f"{addressee}：", indent=False)
    paper.text(page.subject)
    for number, (name, write) in enumerate(_sections(paper, content, page, channel), 1):
        paper.heading(f"{numeral(number)}、{name}")
        write()
    write_end(paper, content, addressee, page.writer)
    return paper


def _sections(
    paper: Paper, content: LetterContent, page: ChannelPage, channel: Channel
) -> Iterator[Section]:
    yield f"{page.writer}和{page.about}", lambda: _parties(paper, content, page)
    yield "请求", lambda: _requests(paper, content, page)
    yield "主要事实", lambda: _facts(paper, content, channel)
    yield "短信内容", lambda: write_findings(paper, content)
    if page.asked_first:
        yield "向贷款机构投诉的情况", lambda: _asked(paper, content)
    yield "可能对应的规定", lambda: _provisions(paper, content, page)


def _parties(paper: Paper, content: LetterContent, page: ChannelPage) -> None:
    for line in (*person(content.card, page.writer), *institution(content.card, page.about)):
        paper.text(line)


def _requests(paper: Paper, content: LetterContent, page: ChannelPage) -> None:
    own = [line.strip() for line in content.card.requests.splitlines() if line.strip()]
    for number, line in enumerate(own or page.requests, 1):
        paper.text(f"{number}．{line}")


def _facts(paper: Paper, content: LetterContent, channel: Channel) -> None:
    card = content.card
    if channel != Channel.POLICE or card.loan_date.strip():
        paper.text(loan(card, "贵机构" if channel == Channel.LENDER else lender(card, "贷款机构")))
    paper.text(filled(card.facts, "事情经过，用自己的话写"))
    paper.text(figures(content.counts))
    paper.text(
        "各条短信的时间、号码和全文见《短信明细表》，截图原样附上；收到短信的手机由本人保存，可供核验。"
    )


def _asked(paper: Paper, content: LetterContent) -> None:
    asked = filled(
        content.card.lender_complaint, "向贷款机构投诉的日期、受理编号和处理结果，并附投诉回执"
    )
    paper.text(asked)


def _provisions(paper: Paper, content: LetterContent, page: ChannelPage) -> None:
    paper.text("下列规定按短信日期选取，仅表示可能对应，是否适用请依法认定：")
    if not write_provisions(paper, content, page.provisions, page.general):
        paper.text("尚无标记所对应的规定。")
