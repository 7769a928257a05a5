"""证据目录 in Word: the catalogue of the court PDF, with its numbers and pages, to be edited.

Nine columns on a turned page: what an exhibit proves and what it holds are edited apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from smsdesk.domain.exhibits import PlannedExhibit, PlannedGroup
from smsdesk.report.content import CourtFile
from smsdesk.report.pdf.book import original_anchor, original_end
from smsdesk.report.pdf.pages import part_end
from smsdesk.report.pdf.sections.catalogue import COMPANIONS
from smsdesk.report.phrases import day, numeral
from smsdesk.report.word.letter import respondents
from smsdesk.report.word.paper import Paper
from smsdesk.report.word.tables import Band, Columns
from smsdesk.report.word.template import TABLES

_COLUMNS = Columns(
    (10, 14, 35, 38, 54, 65, 16, 10, 13),
    ("序号", "编号", "证据名称", "证据来源", "证明对象", "内容简述", "页码", "份数", "备注"),
    frozenset({0, 1, 6, 7}),
)
_APART = "另附"
"""Instead of pages: a file that cannot be printed lies beside the bound volume."""
_NOTE = (
    "页码为《证据材料》（PDF）全卷连续页码；修改证据后请重新导出，两者才会一致。"
    "短信截图为直接来源于手机原始载体的打印件，原始载体由所列保管人保存，可当庭核验。"
)


def catalogue(content: CourtFile, pages: Mapping[str, int], remarks: Sequence[str] = ()) -> Paper:
    """Return the catalogue; *pages* gives the pages of the PDF by the names of its places.

    *remarks* are further paragraphs of small print.
    """
    card = content.card
    author = card.submitter or card.claimant
    paper = Paper("证据目录", author, content.generated_at, TABLES, landscape=True)
    paper.head_and_foot(card.title, "证据目录")
    paper.title("证 据 目 录")
    for line in _heading(content):
        paper.text(line, indent=False)
    paper.note("")
    paper.table(_COLUMNS, _rows(content, pages))
    paper.note("\n".join([_NOTE, *_chosen(content), *remarks]))
    paper.right("提交人（签名／捺印）：__________________\n日期：________年____月____日")
    paper.text("本目录一式____份", indent=False)
    return paper


def _heading(content: CourtFile) -> Iterator[str]:
    card = content.card
    yield f"案由：{card.cause or '__________'}　　案号：{card.case_number or '（立案后填写）'}"
    yield f"原告（申请人）：{card.claimant or '__________'}"
    yield f"被告（被投诉机构）：{'；'.join(respondents(card)) or '__________'}"
    submitted = day(content.submitted_on) if content.submitted_on else "____年____月____日"
    yield f"提交人：{card.submitter or card.claimant or '__________'}　　提交日期：{submitted}"
    listed = content.plan.listed
    exhibits = sum(len(group.exhibits) for group in listed)
    yield f"共 {len(listed)} 组 {exhibits} 项"


def _chosen(content: CourtFile) -> list[str]:
    chosen, total = len(content.messages), content.total_messages
    return [f"选列短信 {chosen} 条，共 {total} 条；编号为全案编号。"] if chosen < total else []


def _rows(content: CourtFile, pages: Mapping[str, int]) -> Iterator[Sequence[str] | Band]:
    serial = 0
    for group in content.plan.listed:
        yield Band(group_name(group))
        for exhibit in group.exhibits:
            serial += 1
            yield _row(exhibit, serial, pages)
    yield Band("附属说明（由程序根据上列证据编制，便于查阅，本身不作为证据）")
    copies = str(content.card.copies)
    for anchor, name, told in COMPANIONS:
        shown = runs_of({pages[anchor], *_span(pages, anchor, part_end(anchor))})
        yield ("", "附", name, "程序编制", "", told, shown, copies, "")


def group_name(group: PlannedGroup) -> str:
    """Return "第二组　短信"."""
    return f"第{numeral(group.number or group.place)}组　{group.title}"


def _row(exhibit: PlannedExhibit, serial: int, pages: Mapping[str, int]) -> Sequence[str]:
    texts = exhibit.texts
    return (
        str(serial),
        exhibit.number,
        texts.name,
        texts.source,
        texts.proves,
        texts.summary,
        exhibit_pages(exhibit, pages),
        str(texts.copies),
        texts.remark,
    )


def exhibit_pages(exhibit: PlannedExhibit, pages: Mapping[str, int]) -> str:
    """Return the pages that show an exhibit: "12–15、20", or that it lies apart."""
    # The PDF's places know attachments by their negative ids.
    ids = [*exhibit.originals, *(-attachment.id for attachment in exhibit.attachments)]
    found: set[int] = set()
    for id_ in ids:
        found |= _span(pages, original_anchor(id_), original_end(id_))
    apart = [_APART] if any(original_anchor(id_) not in pages for id_ in ids) else []
    return "\n".join([*([runs_of(found)] if found else []), *apart])


def _span(pages: Mapping[str, int], first: str, last: str) -> set[int]:
    if first not in pages:
        return set()
    return set(range(pages[first], pages.get(last, pages[first]) + 1))


def runs_of(pages: set[int]) -> str:
    """Return pages as "12–15、20"."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return "、".join(str(a) if a == b else f"{a}–{b}" for a, b in runs)
