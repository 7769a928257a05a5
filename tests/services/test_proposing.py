"""Judging after an import: only what changed, but as if everything had been judged anew."""

from __future__ import annotations

import random

import pytest

from smsdesk.domain.numbers import parse_sender
from smsdesk.domain.queries import MessageQuery
from smsdesk.services import listing
from smsdesk.services.jobs import Task
from smsdesk.services.joining import join_new
from smsdesk.services.packs import packs_of
from smsdesk.services.proposing import adopt, propose_within
from tests.storage.builders import at, screen, sighting

TEXTS = (
    "【鹿芽快贷】您的借款已逾期3天，请尽快处理",
    "【鹿芽快贷】验证码392018，5分钟内有效，请勿告诉他人。",
    "再不还钱就去你单位找你领导谈谈，老赖",
    "您的快递已到驿站，请凭码取件",
    "今天必须还款，否则后果自负",
)
SENDERS = ("106901239251", "+86 171 0123 8846", "+86 171 0123 9999", "95588")


def findings(case):
    messages = listing.messages(case, listing.message_ids(case, MessageQuery()))
    return {m.id: {(f.proposal, f.state) for f in m.findings} for m in messages}


@pytest.mark.parametrize("seed", range(6))
def test_judging_what_changed_comes_to_the_same_as_judging_all(empty_case, seed):
    rng = random.Random(seed)
    for _ in range(6):
        with empty_case.work() as work:
            for _ in range(rng.randint(1, 4)):
                sender = parse_sender(rng.choice(SENDERS))
                start = rng.randint(0, 16)
                rows = [
                    sighting(
                        rng.choice(TEXTS), at(start + n, day=rng.choice([18, 19])), sender=sender
                    )
                    for n in range(rng.randint(1, 6))
                ]
                screen(work, rows)
            join_new(work)
            propose_within(work, packs_of(empty_case), Task())
            work.commit()
    step_by_step = findings(empty_case)
    assert any(step_by_step.values())
    adopt(empty_case, Task())
    assert findings(empty_case) == step_by_step
