"""Every kind of entry in the custody log is told in words, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import smsdesk
from smsdesk.domain.custody import CustodyEntry
from smsdesk.domain.errors import SetAsideReason
from smsdesk.services import cases
from smsdesk.services.cases import now, update_card
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
    assert details_of(changed, "zh", {}) == "title：“甲”改为“乙”"


def test_the_book_says_whether_the_chain_holds(sample_case):
    update_card(sample_case, cases.card(sample_case))
    book = log_book(sample_case, "zh", Task())
    assert book.broken is None
    assert "哈希链完整" in book.chain_words("zh")
    assert all(line.action for line in book.lines)
    assert any("IMG_0412.PNG" in line.details for line in book.lines)
