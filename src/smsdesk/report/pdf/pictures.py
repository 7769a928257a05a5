"""Originals inside the PDF: each stands there once, untouched where the format allows.

A JPEG's bytes and a plain PNG's compressed pixels go in exactly as they are; other formats go in
decoded, without loss. Crops beside the timeline and the parts of long screenshots are windows on
that one picture, so nothing is ever recompressed or scaled. Two exceptions, each asked for by the
person: in volumes a crop stands for itself, pixel by pixel, because its screenshot may be bound in
another one; and a copy of print size takes the place of large pictures that are no JPEGs.
"""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PIL import Image, ImageChops

from smsdesk.domain.cases import Page
from smsdesk.domain.errors import ExportMismatch, PictureError
from smsdesk.report.content import PictureSource
from smsdesk.report.pdf.draft import Draft
from smsdesk.report.pdf.sheet import Frame, Part
from smsdesk.report.pdf.vault import Vault

_PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
_ORIENTATION = 0x0112
_CHANNELS = {0: 1, 2: 3, 3: 1}
"""Samples a pixel of the PNG colour types that a PDF can take over: grey, RGB, palette."""
_UPRIGHT = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
"""Matrices that set a stored picture upright within the unit square, by EXIF orientation."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """An image as a PDF stream: its data, dictionary entries and EXIF orientation."""

    data: bytes
    width: int
    height: int
    bits: int
    colour_space: str
    filter: str
    parameters: dict[str, int]
    orientation: int = 1

    @property
    def entries(self) -> str:
        """The entries of its stream's dictionary."""
        entries = (
            "/Type /XObject /Subtype /Image"
            f" /Width {self.width} /Height {self.height} /BitsPerComponent {self.bits}"
            f" /ColorSpace {self.colour_space} /Filter {self.filter}"
        )
        if not self.parameters:
            return entries
        listed = " ".join(f"/{name} {value}" for name, value in self.parameters.items())
        return f"{entries} /DecodeParms << {listed} >>"


def embed(data: bytes, upright: Callable[[], Image.Image]) -> Embedded:
    """Return how the picture *data* enters a PDF; *upright* gives its decoded form on demand."""
    found = _from_jpeg(data) if data[:2] == b"\xff\xd8" else _from_png(data)
    if found:
        return found
    return lossless(upright())


def lossless(image: Image.Image) -> Embedded:
    """Return a decoded picture (RGB) as it enters a PDF, pixel by pixel."""
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    picture = _from_png(buffer.getvalue())
    if picture is None:
        raise AssertionError("a PNG without alpha channel can always be taken over")
    return picture


def _from_jpeg(data: bytes) -> Embedded | None:
    """Return a grey or colour JPEG as it is; None for CMYK and other rare kinds."""
    with Image.open(io.BytesIO(data)) as image:
        space = {"L": "/DeviceGray", "RGB": "/DeviceRGB"}.get(image.mode)
        orientation = image.getexif().get(_ORIENTATION, 1)
        if space is None or orientation not in _UPRIGHT:
            return None
        return Embedded(data, *image.size, 8, space, "/DCTDecode", {}, orientation)


def _from_png(data: bytes) -> Embedded | None:
    """Return the pixels of a PNG as they are compressed; None where a PDF cannot hold them."""
    if not data.startswith(_PNG_MAGIC):
        return None
    chunks = _chunks(data)
    width, height, bits, colour, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    odd = interlaced or bits > 8 or colour not in _CHANNELS
    if odd or b"tRNS" in chunks or b"eXIf" in chunks:
        return None
    channels = _CHANNELS[colour]
    parameters = {"Predictor": 15, "Colors": channels, "BitsPerComponent": bits, "Columns": width}
    space = _colour_space(colour, chunks.get(b"PLTE", b""))
    return Embedded(chunks[b"IDAT"], width, height, bits, space, "/FlateDecode", parameters)


def _chunks(data: bytes) -> dict[bytes, bytes]:
    """Return the contents of a PNG's chunks by name, those of one name joined."""
    found: dict[bytes, list[bytes]] = {}
    at = len(_PNG_MAGIC)
    while at + 8 <= len(data):
        length, name = struct.unpack(">I4s", data[at : at + 8])
        found.setdefault(name, []).append(data[at + 8 : at + 8 + length])
        at += 12 + length
    return {name: b"".join(parts) for name, parts in found.items()}


