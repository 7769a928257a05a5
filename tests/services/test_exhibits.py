from __future__ import annotations

import hashlib
import re
from dataclasses import replace

import pytest

from smsdesk.domain.errors import CannotArrange
from smsdesk.domain.exhibits import AttachRefusal, ExhibitKind
from smsdesk.domain.findings import FindingState, ViolationType
from smsdesk.domain.queries import MessageQuery
from smsdesk.services import exhibits, listing, reviewing
from smsdesk.services.attaching import AttachOptions, add_files
from smsdesk.services.jobs import Cancelled, Task
from smsdesk.services.verifying import verify

CONTRACT = AttachOptions(ExhibitKind.CONTRACT)


@pytest.fixture
def files(tmp_path):
    """Two files that no picture viewer opens, and their paths."""
    paths = [tmp_path / "借款合同.docx", tmp_path / "通话.m4a"]
    for number, path in enumerate(paths):
        path.write_bytes(bytes([number]) * 100)
    return paths


def texts(case, name):
    return exhibits.plan(case).find(name).texts


def stored(case):
    with case.view() as work:
        return work.exhibits.groups(), work.exhibits.records()


def test_proposals_count_what_the_case_holds(sample_case):
    plan = exhibits.plan(sample_case)
    assert sorted(plan.originals) == sorted(o.id for o in listing.originals(sample_case))
    messages = {m.id: m for m in listing.messages(sample_case, list(plan.messages))}
    for exhibit in plan.exhibits:
        received = [messages[i] for i in exhibit.messages if messages[i].direction == "in"]
        assert f"短信 {len(received)} 条" in exhibit.texts.summary
        labels = [
            {finding.proposal.violation for finding in messages[i].findings}
            for i in exhibit.messages
        ]
        told = re.search(r"涉嫌侮辱诽谤 (\d+) 条", exhibit.texts.summary)
        assert int(told[1] if told else 0) == sum(ViolationType.INSULT in kinds for kinds in labels)


def test_rejected_findings_are_not_told_and_confirmed_ones_wait_for_nobody(sample_case):
    ids = listing.message_ids(sample_case, MessageQuery())
    messages = listing.messages(sample_case, ids)
    findings = [f.id for m in messages for f in m.findings]
    wanted = reviewing.plan_decision(messages, findings, FindingState.CONFIRMED)
    reviewing.apply(sample_case, wanted)
    assert all("待人工确认" not in e.texts.summary for e in exhibits.plan(sample_case).exhibits)
    messages = listing.messages(sample_case, ids)
    reviewing.apply(sample_case, reviewing.plan_decision(messages, findings, FindingState.REJECTED))
    for exhibit in exhibits.plan(sample_case).exhibits:
        assert "涉嫌" not in exhibit.texts.summary + exhibit.texts.proves


def test_a_written_column_stays_until_it_is_reset_and_a_blank_wipes_nothing(sample_case):
    before = texts(sample_case, "1-1")
    edited = exhibits.plan_edit(
        exhibits.plan(sample_case).find("1-1"), {"proves": " 证明甲 ", "name": " ", "copies": 3}
    )
    exhibits.apply(sample_case, edited)
    assert texts(sample_case, "1-1") == replace(before, proves="证明甲", copies=3)
    blank = exhibits.plan_edit(
        exhibits.plan(sample_case).find("1-1"), {"proves": "", "copies": None}
    )
    assert not blank
    exhibits.apply(sample_case, exhibits.plan_reset(exhibits.plan(sample_case).find("1-1")))
    assert texts(sample_case, "1-1") == before
    assert stored(sample_case)[1] == []


def test_every_change_can_be_undone_and_is_logged(sample_case, files):
    kept = add_files(sample_case, files, CONTRACT, Task())
    assert len(kept.added) == 2
    state, plan = stored(sample_case), exhibits.plan(sample_case)
    extra = exhibits.apply(sample_case, exhibits.plan_new_group(plan, "其他"))
    plan = exhibits.plan(sample_case)
    group = plan.groups[-1]
    changes = [
        exhibits.plan_edit(plan.find("2-3"), {"summary": "甲", "remark": "乙"}),
        exhibits.plan_move(plan, plan.find("2-4"), 1),
        exhibits.plan_move(plan, plan.find("1-2"), 1, group),
        exhibits.plan_group_title(group, "其他材料"),
        exhibits.plan_group_move(plan, group, 1),
        exhibits.plan_removal(plan.find("1-1")),
        exhibits.plan_group_removal(group),
    ]
    for change in changes:
        before = stored(sample_case)
        done = exhibits.apply(sample_case, change)
        assert stored(sample_case) != before
        assert listing.custody(sample_case)[-1].action == "exhibits_changed"
        exhibits.apply(sample_case, done.inverse())
        assert stored(sample_case) == before
    exhibits.apply(sample_case, extra.inverse())
    assert stored(sample_case) == state
    assert verify(sample_case, Task()).ok


