from __future__ import annotations

import pytest

from smsdesk.domain.doubt import doubtful_spans


def test_neighbours_make_one_span():
    assert doubtful_spans("限今日还清", (1, 0.6, 0.7, 1, 0.3)) == ((1, 3), (4, 5))


def test_marks_are_doubted_like_letters():
    assert doubtful_spans("好,的", (1, 0.9, 1)) == ((1, 2),)


def test_amounts_have_to_be_sure():
    assert doubtful_spans("8,126元", (1, 0.99, 0.97, 1, 1, 1)) == ((2, 3),)


def test_spaces_between_words_are_never_doubtful():
    assert doubtful_spans("a b", (1, 0, 1)) == ()


def test_every_character_needs_a_confidence():
    with pytest.raises(ValueError, match="zip"):
        doubtful_spans("还钱", (1.0,))
