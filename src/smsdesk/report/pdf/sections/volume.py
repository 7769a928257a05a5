"""The front of a volume: which one it is, what it holds, and in the first one a list of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from smsdesk.report.pdf.binding import Binding, Volume
from smsdesk.report.pdf.blocks import Block, Paragraph, Placing, heading
from smsdesk.report.pdf.book import Book
from smsdesk.report.pdf.pages import Part
from smsdesk.report.pdf.styles import BODY, CAPTION_GREY, MM, SUBHEADING, TITLE, Style
from smsdesk.report.pdf.tables import Columns, gap, table

_CASE_TITLE = Style(12, 18, align="center")
_LINE = Style(9.5, 15, align="center")
_CONTENTS = Columns.of(125, 40)
_VOLUMES = Columns.of(20, 40, 105)
_NOTE = (
    "全部材料分卷装订，页码连续编排；目录和正文中「卷 n」指该页所在的卷。链接只在本卷之内有效。"
    "各卷的原件清单校验值相同，表示属于同一次编制。"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that begins on the page *first* (index) and ends on *last*."""

    title: str
    first: int
    last: int


def front(book: Book, binding: Binding, volume: Volume, entries: Sequence[Entry]) -> Part:
    """Return the front of a volume; *entries* are the parts and exhibits of the whole file."""
    blocks = _blocks(book, binding, volume, entries)
    return Part(f"volume-{volume.number}", f"第 {volume.number} 卷", blocks)


def _blocks(
    book: Book, binding: Binding, volume: Volume, entries: Sequence[Entry]
) -> Iterator[Block]:
    count = len(binding.volumes)
    anchor = f"volume-{volume.number}"
    title = f"第 {volume.number} 卷　共 {count} 卷"
    yield gap(20 * MM)
    yield Paragraph.of("证 据 材 料", TITLE, Placing.named(anchor, title))
    yield Paragraph.of(title, _CASE_TITLE, Placing(space=6))
    yield Paragraph.of(book.content.card.title, _CASE_TITLE)
    yield Paragraph.of(f"本卷{_pages(binding, volume)}，共 {volume.pages} 页", _LINE)
    yield heading("本卷内容", SUBHEADING, space=24)
    yield from table(_CONTENTS, ("内容", "页码"), list(_contents(binding, volume, entries)))
    if volume.number == 1:
        yield heading("各卷一览", SUBHEADING, space=24)
        rows = [
            [f"卷 {v.number}", _pages(binding, v), "；".join(_titles(v, entries))]
            for v in binding.volumes
        ]
        yield from table(_VOLUMES, ("卷", "页码", "内容"), rows)
    yield Paragraph.of(_NOTE, CAPTION_GREY, Placing(space=9))
    yield Paragraph.of("", BODY)


def _pages(binding: Binding, volume: Volume) -> str:
    """Return "第 3 至 80 页": the numbers of a volume's pages, its front included."""
    last = binding.place(volume.last).number
    return f"第 {last - volume.pages + 1} 至 {last} 页"


def _contents(binding: Binding, volume: Volume, entries: Sequence[Entry]) -> Iterator[list[str]]:
    for entry in _within(volume, entries):
        first, last = max(entry.first, volume.first), min(entry.last, volume.last)
        before = "（接上卷）" if entry.first < volume.first else ""
        after = "（下卷续）" if entry.last > volume.last else ""
        numbers = dict.fromkeys(str(binding.place(page).number) for page in (first, last))
        yield [f"{entry.title}{before}{after}", "–".join(numbers)]


def _titles(volume: Volume, entries: Sequence[Entry]) -> list[str]:
    """Return what a volume holds, the many exhibits as a range."""
    found = [entry.title for entry in _within(volume, entries)]
    exhibits = [title for title in found if title.startswith("证据 ")]
    others = [title for title in found if not title.startswith("证据 ")]
    if len(exhibits) > 2:
        exhibits = [
            f"{exhibits[0].split('　')[0]} 至 {exhibits[-1].split('　')[0].removeprefix('证据 ')}"
        ]
    return [*others, *exhibits]


def _within(volume: Volume, entries: Sequence[Entry]) -> list[Entry]:
    return [e for e in entries if e.first <= volume.last and e.last >= volume.first]
