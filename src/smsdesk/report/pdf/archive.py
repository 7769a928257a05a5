"""What turns reportlab's file into an archivable one, and the check of the finished file."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import Path

import pikepdf
from PIL import ImageCms

from smsdesk.domain.errors import ExportMismatch
from smsdesk.domain.times import CHINA
from smsdesk.report.content import CourtFile, PdfFacts
from smsdesk.report.pdf.text import plain

_PRINTABLE = 4
"""The annotation flag Print, which PDF/A-2 (ISO 19005-2, 6.3.2) asks of every annotation."""


def finish(draft: Path, target: Path, content: CourtFile) -> None:
    """Write *draft* to *target* with title, language, dates, and what PDF/A-2b requires."""
    made = content.generated_at.astimezone(CHINA)
    with pikepdf.open(draft) as pdf:
        _describe(pdf, content, made)
        _set_colour_space(pdf)
        _tidy_pages(pdf)
        _mend_character_maps(pdf)
        pdf.Root.Lang = pikepdf.String("zh-CN")
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        pdf.Root.PageMode = pikepdf.Name.UseOutlines
        pdf.save(
            target,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )


def _describe(pdf: pikepdf.Pdf, content: CourtFile, made: dt.datetime) -> None:
    """Say the same in the document information and in XMP, as PDF/A asks."""
    title = plain(content.card.title)
    author = plain(content.card.submitter or content.card.claimant)
    subject = "证据材料"
    stamp = f"D:{made:%Y%m%d%H%M%S}+08'00'"
    iso = made.isoformat(timespec="seconds")
    information = {
        "/Title": title,
        "/Author": author,
        "/Subject": subject,
        "/Creator": content.program_version,
        "/Producer": content.program_version,
        "/CreationDate": stamp,
        "/ModDate": stamp,
    }
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    for key, value in information.items():
        if value:
            pdf.docinfo[key] = pikepdf.String(value)
    with pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:
        xmp["pdfaid:part"] = "2"
        xmp["pdfaid:conformance"] = "B"
        xmp["dc:title"] = title
        if author:
            xmp["dc:creator"] = [author]
        xmp["dc:description"] = subject
        xmp["dc:language"] = ["zh-CN"]
        xmp["xmp:CreatorTool"] = content.program_version
        xmp["pdf:Producer"] = content.program_version
        xmp["xmp:CreateDate"] = xmp["xmp:ModifyDate"] = xmp["xmp:MetadataDate"] = iso


def _set_colour_space(pdf: pikepdf.Pdf) -> None:
    """Say that device colours mean sRGB; the profile is made by LittleCMS, free of licences."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes(12)  # the moment of making, which would differ from run to run
    stream = pdf.make_stream(bytes(profile), N=3, Alternate=pikepdf.Name.DeviceRGB)
    intent = pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFA1,
        OutputConditionIdentifier=pikepdf.String("sRGB"),
        Info=pikepdf.String("sRGB IEC61966-2.1"),
        DestOutputProfile=stream,
    )
    pdf.Root.OutputIntents = pikepdf.Array([pdf.make_indirect(intent)])


def _tidy_pages(pdf: pikepdf.Pdf) -> None:
    """Make links printable and drop the empty page transitions that reportlab writes."""
    for page in pdf.pages:
        if "/Trans" in page:
            del page["/Trans"]
        for annotation in page.get("/Annots", []):
            annotation.F = _PRINTABLE


def _mend_character_maps(pdf: pikepdf.Pdf) -> None:
    """Write the maps from codes to Unicode anew, so that copied and searched text is right.

    reportlab names characters beyond U+FFFF by their number instead of UTF-16, maps unused codes to
    U+0000, and puts more than the 100 entries into a section that the format allows.
    """
    fonts = {
        font.objgen: font
        for page in pdf.pages
        for font in page.resources.get("/Font", pikepdf.Dictionary()).values()
    }
    for font in fonts.values():
        font.ToUnicode.write(_mended(font.ToUnicode.read_bytes()))


_ENTRY = re.compile(rb"^<([0-9A-Fa-f]{2})> <([0-9A-Fa-f]{4,6})>$", re.MULTILINE)
_SECTION = 100


def _mended(character_map: bytes) -> bytes:
    entries = [
        (code.decode(), chr(int(number, 16)).encode("utf-16-be").hex().upper())
        for code, number in _ENTRY.findall(character_map)
        if int(number, 16)
    ]
    lines = ["1 begincodespacerange", "<00> <FF>", "endcodespacerange"]
    for start in range(0, len(entries), _SECTION):
        section = entries[start : start + _SECTION]
        lines.append(f"{len(section)} beginbfchar")
        lines += [f"<{code}> <{unicode}>" for code, unicode in section]
        lines.append("endbfchar")
    head, _, rest = character_map.partition(b"1 begincodespacerange")
    _, _, tail = rest.rpartition(b"endbfchar")
    return head + "\n".join(lines).encode() + tail


def read_back(path: Path, pages: int, drawn: Mapping[str, int], content: CourtFile) -> PdfFacts:
    """Open the finished file and compare it with its content; ExportMismatch if it lacks any.

    Pages and pictures are counted in the file itself, messages and originals by what was drawn to
    their end. Every page of an original has a picture, but for those *drawn* as "missing".
    """
    with pikepdf.open(path) as pdf:
        pictures = len(_pictures(pdf)) + drawn.get("missing", 0)
        found = PdfFacts(len(pdf.pages), drawn.get("messages", 0), drawn.get("originals", 0))
    wanted = PdfFacts(pages, len(content.messages), len(content.originals))
    wanted_pictures = sum(len(original.pages) for original in content.originals)
    if found != wanted or pictures != wanted_pictures:
        counts = f"，图片 {pictures} 幅，应有 {wanted_pictures} 幅"
        raise ExportMismatch(detail=_difference(found, wanted) + counts)
    return found


def _pictures(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    """Return the object numbers of all pictures that pages use."""
    found = set()
    for page in pdf.pages:
        pictures = page.resources.get("/XObject", pikepdf.Dictionary())
        found |= {picture.objgen for picture in pictures.values()}
    return found


def _difference(found: PdfFacts, wanted: PdfFacts) -> str:
    return (
        f"文件中有 {found.pages} 页、{found.messages} 条短信、{found.originals} 件原件，"
        f"应有 {wanted.pages} 页、{wanted.messages} 条、{wanted.originals} 件"
    )
