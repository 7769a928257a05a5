"""A reader of PDF/A-2b (ISO 19005-2): what a finished PDF breaks, as sentences.

It asks what the standard asks of the things that our PDFs hold, and refuses all others (actions,
forms, attachments, transparency, composite fonts, ...), so nothing slips through unexamined. It is
no certified validator: syntax is left to qpdf, and the glyphs' outlines are not looked at.
The numbers are the standard's clauses.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from decimal import Decimal

import pikepdf
from pikepdf import Name

CATALOGUE = {
    "/Type",
    "/Pages",
    "/Outlines",
    "/Lang",
    "/ViewerPreferences",
    "/OutputIntents",
    "/Metadata",
    "/PageMode",
}
PAGE = {"/Type", "/Parent", "/Contents", "/Resources", "/Rotate", "/MediaBox", "/Annots"}
RESOURCES = {"/ProcSet", "/Font", "/XObject"}
IMAGE = {
    "/Type",
    "/Subtype",
    "/Width",
    "/Height",
    "/BitsPerComponent",
    "/ColorSpace",
    "/Filter",
    "/DecodeParms",
    "/Length",
}
LINK = {"/Type", "/Subtype", "/Rect", "/Border", "/Contents", "/Dest", "/F"}
_STATE = frozenset(("q", "Q", "cm", "w", "J", "j", "M", "d"))
_PATH = frozenset(
    [
        "m",
        "l",
        "c",
        "v",
        "y",
        "h",
        "re",
        "S",
        "s",
        "f",
        "F",
        "f*",
        "B",
        "B*",
        "b",
        "b*",
        "n",
        "W",
        "W*",
    ]
)
_TEXT = frozenset(
    [
        "BT",
        "ET",
        "Tc",
        "Tw",
        "Tz",
        "TL",
        "Tf",
        "Tr",
        "Ts",
        "Td",
        "TD",
        "Tm",
        "T*",
        "Tj",
        "TJ",
        "'",
        '"',
    ]
)
OPERATORS = _STATE | _PATH | _TEXT | {"Do", "rg", "RG", "g", "G"}
"""What a page may be drawn with; not in it: CMYK, patterns, shadings, ExtGState, inline images."""

INFORMATION = {
    "/Title": "dc:title",
    "/Subject": "dc:description",
    "/Creator": "xmp:CreatorTool",
    "/Producer": "pdf:Producer",
}
DEEPEST, LONGEST_STRING, LONGEST_NAME = 28, 32767, 127  # 6.1.13
PRINT = 4


def broken_rules(path) -> list[str]:
    """Return what the PDF at *path* breaks."""
    with pikepdf.open(path) as pdf:
        checks = (
            _envelope(path.read_bytes()),
            _trailer(pdf),
            _unlisted("the catalogue", pdf.Root, CATALOGUE),
            _metadata(pdf),
            _output_intent(pdf),
            _objects(pdf),
            _outline(pdf),
            *(_page(number, page) for number, page in enumerate(pdf.pages, 1)),
            _fonts(pdf),
        )
        return [broken for check in checks for broken in check]


def _unlisted(what, dictionary, allowed) -> Iterator[str]:
    if rest := sorted(set(dictionary.keys()) - allowed):
        yield f"{what} holds {rest}"


def _envelope(data: bytes) -> Iterator[str]:
    first, second = data.split(b"\n", 2)[:2]
    if not re.fullmatch(rb"%PDF-1\.[0-7]", first):
        yield f"6.1.2: begins with {first!r}"
    if not (second.startswith(b"%") and len(second) >= 5 and min(second[1:5]) > 127):
        yield "6.1.2: the second line does not show that the file is binary"
    if not re.search(rb"%%EOF\r?\n?$", data):
        yield "6.1.3: something follows the end"


def _trailer(pdf) -> Iterator[str]:
    if pdf.is_encrypted or "/Encrypt" in pdf.trailer:
        yield "6.1.3: encrypted"
    if len(pdf.trailer.get("/ID", [])) != 2:
        yield "6.1.3: no file identifier"


def _metadata(pdf) -> Iterator[str]:
    """6.6: XMP is there, says PDF/A-2b, and agrees with the document information."""
    stream = pdf.Root.Metadata
    raw = stream.read_bytes()
    if (stream.Type, stream.Subtype) != (Name.Metadata, Name.XML) or "/Filter" in stream:
        yield "6.6.2: the metadata are no plain XML stream"
    if re.search(rb"<\?xpacket begin=[^>]*(bytes|encoding)=", raw):
        yield "6.6.2: the packet's head has forbidden attributes"
    raw.decode("utf-8")
    with pdf.open_metadata(update_docinfo=False) as xmp:
        if (xmp.get("pdfaid:part"), xmp.get("pdfaid:conformance")) != ("2", "B"):
            yield "6.6.4: not declared as PDF/A-2b"
        yield from _disagreements(pdf.docinfo, xmp)


def _disagreements(information, xmp) -> Iterator[str]:
    for key, name in INFORMATION.items():
        if str(information[key]) != xmp.get(name):
            yield f"6.6.3: {key} differs from {name}"
    if "/Author" in information and [str(information["/Author"])] != list(xmp["dc:creator"]):
        yield "6.6.3: /Author differs from dc:creator"
    for key, name in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
        if _digits(str(information[key])) != _digits(xmp[name]):
            yield f"6.6.3: {key} differs from {name}"
    known = {*INFORMATION, "/Author", "/CreationDate", "/ModDate"}
    yield from _unlisted("the information", information, known)


def _digits(moment: str) -> str:
    return re.sub(r"\D", "", moment)


def _output_intent(pdf) -> Iterator[str]:
    """6.2.3: one intent, with an ICC profile of version 2 or 4 for RGB."""
    (intent,) = pdf.Root.OutputIntents
    if intent.S != Name.GTS_PDFA1:
        yield "6.2.3: the output intent is not one of PDF/A"
    profile = intent.DestOutputProfile
    data = profile.read_bytes()
    size, major = struct.unpack(">I", data[:4])[0], data[8]
    if (size, data[36:40]) != (len(data), b"acsp") or major > 4:
        yield "6.2.3: the profile is damaged or too new"
    if data[12:16] not in (b"mntr", b"prtr") or (data[16:20], profile.N) != (b"RGB ", 3):
        yield "6.2.3: the profile is not for RGB"


def _objects(pdf) -> Iterator[str]:
    """6.1: what no object may be or hold, wherever it stands."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream):
            yield from _stream(item)
        yield from _values(item)


