"""Cases of any size, stored through the real storage: made-up messages on cheaply drawn pictures.

Every picture is distinct (its bubbles, its words, a number in its corner), every fourth is a JPEG,
every fiftieth a long one. Messages are read off the pictures as a perfect engine would read them
and judged by the real rules. One seed gives one case.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from smsdesk.domain.cases import CaseCard, Original, SourceDevice
from smsdesk.domain.findings import Recipient
from smsdesk.domain.geometry import Box
from smsdesk.domain.messages import Continuity, Sighting
from smsdesk.domain.numbers import Sender, parse_sender
from smsdesk.domain.screens import Direction, LabelScope, ScreenKind
from smsdesk.domain.threads import JoinedMessage, ThreadKey
from smsdesk.domain.times import CHINA, CaptureMoment, CaptureSource, SentTime, TimeBasis
from smsdesk.resources import resource
from smsdesk.services.cases import create_case
from smsdesk.services.jobs import Task
from smsdesk.services.packs import packs_of
from smsdesk.services.proposing import propose_within
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.unit_of_work import UnitOfWork

WIDTH, SCREEN_HEIGHT = 1080, 2400
LONG_EVERY, JPEG_EVERY = 50, 4
LONG_FACTOR = 4
"""A long screenshot holds this many times as many messages."""
SENDERS = 40
FIRST_DAY = dt.datetime(2025, 6, 1, 8, 30, tzinfo=CHINA)
_LETTER, _LEADING, _PAD = 44, 62, 30
_COLUMNS = 17
"""Characters a line in a bubble."""
_SENTENCES = (
    "【鹿芽快贷】您的借款已逾期{day}天，应还{sum}元，请尽快处理，编号{code}。",
    "你好，你的欠款{sum}元今天必须处理，否则后果自负",
    "最后通知：今晚之前不还，明天联系你单位和通讯录里的每一个人，档案{code}",
    "【山月信管】张女士，您的案件{code}已移交法务部门，请于3日内与我们联系。",
    "装看不见是吧？借钱的时候怎么不这样，第{day}天了",
    "还钱",
    "别躲了，我们已经到你家楼下，请你马上出来把事情说清楚，不要连累家人。单号{code}",
    "您的验证码是{code}，5分钟内有效，请勿告诉他人。",
    "【青禾消费金融】温馨提示：您本期账单{sum}元，最后还款日为{day}日，请按时还款。",
    "你不还钱就是老赖，明天让你们全小区都知道，欠{sum}元",
)


@dataclass(frozen=True)
class Drawn:
    """A picture, and where each of its messages stands on it."""

    data: bytes
    height: int
    media_type: str
    boxes: tuple[Box, ...]


def make_case(
    path: Path, messages: int, screenshots: int, *, read: bool = True, seed: int = 7
) -> CaseFile:
    """Make a case of *messages* messages drawn on *screenshots* pictures.

    Unless *read*, the pictures are stored and nothing is known of what they show.
    """
    case = create_case(
        path,
        CaseCard(
            "张女士与示例公司隐私权纠纷（生成的案件）", "张女士", "示例信用管理有限公司",
            "隐私权、个人信息保护纠纷", "", "张女士",
        ),
    )  # fmt: skip
    chance = random.Random(seed)
    threads: dict[ThreadKey, list[Sighting]] = {}
    with case.work() as work:
        phone = work.devices.add(
            SourceDevice(0, "张女士的手机", "张女士", "示例手机", "", "张女士")
        )
        for number, size in enumerate(_sizes(messages, screenshots)):
            id_, seen = _store_picture(work, phone, number, size, chance)
            if read:
                key = ThreadKey(phone.id, seen[0].sender.key if seen else "")
                stored = work.messages.add_sightings(
                    id_, ScreenKind.THREAD, [(key, one) for one in seen]
                )
                threads.setdefault(key, []).extend(stored)
        for key, seen in threads.items():
            joined = [JoinedMessage((s.id,), s.sent, Continuity.CONTINUOUS) for s in seen]
            work.messages.store_thread(key, joined, Recipient.SELF)
        work.bearings.note_everything_due()
        propose_within(work, packs_of(case), Task())
        work.commit()
    return case


def _sizes(messages: int, screenshots: int) -> Iterator[int]:
    """Yield how many messages each picture shows: even shares, more on long ones, none lost."""
    weights = [LONG_FACTOR if _is_long(n) else 1 for n in range(screenshots)]
    left, weight_left = messages, sum(weights)
    for weight in weights:
        share = round(left * weight / weight_left)
        yield share
        left, weight_left = left - share, weight_left - weight


def _is_long(number: int) -> bool:
    return number % LONG_EVERY == LONG_EVERY - 1


def _store_picture(
    work: UnitOfWork, phone: SourceDevice, number: int, size: int, chance: random.Random
) -> tuple[int, list[Sighting]]:
    """Draw and store a picture; return its id and what is to be seen on it."""
    sender = parse_sender(f"+86 171 0123 {8000 + number % SENDERS}")
    moment = FIRST_DAY + dt.timedelta(hours=2 * number)
    texts = [_text(chance) for _ in range(size)]
    drawn = _draw(number, texts)
    stored = work.originals.add(_original(drawn, number, phone, moment), drawn.data)
    seen = [
        _sighting(sender, text, box, position, moment)
        for position, (text, box) in enumerate(zip(texts, drawn.boxes, strict=True))
    ]
    return stored.id, seen


def _text(chance: random.Random) -> str:
    values = {
        "day": chance.randrange(1, 31),
        "sum": chance.randrange(300, 90000),
        "code": chance.randrange(100000, 999999),
    }
    return chance.choice(_SENTENCES).format(**values)


def _original(drawn: Drawn, number: int, phone: SourceDevice, moment: dt.datetime) -> Original:
    ending = "JPG" if drawn.media_type == "image/jpeg" else "PNG"
    name = f"IMG_{number:05}.{ending}"
    taken = moment + dt.timedelta(minutes=90)
    return Original(
        0, hashlib.sha256(drawn.data).hexdigest(), hashlib.new("sm3", drawn.data).hexdigest(),
        len(drawn.data), drawn.media_type, name, f"/pictures/{name}", WIDTH, drawn.height,
        None, taken, CaptureMoment(taken, CaptureSource.EXIF), taken, phone.id,
    )  # fmt: skip


def _sighting(sender: Sender, text: str, box: Box, position: int, moment: dt.datetime) -> Sighting:
    at = moment + dt.timedelta(minutes=7 * position)
    sent = SentTime(at, at, TimeBasis.READ, f"{at:%H:%M}")
    return Sighting(
        0, 0, position, box, Direction.IN, text, text, 0.99, (), False, False, sender, sent,
        LabelScope.OWN,
    )  # fmt: skip


def _draw(number: int, texts: list[str]) -> Drawn:
    """Draw the texts as bubbles under one another, at least as high as a phone's screen."""
    rows = [_rows(text) for text in texts]
    tops, top = [], 260
    for lines in rows:
        tops.append(top)
        top += _bubble_height(lines) + 90
    image = Image.new("RGB", (WIDTH, max(SCREEN_HEIGHT, top)), "white")
    draw = ImageDraw.Draw(image)
    draw.text((40, 40), f"{number % 24:02}:{number % 60:02}   {number:05}", "black", _font())
    boxes = []
    for lines, at in zip(rows, tops, strict=True):
        box = (40, at, 40 + 2 * _PAD + max(map(len, lines)) * _LETTER, at + _bubble_height(lines))
        draw.rounded_rectangle(box, 28, fill=(233, 233, 235))
        for line, words in enumerate(lines):
            draw.text((40 + _PAD, at + _PAD + line * _LEADING), words, "black", _font())
        boxes.append(Box(*map(float, box)))
    return Drawn(_encoded(image, number), image.height, _media_type(number), tuple(boxes))


def _rows(text: str) -> list[str]:
    return [text[at : at + _COLUMNS] for at in range(0, len(text), _COLUMNS)]


def _bubble_height(lines: list[str]) -> int:
    return 2 * _PAD + len(lines) * _LEADING


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(resource("fonts", "NotoSansSC-Regular.ttf"), _LETTER)


def _media_type(number: int) -> str:
    return "image/jpeg" if number % JPEG_EVERY == 0 else "image/png"


def _encoded(image: Image.Image, number: int) -> bytes:
    buffer = io.BytesIO()
    if _media_type(number) == "image/jpeg":
        image.save(buffer, "JPEG", quality=90)
    else:
        image.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()
