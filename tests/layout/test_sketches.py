"""A sketch tells of a screen what decides with which others it can have to do."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsdesk.domain.moments import CHINA
from smsdesk.domain.screens import LabelScope
from smsdesk.layout import matching
from smsdesk.layout.borrowing import with_borrowed_days
from smsdesk.layout.repeats import Repeats
from smsdesk.layout.sketches import (
    OWN,
    UNKNOWN,
    WHOLE,
    hashed,
    kept_of,
    moment_of,
    sketch_in,
    sketch_of,
    stamp,
)
from tests.layout.generated_threads import STYLES, generate

moments = st.integers(0, 2**32).map(lambda second: dt.datetime.fromtimestamp(second, CHINA))


@given(one=moments, other=moments)
def test_stamps_order_as_moments_do(one, other):
    assert (stamp(one) < stamp(other)) == (one < other)
    assert moment_of(stamp(one)) == one
    assert UNKNOWN == stamp(None) < stamp(one) < -UNKNOWN


@pytest.mark.parametrize("style", STYLES)
def test_a_sketch_has_every_line_of_its_screen(style):
    for screen in generate(7, style).screens:
        sketch = sketch_of(screen)
        starts = [s.sent.earliest for s in screen.sightings if s.sent.earliest]
        assert sketch.first == stamp(min(starts, default=None))
        for line, seen in zip(sketch.lines, screen.sightings, strict=True):
            text = matching.normal(seen.text)
            filled = matching.template(text)
            flags = WHOLE * (not seen.clipped and not seen.snippet)
            flags |= OWN * (seen.label_scope is LabelScope.OWN)
            assert line == (
                seen.id,
                hashed(text),
                0 if filled == text else hashed(filled),
                stamp(seen.sent.earliest),
                stamp(seen.sent.latest),
                flags,
            )


def test_what_is_kept_holds_both_ways_of_dating_bare_clocks():
    screens = generate(3, "bare").screens
    kept = [kept_of(screen) for screen in screens]
    assert any(sketch.borrows for sketch in kept)
    for screen, sketch in zip(screens, kept, strict=True):
        assert sketch_in(sketch, dated=False) == sketch_of(screen)
        assert sketch_in(sketch, dated=True) == sketch_of(with_borrowed_days(screen))


@given(st.sets(st.text()), st.text())
def test_texts_are_found_by_their_hashes(texts, other):
    repeats = Repeats(frozenset(map(hashed, texts)))
    assert all(text in repeats for text in texts)
    assert (other in repeats) == (other in texts)
