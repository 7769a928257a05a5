"""Every kind of entry in the custody log is told in words, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import smsdesk
from smsdesk.domain.custody import CustodyEntry
from smsdesk.domain.errors import SetAsideReason
from smsdesk.domain.findings import Recipient
from smsdesk.domain.numbers import parse_sender
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.rulings import Answer
from smsdesk.services import cases, listing, reviewing
from smsdesk.services.cases import now, update_card
from smsdesk.services.custody_tellers import TELLERS
from smsdesk.services.custody_words import action_of, details_of, log_book
from smsdesk.services.jobs import Task
from smsdesk.wording import say

SOURCE = Path(smsdesk.__file__).parent
ACTIONS = sorted(
    {
        action
        for path in SOURCE.rglob("*.py")
        for action in re.findall(r'custody\.append\(\s*"(\w+)"', path.read_text("utf-8"))
    }
)


def _entry(action, **details):
    return CustodyEntry(1, now(), "someone", action, details, "0" * 64, "f" * 64)


def test_the_actions_are_found_in_the_source():
    assert {"case_created", "original_imported", "review"} <= set(ACTIONS)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_has_its_words(action, language):
    assert say(f"cli.action_{action}", language).strip()
    assert action_of(_entry(action), language) == say(f"cli.action_{action}", language)


def test_an_action_of_a_later_version_is_told_as_it_is():
    entry = _entry("sealed_by_court", seal="甲 1", number=7)
    assert action_of(entry, "zh") == "sealed_by_court"
    assert details_of(entry, "zh", {}) == "seal 甲 1；number 7"


def test_reasons_files_and_changes_are_words():
    aside = _entry("file_set_aside", source="/a/空.png", reason=SetAsideReason.EMPTY, detail="")
    assert details_of(aside, "zh", {}).startswith("空.png：文件是空的")
    read = _entry("picture_read", sha256="ab" * 32, engine="ppocr", engine_version="1", messages=3)
    assert details_of(read, "zh", {"ab" * 32: "甲.png"}) == "甲.png：ppocr 1，识读短信 3 条"
    changed = _entry("card_changed", title={"before": "甲", "after": "乙"})
    assert details_of(changed, "zh", {}) == "案件名称：“甲”改为“乙”"


def test_the_book_says_whether_the_chain_holds(sample_case):
    update_card(sample_case, cases.card(sample_case))
    book = log_book(sample_case, "zh", Task())
    assert book.broken is None
    assert "哈希链完整" in book.chain_words("zh")
    assert all(line.action for line in book.lines)
    assert any("IMG_0412.PNG" in line.details for line in book.lines)


NIGHT = {"earliest": "2025-12-18T23:41:00+08:00", "latest": "2025-12-18T23:41:00+08:00"}
SENDER = {"number": "+8617101236805", "name": None, "shown": "171 0123 6805"}


def _edit(message, field, before, after):
    return {"message": message, "field": field, "before": before, "after": after}


def test_corrections_are_told_with_what_was_there_before():
    rows = [
        _edit(3, "time", None, NIGHT),
        _edit(4, "sender", SENDER, None),
        _edit(5, "direction", "in", "out"),
    ]
    told = details_of(_entry("edited", messages=rows), "zh", {})
    assert told == (
        "短信 3 时间：机器识读 → 2025-12-18 23:41；短信 4 号码：+8617101236805 → 机器识读；"
        "短信 5 方向：收到 → 发出"
    )
    many = [_edit(n, "starred", False, True) for n in range(1, 40)]
    told = details_of(_entry("edited", messages=many), "en", {})
    assert told.startswith("message 1, key: no → yes；")
    assert told.endswith("; 36 more")


def test_answers_groups_and_joins_are_told():
    answer = _entry("recipient_set", thread=2, before=None, after="third", relation="母亲")
    assert details_of(answer, "zh", {}) == "会话 2 的收件人：未说明 → 第三人（母亲）"
    group = _entry("institution_set", before={"95588": None, "10690001": "甲"}, after="乙公司")
    assert details_of(group, "zh", {}) == "95588、10690001 归入“乙公司”"
    same = [{"thread": 1, "messages": [3, 4], "before": [], "after": [{"same": True}]}]
    assert details_of(_entry("joined_by_hand", threads=same), "zh", {}) == "短信 3、4 为同一条"
    assert "{" not in details_of(_entry("joined_by_hand", threads=same), "en", {})


@pytest.mark.parametrize("action", sorted(TELLERS))
def test_other_fields_than_ours_are_told_as_they_are(action):
    assert details_of(_entry(action, seal="甲"), "zh", {}) == "seal 甲"


def test_what_is_really_logged_is_told_without_json(sample_case):
    found = listing.messages(sample_case, listing.message_ids(sample_case, MessageQuery())[:4])
    for change in (
        reviewing.plan_text(found[0], "改过的正文"),
        reviewing.plan_typed_time(found, "2025-11-03"),
        reviewing.plan_sender(found, parse_sender("171 0123 6805")),
        reviewing.plan_star(found, on=True),
        reviewing.plan_recipient(sample_case, found, Answer(Recipient.THIRD, "母亲")),
        reviewing.plan_institution(sample_case, found, "乙公司"),
    ):
        reviewing.apply(sample_case, change, judge=False)
    book = log_book(sample_case, "zh", Task())
    assert [line.details for line in book.lines if "{" in line.details] == []
