"""PDFs as scanners, phones and office programs make them, drawn for tests."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

A4 = (595, 842)


def saved(pdf: pikepdf.Pdf, **options) -> bytes:
    file = io.BytesIO()
    pdf.save(file, **options)
    return file.getvalue()


def printed(*draws: Callable[[Canvas], None], size=A4) -> bytes:
    """Return a PDF with a page for each of *draws*."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size)
    for draw in draws:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def laid(image: Image.Image, x=0.0, y=0.0, scale=0.5, **options) -> Callable[[Canvas], None]:
    """Return what draws *image* at *scale* points a pixel."""
    place = (x, y, image.width * scale, image.height * scale)
    return lambda canvas: canvas.drawImage(ImageReader(image), *place, **options)


def jpeg(image: Image.Image, **options) -> bytes:
    file = io.BytesIO()
    image.convert("RGB").save(file, "JPEG", **options)
    return file.getvalue()


def scanned(*streams: bytes, size=(1170, 2532), matrix=None, rotate=0, content=b"", **entries):
    """Return a PDF with a JPEG of *size* on each page, filling it unless *matrix* says else."""
    pdf = pikepdf.new()
    width, height = size
    for stream in streams:
        picture = pdf.make_stream(stream)
        picture.stream_dict = pikepdf.Dictionary(
            Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=width, Height=height,
            BitsPerComponent=8, ColorSpace=pikepdf.Name.DeviceRGB, Filter=pikepdf.Name.DCTDecode,
            **entries,
        )  # fmt: skip
        carried = matrix or (width / 2, 0, 0, height / 2, 0, 0)
        a, b, c, d, _, _ = carried
        page = pdf.add_blank_page(page_size=(abs(a) + abs(c), abs(b) + abs(d)))
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=picture))
        drawing = f"q {' '.join(map(str, carried))} cm /Im Do Q ".encode()
        page.Contents = pdf.make_stream(drawing + content)
        page.Rotate = rotate
    return saved(pdf)
