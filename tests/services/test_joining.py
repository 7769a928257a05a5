"""Joining in a case: what a person sees of it, redoes and undoes."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from smsdesk.domain.cases import ImportStatus, SourceDevice
from smsdesk.domain.errors import CannotJoin
from smsdesk.domain.findings import FindingState
from smsdesk.domain.messages import Continuity, ReviewState
from smsdesk.domain.numbers import parse_sender
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.screens import LabelScope, ScreenKind
from smsdesk.domain.threads import JoinDecision, ThreadKey
from smsdesk.domain.times import UNKNOWN_TIME, CaptureMoment, CaptureSource
from smsdesk.resources import resource
from smsdesk.services import joining, listing, reviewing
from smsdesk.services.conversations import conversations, plan_parting, plan_uniting
from smsdesk.services.importing import ImportOptions, import_paths
from smsdesk.services.jobs import Task
from smsdesk.services.joining import join_new, open_points, plan_join, plan_split
from smsdesk.services.packs import packs_of
from smsdesk.services.proposing import propose_within
from smsdesk.services.rows import message_row
from tests.storage.builders import NOON, at, device, original, screen, sighting

A = "你好，你的欠款今天必须处理，否则后果自负"
B = "装看不见是吧？借钱的时候怎么不这样"
C = "最后通知：今晚之前不还，明天联系你单位"
SHORT = "好的"


def scope_of(sent):
    return LabelScope.NONE if sent is UNKNOWN_TIME else LabelScope.OWN


def show(case, *rows, minutes=0, **fields):
    """Store and join a screen of (text, sent) rows; return its sightings."""
    moment = CaptureMoment(NOON + dt.timedelta(minutes=minutes), CaptureSource.EXIF)
    with case.work() as work:
        seen = screen(
            work,
            [sighting(text, sent, label_scope=scope_of(sent)) for text, sent in rows],
            captured=moment,
            **fields,
        )
        join_new(work)
        propose_within(work, packs_of(case), Task())
        work.commit()
    return seen


def messages(case):
    return listing.messages(case, listing.message_ids(case, MessageQuery()))


def texts(case):
    return [(m.text, len(m.sightings)) for m in messages(case)]


@pytest.fixture
def overlapping(empty_case):
    show(empty_case, (A, at(9)), (B, at(10)))
    show(empty_case, (B, at(10)), (C, at(11)), minutes=1)
    return empty_case


@pytest.fixture
def questionable(empty_case):
    show(empty_case, (A, at(9)), (SHORT, UNKNOWN_TIME))
    show(empty_case, (SHORT, UNKNOWN_TIME), (B, at(11)), minutes=5)
    return empty_case


def test_a_message_split_by_hand_stays_split_whatever_is_imported(overlapping):
    assert texts(overlapping) == [(A, 1), (B, 2), (C, 1)]
    _, both, _ = messages(overlapping)
    reviewing.apply(overlapping, plan_split(overlapping, both.id))
    assert texts(overlapping) == [(A, 1), (B, 1), (B, 1), (C, 1)]
    show(overlapping, (A, at(9)), (B, at(10)), (C, at(11)), minutes=9)
    assert len([m for m in messages(overlapping) if m.text == B]) == 2


def test_splitting_is_undone_with_all_that_was_done_to_the_message(overlapping):
    _, both, _ = messages(overlapping)
    reviewing.apply(overlapping, reviewing.plan_review([both], ReviewState.REVIEWED))
    before = messages(overlapping)
    change = plan_split(overlapping, both.id)
    reviewing.apply(overlapping, change)
    reviewing.apply(overlapping, change.inverse())
    assert messages(overlapping) == before


def test_joining_is_undone_and_both_messages_are_as_they_were(empty_case):
    show(empty_case, (A, at(9)), (B, at(10)))
    show(empty_case, (C, at(11)), minutes=60)
    first, second, third = messages(empty_case)
    reviewing.apply(empty_case, reviewing.plan_review([third], ReviewState.REVIEWED))
    with empty_case.work() as work:
        work.messages.set_corrected(second.id, "装看不见")
        work.commit()
    before = messages(empty_case)
    change = plan_join(empty_case, [second.id, third.id])
    reviewing.apply(empty_case, change)
    assert len(messages(empty_case)) == 2
    reviewing.apply(empty_case, change.inverse())
    assert messages(empty_case) == before
    assert first.id == before[0].id


def test_a_decision_on_a_joined_message_comes_back_to_its_own(empty_case):
    threat = "再不还款就打断你的腿，老赖"
    show(empty_case, (threat, at(9)))
    show(empty_case, (C, at(11)), minutes=60)
    first, second = messages(empty_case)
    decide = reviewing.plan_decision([first], [f.id for f in first.findings], FindingState.REJECTED)
    reviewing.apply(empty_case, decide)
    before = messages(empty_case)
    assert before[0].findings
    change = plan_join(empty_case, [first.id, second.id])
    reviewing.apply(empty_case, change)
    reviewing.apply(empty_case, change.inverse())
    assert messages(empty_case) == before
    reviewing.apply(empty_case, decide.inverse())  # undo goes further back


def test_what_cannot_be_told_is_counted_once_and_asked(questionable):
    assert [m.in_question for m in messages(questionable)] == [False, True, False]
    assert [m.before for m in messages(questionable)][2] == Continuity.LIKELY_CONTINUOUS
    assert listing.summary(questionable).in_question == 1
    originals = {original.id: original for original in listing.originals(questionable)}
    listed = [message_row(message, originals) for message in messages(questionable)]
    told = [(row["before"], row["before_open"]) for row in listed]
    assert told == [("start", False), ("continuous", False), ("continuous", True)]
    (asked,) = open_points(questionable).in_question
    assert asked.text == SHORT


@pytest.mark.parametrize("same", [True, False])
def test_a_question_is_answered_once_and_for_all(questionable, same):
    (asked,) = open_points(questionable).in_question
    change = plan_join(questionable, [asked.id]) if same else plan_split(questionable, asked.id)
    reviewing.apply(questionable, change)
    assert listing.summary(questionable).in_question == 0
    assert len(messages(questionable)) == (3 if same else 4)
    show(questionable, ("收到", at(11, 30)), minutes=50)
    assert listing.summary(questionable).in_question == 0
    reviewing.apply(questionable, change.inverse())
    assert listing.summary(questionable).in_question == 1


def test_every_join_says_why(overlapping):
    _, both, _ = messages(overlapping)
    (reason,) = joining.reasons(overlapping, both)
    assert reason.sighting == both.sightings[1]
    assert reason.shared == (both.id,)
    assert reason.same_clock
    assert (reason.by_hand, reason.is_copy, reason.in_question) == (False, False, False)
    alone = messages(overlapping)[0]
    assert joining.reasons(overlapping, alone) == []


def test_the_log_tells_what_was_joined_by_hand(overlapping):
    _, both, _ = messages(overlapping)
    reviewing.apply(overlapping, plan_split(overlapping, both.id))
    entry = next(e for e in listing.custody(overlapping) if e.action == "joined_by_hand")
    one, other = sorted(s.id for s in both.sightings)
    (thread,) = entry.details["threads"]
    assert thread["messages"] == [both.id]
    assert thread["after"] == [{"one": one, "other": other, "same": False}]


def test_what_makes_no_sense_is_refused_and_changes_nothing(overlapping):
    first, both, _ = messages(overlapping)
    before = messages(overlapping)
    for plan in (
        lambda: plan_join(overlapping, [first.id]),
        lambda: plan_join(overlapping, [first.id, 999]),
        lambda: plan_split(overlapping, first.id),
        lambda: plan_split(overlapping, both.id, [s.id for s in both.sightings]),
    ):
        with pytest.raises(CannotJoin):
            plan()
    assert messages(overlapping) == before


def test_messages_of_two_threads_are_not_joined(empty_case):
    other = parse_sender("95588")
    show(empty_case, (A, at(9)))
    with empty_case.work() as work:
        screen(work, [replace(sighting(A, at(9)), sender=other)])
        join_new(work)
        work.commit()
    with pytest.raises(CannotJoin):
        plan_join(empty_case, [m.id for m in messages(empty_case)])


def test_times_that_exclude_each_other_are_listed(empty_case):
    show(empty_case, (A, at(9)), (B, at(10)))
    show(empty_case, (A, at(12)), minutes=60)
    first, _, third = messages(empty_case)
    reviewing.apply(empty_case, plan_join(empty_case, [first.id, third.id]))
    (told_twice,) = open_points(empty_case).of_two_times
    assert len(told_twice.sightings) == 2


def test_decisions_on_a_pair_are_replaced_not_heaped_up(overlapping):
    _, both, _ = messages(overlapping)
    reviewing.apply(overlapping, plan_split(overlapping, both.id))
    parts = [m.id for m in messages(overlapping) if m.text == B]
    reviewing.apply(overlapping, plan_join(overlapping, parts))
    with overlapping.view() as view:
        key = ThreadKey(device(view).id, both.sender.key)
        words = view.joins.decisions(view.messages.get(parts[:1])[0].thread_id)
        assert view.messages.screens_of(key)
    one, other = sorted(s.id for s in both.sightings)
    assert words == [JoinDecision(one, other, same=True)]


def test_a_linked_copy_adds_no_message(empty_case):
    show(empty_case, (A, at(9)), (B, at(10)))
    with empty_case.work() as work:
        phone = device(work)
        data = b"smaller"
        unknown = CaptureMoment(None, CaptureSource.UNKNOWN)
        copy = work.originals.add(original(data, phone.id, captured=unknown), data)
        first = work.originals.all()[0]
        work.originals.link_copy(copy.id, first.id)
        poor = [sighting(text, UNKNOWN_TIME, confidence=0.7) for text in (A, B[:-1])]
        keyed = [(ThreadKey(phone.id, s.sender.key), s) for s in poor]
        kind = work.messages.screens_of(keyed[0][0])[0].kind
        work.messages.add_sightings(copy.id, kind, keyed)
        join_new(work)
        work.commit()
    assert texts(empty_case) == [(A, 2), (B, 2)]
    (reason,) = joining.reasons(empty_case, messages(empty_case)[1])
    assert reason.is_copy


# --- one conversation under a number and under a name ---------------------------------------------


def show_from(case, sender, *rows, minutes=0, name=None):
    """Store and join a screen of (text, sent) rows from *sender*."""
    moment = CaptureMoment(NOON + dt.timedelta(minutes=minutes), CaptureSource.EXIF)
    with case.work() as work:
        phone = work.devices.by_name(name or "手机") or work.devices.add(SourceDevice(0, name))
        data = f"{work.originals.count()}".encode()
        stored = work.originals.add(original(data, phone.id, captured=moment), data)
        key = ThreadKey(phone.id, parse_sender(sender).key or f"?{stored.id}")
        seen = [sighting(t, sent, sender=parse_sender(sender)) for t, sent in rows]
        keyed = [(key, replace(one, position=number)) for number, one in enumerate(seen)]
        work.messages.add_sightings(stored.id, ScreenKind.THREAD, keyed)
        join_new(work)
        propose_within(work, packs_of(case), Task())
        work.commit()


@pytest.mark.parametrize(
    "senders", [("王经理", "+86 171 0123 8846"), ("+86 171 0123 8846", "王经理")]
)
def test_a_name_here_and_a_number_there_are_one_conversation(empty_case, senders):
    device_of(empty_case)
    show_from(empty_case, senders[0], (A, at(9)), (B, at(10)))
    show_from(empty_case, senders[1], (A, at(9)), (B, at(10)), (C, at(11)), minutes=1)
    assert texts(empty_case) == [(A, 2), (B, 2), (C, 1)]
    first = messages(empty_case)[0]
    assert (first.sender.number, first.sender.name) == ("+8617101238846", "王经理")
    assert len({message.thread_id for message in messages(empty_case)}) == 1
    show_from(empty_case, "王经理", (C, at(11)), minutes=2)
    assert texts(empty_case) == [(A, 2), (B, 2), (C, 2)]


def test_a_screen_without_its_header_finds_its_conversation(empty_case):
    device_of(empty_case)
    show_from(empty_case, "+86 171 0123 8846", (A, at(9)), (B, at(10)))
    show_from(empty_case, "", (A, at(9)), (B, at(10)), (C, at(11)), minutes=1)
    assert texts(empty_case) == [(A, 2), (B, 2), (C, 1)]


@pytest.mark.parametrize("other", ["+86 171 0123 9999", "李主任"])
def test_the_same_texts_from_two_numbers_or_two_names_are_two_senders(empty_case, other):
    device_of(empty_case)
    first = "王经理" if other == "李主任" else "+86 171 0123 8846"
    show_from(empty_case, first, (A, at(9)), (B, at(10)))
    show_from(empty_case, other, (A, at(9)), (B, at(10)))
    assert len(messages(empty_case)) == 4


def test_two_phones_that_got_the_same_messages_got_them_each(empty_case):
    device_of(empty_case)
    show_from(empty_case, "95588", (A, at(9)), (B, at(10)))
    show_from(empty_case, "95588", (A, at(9)), (B, at(10)), name="母亲的手机")
    assert len(messages(empty_case)) == 4


@pytest.fixture
def united(empty_case):
    """Two headers that were recognised as one conversation; two messages are shown under both."""
    device_of(empty_case)
    show_from(empty_case, "王经理", (A, at(9)), (B, at(10)), (SHORT, at(10, 30)))
    (first, *_) = messages(empty_case)
    reviewing.apply(empty_case, reviewing.plan_review([first], ReviewState.REVIEWED))
    show_from(empty_case, "+86 171 0123 8846", (A, at(9)), (B, at(10)), minutes=1)
    show_from(empty_case, "+86 171 0123 8846", (C, at(11)), minutes=2)
    return empty_case


def of_senders(case):
    return sorted((m.sender.name or m.sender.number, m.text) for m in messages(case))


def test_what_is_not_one_conversation_is_parted_by_hand_and_stays_parted(united):
    assert len(messages(united)) == 4
    (one,) = conversations(united)
    assert (one.part, one.root, one.together) == ("王经理", "+8617101238846", True)
    reviewing.apply(united, plan_parting(united, one.part_id))
    number = "+8617101238846"
    assert of_senders(united) == sorted(
        [("王经理", A), ("王经理", B), ("王经理", SHORT), (number, A), (number, B), (number, C)]
    )
    assert len({m.thread_id for m in messages(united)}) == 2
    show_from(united, number, (A, at(9)), (B, at(10)), minutes=3)
    show_from(united, "王经理", (A, at(9)), (B, at(10)), minutes=4)
    assert len(messages(united)) == 6
    assert [c.together for c in conversations(united)] == [False]


def test_parting_a_conversation_is_undone_with_all_that_was_done(united):
    before = without_ids_of_findings(united)
    change = plan_parting(united, conversations(united)[0].part_id)
    reviewing.apply(united, change)
    assert without_ids_of_findings(united) != before
    reviewing.apply(united, change.inverse())
    assert without_ids_of_findings(united) == before
    reviewing.apply(united, change)
    reviewing.apply(united, plan_uniting(united, change.conversations[0].part_id))
    assert without_ids_of_findings(united) == before
    assert {e.action for e in listing.custody(united)} >= {
        "threads_parted_by_hand",
        "threads_united_by_hand",
    }


def without_ids_of_findings(case):
    """Return the messages; what rules propose of a number goes with it and comes anew."""
    return [
        replace(m, findings=tuple(sorted((replace(f, id=0) for f in m.findings), key=str)))
        for m in messages(case)
    ]


def test_only_what_was_put_together_can_be_parted(united):
    before = messages(united)
    for plan in (lambda: plan_parting(united, 999), lambda: plan_uniting(united, 1)):
        with pytest.raises(CannotJoin):
            plan()
    assert messages(united) == before


def device_of(case):
    with case.work() as work:
        device(work)
        work.commit()


# --- copies, by their pixels ----------------------------------------------------------------------


def resent(picture, folder, name, *, scale=1.0, quality=70):
    """Save a picture as it comes back from a chat."""
    image = Image.open(picture).convert("RGB")
    size = (round(image.width * scale), round(image.height * scale))
    target = folder / name
    image.resize(size, Image.Resampling.LANCZOS).save(target, "JPEG", quality=quality)
    return target


def test_copies_that_come_together_are_linked_too(empty_case, tmp_path, picture):
    files = [resent(picture, tmp_path, f"{n}.jpg", quality=n) for n in (60, 70)]
    report = import_paths(empty_case, [*files, picture], ImportOptions(), Task())
    twins = {Path(item.path).name: item.twin for item in report.files}
    assert twins == {"60.jpg": picture.name, "70.jpg": picture.name, picture.name: None}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1)])
def test_a_screenshot_sent_again_is_linked_and_counted_once(empty_case, tmp_path, picture, order):
    files = [
        picture,
        resent(picture, tmp_path, "mmexport1760888522000.jpg"),
        resent(picture, tmp_path, "微信图片_20251224.jpg", scale=0.6, quality=60),
    ]
    reports = [
        import_paths(empty_case, [files[number]], ImportOptions(), Task()) for number in order
    ]
    assert all(i.status == ImportStatus.IMPORTED for r in reports for i in r.files)
    by_name = {original.file_name: original for original in listing.originals(empty_case)}
    best = by_name[picture.name]
    assert [o.copy_of for o in by_name.values()].count(best.id) == 2
    found = [m for m in messages(empty_case) if m.sightings[0].original_id == best.id]
    assert len(found) == 2
    assert {len(message.sightings) for message in found} == {3}
    assert {message.sightings[0].original_id for message in found} == {best.id}
    assert not any(message.times_disagree for message in found)


def test_the_next_screenshot_of_a_thread_is_no_copy(empty_case):
    pictures = [resource("samples", name) for name in ("IMG_0427.PNG", "IMG_0428.PNG")]
    import_paths(empty_case, pictures, ImportOptions(), Task())
    assert {original.copy_of for original in listing.originals(empty_case)} == {None}
