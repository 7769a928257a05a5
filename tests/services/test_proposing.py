"""Judging after an import: only what changed, but as if everything had been judged anew."""

from __future__ import annotations

import random

import pytest

from smsdesk.domain.changes import JoinChange
from smsdesk.domain.findings import FindingState, Recipient
from smsdesk.domain.numbers import parse_sender
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.rulings import Answer
from smsdesk.domain.threads import JoinDecision
from smsdesk.services import listing
from smsdesk.services.jobs import Task
from smsdesk.services.joining import apply_join, join_new
from smsdesk.services.packs import packs_of
from smsdesk.services.proposing import preview, propose_within
from smsdesk.storage.messages import MessageRepository
from tests.storage.builders import at, screen, sighting

PARTS = ("再不处理我们就上门打断(1/2)", "你的狗腿，说到做到(2/2)")
TEXTS = (
    "【鹿芽快贷】您的借款已逾期3天，请尽快处理",
    "【鹿芽快贷】验证码392018，5分钟内有效，请勿告诉他人。",
    "再不还钱就去你单位找你领导谈谈，老赖",
    "您的快递已到驿站，请凭码取件",
    "今天必须还款，否则后果自负",
    "你孩子几点放学？我们都知道",
    "请联系17101239999处理逾期账款，不处理就起诉",
    *PARTS,
)
SENDERS = ("106901239251", "+86 171 0123 8846", "+86 171 0123 9999", "95588")


def findings(case):
    messages = listing.messages(case, listing.message_ids(case, MessageQuery()))
    return {m.id: {(f.proposal, f.state) for f in m.findings} for m in messages}


def some_texts(rng):
    if rng.random() < 0.4:
        return [*PARTS, rng.choice(TEXTS), PARTS[0]]
    return rng.choices(TEXTS, k=rng.randint(1, 6))


def add_screens(rng, work):
    for _ in range(rng.randint(1, 3)):
        sender = parse_sender(rng.choice(SENDERS))
        start = rng.randint(0, 16)
        rows = [
            sighting(text, at(start + n, day=rng.choice([18, 19])), sender=sender)
            for n, text in enumerate(some_texts(rng))
        ]
        screen(work, rows)
    join_new(work)


def correct_a_text(rng, work):
    work.messages.set_corrected(rng.choice(work.messages.ids()), rng.choice((None, *TEXTS)))


def answer_for_a_thread(rng, work):
    (message,) = work.messages.get([rng.choice(work.messages.ids())])
    work.rulings.answer(message.thread_id, Answer(rng.choice((Recipient.THIRD, Recipient.SELF))))


def place_a_sender(rng, work):
    key = parse_sender(rng.choice(SENDERS)).key
    work.rulings.assign(key, rng.choice((None, "鹿芽快贷", "外包公司")))


def decide(rng, work):
    messages = work.messages.get(work.messages.ids())
    findings = [f.id for m in messages for f in m.findings]
    if findings:
        state = rng.choice((FindingState.REJECTED, FindingState.CONFIRMED))
        work.findings.set_state(rng.choice(findings), state)


def join_or_part_by_hand(rng, work):
    messages = work.messages.get(work.messages.ids())
    thread_id = rng.choice(messages).thread_id
    seen = [s.id for m in messages if m.thread_id == thread_id for s in m.sightings]
    if len(seen) > 1:
        decision = JoinDecision.on(*rng.sample(seen, 2), same=rng.random() < 0.6)
        words = work.joins.decisions(thread_id)
        before = tuple(d for d in words if (d.one, d.other) == (decision.one, decision.other))
        apply_join(work, JoinChange(thread_id, (), before, (decision,)))


STEPS = (correct_a_text, answer_for_a_thread, place_a_sender, decide, join_or_part_by_hand)


@pytest.mark.parametrize("seed", range(5))
def test_judging_what_changed_comes_to_the_same_as_judging_all(empty_case, seed):
    """Whatever changed: `preview` judges all anew, and must find nothing to change."""
    rng = random.Random(seed)
    for number in range(10):
        step = add_screens if number % 3 == 0 else rng.choice(STEPS)
        with empty_case.work() as work:
            step(rng, work)
            propose_within(work, packs_of(empty_case), Task())
            work.commit()
        assert preview(empty_case, Task()) == [], step.__name__
    assert any(findings(empty_case).values())


def test_what_is_judged_again_does_not_depend_on_how_much_is_there(empty_case, monkeypatch):
    for number in range(12):
        add(empty_case, [sighting(text, at(9 + n, day=number + 1)) for n, text in enumerate(TEXTS)])
    asked = []
    read = MessageRepository.get
    monkeypatch.setattr(
        MessageRepository, "get", lambda self, ids: asked.extend(ids) or read(self, ids)
    )
    add(empty_case, [sighting(TEXTS[2], at(9, day=20), sender=parse_sender("95588"))])
    assert len(set(asked)) == 1


def add(case, rows):
    with case.work() as work:
        screen(work, rows)
        join_new(work)
        propose_within(work, packs_of(case), Task())
        work.commit()
