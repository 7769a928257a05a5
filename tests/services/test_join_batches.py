"""Joining block by block: what comes in parts comes to the same as what comes at once."""

from __future__ import annotations

import datetime as dt
import itertools
import random
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.threads import ThreadKey
from smsdesk.layout import cutting
from smsdesk.layout import joining as layout_joining
from smsdesk.layout.joining import blocks_in
from smsdesk.layout.sketches import FORM, kept_of
from smsdesk.services import reviewing
from smsdesk.services.joining import join_new, plan_split
from tests.layout.generated_threads import SENDER, STYLES, gapless, generate, pieces
from tests.storage.builders import create, device, original


def bring_in(case, screens):
    """Store *screens* in their order and join; copies refer to their originals by number."""
    with case.work() as work:
        phone = device(work)
        by_name = {o.file_name: o.id for o in work.originals.all()}
        for screen in screens:
            name = f"{screen.original_id}.png"
            data = name.encode()
            new = original(data, phone.id, captured=screen.captured, file_name=name)
            stored = work.originals.add(new, data)
            by_name[name] = stored.id
            keyed = [(ThreadKey(phone.id, SENDER.key), s) for s in screen.sightings]
            work.messages.add_sightings(stored.id, screen.kind, keyed)
        for screen in screens:
            better = by_name.get(f"{screen.copy_of}.png")
            if better is not None:
                work.originals.link_copy(by_name[f"{screen.original_id}.png"], better)
        changed = join_new(work)
        work.commit()
    return changed


def sketches_fit(work):
    """Say whether what is kept of each screen is what a new sketch of it would be."""
    for thread_id, key, _ in work.messages.counted():
        kept = work.sketches.of_thread(thread_id, FORM)
        shown = {(s.original_id, s.page): s for s in work.messages.screens_of(key)}
        if kept != [kept_of(shown[sketch.original_id, sketch.page]) for sketch in kept]:
            return False
    return True


def told(case):
    """Return messages, order, continuity and questions, whatever ids the case gave them."""
    with case.view() as work:
        assert sketches_fit(work)
        names = {o.id: o.file_name for o in work.originals.all()}
        messages = work.messages.get(work.messages.in_thread_order())
        place = {s.id: (names[s.original_id], s.position) for m in messages for s in m.sightings}
        questions = {
            frozenset(frozenset(place[i] for i in pair) for pair in question.pairs)
            for question in work.joins.questions()
        }
        by_time = {m: n for n, m in enumerate(work.messages.ids(MessageQuery()))}
    rows = [
        (
            sorted(place[s.id] for s in m.sightings),
            place[m.sightings[0].id],
            m.sent,
            m.before,
            m.text,
        )
        for m in messages
    ]
    return rows, questions, [by_time[m.id] for m in messages]


def batches(rng, screens):
    """Return the screens in any order and in parts; a copy never before its picture."""
    screens = list(screens)
    rng.shuffle(screens)
    screens.sort(key=lambda screen: screen.copy_of is not None)
    ends = sorted(rng.sample(range(1, len(screens)), min(4, len(screens) - 1)))
    return [screens[a:b] for a, b in zip([0, *ends], [*ends, len(screens)], strict=True)]


@pytest.mark.parametrize("seed", range(3))
def test_any_order_and_any_parts_come_to_the_same(tmp_path, seed):
    rng = random.Random(seed)
    screens = pieces(range(10 * seed, 10 * seed + 3), days=21 if seed % 2 else 5)
    whole = create(tmp_path / "whole.smscase")
    bring_in(whole, screens)
    parts = create(tmp_path / "parts.smscase")
    for part in batches(rng, screens):
        bring_in(parts, part)
    assert told(parts) == told(whole)
    whole.close()
    parts.close()


@st.composite
def small_imports(draw):
    """Return the screens of a small thread, and the same in any order, cut into imports."""
    screens = generate(draw(st.integers(0, 10_000)), draw(st.sampled_from(STYLES))).screens
    few = [s for s in screens if s.original_id <= 8 and (s.copy_of or 0) <= 8]
    order = draw(st.permutations(few))
    order.sort(key=lambda screen: screen.copy_of is not None)  # a copy after its picture
    ends = sorted(draw(st.sets(st.integers(1, len(few)), max_size=4)) | {len(few)})
    return few, [order[a:b] for a, b in itertools.pairwise([0, *ends])]


@settings(max_examples=4, deadline=None)
@given(imports=small_imports())
def test_no_order_and_no_cut_into_imports_changes_what_is_joined(tmp_path_factory, imports):
    whole, parts = imports
    found = []
    for brought in ([whole], parts):
        with closing(create(tmp_path_factory.mktemp("case") / "one.smscase")) as case:
            for screens in brought:
                bring_in(case, screens)
            found.append(told(case))
    assert found[0] == found[1]


@pytest.fixture
def small_sections(monkeypatch):
    """Cut threads of a few screens, as otherwise those of hundreds are."""
    monkeypatch.setattr(cutting, "MOST", 8)
    monkeypatch.setattr(cutting, "LEAST", 3)


@pytest.fixture
def joined_blocks(monkeypatch):
    """Blocks are noted here when they are joined."""
    blocks = []
    join = layout_joining.Block.joined
    monkeypatch.setattr(
        layout_joining.Block,
        "joined",
        lambda block, *, first: blocks.append(block) or join(block, first=first),
    )
    return blocks


@pytest.mark.parametrize(
    ("seed", "style"), [(1, "clock"), (2, "group"), (3, "sparse"), (6, "bare")]
)
def test_sections_come_to_the_same_in_any_order_and_any_parts(
    tmp_path, small_sections, seed, style
):
    screens = gapless(seed, 30, style).screens
    assert len(blocks_in(screens)) > 2
    with (
        closing(create(tmp_path / "whole.smscase")) as whole,
        closing(create(tmp_path / "parts.smscase")) as parts,
    ):
        bring_in(whole, screens)
        for part in batches(random.Random(seed), screens):
            bring_in(parts, part)
        assert told(parts) == told(whole)


def test_only_sections_that_something_came_into_are_joined(
    empty_case, small_sections, joined_blocks
):
    alone = [screen for screen in gapless(1, 60, "clock").screens if screen.captured.at]
    *early, last = sorted(alone, key=lambda screen: screen.captured.at)
    bring_in(empty_case, early)
    assert len(joined_blocks) > 4
    joined_blocks.clear()
    bring_in(empty_case, [])
    assert joined_blocks == []
    bring_in(empty_case, [last])
    assert 1 <= len(joined_blocks) <= 2


def test_only_blocks_that_something_came_into_are_joined(empty_case, joined_blocks):
    bring_in(empty_case, pieces(range(6), days=60))
    joined_blocks.clear()
    bring_in(empty_case, [])
    assert joined_blocks == []
    (screen, *_) = generate(99).screens
    later = dt.timedelta(days=1000)
    moment = replace(screen.captured, at=screen.captured.at + later)
    bring_in(empty_case, [replace(screen, original_id=77777, captured=moment)])
    assert 1 <= len(joined_blocks) <= 2


def test_a_split_by_hand_is_undone_in_its_block(empty_case):
    screens = pieces(range(3), days=60)
    bring_in(empty_case, screens)
    before = told(empty_case)
    with empty_case.view() as work:
        messages = work.messages.get(work.messages.ids())
    several = next(m for m in messages if len(m.sightings) == 2 and not m.in_question)
    change = plan_split(empty_case, several.id)
    reviewing.apply(empty_case, change, judge=False)
    assert told(empty_case) != before
    reviewing.apply(empty_case, change.inverse(), judge=False)
    assert told(empty_case) == before
