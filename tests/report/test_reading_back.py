"""A finished file that does not hold what it should is refused."""

from __future__ import annotations

import dataclasses
import io

import pikepdf
import pytest
import sample_content as sample
from PIL import Image

from smsdesk.domain.errors import ExportMismatch
from smsdesk.report.pdf import press
from smsdesk.report.pdf.document import write_pdf
from smsdesk.report.pdf.sections import timeline

TEXTS = ["第一条短信，写得很长，好让它占上不止一行的地方，再长一点也无妨。", "第二条", "第三条"]


@pytest.fixture
def spoiled(monkeypatch, tmp_path):
    """Write a file that something happens to before it is read back."""
    real = press.finish

    def write(spoil, content=None):
        def finish_and_spoil(draft, target, *rest):
            real(draft, target, *rest)
            with pikepdf.open(target, allow_overwriting_input=True) as pdf:
                spoil(pdf)
                pdf.save(target)

        monkeypatch.setattr(press, "finish", finish_and_spoil)
        return write_pdf(content or sample.small_file(TEXTS), tmp_path / "court.pdf")

    return write


def drop_page(pdf):
    del pdf.pages[-1]


def swap_pages(pdf):
    pdf.pages.append(pdf.pages[2])
    del pdf.pages[2]


def lose_text(pdf):
    """Take every other run of text out of the pages."""
    for page in pdf.pages:
        steps = pikepdf.parse_content_stream(page)
        shows = {n for n, step in enumerate(steps) if str(step.operator) == "Tj"}
        lost = set(sorted(shows)[::2])
        kept = [step for n, step in enumerate(steps) if n not in lost]
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))


def change_pixel(pdf):
    images = {
        image.objgen: image
        for page in pdf.pages
        for image in page.resources.get("/XObject", pikepdf.Dictionary()).values()
    }
    for image in images.values():
        raw = bytearray(image.read_raw_bytes())
        raw[len(raw) // 2] ^= 1
        image.write(bytes(raw), filter=image.Filter, decode_parms=image.get("/DecodeParms"))


def lose_picture(pdf):
    for page in pdf.pages:
        if "/XObject" in page.resources:
            del page.resources["/XObject"]


def lead_astray(pdf):
    for page in pdf.pages:
        for link in page.get("/Annots", []):
            link.Dest[0] = pdf.pages[0].obj


def test_an_untouched_file_is_accepted(spoiled):
    facts = spoiled(lambda pdf: None)
    assert (facts.messages, facts.originals) == (3, 1)


@pytest.mark.parametrize(
    "spoil", [drop_page, swap_pages, lose_text, change_pixel, lose_picture, lead_astray]
)
def test_whatever_is_missing_or_wrong_is_noticed(spoiled, spoil):
    with pytest.raises(ExportMismatch):
        spoiled(spoil)


def test_a_message_that_lost_a_line_is_noticed(monkeypatch, tmp_path):
    real = timeline.Entry.draw_part

    def without_last_line(self, sheet, x, y, width, lines):
        real(self, sheet, x, y, width, lines[:-1] if len(lines) > 1 else lines)

    monkeypatch.setattr(timeline.Entry, "draw_part", without_last_line)
    with pytest.raises(ExportMismatch, match="文字不完整"):
        write_pdf(sample.small_file(TEXTS), tmp_path / "court.pdf")


def test_an_original_that_is_not_what_was_imported_is_noticed(tmp_path):
    buffer = io.BytesIO()
    Image.new("RGB", (390, 844), "grey").save(buffer, "JPEG")
    pictures = sample.Pictures({1: buffer.getvalue})
    shot = dataclasses.replace(sample.original(1, buffer.getvalue(), "a.jpg"), sha256="0" * 64)
    content = sample.court_file([], [shot], pictures, [sample.PHONE])
    with pytest.raises(ExportMismatch, match="SHA-256"):
        write_pdf(content, tmp_path / "court.pdf")
