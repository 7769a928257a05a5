"""What the report tests share: reading a PDF back as a person would."""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from smsdesk.report.pdf.document import write_pdf


class ReadPdf:
    """A finished PDF: its path, what the writer says of it, and the text of its pages."""

    def __init__(self, path, facts):
        self.path = path
        self.facts = facts
        with pypdfium2.PdfDocument(path) as document:
            self.pages = [page.get_textpage().get_text_range() for page in document]

    @property
    def flat(self):
        """All text without any white space: lines may break anywhere."""
        return "".join("".join(self.pages).split()).replace("\ufffe", "").replace("\u200b", "")


@pytest.fixture
def printed(tmp_path):
    def write(content, name="court.pdf"):
        path = tmp_path / name
        return ReadPdf(path, write_pdf(content, path))

    return write
