"""What turns reportlab's file into an archivable one, with the pictures in their places."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from PIL import ImageCms

_PRINTABLE = 4
"""The annotation flag Print, which PDF/A-2 (ISO 19005-2, 6.3.2) asks of every annotation."""


Notify = Callable[[int], None]
"""Told how much is done, in percent; what it raises stops the writing."""


def finish(draft: Path, target: Path, identity: Identity, notify: Notify) -> None:
    """Write *draft* to *target* with title, language, dates, and what PDF/A-2b requires."""
    with open_streamed(draft) as pdf:
        _describe(pdf, identity)
        _set_colour_space(pdf)
        fonts: dict[object, pikepdf.Object] = {}
        for position, page in enumerate(pdf.pages):
            notify(_TIDY_PAGES * position // len(pdf.pages))
            _tidy(page)
            found = page.resources.get("/Font", pikepdf.Dictionary()).values()
            fonts |= {font.objgen: font for font in found}
        _mend_character_maps(fonts.values())
        pdf.Root.Lang = pikepdf.String("zh-CN")
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        pdf.Root.PageMode = pikepdf.Name.UseOutlines
        pdf.save(
            target,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            progress=lambda percent: notify(_TIDY_PAGES + (100 - _TIDY_PAGES) * percent // 100),
        )


_TIDY_PAGES = 30
"""How much of the work, in percent, is done when all pages are tidy."""


def open_streamed(path: Path) -> pikepdf.Pdf:
    """Open a PDF that is read piece by piece; mapped into memory it would count as ours."""
    return pikepdf.open(path, access_mode=pikepdf.AccessMode.stream)


@dataclass(frozen=True, slots=True)
class Identity:
    """How a file is called and by whom it was made: `title` is one line, `made` in China."""

    title: str
    author: str
    program: str
    made: dt.datetime


def _describe(pdf: pikepdf.Pdf, identity: Identity) -> None:
    """Say the same in the document information and in XMP, as PDF/A asks."""
    title, author, made = identity.title, identity.author, identity.made
    subject = "证据材料"
    stamp = f"D:{made:%Y%m%d%H%M%S}+08'00'"
    iso = made.isoformat(timespec="seconds")
    information = {
        "/Title": title,
        "/Author": author,
        "/Subject": subject,
        "/Creator": identity.program,
        "/Producer": identity.program,
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
        xmp["xmp:CreatorTool"] = identity.program
        xmp["pdf:Producer"] = identity.program
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


def _tidy(page: pikepdf.Page) -> None:
    """Make links printable and drop the empty page transition that reportlab writes."""
    if "/Trans" in page:
        del page["/Trans"]
    for annotation in page.get("/Annots", []):
        annotation.F = _PRINTABLE


def _mend_character_maps(fonts: Iterable[pikepdf.Object]) -> None:
    """Write the maps from codes to Unicode anew, so that copied and searched text is right.

    reportlab names characters beyond U+FFFF by their number instead of UTF-16, maps unused codes to
    U+0000, and puts more than the 100 entries into a section that the format allows.
    """
    for font in fonts:
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
