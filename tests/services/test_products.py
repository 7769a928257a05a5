from __future__ import annotations

import hashlib
import zipfile

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from smsdesk.domain.cases import CaseCard
from smsdesk.domain.products import Choice, Product, Wish, choices_of, ending_of
from smsdesk.domain.queries import MessageQuery
from smsdesk.services import listing, products
from smsdesk.services.drawing_pages import BAND_PIXELS, PageDrawer
from smsdesk.services.jobs import Cancelled, Task
from smsdesk.wording import LANGUAGES, say


@pytest.fixture
def few(sample_case):
    """The ids of the first messages: enough for every kind of product, and quick."""
    return frozenset(listing.message_ids(sample_case, MessageQuery())[:20])


@pytest.mark.parametrize("product", list(Product))
def test_every_product_has_its_words_and_its_ending(product):
    for language in LANGUAGES:
        assert say(f"products.{product}", language)
        assert say(f"products.{product}_says", language)
    assert ending_of(product).startswith(".")
    assert choices_of(product) <= set(Choice)


@pytest.mark.parametrize("product", [Product.SHEET, Product.POLICE, Product.DEMAND, Product.PDF])
def test_a_product_is_made_of_what_was_wished(sample_case, tmp_path, few, product):
    target = tmp_path / f"out{ending_of(product)}"
    wish = Wish(MessageQuery(only=few), masked=bool(choices_of(product)))
    made = products.make(sample_case, product, target, wish, Task())
    assert made.path == target
    assert target.stat().st_size > 0
    assert 0 < made.messages <= len(few)
    if target.suffix in (".zip", ".docx", ".xlsx"):
        assert zipfile.is_zipfile(target)
    logged = [entry for entry in listing.custody(sample_case) if entry.action == "exported"]
    assert logged[-1].details["file_name"] == target.name


@pytest.mark.parametrize("masked", [False, True])
def test_a_draft_is_what_would_be_exported_and_is_not_logged(sample_case, tmp_path, few, masked):
    before = listing.custody(sample_case)
    wish = Wish(MessageQuery(only=few), masked=masked)
    path = products.draft_to_look_at(sample_case, tmp_path, wish, Task())
    assert listing.custody(sample_case) == before
    assert list(tmp_path.glob("*.pdf")) == [path]
    pages = products.court_pages(sample_case, MessageQuery(only=few), Task())
    with pypdfium2.PdfDocument(path) as pdf:
        text = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert ("脱敏副本" in text) == masked
    if not masked:
        assert pages == PageDrawer(path).count


@pytest.mark.parametrize(
    ("respondent", "copies"), [("", 1), ("甲公司", 2), ("甲公司；乙公司;丙公司\n", 4)]
)
def test_one_copy_goes_to_each_opponent_and_one_to_the_court(respondent, copies):
    assert products.copies_for(CaseCard("案", respondent=respondent)) == copies


def test_counting_pages_can_be_stopped(sample_case):
    task = Task()
    task.cancel()
    with pytest.raises(Cancelled):
        products.court_pages(sample_case, MessageQuery(), task)


def test_what_was_printed_is_in_the_log(sample_case, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"printed")
    products.log_print(sample_case, path, pages=3, copies=2)
    entry = listing.custody(sample_case)[-1]
    digest = hashlib.sha256(b"printed").hexdigest()
    assert entry.action == "printed"
    assert entry.details == {"sha256": digest, "pages": 3, "copies": 2}


@pytest.mark.parametrize("dots", [72, 100, 601])
def test_bands_are_the_page_in_pieces_of_bounded_size(demo, dots):
    drawer = PageDrawer(demo.pdf_path)
    bands = list(drawer.bands(0, dots))
    width, height = drawer.pixels(0, dots)
    assert [band.top for band in bands] == list(
        np.cumsum([0, *(band.height for band in bands)])[:-1]
    )
    assert sum(band.height for band in bands) == height
    assert max(band.width * band.height for band in bands) <= BAND_PIXELS
    joined = Image.frombytes("RGB", (width, height), b"".join(band.data for band in bands))
    if dots == 601:
        assert len(bands) > 1
    small = (60, 84)  # where strips meet, letters may be smoothed otherwise: not by whole pixels
    with pypdfium2.PdfDocument(demo.pdf_path) as pdf:
        alone = pdf[0].render(scale=dots / 72).to_pil().convert("RGB")
    shades = [np.asarray(image.resize(small).convert("L"), dtype=int) for image in (joined, alone)]
    assert np.abs(shades[0] - shades[1]).max() <= 12
