"""A court PDF in several volumes, read as the court would: one after the other."""

from __future__ import annotations

import io
import itertools
import random
import re

import pikepdf
import pypdfium2
import pytest
import sample_content as sample
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from smsdesk.domain.errors import VolumeTooSmall
from smsdesk.report.pdf.binding import Binding, Volume, split
from smsdesk.report.pdf.document import write_volumes

LIMIT = 900_000


def noisy_jpeg(seed):
    """Return a JPEG of some 150 kB, so that volumes fill quickly."""
    noise = random.Random(seed).randbytes(390 * 844)
    buffer = io.BytesIO()
    Image.frombytes("L", (390, 844), noise).save(buffer, "JPEG", quality=60)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def content():
    pictures = sample.Pictures({n: lambda n=n: noisy_jpeg(n) for n in range(1, 9)})
    originals = [sample.original(n, noisy_jpeg(n), f"IMG_{n:04}.JPG") for n in range(1, 9)]
    messages = [
        sample.message(n, f"第{n}条短信的全文", original_id=(n - 1) // 4 + 1) for n in range(1, 33)
    ]
    return sample.court_file(messages, originals, pictures, [sample.PHONE])


@pytest.fixture(scope="module")
def volumes(content, tmp_path_factory):
    facts, paths = write_volumes(content, tmp_path_factory.mktemp("volumes"), LIMIT)
    return facts, paths, [_pages(path) for path in paths]


def _pages(path):
    with pypdfium2.PdfDocument(path) as document:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def test_no_volume_is_larger_than_allowed_and_page_numbers_run_on(volumes):
    facts, paths, texts = volumes
    assert len(paths) > 2
    assert all(path.stat().st_size <= LIMIT for path in paths)
    feet = [re.search(r"卷(\d+)（共(\d+)卷）第(\d+)页共(\d+)页", page) for v in texts for page in v]
    assert [int(foot[3]) for foot in feet] == list(range(1, facts.pages + 1))
    assert {int(foot[2]) for foot in feet} == {len(paths)}
    assert {int(foot[4]) for foot in feet} == {facts.pages}
    assert [int(foot[1]) for foot in feet] == [n for n, v in enumerate(texts, 1) for _ in v]


def test_no_volume_could_have_taken_the_next_page_as_well(volumes):
    """A volume ends where its limit does: as few as there can be in this order."""
    _, paths, _ = volumes
    safety = 0.05 * LIMIT  # fonts are reckoned unpacked
    for path, following in itertools.pairwise(paths):
        assert path.stat().st_size + first_page_size(path, following) > LIMIT - safety


def first_page_size(before, path):
    """Return what the page behind the front of *path* holds that *before* does not."""
    with pikepdf.open(before) as pdf:
        held = {picture.read_raw_bytes() for page in pdf.pages for picture in pictures_on(page)}
    with pikepdf.open(path) as pdf:
        page = pdf.pages[1]
        new = [data for p in pictures_on(page) if (data := p.read_raw_bytes()) not in held]
        return len(page.Contents.read_raw_bytes()) + sum(map(len, new))


def pictures_on(page):
    return page.resources.get("/XObject", pikepdf.Dictionary()).values()


def test_every_message_and_original_is_in_some_volume(volumes, content):
    _, paths, texts = volumes
    whole = "".join("".join(pages) for pages in texts)
    assert all(message.text in whole for message in content.messages)
    raw = []
    for path in paths:
        with pikepdf.open(path) as pdf:
            for page in pdf.pages:
                raw += [image.read_raw_bytes() for image in pictures_on(page)]
    assert {noisy_jpeg(n) for n in range(1, 9)} <= set(raw)


def test_catalogue_and_timeline_name_volume_and_page(volumes, content):
    _, _, texts = volumes
    numbered = {}
    for number, pages in enumerate(texts, 1):
        for page in pages:
            numbered[int(re.search(r"第(\d+)页共", page)[1])] = (number, page)
    referred = re.findall(r"见卷(\d+)第(\d+)页证据([\d-]+\d)", "".join("".join(v) for v in texts))
    assert len(referred) == len(content.messages)
    for volume, page, evidence in referred:
        assert numbered[int(page)][0] == int(volume)
        assert f"证据{evidence}" in numbered[int(page)][1]
    catalogue = next(page for page in texts[0] if "证据目录" in page and "序号" in page)
    assert re.search(r"卷\d+", catalogue)


def test_each_volume_says_what_it_holds(volumes):
    _, paths, texts = volumes
    fronts = [pages[1 if n == 0 else 0] for n, pages in enumerate(texts)]
    for number, page in enumerate(fronts, 1):
        assert f"第{number}卷共{len(paths)}卷" in page
        assert "本卷内容" in page
    assert "各卷一览" in fronts[0]


def test_links_stay_within_their_volume(volumes):
    _, paths, _ = volumes
    for path in paths:
        with pikepdf.open(path) as pdf:
            pages = {page.objgen for page in pdf.pages}
            for page in pdf.pages:
                for link in page.get("/Annots", []):
                    assert link.Dest[0].objgen in pages


def test_what_fits_is_one_file(content, tmp_path):
    _, paths = write_volumes(content, tmp_path, 50_000_000)
    assert len(paths) == 1
    assert "卷1" not in "".join(_pages(paths[0]))


def test_a_limit_below_one_page_is_refused(content, tmp_path):
    with pytest.raises(VolumeTooSmall) as refused:
        write_volumes(content, tmp_path, 300_000)
    assert re.fullmatch(r"证据 1-1-0\d(、1-1-0\d)*", refused.value.fields["held"])
    assert list(tmp_path.iterdir()) == []


PICTURES = st.dictionaries(st.integers(0, 9), st.just(7), max_size=4)


@given(st.lists(PICTURES, min_size=1), st.integers(1, 60))
def test_runs_cover_all_pages_and_keep_the_limit(pages, limit):
    runs = split(pages, 2, limit)
    assert [page for a, b in runs for page in range(a, b + 1)] == list(range(1, len(pages) + 1))
    for a, b in runs:
        held = {name: size for page in pages[a - 1 : b] for name, size in page.items()}
        assert 2 * (b - a + 1) + sum(held.values()) <= limit or a == b


def test_a_picture_on_several_pages_counts_once():
    assert split([{"a": 9}, {"a": 9}, {"a": 9}], 0, 10) == [(1, 3)]
    assert split([{"a": 9}, {"b": 9}, {"b": 9}], 0, 10) == [(1, 1), (2, 3)]


def test_front_pages_push_what_follows_them():
    binding = Binding((Volume(1, 1, 3, 1, 1), Volume(2, 4, 5, 2, 3)))
    numbers = [binding.place(index).number for index in range(1, 6)]
    assert numbers == [1, 3, 4, 7, 8]
    assert [place.number for place in binding.front_places(binding.volumes[0])] == [2]
    assert [place.number for place in binding.front_places(binding.volumes[1])] == [5, 6]
    assert binding.pages == 8
