"""完整性说明: all hashes, how anyone can recompute them, and what they prove and do not prove."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from smsdesk.domain.cases import ImportItem, Original, RemovedOriginal
from smsdesk.report.masks import mask_note
from smsdesk.report.pdf.blocks import Block, Paragraph, Placing, heading
from smsdesk.report.pdf.book import Book, original_anchor
from smsdesk.report.pdf.pages import Part
from smsdesk.report.pdf.styles import (
    BODY,
    CAPTION,
    CAPTION_CELL,
    HASH,
    SUBHEADING,
    TABLE,
    Style,
)
from smsdesk.report.pdf.tables import Cell, Columns, table
from smsdesk.report.phrases import captured, contradicted, moment
from smsdesk.report.removed import removed_words
from smsdesk.wording import say

_ORIGINALS = Columns.of(15, 33, 13.5, 93, 10.5)
_SET_ASIDE = Columns.of(10, 80, 75)
_REMOVED = Columns.of(10, 33, 93, 29)
_CONTRADICTED = Columns.of(15, 75, 75)
_COMMANDS = Columns.of(30, 135)
_RECORD = Columns.of(42, 123)
_CENTER = Style(CAPTION.size, CAPTION.leading, align="center")


def statement(book: Book) -> Part:
    """Return the statement on integrity."""
    return Part("statement", "完整性说明", _blocks(book))


def _blocks(book: Book) -> Iterator[Block]:
    yield heading("完整性说明", placing=Placing.named("statement", "完整性说明"))
    if book.content.masks is not None:
        yield heading("脱敏副本", SUBHEADING, space=6)
        yield from _prose(mask_note(book.content.masks))
    yield from _prose(_HOW_KEPT)
    if book.content.masks is None:
        yield from _prose(_HOW_SHOWN)
    if any(original.media_type == _PDF for original in book.content.originals):
        yield from _prose(_HOW_PAGES)
    if book.content.print_size:
        yield from _prose(_HOW_REDUCED)
    yield from _record(book)
    yield heading("怎样自行核对", SUBHEADING, space=18)
    yield from _prose(_HOW_TO_CHECK)
    yield from table(
        _COMMANDS, ("系统", "在命令窗口输入（把文件名换成实际的文件名）"), _COMMAND_LINES
    )
    yield heading("校验值证明什么，不证明什么", SUBHEADING, space=18)
    yield from _prose((_WHAT_EQUAL_HASHES_SAY if book.content.masks is None else _OF_A_COPY,))
    yield from _prose(_WHAT_IT_PROVES)
    yield heading("声明", SUBHEADING, space=18)
    yield from _prose((_DISCLAIMER,))
    yield from _list(book)
    yield from _contradicted(book)
    yield from _left_out(book)
    yield from _removed(book)


_HOW_KEPT = (
    (
        "截图导入时，程序先对文件的原始字节计算 SHA-256 和 SM3 校验值，再原样存入案件文件；"
        "存入后不能修改或删除。识读、校对、标注和排版都只读取副本，不改动原件。"
    ),
    (
        "案件文件内的流转记录逐条记下导入、识读、校对、标注和导出，"
        "每一条的校验值都包含上一条的校验值，改动任何一条，其后各条即不再相符。"
    ),
)
_HOW_SHOWN = (
    (
        "附件所印截图取自原件的像素，未作增删、修饰；时间轴旁的局部图是同一图片的一部分。"
        "原件为 JPEG 或 PNG 的，图像数据按原样或无损嵌入本文件。"
    ),
)
_PDF = "application/pdf"
_HOW_PAGES = (
    (
        "原件为 PDF 的，每一页按一幅截图识读和印制：页面只有一幅图像的，取该图像自身的像素；"
        "其余页面按每英寸 300 点（页面主要为图像的，按该图像的分辨率）绘出。"
        "校验值仍以整个文件计算。"
    ),
)
_HOW_REDUCED = (
    (
        "应提交人要求，附件中标有「打印尺寸副本」的截图按 80 毫米宽、每英寸 300 点缩小并压缩后"
        "印制，以减小本文件；其像素不再与原件逐一相同，以原件为准。校验值仍以原件文件计算。"
    ),
)
_HOW_TO_CHECK = (
    (
        "取得原件文件后，用操作系统自带的命令重新计算 SHA-256，与下表逐字比对，"
        "完全相同即表示文件自导入后未变。原件清单的校验值，由每件一行「SHA-256、两个空格、文件名、"
        "换行（LF）」按校验值排序后的全部文字（UTF-8）算出；有移出的原件的，一并计入。"
    ),
)
_COMMAND_LINES: tuple[tuple[str, str], ...] = (
    ("Windows", "certutil -hashfile 文件名 SHA256"),
    ("macOS", "shasum -a 256 文件名"),
    ("Linux", "sha256sum 文件名　　（SM3：openssl dgst -sm3 文件名）"),
)
_WHAT_EQUAL_HASHES_SAY = (
    "校验值相同，说明该文件自导入本程序之后没有改动，也说明本卷所印的就是这些文件。"
)
_OF_A_COPY = (
    "校验值相同，说明该文件自生成之后没有改动。"
    "本卷为脱敏副本，所印图片经过遮盖，须与未遮盖的原件核对。"
)
_WHAT_IT_PROVES = (
    (
        "校验值不说明导入以前的情况：不能证明截图在导入之前未经编辑，不能证明短信由谁发出，"
        "也不能证明手机时间准确。这些须由原始载体（手机及其中的短信）当庭核验，"
        "或由运营商记录、公证、时间戳等其他证据印证。"
    ),
    (
        "短信文字由程序自图片识读，存疑的字已标出；发送号码不止识读一次，"
        "各次不一致的注明「号码存疑」；均以截图为准。"
        "时间依据注明「推算」的，时间系根据截图时间推算。"
    ),
)
_DISCLAIMER = (
    "本程序只整理材料、列明事实和可能对应的规定，不提供法律意见，也不认定任何人违法；"
    "标签均为「涉嫌」，须由提交人核对，由办案机关判断。"
)


def _prose(paragraphs: Sequence[str]) -> Iterator[Block]:
    for words in paragraphs:
        yield Paragraph.of(f"　　{words}", BODY, Placing(space=3))


def _record(book: Book) -> list[Block]:
    content = book.content
    head, pack = content.custody_head, content.pack
    rows: list[list[str | Cell]] = [["原件清单 SHA-256", _hash(content.manifest_sha256)]]
    if head:
        rows += [
            ["流转记录末条", f"第 {head.number} 条，{moment(head.at, seconds=True)}"],
            ["流转记录末条校验值", _hash(head.hash)],
        ]
    rows.append(["程序", content.program_version])
    if pack:
        rows += [["规则包", pack.version], ["规则包 SHA-256", _hash(pack.sha256)]]
    for engine in content.engines:
        rows += [
            ["识读引擎", f"{engine.name} {engine.version}"],
            ["识读模型 SHA-256", _hash(engine.model_sha256)],
        ]
    rows.append(["编制时间", f"{moment(book.made_at, seconds=True)}（UTC+08:00）"])
    return [
        heading("记录", SUBHEADING, space=18),
        *table(_RECORD, ("项目", "内容"), rows),
    ]


def _hash(digits: str) -> Paragraph:
    return Paragraph.of(digits or "—", HASH)


def _list(book: Book) -> Iterator[Block]:
    ordered = book.numbering.ordered
    yield heading(f"原件校验值　共 {len(ordered)} 件", SUBHEADING, space=18)
    if not ordered:
        yield Paragraph.of("本案尚无截图原件。", BODY)
        return
    rows = (_original_row(book, original) for original in ordered)
    yield from table(_ORIGINALS, ("编号", "文件名", "算法", "校验值", "页码"), rows)


def _original_row(book: Book, original: Original) -> list[str | Cell]:
    small = [
        Paragraph.of(words, CAPTION_CELL)
        for words in (
            book.numbering.originals[original.id],
            f"{original.file_name}\n{original.size:,} 字节{_remarks(book, original)}",
            "SHA-256\nSM3",
        )
    ]
    hashes = Paragraph.of(f"{original.sha256}\n{original.sm3}", HASH)
    return [*small, hashes, book.page_cell(original_anchor(original.id), _CENTER)]


def _page_count(original: Original) -> str:
    return f"，{len(original.pages)} 页" if original.page_sizes else ""


def _contradicted(book: Book) -> list[Block]:
    """List the screenshots that show another time than is known of them."""
    wrong = [original for original in book.numbering.ordered if original.contradictions]
    if not wrong:
        return []
    title = heading("与画面不符的截图时间", SUBHEADING, space=18)
    why = Paragraph.of(_WHY_CONTRADICTED, TABLE, Placing(space=3))
    rows = [_contradicted_row(book, original) for original in wrong]
    return [title, why, *table(_CONTRADICTED, ("编号", "文件及所记时间", "不符之处"), rows)]


def _contradicted_row(book: Book, original: Original) -> list[str | Cell]:
    return [
        book.numbering.originals[original.id],
        f"{original.file_name}\n{captured(original.captured)}",
        "\n".join(contradicted(original)),
    ]


_WHY_CONTRADICTED = (
    "截图时间取自 EXIF、文件名或文件时间的，可能是复制、转存的时间。"
    "与画面不符的，不据以推算短信的日期；"
    "仅画面标有年月日或者星期足以确定年份的短信仍列时间。人工填写的截图时间照所填推算。"
)


def _remarks(book: Book, original: Original) -> str:
    return _page_count(original) + _copy_words(book, original)


def _copy_words(book: Book, original: Original) -> str:
    """Name the better picture of which an original is a copy."""
    number = book.numbering.originals.get(original.copy_of or 0)
    return f"\n与证据 {number} 为同一截图的副本" if number else ""


def _left_out(book: Book) -> list[Block]:
    """List what could not be imported or read: nothing is left out unsaid."""
    title = heading("未能采用的文件和页", SUBHEADING, space=18)
    items = book.content.set_aside
    if not items:
        return [title, Paragraph.of("没有。导入的文件均已采用。", TABLE)]
    rows = [_left_out_row(number, item) for number, item in enumerate(items, 1)]
    return [title, *table(_SET_ASIDE, ("序号", "文件", "原因"), rows)]


def _removed(book: Book) -> Iterator[Block]:
    """List what a person took out of the case: it is in the manifest, and nowhere else."""
    removed = book.content.removed
    if not removed:
        return
    yield heading(f"已移出的原件　共 {len(removed)} 件", SUBHEADING, space=18)
    yield Paragraph.of(_WHY_REMOVED, TABLE, Placing(space=3))
    rows = [_removed_row(number, one) for number, one in enumerate(removed, 1)]
    yield from table(_REMOVED, ("序号", "文件", "校验值（SHA-256、SM3）", "移出时间和原因"), rows)


def _removed_row(number: int, one: RemovedOriginal) -> list[str | Cell]:
    original = one.original
    hashes = Paragraph.of(f"{original.sha256}\n{original.sm3}", HASH)
    name = Paragraph.of(f"{original.file_name}\n{original.size:,} 字节", CAPTION)
    return [str(number), name, hashes, Paragraph.of(removed_words(one), CAPTION)]


_WHY_REMOVED = (
    "下列原件由提交人移出案件，未列入证据，其所示短信不计入本文件的任何数字。"
    "原件仍逐字节保存在案件文件内，其校验值计入原件清单的校验值。"
)


def _left_out_row(number: int, item: ImportItem) -> list[str | Cell]:
    reason = say(f"set_aside.{item.reason}") if item.reason else "原因未记录"
    page = "" if item.page is None else f"　第 {item.page + 1} 页"
    return [str(number), PurePath(item.path.replace("\\", "/")).name + page, reason]
