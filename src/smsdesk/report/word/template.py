"""The empty Word file that all others begin as: A4, Chinese typefaces, our styles alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

SONG, FANG, HEI = "宋体", "仿宋", "黑体"
LATIN = "Times New Roman"
_FONTS = {
    SONG: ("SimSun,Songti SC,STSong,Noto Serif CJK SC,Source Han Serif SC", "roman"),
    FANG: ("FangSong,STFangsong,FZFangSong-Z02,Noto Serif CJK SC,Source Han Serif SC", "modern"),
    HEI: ("SimHei,Heiti SC,STHeiti,Noto Sans CJK SC,Source Han Sans SC", "swiss"),
}
"""What stands in for each typeface on systems without it (macOS, Linux), and its family."""

MARGINS = (28, 17, 22, 20)
"""Left, right, top and bottom in millimetres, as in the court PDF: the left one is for binding."""
MARGINS_LANDSCAPE = (20, 22, 28, 17)
"""The same page turned, so that the edge to bind is at the top."""
A4 = (210, 297)
_KEPT = {
    "Normal", "Header", "Footer", "Heading1", "Heading2", "Title", "Caption", "Quote",
    "DefaultParagraphFont", "TableNormal", "NoList",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Face:
    """How a style is set: typeface, size and line in points, space before, indent in characters."""

    font: str
    size: float
    leading: float
    before: float = 0
    after: float = 0
    bold: bool = False
    centred: bool = False
    keep_next: bool = False


LETTER = {
    "Normal": Face(FANG, 14, 26),
    "Title": Face(SONG, 20, 30, before=6, after=14, bold=True, centred=True, keep_next=True),
    "Heading 1": Face(HEI, 14, 26, before=10, after=2, keep_next=True),
    "Heading 2": Face(FANG, 14, 26, before=4, bold=True, keep_next=True),
    "Quote": Face(FANG, 12, 20, before=2, after=4),
    "Caption": Face(SONG, 9, 13, before=2, after=4),
    "Header": Face(SONG, 9, 12),
    "Footer": Face(SONG, 9, 12, centred=True),
}
"""仿宋 14 on 26 points: what letters to authorities and courts are commonly written in."""

TABLES = {
    **LETTER,
    "Normal": Face(SONG, 10.5, 16),
    "Title": Face(SONG, 18, 28, after=8, bold=True, centred=True, keep_next=True),
    "Heading 1": Face(HEI, 12, 20, before=10, after=4, keep_next=True),
    "Heading 2": Face(HEI, 10.5, 16, before=8, after=2, keep_next=True),
}
"""For files that are mainly a table."""


def new_document(
    title: str, author: str, at: dt.datetime, faces: dict[str, Face], *, landscape: bool = False
) -> Document:
    """Return an empty document; *at* is told as the moment at which it was written."""
    document = docx.Document()
    _drop_leftovers(document)
    _set_page(document, landscape=landscape)
    _set_defaults(document)
    for name, face in faces.items():
        _set_style(document.styles[name], face)
    _declare_fonts(document)
    _describe(document, title, author, at)
    return document


def _drop_leftovers(document: Document) -> None:
    """Take away what the library's own template brings: a picture, effects, English styles."""
    for part, names in (
        (document.part.package, ("thumbnail",)),
        (document.part, ("stylesWithEffects", "customXml")),
    ):
        for key, relation in list(part.rels.items()):
            if relation.reltype.endswith(names):
                del part.rels[key]
    styles = document.styles.element
    for style in list(styles.iter(qn("w:style"))):
        if style.get(qn("w:styleId")) not in _KEPT:
            styles.remove(style)
        for tag in ("w:link", "w:next"):
            for found in style.findall(qn(tag)):
                style.remove(found)


def _set_page(document: Document, *, landscape: bool) -> None:
    section = document.sections[0]
    width, height = A4[::-1] if landscape else A4
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    left, right, top, bottom = MARGINS_LANDSCAPE if landscape else MARGINS
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.header_distance, section.footer_distance = Mm(12), Mm(10)


def _set_defaults(document: Document) -> None:
    """Say that the language is Chinese, and that no theme chooses a typeface.

    Digits and Latin words are not: programs break Chinese anywhere, so a number would be torn.
    """
    styles = document.styles.element
    old = styles.find(qn("w:docDefaults"))
    styles.replace(old, parse_xml(_DEFAULTS))
    settings = document.settings.element
    for tag, attributes in _SETTINGS.items():
        found = settings.find(qn(tag))
        for name, value in attributes.items():
            found.set(qn(name), value)
    settings.find(qn("w:zoom")).attrib.pop(qn("w:val"), None)
    document.core_properties.language = "zh-CN"


_DEFAULTS = f"""<w:docDefaults {nsdecls("w")}><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{SONG}" w:cs="{LATIN}"/>
<w:kern w:val="2"/><w:sz w:val="21"/><w:szCs w:val="21"/>
<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>
</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"""
_SETTINGS = {
    "w:zoom": {"w:percent": "100"},
    "w:characterSpacingControl": {"w:val": "compressPunctuation"},
    "w:themeFontLang": {"w:val": "en-US", "w:eastAsia": "zh-CN"},
}


def _set_style(style: ParagraphStyle, face: Face) -> None:
    for old in style.element.findall(qn("w:rPr")) + style.element.findall(qn("w:pPr")):
        style.element.remove(old)
    style.font.size, style.font.bold = Pt(face.size), face.bold
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name, value in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", face.font), ("cs", LATIN)):
        fonts.set(qn(f"w:{name}"), value)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(face.before), Pt(face.after)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(face.leading)
    layout.keep_with_next = face.keep_next
    layout.widow_control = True
    layout.alignment = WD_ALIGN_PARAGRAPH.CENTER if face.centred else WD_ALIGN_PARAGRAPH.LEFT
    if style.name.startswith("Heading"):
        level = int(style.name[-1]) - 1
        layout.element.get_or_add_pPr().append(
            parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{level}"/>')
        )


def _declare_fonts(document: Document) -> None:
    """Name the typefaces, and for each those that may stand in for it."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/></w:font>'
        for name, (others, family) in _FONTS.items()
    )
    _part(document, "fontTable")._blob = (  # noqa: SLF001 - the library has no door to it
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f"<w:fonts {nsdecls('w')}>{fonts}</w:fonts>"
    ).encode()


def _part(document: Document, kind: str) -> Part:
    rels = document.part.rels.values()
    part: Part = next(r.target_part for r in rels if r.reltype.endswith(f"/{kind}"))
    return part


def _describe(document: Document, title: str, author: str, at: dt.datetime) -> None:
    about = document.core_properties
    about.title, about.author, about.last_modified_by = title, author, author
    about.comments = ""
    about.created = about.modified = at.astimezone(dt.UTC).replace(tzinfo=None)
    package = document.part.package
    app = next(
        r.target_part for r in package.rels.values() if r.reltype.endswith("/extended-properties")
    )
    app._blob = _APP.encode()  # noqa: SLF001 - as above


_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
    'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>smsdesk</Application></Properties>"
)
