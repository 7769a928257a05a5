from __future__ import annotations

import datetime as dt
import json

import pytest

from smsdesk.domain.findings import HINTS, Recipient
from smsdesk.domain.messages import Continuity, Message, ReviewState
from smsdesk.domain.numbers import Sender, SenderKind
from smsdesk.domain.screens import Direction
from smsdesk.domain.times import CHINA, UNKNOWN_TIME, SentTime, TimeBasis
from smsdesk.resources import resource
from smsdesk.rules.judging import judge_text, judge_times
from smsdesk.rules.pack import load_pack

PACK = load_pack()
COLLECTS = "【砾川信管】您的欠款9,326.50元至今未还，请立即还款！"


def at(clock: str, day: int = 8) -> dt.datetime:
    hour, minute = map(int, clock.split(":"))
    return dt.datetime(2026, 1, day, hour, minute, tzinfo=CHINA)


def exactly(moment: dt.datetime) -> SentTime:
    return SentTime(moment, moment, TimeBasis.READ)


def message(
    number: int,
    sent: SentTime,
    text: str = COLLECTS,
    sender: str = "4000005518",
    direction: Direction = Direction.IN,
    recipient: Recipient = Recipient.SELF,
) -> Message:
    return Message(
        id=number,
        thread_id=1,
        sender=Sender(sender, sender, None, SenderKind.SERVICE400),
        direction=direction,
        recipient=recipient,
        machine_text=text,
        corrected_text=None,
        doubtful=(),
        sent=sent,
        state=ReviewState.NEW,
        starred=False,
        note="",
        before=Continuity.UNKNOWN,
        sightings=(),
        findings=(),
    )


def rules(messages: list[Message]) -> dict[int, set[str]]:
    return {n: {p.rule for p in found} for n, found in judge_times(PACK, messages).items()}


@pytest.mark.parametrize(
    ("clock", "night"),
    [
        ("21:59", False),
        ("22:00", True),
        ("23:30", True),
        ("00:00", True),
        ("07:59", True),
        ("08:00", False),
        ("12:00", False),
    ],
)
def test_night_runs_from_ten_to_eight(clock, night):
    assert bool(rules([message(1, exactly(at(clock)))])) is night


def test_the_edge_of_the_night_is_noted():
    (proposal,) = judge_times(PACK, [message(1, exactly(at("22:00")))])[1]
    assert "边界" in proposal.reason
    assert "并非法律规定" in proposal.reason
    assert proposal.spans == ()


@pytest.mark.parametrize(
    ("earliest", "latest", "night"),
    [
        (at("22:10"), at("23:50"), True),
        (at("23:00"), at("06:00", 9), True),
        (at("21:50"), at("23:50"), False),
        (at("23:00"), at("08:30", 9), False),
        (at("23:00"), at("23:30", 9), False),
    ],
)
def test_a_derived_time_counts_only_where_its_whole_range_is_night(earliest, latest, night):
    sent = SentTime(earliest, latest, TimeBasis.DERIVED)
    assert bool(rules([message(1, sent)])) is night


def test_an_unknown_time_counts_nowhere():
    assert rules([message(n, UNKNOWN_TIME) for n in range(12)]) == {}


def test_ten_a_day_are_many_and_nine_are_not():
    nine = [message(n, exactly(at(f"{9 + n}:00"))) for n in range(9)]
    assert rules(nine) == {}
    ten = [*nine, message(9, exactly(at("20:00")), text="没钱？没钱也得还钱。")]
    assert rules(ten) == {n: {"frequent.many"} for n in range(10)}
    assert "自设，非法定标准" in judge_times(PACK, ten)[0][0].reason


def test_numbers_that_sign_alike_are_one_institution():
    ten = [message(n, exactly(at(f"{9 + n}:00")), sender=f"1069{n}") for n in range(10)]
    assert set(rules(ten)) == set(range(10))


def test_two_recipients_are_not_counted_together():
    ten = [
        message(n, exactly(at(f"{9 + n}:00")), recipient=list(Recipient)[n % 2]) for n in range(10)
    ]
    assert rules(ten) == {}


@pytest.mark.parametrize(
    "text",
    [
        "【砾川信管】验证码604217，您正在登录，请勿将验证码告诉任何人。",
        "【顺丰】您的快件已到驿站，取件码8-1-2。",
        "【12368】（2025）江0199民初1021号一案已立案。江州市望江区人民法院",
    ],
)
def test_ordinary_messages_do_not_count(text):
    collecting = message(1, exactly(at("10:00")))
    assert rules([collecting, message(2, exactly(at("23:00")), text=text)]) == {}


def test_family_at_night_does_not_count():
    night = message(1, exactly(at("23:00")), text="睡了吗？明天记得带伞。", sender="妈妈")
    assert rules([night]) == {}


def test_sent_messages_do_not_count():
    assert rules([message(1, exactly(at("23:00")), direction=Direction.OUT)]) == {}


def test_a_collectors_other_words_at_night_count():
    messages = [
        message(1, exactly(at("10:00"))),
        message(2, exactly(at("23:40")), text="睡得着吗？号码我多得是。"),
    ]
    assert rules(messages) == {2: {"frequent.night"}}


STORY = json.loads(resource("samples", "story.json").read_text(encoding="utf-8"))


def sample_messages() -> list[Message]:
    shown = {row["thread"]: row for row in STORY["senders"]}
    messages = []
    for number, row in enumerate(STORY["messages"]):
        sender = shown[row["thread"].removeprefix("m-")]
        recipient = Recipient.SELF if row["recipient"] == "本人" else Recipient.THIRD
        base = message(
            number,
            exactly(dt.datetime.fromisoformat(row["sent_at"])),
            text=row["text"],
            sender=sender["number"] or sender["name"],
            direction=Direction(row["direction"]),
            recipient=recipient,
        )
        messages.append(base)
    return messages


def test_the_sample_story_is_judged_as_it_was_written():
    messages = sample_messages()
    by_time = judge_times(PACK, messages)
    for row, judged in zip(STORY["messages"], messages, strict=True):
        assert bool(by_time.get(judged.id)) is row["frequent"], row["text"]
        if judged.direction == Direction.IN:
            proposals = judge_text(PACK, judged.text, recipient=judged.recipient)
            got = {p.violation.value for p in proposals if p.violation not in HINTS}
            want = set(row["labels"]) - {"none"}
            if "minor_threat" in want and judged.recipient == Recipient.SELF:
                # Who threatens to see a child's school contacts no third party (law 7.1.6): the
                # story was written before that was settled.
                want, got = want - {"third_party_contact"}, got - {"third_party_contact"}
            assert got == want, row["text"]
