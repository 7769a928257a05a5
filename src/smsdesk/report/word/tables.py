"""Tables as XML: written as one text, because a row at a time takes minutes for thousands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from docx.oxml.ns import nsdecls

from smsdesk.report.word.characters import printable, runs

_TWIPS_A_MM = 56.6929
_SIZE = '<w:sz w:val="18"/><w:szCs w:val="18"/>'
"""9 points, in half points."""
_SPACING = '<w:spacing w:before="0" w:after="0" w:line="260" w:lineRule="atLeast"/>'


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in millimetres and heads of a table; no heads, no head row.

    `centred` are indexes of columns set in the middle, `verbatim` of those with words of messages.
    """

    widths: tuple[float, ...]
    heads: tuple[str, ...] = ()
    centred: frozenset[int] = frozenset()
    verbatim: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Band:
    """A shaded row across the whole table; it stays with the row below it."""

    text: str


def table(
    columns: Columns, rows: Iterable[Sequence[str] | Band], on_text: Callable[[str], None]
) -> str:
    """Return the XML of a table; *on_text* is told every text that may hold gaps."""
    widths = [round(width * _TWIPS_A_MM) for width in columns.widths]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    parts = [f"<w:tbl {nsdecls('w')}>{_look(sum(widths))}<w:tblGrid>{grid}</w:tblGrid>"]
    if columns.heads:
        parts.append(_head(columns.heads, widths))
    for row in rows:
        if isinstance(row, Band):
            parts.append(_band(row.text, sum(widths), len(widths)))
        else:
            parts.append(_row(row, widths, columns, on_text))
    return "".join([*parts, "</w:tbl>"])


def _look(width: int) -> str:
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="666666"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="40" w:type="dxa"/>'
        '<w:left w:w="70" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/>'
        '<w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    )


def _head(heads: Sequence[str], widths: Sequence[int]) -> str:
    cells = "".join(
        _cell(_line(head, bold=True, centred=True), width, shade="E7E7E7")
        for head, width in zip(heads, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _band(text: str, width: int, span: int) -> str:
    line = _line(printable(text), bold=True, keep_next=True)
    cell = _cell(line, width, shade="F2F2F2", span=span)
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>"


def _row(
    row: Sequence[str], widths: Sequence[int], columns: Columns, on_text: Callable[[str], None]
) -> str:
    cells = []
    for index, (text, width) in enumerate(zip(row, widths, strict=True)):
        gaps = index not in columns.verbatim
        if gaps:
            on_text(text)
        lines = printable(text).split("\n")
        centred = index in columns.centred
        cells.append(_cell("".join(_line(x, centred=centred, gaps=gaps) for x in lines), width))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _cell(content: str, width: int, *, shade: str = "", span: int = 1) -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    ground = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{ground}'
        f'<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'
    )


def _line(
    text: str,
    *,
    bold: bool = False,
    centred: bool = False,
    keep_next: bool = False,
    gaps: bool = True,
) -> str:
    keep = "<w:keepNext/>" if keep_next else ""
    side = '<w:jc w:val="center"/>' if centred else '<w:jc w:val="left"/>'
    face = f'<w:rFonts w:eastAsia="宋体"/>{"<w:b/>" if bold else ""}'
    written = runs(text, face, gaps=gaps, size=_SIZE)
    return f"<w:p><w:pPr>{keep}{_SPACING}{side}</w:pPr>{written}</w:p>"
