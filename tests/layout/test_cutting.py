"""A thread without a gap is cut where nobody can doubt what stands on either side."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smsdesk.domain.messages import Continuity
from smsdesk.domain.screens import ScreenKind
from smsdesk.domain.threads import JoinDecision
from smsdesk.layout import cutting
from smsdesk.layout.joining import blocks_in, join, settled
from tests.layout.generated_threads import STYLES, gapless, score
from tests.layout.test_joining import GROUP, NONE, OWN, Phone

M, H = "你好今天必须还款", "最后通知请你还钱"
X, Y, Z = "回电话给我们公司", "我们已经到你家了", "我没有钱还给你们"


@pytest.fixture
def small_sections(monkeypatch):
    monkeypatch.setattr(cutting, "MOST", 2)
    monkeypatch.setattr(cutting, "LEAST", 1)


def sections(phone, decisions=()):
    """Return the numbers of the sightings of each block."""
    return [sorted(block.sighting_ids) for block in blocks_in(phone.screens, decisions)]


def cut_above(phone, sighting_id, decisions=()):
    """Say whether a sighting begins another block than the one above it on its screen is of."""
    (own,) = (block for block in sections(phone, decisions) if sighting_id in block)
    return sighting_id - 1 not in own


def crossing(above=(M, "1月3日 08:00", OWN), head=(H, "1月3日 10:00", OWN), *, other=None):
    """Return a phone of whose four screens two show the message *above* and the *head* below."""
    phone = Phone()
    phone.show([(X, "1月3日 07:50", OWN), (M, "1月3日 08:00", OWN)], "2026-01-03 20:00")
    phone.show([above, head], "2026-01-03 20:00:05")
    phone.show([*(other or (above, head)), (Y, "1月3日 10:10", OWN)], "2026-01-03 20:00:10")
    phone.show([(Y, "1月3日 10:10", OWN), (X, "1月3日 10:20", OWN)], "2026-01-03 20:00:15")
    return phone


def test_screens_that_reach_across_a_cut_are_shared_out(small_sections):
    phone = crossing()
    assert sections(phone) == [[1, 2, 3, 5], [4, 6, 7, 8, 9]]
    joined = join(phone.screens)
    assert [sorted(m.sighting_ids) for m in joined.messages] == [
        [1],
        [2, 3, 5],
        [4, 6],
        [7, 8],
        [9],
    ]
    assert {m.before for m in joined.messages[1:]} == {Continuity.CONTINUOUS}


@pytest.mark.parametrize(
    ("screens", "why"),
    [
        (crossing(head=(H, "1月3日 08:20", OWN)), "soon after"),
        (crossing(head=(H, "1月3日 08:00", GROUP)), "no time of its own"),
        (crossing(other=((M, "1月3日 08:00", OWN), (X, "1月3日 10:00", OWN))), "another text"),
        (crossing(other=((X, "1月3日 08:00", OWN), (H, "1月3日 10:00", OWN))), "another above"),
        (crossing(other=((M, "1月3日 08:01", OWN), (H, "1月3日 10:00", OWN))), "another time"),
        (crossing(other=((M, "1月3日 08:00", OWN), (H, "1月3日 10:01", OWN))), "another minute"),
        (crossing(other=((H, None, NONE), (H, "1月3日 10:00", OWN))), "perhaps the one below"),
    ],
)
def test_where_anything_is_in_doubt_nothing_is_cut(small_sections, screens, why):
    assert not cut_above(screens, 4), why


def test_the_message_above_needs_no_time_on_every_screen(small_sections):
    phone = crossing(other=((M, None, NONE), (H, "1月3日 10:00", OWN)))
    assert sections(phone) == [[1, 2, 3, 5], [4, 6, 7, 8, 9]]
    assert [sorted(m.sighting_ids) for m in join(phone.screens).messages][1:3] == [
        [2, 3, 5],
        [4, 6],
    ]


@pytest.mark.parametrize(("one", "other", "same"), [(3, 5, False), (1, 9, True)])
def test_nothing_is_cut_where_a_person_spoke(small_sections, one, other, same):
    assert not cut_above(crossing(), 4, [JoinDecision.on(one, other, same=same)])


def test_a_message_list_taken_later_leaves_nothing_to_cut(small_sections):
    phone = crossing()
    phone.show([(M, "08:00", OWN)], "2026-01-03 09:00", kind=ScreenKind.INBOX)
    assert cut_above(phone, 4)
    phone.show([(M, "08:00", OWN)], "2026-01-03 11:00", kind=ScreenKind.INBOX)
    assert not cut_above(phone, 4)


def test_a_cut_beside_a_misread_label_is_undone(small_sections):
    phone = crossing()
    rows = [(M, None, NONE), (H, None, NONE), (Y, "1月3日 10:10", OWN)]
    phone.show(rows, "2026-01-03 20:00:12")
    assert len(sections(phone)) == 2
    assert len(settled(blocks_in(phone.screens))) == 1
    assert join(phone.screens) == _uncut(phone.screens)


def test_what_has_no_place_comes_after_all_of_what_was_cut(small_sections):
    phone = crossing()
    phone.show([(M[:6] + "了", None, NONE), (Z, None, NONE)], "2026-01-03 20:00:01")
    assert sections(phone)[0][-2:] == [10, 11]
    joined = join(phone.screens)
    assert joined == _uncut(phone.screens)
    assert [m.sighting_ids for m in joined.messages[-2:]] == [(10,), (11,)]
    assert joined.messages[-2].before is Continuity.GAP


def _uncut(screens):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "MOST", 10_000)
        return join(screens)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10_000), style=st.sampled_from(STYLES))
def test_cutting_loses_nothing_and_tells_no_gap_that_is_none(seed, style):
    thread = gapless(seed, 24, style)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cutting, "MOST", 8)
        patch.setattr(cutting, "LEAST", 3)
        parts = settled(blocks_in(thread.screens))
    messages = [m for part in parts for m in part.joined.messages]
    asked = {i for p in parts for q in p.joined.questions for i in q.sighting_ids}
    assert score(thread.truth, messages, asked, thread.adjacent).links_wrong == 0
    for upper, lower in pairwise(parts):
        if upper.block.bottom is not None:
            above, below = upper.joined.messages[-1], lower.joined.messages[0]
            assert below.before is Continuity.CONTINUOUS
            assert thread.truth[above.sighting_ids[0]] + 1 == thread.truth[below.sighting_ids[0]]