def _stream(stream) -> Iterator[str]:
    if {"/F", "/FFilter", "/FDecodeParms"} & set(stream.keys()):
        yield "6.1.7: a stream lies in another file"
    filters = stream.get("/Filter", [])
    names = [filters] if isinstance(filters, Name) else list(filters)
    if wrong := set(map(str, names)) - {"/FlateDecode", "/DCTDecode"}:
        yield f"6.1.7: a stream is packed by {wrong}"
    if stream.get("/Subtype") == "/Image":
        yield from _image(stream)


def _image(image) -> Iterator[str]:
    """6.2.4 and 6.2.8: device colours only, as many as there are, no masks, no transparency."""
    yield from _unlisted("6.2.8: an image", image, IMAGE)
    space = image.ColorSpace
    if isinstance(space, pikepdf.Array):
        kind, base, last, table = space
        if (kind, base) != (Name.Indexed, Name.DeviceRGB) or len(bytes(table)) != 3 * (last + 1):
            yield "6.2.4: a palette that does not hold its colours"
        if last >= 2 ** int(image.BitsPerComponent):
            yield "6.2.4: a palette of more colours than its samples can name"
    elif space not in (Name.DeviceGray, Name.DeviceRGB):
        yield f"6.2.4: an image in {space}"
    if image.Filter == Name.DCTDecode:
        yield from _jpeg(image)