def test_exhibits_move_within_and_between_groups(sample_case):
    plan = exhibits.plan(sample_case)
    last = plan.exhibits[-1]
    exhibits.apply(sample_case, exhibits.plan_move(plan, last, 2))
    plan = exhibits.plan(sample_case)
    assert plan.find("1-2").key == last.key
    exhibits.apply(sample_case, exhibits.plan_move(plan, plan.find("1-2"), 9, plan.groups[2]))
    assert exhibits.plan(sample_case).find("2-1").key == last.key


def test_files_become_exhibits_with_their_bytes_and_hashes(empty_case, files):
    report = add_files(empty_case, files, CONTRACT, Task())
    plan = exhibits.plan(empty_case)
    assert [e.texts.name for e in plan.exhibits] == ["借款合同", "借款合同"]
    for path, attachment in zip(files, report.added, strict=True):
        with empty_case.view() as work:
            assert work.attachments.data(attachment.id) == path.read_bytes()
        assert attachment.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        assert attachment.pages == ()
    assert verify(empty_case, Task()).attachments == 2


def test_several_files_may_be_one_exhibit_and_pictures_have_pages(empty_case, files, picture):
    options = AttachOptions(ExhibitKind.CALL_LOG, name="通话记录", together=True)
    add_files(empty_case, [picture, files[1]], options, Task())
    (exhibit,) = exhibits.plan(empty_case).exhibits
    assert exhibit.number == "1-1"
    assert [len(file.pages) for file in exhibit.attachments] == [1, 0]
    assert "共 1 页" in exhibit.texts.summary
    assert "电子文件 1 个" in exhibit.texts.summary


def test_what_cannot_be_taken_is_told_and_changes_nothing(empty_case, files, tmp_path, monkeypatch):
    monkeypatch.setattr("smsdesk.services.attaching.MAX_FILE_BYTES", 150)
    empty, large = tmp_path / "空.pdf", tmp_path / "大.pdf"
    empty.touch()
    large.write_bytes(b"x" * 151)
    paths = [files[0], files[0], empty, large, tmp_path, tmp_path / "没有.pdf"]
    report = add_files(empty_case, paths, CONTRACT, Task())
    assert [(r.path, r.reason) for r in report.refused] == [
        (files[0], AttachRefusal.DUPLICATE),
        (empty, AttachRefusal.EMPTY),
        (large, AttachRefusal.TOO_LARGE),
        (tmp_path, AttachRefusal.NOT_A_FILE),
        (tmp_path / "没有.pdf", AttachRefusal.MISSING),
    ]
    assert len(exhibits.plan(empty_case).exhibits) == len(report.added) == 1


def test_a_file_that_was_taken_out_stays_and_can_be_listed_again(empty_case, files):
    add_files(empty_case, files[:1], CONTRACT, Task())
    exhibits.apply(empty_case, exhibits.plan_removal(exhibits.plan(empty_case).find("1-1")))
    plan = exhibits.plan(empty_case)
    assert (plan.exhibits, len(plan.unlisted)) == ((), 1)
    assert verify(empty_case, Task()).ok
    again = add_files(empty_case, files[:1], CONTRACT, Task())
    assert [file.id for file in again.added] == [plan.unlisted[0].id]
    assert exhibits.plan(empty_case).unlisted == ()


def test_a_cancelled_addition_keeps_what_was_stored(empty_case, files):
    task = Task()
    task.on_progress = lambda progress: task.cancel() if progress.done else None
    with pytest.raises(Cancelled):
        add_files(empty_case, files, CONTRACT, task)
    assert len(exhibits.plan(empty_case).exhibits) == 1
    assert verify(empty_case, Task()).ok


def test_what_makes_no_sense_is_refused(sample_case):
    plan = exhibits.plan(sample_case)
    with pytest.raises(CannotArrange):
        exhibits.plan_removal(plan.find("1-1"))
    with pytest.raises(CannotArrange):
        exhibits.plan_edit(plan.find("1-1"), {"copies": 0})
    with pytest.raises(CannotArrange):
        exhibits.plan_new_group(plan, "  ")
    for group in plan.groups:
        with pytest.raises(CannotArrange):
            exhibits.plan_group_removal(group)


def test_a_choice_tells_that_it_is_one(sample_case):
    insults = MessageQuery(label=ViolationType.INSULT)
    chosen = listing.message_ids(sample_case, insults)
    plan, whole = exhibits.plan(sample_case, insults), exhibits.plan(sample_case)
    assert {i for e in plan.exhibits for i in e.messages} == set(chosen)
    for exhibit in plan.exhibits:
        assert exhibit.texts.summary.startswith(f"选列 {len(exhibit.messages)} 条：")
        assert whole.find(exhibit.number).key == exhibit.key
