"""The sample case proves itself: what the program found is compared with what was drawn."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter

import pytest
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from smsdesk.domain.messages import Message
from smsdesk.domain.queries import MessageQuery
from smsdesk.domain.times import CHINA
from smsdesk.resources import resource
from smsdesk.services import listing
from smsdesk.services.cases import open_case

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture(scope="module")
def story():
    return json.loads(resource("samples", "story.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def found(demo) -> list[Message]:
    case = open_case(demo.case_path)
    try:
        return listing.messages(case, listing.message_ids(case, MessageQuery()))
    finally:
        case.close()


@pytest.fixture(scope="module")
def pairs(story, found):
    """Each drawn message with the one found that is most like it, 90 % alike at least."""
    waiting = list(found)
    result = []
    for drawn in story["messages"]:
        text = _plain(drawn["text"])
        best = max(waiting, key=lambda message: fuzz.ratio(text, _plain(message.text)))
        if fuzz.ratio(text, _plain(best.text)) >= 90:
            waiting.remove(best)
            result.append((drawn, best))
    return result


def _plain(text: str) -> str:
    """Leave out spaces and the width of punctuation, which pictures hardly show."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_every_picture_is_in_the_case(story, demo):
    assert demo.originals == len(story["screenshots"]) == 20


def test_nearly_all_messages_are_found_and_none_is_invented(story, pairs, found):
    assert len(pairs) >= 0.97 * story["totals"]["messages"]
    assert len(found) <= 1.02 * story["totals"]["messages"]


def test_their_words_are_right(pairs):
    wrong = sum(Levenshtein.distance(_plain(d["text"]), _plain(m.text)) for d, m in pairs)
    assert wrong <= 0.005 * sum(len(_plain(drawn["text"])) for drawn, _ in pairs)


def test_overlapping_screenshots_are_counted_once(pairs):
    twice = [message for _, message in pairs if len(message.sightings) > 1]
    assert len(twice) >= 6  # two overlapping pairs share 4 + 2 messages


def test_twelve_equal_messages_stay_twelve(story, found):
    texts = Counter(_plain(m["text"]) for m in story["messages"])
    text, count = texts.most_common(1)[0]
    assert count >= 12
    assert sum(_plain(m.text) == text for m in found) == count


def test_senders_and_directions_are_right(pairs):
    wrong = [
        (drawn["id"], message.sender.raw)
        for drawn, message in pairs
        if (drawn["sender_number"], drawn["direction"])
        != (message.sender.number, message.direction)
    ]
    assert wrong == []


def test_no_message_is_dated_later_than_it_was_sent_to(pairs):
    """A derived range may be wide, but the true moment lies in it."""
    outside = []
    for drawn, message in pairs:
        true = drawn["sent_at"]
        if message.sent.earliest is None or message.sent.latest is None:
            continue
        first, last = (
            moment.astimezone(CHINA).isoformat(timespec="minutes")
            for moment in (message.sent.earliest, message.sent.latest)
        )
        if not first <= true <= last:
            outside.append((drawn["id"], true, first, last))
    assert outside == []


def test_findings_agree_with_the_story(pairs):
    """Words and times together; `frequent` is by day and number, the rest by the words."""
    hits = said = true = 0
    for drawn, message in pairs:
        want = set(drawn["labels"]) - {"none"} | ({"frequent"} if drawn["frequent"] else set())
        got = {f.proposal.violation.value for f in message.findings}
        got -= {"no_identity", "private_number", "number_risk"}
        hits, said, true = hits + len(want & got), said + len(got), true + len(want)
    assert hits / said >= 0.9
    assert hits / true >= 0.9


def test_the_pdf_tells_of_all_of_it(demo, found):
    assert demo.messages == len(found)
    assert demo.pdf_path.stat().st_size > 100_000