def _jpeg(image) -> Iterator[str]:
    """A JPEG's own frame agrees with what the PDF says of it."""
    frame = re.search(rb"\xff[\xc0-\xc2]..(.)(..)(..)(.)", image.read_raw_bytes(), re.DOTALL)
    bits, height, width, parts = frame[1][0], frame[2], frame[3], frame[4][0]
    said = (image.BitsPerComponent, image.Height, image.Width)
    found = (bits, int.from_bytes(height), int.from_bytes(width))
    if said != found or parts != {"/DeviceGray": 1, "/DeviceRGB": 3}[str(image.ColorSpace)]:
        yield f"a JPEG is {found} with {parts} colours, the PDF says {said}"


def _values(item) -> Iterator[str]:
    """6.1.13: limits of the values in an object, which are not followed into other objects."""
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        yield from _forbidden_keys(item)
        children = [item[key] for key in item.keys()]  # noqa: SIM118 - not a dict
    elif isinstance(item, pikepdf.Array):
        children = list(item)
    else:
        yield from _simple(item)
        return
    for child in children:
        if not getattr(child, "is_indirect", False):
            yield from _values(child)


def _forbidden_keys(dictionary) -> Iterator[str]:
    actions = {"/A", "/AA", "/OpenAction", "/JS", "/JavaScript", "/EmbeddedFiles", "/AcroForm"}
    transparency = {"/SMask", "/Group", "/ca", "/CA", "/BM"}
    if found := (actions | transparency | {"/PresSteps", "/OCProperties"}) & set(dictionary.keys()):
        yield f"6.2.10, 6.4, 6.5: {sorted(found)}"


def _simple(value) -> Iterator[str]:
    if isinstance(value, pikepdf.String) and len(bytes(value)) > LONGEST_STRING:
        yield "6.1.13: a string is too long"
    if isinstance(value, Name) and len(str(value).encode()) - 1 > LONGEST_NAME:
        yield f"6.1.13: a name is too long: {value}"
    if isinstance(value, int) and not -(2**31) <= value < 2**31:
        yield f"6.1.13: a number is too large: {value}"


def _outline(pdf) -> Iterator[str]:
    """Bookmarks lead to pages of this file."""
    pages = {page.objgen for page in pdf.pages}
    with pdf.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            entry = waiting.pop()
            waiting += entry.children
            if entry.destination is None or entry.destination[0].objgen not in pages:
                yield f"the bookmark {entry.title} leads nowhere"


def _page(number, page) -> Iterator[str]:
    where = f"page {number}"
    yield from _unlisted(where, page.obj, PAGE)
    yield from _unlisted(f"{where}: its resources", page.resources, RESOURCES)
    for picture in page.resources.get("/XObject", pikepdf.Dictionary()).values():
        if picture.Subtype != Name.Image:
            yield f"{where}: draws a {picture.Subtype}"
    for link in page.get("/Annots", []):
        yield from _unlisted(f"{where}: a link", link, LINK)
        if (link.Subtype, link.get("/F")) != (Name.Link, PRINT):
            yield f"6.3.2: {where}: an annotation {link.Subtype} that is not printed"
    yield from _content(where, page)


def _content(where, page) -> Iterator[str]:
    """6.2.2: only known operators, resources that are there, states restored, no depth."""
    depth = 0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name not in OPERATORS:
            yield f"6.2.2: {where}: the operator {name}"
        depth += {"q": 1, "Q": -1}.get(name, 0)
        if not 0 <= depth <= DEEPEST:
            yield f"6.1.13: {where}: states are nested {depth} deep"
        kind = {"Tf": "/Font", "Do": "/XObject"}.get(name)
        if kind and operands[0] not in page.resources[kind]:
            yield f"6.2.2: {where}: {operands[0]} is not among its resources"
        yield from (broken for value in operands for broken in _simple(value))
    if depth:
        yield f"6.2.2: {where}: {depth} states are left open"


def _fonts(pdf) -> Iterator[str]:
    """6.2.11: each is embedded, says what its program says, and has every glyph drawn with it."""
    fonts, used = {}, {}
    for page in pdf.pages:
        _note_codes(page, fonts, used)
    for key, font in fonts.items():
        yield from (f"{font.BaseFont}: {broken}" for broken in _font(font, used[key]))