def _colour_space(colour: int, palette: bytes) -> str:
    if colour == 3:
        return f"[/Indexed /DeviceRGB {len(palette) // 3 - 1} <{palette.hex()}>]"
    return "/DeviceGray" if colour == 0 else "/DeviceRGB"


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture that is kept in the vault from `start` on: how it enters a PDF.

    `digest` is the SHA-256 of its data; `reduced` says that it is a copy of print size.
    """

    start: int
    size: int
    entries: str
    digest: str
    orientation: int
    reduced: bool


class PictureStore:
    """Draws pages of originals on canvases; each is put into the vault at its first use.

    `hashes` are the SHA-256 of originals by id: other data than these are refused (ExportMismatch).
    `apart` makes crops stand for themselves; `print_size` allows copies of print size. `missing`
    are pages that cannot be shown.
    """

    def __init__(
        self,
        source: PictureSource,
        vault: Vault,
        hashes: Mapping[int, str],
        *,
        apart: bool = False,
        print_size: bool = False,
    ) -> None:
        self._source, self._vault = source, vault
        self._hashes = hashes
        self._apart, self._print_size = apart, print_size
        self._kept: dict[Page | tuple[Page, Part], Kept] = {}
        self._decoded: tuple[Page, Image.Image] | None = None
        self.missing: set[Page] = set()

    def size(self, page: Page, part: Part | None = None) -> int:
        """Return how many bytes a picture takes with its entries; 0 if it cannot be shown."""
        kept = self._keep(page, part)
        return kept.size + len(kept.entries) if kept else 0

    def is_reduced(self, page: Page) -> bool:
        """Say whether a page is printed from a copy of print size."""
        kept = self._keep(page, None)
        return kept is not None and kept.reduced

    def draw(self, draft: Draft, page: Page, place: Frame, part: Part) -> str | None:
        """Draw the pixels *part* (of the upright picture) to fill *place* (left, bottom, ...).

        Return the SHA-256 of the image data; None if the page cannot be shown.
        """
        alone = self._apart and part != (0, 0, page.width, page.height)
        kept = self._keep(page, part if alone else None)
        if kept is None:
            return None
        canvas = draft.canvas
        left, bottom, width, height = place
        x0, y0, x1, y1 = part
        whole = (x1 - x0, y1 - y0) if alone else (page.width, page.height)
        if alone:
            x0, y1 = 0, whole[1]
        scale_x, scale_y = width / (part[2] - part[0]), height / (part[3] - part[1])
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(left, bottom, width, height)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.translate(left - x0 * scale_x, bottom - (whole[1] - y1) * scale_y)
        canvas.scale(whole[0] * scale_x, whole[1] * scale_y)
        canvas.transform(*_UPRIGHT[kept.orientation])  # the whole picture in the unit square
        canvas.doForm(self._put(draft, kept))
        canvas.restoreState()
        return kept.digest

    def _put(self, draft: Draft, kept: Kept) -> str:
        """Return the name under which a picture stands in the draft, where it is put once."""
        name = f"picture{kept.start}"
        if not draft.has(name):
            draft.put_picture(name, kept.entries, self._vault.read(kept.start, kept.size))
        return name

    def _keep(self, page: Page, part: Part | None) -> Kept | None:
        """Return a picture, kept in the vault; None if it cannot be shown."""
        if page in self.missing:
            return None
        key = page if part is None else (page, part)
        if key not in self._kept:
            try:
                self._kept[key] = self._write(page, part)
            except PictureError:
                self.missing.add(page)
                return None
        return self._kept[key]

    def _write(self, page: Page, part: Part | None) -> Kept:
        if part is None:
            picture = embed(self._data(page), lambda: self._upright(page))
        else:
            picture = flat(self._upright(page).crop(part))
        small = self._print_copy(page, picture) if self._print_size and part is None else None
        chosen = small or picture
        digest = hashlib.sha256(chosen.data).hexdigest()
        start, size = self._vault.add(chosen.data), len(chosen.data)
        return Kept(start, size, chosen.entries, digest, chosen.orientation, small is not None)

    def _data(self, page: Page) -> bytes:
        data = self._source.data(page.original_id, page.index)
        wanted = self._hashes.get(page.original_id)
        if wanted is not None and hashlib.sha256(data).hexdigest() != wanted:
            detail = f"原件（编号 {page.original_id}）的数据与登记的 SHA-256 不符"
            raise ExportMismatch(detail=detail)
        return data

    def _upright(self, page: Page) -> Image.Image:
        """Return the decoded picture; the crops of one screenshot follow one another."""
        if self._decoded is None or self._decoded[0] != page:
            self._decoded = page, self._source.upright(page.original_id, page.index)
        return self._decoded[1]

    def _print_copy(self, page: Page, picture: Embedded) -> Embedded | None:
        """Return a copy of print size, None where the picture is a JPEG or no smaller for it."""
        if picture.filter == "/DCTDecode":
            return None
        copy = print_copy(self._upright(page))
        return copy if len(copy.data) < len(picture.data) else None


def flat(image: Image.Image) -> Embedded:
    """Return a crop (RGB), pixel by pixel, without filters: bubbles are smaller so.

    A crop of few colours is stored by their numbers, which takes about half the room.
    """
    stored = _of_few_colours(image)
    palette = bytes(stored.getpalette() or ()) if stored.mode == "P" else b""
    space = _colour_space(_PNG_COLOURS[stored.mode], palette)
    data = zlib.compress(stored.tobytes(), _EFFORT)
    return Embedded(data, *stored.size, 8, space, "/FlateDecode", {})


_PNG_COLOURS = {"L": 0, "RGB": 2, "P": 3}
_EFFORT = 6
"""Of 9: a crop of a screenshot is 8 % smaller with 9, and takes six times as long."""


def _of_few_colours(image: Image.Image) -> Image.Image:
    """Return the very same pixels in grey or with a palette, where they allow it."""
    colours = image.getcolors(256)
    if colours is None:
        return image
    if image.getchannel("R") == image.getchannel("G") == image.getchannel("B"):
        return image.getchannel("R")
    few = image.quantize(256, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    same = ImageChops.difference(few.convert("RGB"), image).getbbox() is None
    return few if same else image


_PRINT_WIDTH = 945
"""Pixels across 80 mm at 300 dots an inch: what an office printer can show of a screenshot."""
_PRINT_QUALITY = 85


def print_copy(image: Image.Image) -> Embedded:
    """Return a picture made as small as print needs it, as a JPEG."""
    if image.width > _PRINT_WIDTH:
        height = max(1, round(image.height * _PRINT_WIDTH / image.width))
        image = image.resize((_PRINT_WIDTH, height), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=_PRINT_QUALITY, optimize=True)
    return Embedded(buffer.getvalue(), *image.size, 8, "/DeviceRGB", "/DCTDecode", {})
