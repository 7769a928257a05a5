from __future__ import annotations

import hashlib

import pytest

from smsdesk.domain.errors import NoSuchPack, RulePackError
from smsdesk.domain.findings import FindingState, Recipient, ViolationType
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.rulings import Answer
from smsdesk.services import listing
from smsdesk.services.asking import set_institution, set_recipient, unanswered_threads
from smsdesk.services.figuring import case_figures
from smsdesk.services.jobs import Task
from smsdesk.services.packs import PackPlan, carry_out, check_pack, kept_pack, packs_of
from smsdesk.services.proposing import adopt, outdated, preview, propose
from smsdesk.services.reviewing import apply, plan_decision

OFFICE = """
version = "office-1"
[concepts]
polite = ["您", "请"]
[[rule]]
id = "office.polite"
label = "insult"
why = "本所自设的提示"
any = ["@polite"]
"""


@pytest.fixture
def office(tmp_path):
    path = tmp_path / "office.toml"
    path.write_text(OFFICE, encoding="utf-8")
    return path


def everything(case):
    return listing.messages(case, listing.message_ids(case, MessageQuery()))


def office_findings(case):
    return [f for m in everything(case) for f in m.findings if f.proposal.rule == "office.polite"]


def test_an_office_pack_stands_on_the_bundled_one(office):
    pack = check_pack(office)
    assert pack.identity.version == "office-1"
    assert pack.identity.sha256 == hashlib.sha256(office.read_bytes()).hexdigest()
    assert [rule.id for rule in pack.rules] == ["office.polite"]


@pytest.mark.parametrize(
    ("old", "new", "near"),
    [
        ('any = ["@polite"]', 'any = ["@polit"]', "@polit"),
        ("polite =", "police =", "police ="),
        ('"office.polite"', '"insult.abuse"', '"insult.abuse"'),
        ('"office-1"', '"2026-11"', "version"),
        ("[concepts]", "[labels.x]\nname = 1\n[concepts]", "labels"),
    ],
)
def test_a_wrong_office_pack_is_refused_with_file_and_line(office, old, new, near):
    source = OFFICE.replace(old, new)
    office.write_text(source, encoding="utf-8")
    with pytest.raises(RulePackError) as caught:
        check_pack(office)
    fields = caught.value.fields
    assert fields["path"] == "office.toml"
    assert near in source.splitlines()[int(fields["line"]) - 1]


def test_a_new_pack_shows_what_it_would_change_before_it_changes_anything(sample_case, office):
    before = everything(sample_case)
    plan = PackPlan(add=kept_pack(office))
    changes = preview(sample_case, Task(), plan)
    assert {p.rule for change in changes for p in change.added} == {"office.polite"}
    assert everything(sample_case) == before
    carry_out(sample_case, plan)
    assert propose(sample_case, Task()) == 0
    assert office_findings(sample_case) == []
    assert outdated(sample_case) == len(before)
    assert adopt(sample_case, Task()) == len(changes)
    findings = office_findings(sample_case)
    assert {f.pack.sha256 for f in findings} == {kept_pack(office).sha256}
    assert outdated(sample_case) == 0
    assert preview(sample_case, Task()) == []


def test_a_pack_taken_out_of_use_takes_its_open_proposals_along(sample_case, office):
    carry_out(sample_case, PackPlan(add=kept_pack(office)))
    adopt(sample_case, Task())
    kept = office_findings(sample_case)[0]
    message = listing.messages(sample_case, [kept.message_id])[0]
    apply(sample_case, plan_decision([message], [kept.id], FindingState.CONFIRMED))
    carry_out(sample_case, PackPlan(remove="office-1"))
    adopt(sample_case, Task())
    assert [f.id for f in office_findings(sample_case)] == [kept.id]
    assert packs_of(sample_case).added == ()


def test_a_pack_that_is_not_there_cannot_be_taken_out(sample_case):
    entries = len(listing.custody(sample_case))
    with pytest.raises(NoSuchPack):
        carry_out(sample_case, PackPlan(remove="x"))
    assert len(listing.custody(sample_case)) == entries


def test_an_answer_about_the_recipient_judges_its_thread_anew(sample_case):
    message = next(m for m in everything(sample_case) if "8,000元" in m.text)
    assert message.thread_id in unanswered_threads(sample_case)
    set_recipient(sample_case, message.thread_id, Answer(Recipient.THIRD, "妻子"))
    assert propose(sample_case, Task()) > 0
    after = listing.messages(sample_case, [message.id])[0]
    assert ViolationType.THIRD_PARTY_CONTACT in {f.proposal.violation for f in after.findings}
    assert message.thread_id not in unanswered_threads(sample_case)
    assert listing.custody(sample_case)[-2].details["relation"] == "妻子"


def test_only_what_changed_is_judged_anew(sample_case, monkeypatch):
    judged = []
    monkeypatch.setattr(
        "smsdesk.services.rejudging.judge",
        lambda packs, message, recipient: judged.append(message.id) or (),
    )
    assert propose(sample_case, Task()) == 0
    assert judged == []
    message = everything(sample_case)[0]
    with sample_case.work() as work:
        work.messages.set_corrected(message.id, "改正后的文字")
        work.commit()
    propose(sample_case, Task())
    assert judged == [message.id]


def test_figures_count_the_messages_they_name(sample_case):
    counted = case_figures(sample_case)
    ids = {m.id for m in everything(sample_case)}
    overall = counted.figures.overall
    assert set(overall.ids) <= ids
    assert sorted(i for d in counted.figures.numbers for i in d.rhythm.ids) == sorted(overall.ids)
    placed = {i for on_day in overall.days.values() for i in on_day}
    assert placed | {*overall.without_day} == {*overall.ids}
    assert counted.retention.keys() <= ids


def test_senders_can_be_put_together_by_hand(sample_case):
    keys = [one.senders[0] for one in case_figures(sample_case).institutions[:2]]
    set_institution(sample_case, keys, "某某催收")
    names = [i.name for i in case_figures(sample_case).institutions if set(keys) <= set(i.senders)]
    assert names == ["某某催收"]
    set_institution(sample_case, keys, None)
    assert "某某催收" not in {one.name for one in case_figures(sample_case).institutions}