def _note_codes(page, fonts, used) -> None:
    """Add the fonts of a page, and the codes that it shows in each."""
    current = None
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            current = page.resources.Font[operands[0]]
            fonts[current.objgen] = current
        elif str(operator) in ("Tj", "TJ", "'", '"'):
            shown = operands[-1] if str(operator) == "TJ" else [operands[-1]]
            codes = b"".join(bytes(s) for s in shown if not isinstance(s, int | Decimal))
            used.setdefault(current.objgen, set()).update(codes)


def _font(font, codes) -> Iterator[str]:
    descriptor = font.FontDescriptor
    if font.Subtype != Name.TrueType or "/FontFile2" not in descriptor:
        yield "6.2.11.4: is no embedded TrueType font"
        return
    if not int(descriptor.Flags) & 4 or int(descriptor.Flags) & 32 or "/Encoding" in font:
        yield "6.2.11.6: is not symbolic, or says so and has an encoding"
    if not re.match(r"/[A-Z]{6}\+", str(font.BaseFont)) or font.BaseFont != descriptor.FontName:
        yield "6.2.11.4: its name does not show that it is a subset"
    program = TrueType(descriptor.FontFile2.read_bytes())
    if len(program.encodings) != 1:
        yield f"6.2.11.6: has {len(program.encodings)} encodings"
    yield from _glyphs(font, codes, program)


def _glyphs(font, codes, program) -> Iterator[str]:
    readable = dict(re.findall(rb"<([0-9A-F]{2})> <([0-9A-F]+)>", font.ToUnicode.read_bytes()))
    for code in sorted(codes):
        glyph = program.glyphs.get(code, 0)
        if glyph == 0:
            yield f"6.2.11.8: {code} is drawn and has no glyph"
            continue
        said, true = font.Widths[code - int(font.FirstChar)], program.width(glyph)
        if abs(Decimal(said) - Decimal(true)) > 1:
            yield f"6.2.11.5: {code} is {true} wide, the PDF says {said}"
        meant = readable.get(b"%02X" % code, b"")
        if meant in (b"", b"0000", b"FEFF", b"FFFE"):
            yield f"6.2.11.7: {code} stands for no character"


class TrueType:
    """What a font program says itself: its encodings, the glyphs of codes, and their widths."""

    def __init__(self, data: bytes) -> None:
        count = struct.unpack(">H", data[4:6])[0]
        rows = [struct.unpack(">4sIII", data[12 + 16 * n :][:16]) for n in range(count)]
        self._tables = {name: data[at : at + size] for name, _, at, size in rows}
        self._units = struct.unpack(">H", self._tables[b"head"][18:20])[0]
        self._metrics = struct.unpack(">H", self._tables[b"hhea"][34:36])[0]
        self.encodings = self._encodings()
        self.glyphs = self._glyphs(self.encodings[0][2])

    def _encodings(self):
        """Return (platform, encoding, offset) of each."""
        table = self._tables[b"cmap"]
        count = struct.unpack(">H", table[2:4])[0]
        return [struct.unpack(">HHI", table[4 + 8 * n :][:8]) for n in range(count)]

    def _glyphs(self, at: int) -> dict[int, int]:
        table = self._tables[b"cmap"][at:]
        form = struct.unpack(">H", table[:2])[0]
        if form == 0:
            return dict(enumerate(table[6 : 6 + 256]))
        if form != 6:
            raise AssertionError(f"an encoding of the format {form}, which nobody reads here yet")
        first, count = struct.unpack(">HH", table[6:10])
        return dict(enumerate(struct.unpack(f">{count}H", table[10 : 10 + 2 * count]), first))

    def width(self, glyph: int) -> float:
        """Return the width of a glyph in thousandths of the type size."""
        at = 4 * min(glyph, self._metrics - 1)
        advance = struct.unpack(">H", self._tables[b"hmtx"][at : at + 2])[0]
        return 1000 * advance / self._units
