from __future__ import annotations

from itertools import pairwise

import pytest

from smsdesk.domain.geometry import Box
from smsdesk.ocr.tiling import even_tiles, gather


@pytest.mark.parametrize(("height", "tall", "overlap"), [(10_000, 1280, 96), (5_001, 700.5, 90.2)])
def test_tiles_cover_the_picture_and_overlap(height, tall, overlap):
    tiles = even_tiles(height, tall, overlap)
    assert (tiles[0].top, tiles[-1].bottom) == (0, height)
    for one, other in pairwise(tiles):
        assert one.bottom - other.top == pytest.approx(overlap, abs=2)
        assert one.bottom - one.top <= tall + 1
        assert one.band_bottom > other.band_top


def test_a_short_picture_is_one_tile():
    (tile,) = even_tiles(900, 1280, 96)
    assert (tile.top, tile.bottom) == (0, 900)


@pytest.mark.parametrize("shift", [-3, 0, 3])
@pytest.mark.parametrize("y", range(560, 660, 4))
def test_a_line_on_the_border_is_found_once_however_the_two_tiles_measure_it(y, shift):
    """Each tile sees the line a little elsewhere, as a model does."""
    tiles = even_tiles(1200, 650, 100)

    def find(tile):
        moved = y + (shift if tile is tiles[0] else -shift)
        box = Box(10, moved - 14, 300, moved + 14)
        return [box] if tile.top <= box.y0 and box.y1 <= tile.bottom else []

    assert len(gather(tiles, find, lambda box: box)) == 1


def test_two_lines_side_by_side_or_close_above_each_other_stay_two():
    tiles = even_tiles(1200, 650, 100)
    lines = [Box(10, 590, 300, 620), Box(320, 590, 600, 620), Box(10, 622, 300, 650)]
    found = gather(tiles, lambda tile: [b for b in lines if b.y1 <= tile.bottom], lambda b: b)
    assert sorted(found, key=lambda b: (b.y0, b.x0)) == lines
