"""Draws message screens of phones that do not exist, with their exact truth.

Every measure, colour and place is drawn at random from a seed: the reader is tested on what
screens have in common, not on the phones that its authors happened to own. The lines that an engine
would return are known exactly, so that no engine is needed.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFont

from smsdesk.domain.geometry import Box
from smsdesk.domain.reading import EngineIdentity, Reading, TextLine
from smsdesk.resources import resource

Colour = tuple[int, int, int]
IDENTITY = EngineIdentity("drawn", "1", "0" * 64)

TEXTS = (
    "【云杉消费金融】张女士，您尾号6621的借款本期应还2,186.40元，已逾期3天，请尽快存入绑定账户。",
    "明天上午十点前不还钱，我们就去你单位找你领导谈谈。",
    "您好,您的账单已出,应还432.10元,还款日9号,详情点 https://yph.example/r?c=Ab12 查看",
    "识相点，别让我们上门。",
    "【江汀银行】您尾号0915的信用卡12月账单人民币1,326.80元，最低还款额132.68元，到期还款日1月8日。如已还款请忽略。拒收请回复R",
    "你以为换个号码就找不到你了？通讯录里的人今天都会接到电话！",
    "验证码392018，5分钟内有效，请勿告诉他人。",
    "还钱",
    "最后通知：案号（2025）粤0399民初1832号，限今日18:00前处理，否则后果自负。",
    "回电话",
    "Dear customer, your bill of 320.50 yuan is overdue. Please call 400-000-5518 before Friday.",
)
REPLIES = (
    "我不认识这个人，你打错了。",
    "请停止联系我的同事和家人，我会保留全部短信并向监管部门投诉。",
    "好的",
    "下周五发工资先还2000元",
    "我已经说过了，请通过书面方式联系。",
)
SENDERS = (
    "106901239251",
    "+86 171 0123 8846",
    "17012349330",
    "400-000-5518",
    "0755 5555 3107",
    "95533",
    "+852 5550 7193",
    "公司王姐",
    "云杉消费金融",
    "1065 0123 0262 372",
    "李经理",
)
CAPTIONS = ("广东深圳", "北京", "中国移动", "四川成都 联通")
DATES = ("10月19日 周日", "2025年12月8日", "2025-12-30", "昨天", "今天", "周三", "星期四", "1月3日")
CLOCKS = ("14:23", "上午9:05", "21:47", "凌晨2:13", "下午6:30", "00:41", "晚上11:27")
PLACEHOLDERS = ("短信", "信息", "短信/彩信", "发送短信", "iMessage信息", "短信（卡1）", "文本信息")
FULL_FORMS = "，。：；！？（）【】、"


@dataclass(frozen=True)
class Look:
    """Everything that makes one phone's screen look as it does; lengths in em of the text."""

    width: int
    em: int
    dark: bool
    page: Colour
    incoming: Colour
    outgoing: Colour
    kind: str  # filled, outlined, plain, card
    pad_x: float
    pad_y: float
    radius: float
    tail: bool
    margin: float
    room: float
    leading: float
    gap: float
    avatars: str | None  # None, circle, square
    labels: str  # above, below, beside, inside, date+below, date+beside, pill+above
    header: str | None  # None, left, centre, avatar
    header_line: bool
    status: bool
    footer: str | None  # None, field, buttons
    quality: int | None
    half: bool

    @property
    def ink(self) -> Colour:
        return (235, 235, 235) if self.dark else (20, 20, 20)

    @property
    def pale(self) -> Colour:
        return (150, 150, 152) if self.dark else (130, 130, 134)


def random_look(rng: random.Random) -> Look:
    dark = rng.random() < 0.3
    base = rng.randint(0, 26) if dark else rng.randint(238, 255)
    page = (base, base, min(255, base + rng.randint(0, 3)))
    shift = rng.choice([-1, 1] if 12 < base < 244 else [1] if dark else [-1]) * rng.randint(8, 34)
    grey = max(0, min(255, base + shift))
    outgoing = rng.choice(
        [(52, 199, 89), (10, 88, 246), (52, 130, 255), (149, 236, 105), (255, 138, 0)]
    )
    width = rng.choice([540, 720, 750, 828, 1080, 1080, 1170, 1284, 1440])
    kind = rng.choices(["filled", "outlined", "plain", "card"], [6, 1.5, 1.5, 2])[0]
    # Text on a bare page is only known for messages by what stands around it.
    headers = (
        ["left", "centre", "avatar"] if kind == "plain" else [None, "left", "centre", "avatar"]
    )
    return Look(
        width=width,
        em=round(width * rng.uniform(0.037, 0.048)),
        dark=dark,
        page=page,
        incoming=(grey, grey, grey),
        outgoing=outgoing,
        kind=kind,
        pad_x=rng.uniform(0.45, 1.1),
        pad_y=rng.uniform(0.4, 0.9),
        radius=rng.choice([0.0, 0.2, 0.5, 0.9]),
        tail=rng.random() < 0.3,
        margin=rng.uniform(0.4, 1.2),
        room=rng.uniform(0.62, 0.8),
        leading=rng.uniform(1.28, 1.6),
        gap=rng.uniform(0.35, 1.6),
        avatars=rng.choices([None, "circle", "square"], [6, 2, 1])[0],
        labels=rng.choices(
            ["above", "below", "beside", "inside", "date+below", "date+beside", "pill+above"],
            [5, 2, 1.5, 1, 2, 1, 1.5],
        )[0],
        header=rng.choice(headers),
        header_line=rng.random() < 0.4,
        status=rng.random() < 0.8,
        footer=rng.choices([None, "field", "buttons"], [1, 4, 1])[0],
        quality=rng.choice([None, None, None, 80, 55]),
        half=rng.random() < 0.1,
    )


@dataclass
class Drawn:
    """A message as drawn: what a perfect reader would return."""

    text: str
    direction: str
    box: Box
    label: str | None = None
    scope: str = "none"
    clipped: bool = False
    sender: str | None = None
    snippet: bool = False


@dataclass
class DrawnScreen:
    """A picture with the lines an engine would find and with its truth."""

    image: Image.Image
    reading: Reading
    kind: str
    sender: str | None
    clock: str | None
    messages: list[Drawn]
    look: Look | None = None


_typeface: ContextVar[str] = ContextVar("typeface", default="")


@contextmanager
def typeface(path: str) -> Iterator[None]:
    """Draw with the font file *path* instead of the bundled regular one."""
    before = _typeface.set(path)
    try:
        yield
    finally:
        _typeface.reset(before)


def font(size: int) -> ImageFont.FreeTypeFont:
    return _font(size, _typeface.get() or str(resource("fonts", "NotoSansSC-Regular.ttf")))


@cache
def _font(size: int, path: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


@dataclass
class Sheet:
    """A picture under the pen, and the lines written on it."""

    image: Image.Image
    rng: random.Random
    lines: list[TextLine] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pen = ImageDraw.Draw(self.image)

    def write(self, x: float, y: float, text: str, size: int, colour: Colour) -> Box:
        """Write *text* with its upper left corner at x, y; return the box of its line."""
        face = font(size)
        x0, top = round(x), round(y)
        self.pen.text((x0, top), text, font=face, fill=colour)
        edges = [x0 + face.getlength(text[:i]) for i in range(len(text) + 1)]
        ink = face.getbbox(text)
        air = size * self.rng.uniform(0.06, 0.2)  # engines draw their boxes with air around
        box = Box(x0 + ink[0] - air, top + ink[1] - air, x0 + ink[2] + air, top + ink[3] + air)
        spans = tuple(pairwise(edges))
        self.lines.append(TextLine(text, box, (0.99,) * len(text), spans))
        return Box(x0, top, edges[-1], top + size * 1.2)


def measure(text: str, size: int) -> float:
    return font(size).getlength(text)


def wrapped(text: str, size: int, width: float) -> list[str]:
    """Break *text* as phones do: between any two Chinese characters, words and numbers whole."""
    rows, row, index = [], "", 0
    while index < len(text):
        end = index + 1
        while (
            end < len(text)
            and text[index].isascii()
            and text[index] != " "
            and (text[end].isascii() and text[end] != " ")
        ):
            end += 1
        piece = text[index:end]
        if row and measure(row + piece, size) > width and piece not in FULL_FORMS:
            rows.append(row.rstrip())
            row = ""
            piece = piece.lstrip()
        while measure(piece, size) > width:  # a link longer than a row
            cut = max(i for i in range(1, len(piece)) if measure(row + piece[:i], size) <= width)
            rows.append(row + piece[:cut])
            row, piece = "", piece[cut:]
        row += piece
        index = end
    return [*rows, row] if row else rows


class ThreadDrawing:
    """Draws one thread: its messages on a long roll, of which the screen shows a part."""

    def __init__(
        self,
        seed: int,
        look: Look | None = None,
        texts: Sequence[str] = TEXTS,
        replies: Sequence[str] = REPLIES,
    ) -> None:
        self.texts, self.replies = texts, replies
        self.rng = random.Random(seed)
        self.look = look or random_look(self.rng)
        self.em = self.look.em
        self.small = round(self.em * self.rng.uniform(0.66, 0.8))
        self.roll = Sheet(
            Image.new("RGB", (self.look.width, self.em * 130), self.look.page), self.rng
        )
        self.y = self.em * 1.0
        self.messages: list[Drawn] = []
        self.label: tuple[str, bool] | None = None  # text, already used

    def draw(self) -> DrawnScreen:
        self._messages()
        top, header_lines = self._header_height(), []
        height = round(self.look.width * self.rng.uniform(1.6, 2.2))
        footer = round(3.2 * self.em) if self.look.footer else 0
        shown = min(height - top - footer, round(self.y + self.em))
        if self.look.footer is None:
            height = top + shown
        start = self.rng.choice([0, 0, self.rng.uniform(0, max(0.0, self.y - shown))])
        start = round(max(0, min(start, self.y - shown)))
        screen = Sheet(Image.new("RGB", (self.look.width, height), self.look.page), self.rng)
        self._show(screen, start, top, shown)
        sender, clock = self._draw_header(screen, top)
        screen.lines = [*screen.lines, *header_lines]
        self._draw_footer(screen, height - footer)
        return self._finished(screen, sender, clock)

    # --- the roll ---------------------------------------------------------------------------

    def _messages(self) -> None:
        count = self.rng.randint(3, 9)
        for index in range(count):
            outgoing = self.rng.random() < 0.3 and self.look.kind != "card"
            text = self.rng.choice(self.replies if outgoing else self.texts)
            self._heads(index)
            self._message(text, outgoing=outgoing)

    def _heads(self, index: int) -> None:
        labels = self.look.labels
        fresh = index == 0 or self.rng.random() < 0.45
        if not fresh or labels in ("below", "beside", "inside"):
            return
        date, clock = self.rng.choice(DATES), self.rng.choice(CLOCKS)
        text = date if labels.startswith("date") else f"{date} {clock}"
        if labels == "above" and self.rng.random() < 0.3:
            text = clock
        shown = text + self.rng.choice(["", "", "", " 卡1"]) if labels == "above" else text
        size = self.small
        x = (self.look.width - measure(shown, size)) / 2
        self.y += self.em * 0.6
        if labels == "pill+above":
            wide = measure(shown, size)
            back = tuple(c + (14 if self.look.dark else -14) for c in self.look.page)
            self.roll.pen.rounded_rectangle(
                (x - size, self.y - size * 0.35, x + wide + size, self.y + size * 1.75), size, back
            )
        self.roll.write(x, self.y, shown, size, self.look.pale)
        self.y += size * 1.4 + self.em * 0.6
        self.label = (text, False)

    def _message(self, text: str, *, outgoing: bool) -> None:
        look, em = self.look, self.em
        framed = look.kind != "plain"
        pad_x, pad_y = (look.pad_x * em, look.pad_y * em) if framed else (0.0, 0.0)
        picture = 2.4 * em + look.margin * em if look.avatars else 0.0
        room = look.width * look.room - 2 * pad_x - picture
        if look.kind == "card":
            room = look.width - 2 * look.margin * em - 2 * pad_x
            picture = 0.0
        rows = wrapped(text, em, room)
        wide = max(measure(row, em) for row in rows) + 2 * pad_x
        if look.kind == "card":
            wide = look.width - 2 * look.margin * em
        high = (len(rows) - 1) * look.leading * em + 1.2 * em + 2 * pad_y
        left = look.margin * em + picture
        x0 = look.width - left - wide if outgoing else left
        box = Box(x0, self.y, x0 + wide, self.y + high)
        self._bubble(box, outgoing=outgoing)
        self._avatar(box, picture, outgoing=outgoing)
        ink = self._text_colour(outgoing=outgoing)
        for index, row in enumerate(rows):
            self.roll.write(
                x0 + pad_x, self.y + pad_y + index * look.leading * em - 0.1 * em, row, em, ink
            )
        drawn = Drawn(text, "out" if outgoing else "in", box)
        self.messages.append(drawn)
        self.y += high
        self._clock(drawn, outgoing=outgoing)
        self.y += max(look.gap * em, 1.1 * em if not framed else 0.0)

    def _bubble(self, box: Box, *, outgoing: bool) -> None:
        look = self.look
        if look.kind == "plain":
            return
        corners = (box.x0, box.y0, box.x1 - 1, box.y1 - 1)
        radius = min(look.radius * self.em, box.height / 2)
        pen = self.roll.pen
        colour = look.outgoing if outgoing else look.incoming
        if look.kind == "outlined" and not outgoing:
            pen.rounded_rectangle(corners, radius, look.page, look.pale, max(1, self.em // 24))
            return
        pen.rounded_rectangle(corners, radius, colour)
        if look.tail:
            tip = box.x1 + 0.3 * self.em if outgoing else box.x0 - 0.3 * self.em
            side = box.x1 - radius if outgoing else box.x0 + radius
            pen.polygon(
                [(tip, box.y1 - 1), (side, box.y1 - 0.5 * self.em), (side, box.y1 - 1)], colour
            )

    def _avatar(self, box: Box, room: float, *, outgoing: bool) -> None:
        if not room:
            return
        size = 2.4 * self.em
        x = self.look.width - room if outgoing else room - size
        corners = (x, box.y0, x + size, box.y0 + size)
        colour = (158, 163, 175) if not outgoing else (220, 150, 110)
        if self.look.avatars == "circle":
            self.roll.pen.ellipse(corners, colour)
        else:
            self.roll.pen.rectangle(corners, colour)
        face = round(self.em * 1.1)
        self.roll.write(
            x + (size - face) / 2,
            box.y0 + 0.5 * self.em,
            "我" if outgoing else "催",
            face,
            (255, 255, 255),
        )

    def _text_colour(self, *, outgoing: bool) -> Colour:
        if outgoing and self.look.kind != "plain":
            return (255, 255, 255) if sum(self.look.outgoing) < 480 else (20, 20, 20)
        return self.look.ink

    def _clock(self, drawn: Drawn, *, outgoing: bool) -> None:
        labels, box, size = self.look.labels, drawn.box, self.small
        if labels in ("above", "pill+above"):
            self._take_group(drawn)
            return
        clock = self.rng.choice(CLOCKS)
        text = (
            f"{self.rng.choice(DATES)} {clock}"
            if labels in ("below", "beside", "inside")
            else clock
        )
        wide = measure(text, size)
        place = labels.split("+")[-1]
        fits = (
            box.x1 + wide + self.em < self.look.width if not outgoing else box.x0 - wide > self.em
        )
        if place == "beside" and fits:
            x = box.x0 - wide - 0.4 * self.em if outgoing else box.x1 + 0.4 * self.em
            self.roll.write(x, box.y1 - 1.3 * size, text, size, self.look.pale)
        else:
            pad = 0.3 * self.em
            x = box.x1 - wide - pad if outgoing else box.x0 + pad
            self.roll.write(x, self.y + 0.25 * self.em, text, size, self.look.pale)
            self.y += 0.25 * self.em + size * 1.4
            self.y += max(0.0, 0.9 * self.em - self.look.gap * self.em)
        if labels.startswith("date") and self.label:
            text = f"{self.label[0]} {text}"
        drawn.label, drawn.scope = text, "own"

    def _take_group(self, drawn: Drawn) -> None:
        if self.label:
            drawn.label, used = self.label
            drawn.scope = "group" if used else "own"
            self.label = (drawn.label, True)

    # --- the screen -------------------------------------------------------------------------

    def _header_height(self) -> int:
        status = 1.8 if self.look.status else 0.0
        header = {None: 0.0, "left": 3.4, "centre": 2.6, "avatar": 5.2}[self.look.header]
        return round((status + header) * self.em)

    def _show(self, screen: Sheet, start: int, top: int, shown: int) -> None:
        part = self.roll.image.crop((0, start, self.look.width, start + shown))
        screen.image.paste(part, (0, top))
        for line in self.roll.lines:
            seen = min(line.box.y1, start + shown) - max(line.box.y0, start)
            if seen < 0.6 * line.box.height:
                continue
            box = Box(
                line.box.x0,
                max(line.box.y0 - start, 0) + top,
                line.box.x1,
                min(line.box.y1 - start, shown) + top,
            )
            screen.lines.append(TextLine(line.text, box, line.confidences, line.char_spans))
        kept = []
        for message in self.messages:
            box = message.box
            if box.y1 <= start or box.y0 >= start + shown:
                continue
            message.clipped = box.y0 < start or box.y1 > start + shown
            y0, y1 = max(box.y0 - start, 0) + top, min(box.y1 - start, shown) + top
            message.box = Box(box.x0, y0, box.x1, y1)
            kept.append(message)
        self.messages = kept
        self._forget_hidden_labels(start, shown)

    def _forget_hidden_labels(self, start: int, shown: int) -> None:
        """Messages whose label has scrolled away have none; what is left is not compared."""
        hidden = self.messages if start else self.messages[-1:]
        for message in hidden:
            message.scope = "unchecked"

    def _draw_header(self, screen: Sheet, height: int) -> tuple[str | None, str | None]:
        look, em, clock = self.look, self.em, None
        y = 0.0
        if look.header_line and look.header:
            screen.pen.line((0, height - 1, look.width, height - 1), look.pale, max(1, em // 24))
        if look.status:
            clock = self.rng.choice(["9:41", "14:23", "23:05"])
            size = round(em * 0.72)
            left = self.rng.random() < 0.5
            screen.write(em, 0.4 * em, clock if left else "中国移动", size, look.ink)
            screen.write(
                look.width - 4.2 * em,
                0.4 * em,
                "5G 76%" if left else f"76% {clock}",
                size,
                look.ink,
            )
            y = 1.8 * em
        if look.header is None:
            return None, clock
        return self._title(screen, y), clock

    def _title(self, screen: Sheet, y: float) -> str:
        look, em = self.look, self.em
        sender = self.rng.choice(SENDERS)
        size = round(em * (0.72 if look.header == "avatar" else self.rng.uniform(1.0, 1.25)))
        screen.write(0.5 * em, y + 0.6 * em, self.rng.choice(["<", "‹", "←"]), em, look.ink)
        x = (look.width - measure(sender, size)) / 2
        if look.header == "left":
            x, y = 2.6 * em, y + 0.3 * em
            if self.rng.random() < 0.6:
                screen.write(
                    x, y + 1.35 * size, self.rng.choice(CAPTIONS), round(em * 0.66), look.pale
                )
        elif look.header == "avatar":
            mid = look.width / 2
            screen.pen.ellipse(
                (mid - 1.4 * em, y + 0.2 * em, mid + 1.4 * em, y + 3 * em), (158, 163, 175)
            )
            y += 3.3 * em
        else:
            y += 0.5 * em
        screen.write(x, y, sender, size, look.ink)
        return sender

    def _draw_footer(self, screen: Sheet, y: float) -> None:
        look, em = self.look, self.em
        if look.footer == "field":
            fill = look.incoming if look.kind == "filled" else look.page
            corners = (2.6 * em, y + 0.5 * em, look.width - 2.6 * em, y + 2.6 * em)
            screen.pen.rounded_rectangle(corners, em, fill, look.pale, 1)
            screen.write(3.4 * em, y + 0.9 * em, self.rng.choice(PLACEHOLDERS), em, look.pale)
            screen.write(0.8 * em, y + 0.9 * em, "+", em, look.ink)
        elif look.footer == "buttons":
            screen.pen.line((0, y, look.width, y), look.pale, 1)
            for place, words in zip((0.25, 0.75), ("进入服务号", "发短信"), strict=True):
                x = look.width * place - measure(words, em) / 2
                screen.write(x, y + 0.8 * em, words, em, look.ink)

    def _finished(self, screen: Sheet, sender: str | None, clock: str | None) -> DrawnScreen:
        image, lines = screen.image, screen.lines
        if self.look.half:
            image = image.resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS)
            lines = [_halved(line) for line in lines]
            for message in self.messages:
                message.box = _half(message.box)
        if self.look.quality:
            image = recompressed(image, self.look.quality)
        lines = sorted(lines, key=lambda line: (line.box.y0, line.box.x0))
        reading = Reading(IDENTITY, image.width, image.height, tuple(lines))
        return DrawnScreen(image, reading, "thread", sender, clock, self.messages, self.look)


def _half(box: Box) -> Box:
    return Box(box.x0 / 2, box.y0 / 2, box.x1 / 2, box.y1 / 2)


def _halved(line: TextLine) -> TextLine:
    spans = tuple((a / 2, b / 2) for a, b in line.char_spans)
    return TextLine(line.text, _half(line.box), line.confidences, spans)


def recompressed(image: Image.Image, quality: int) -> Image.Image:
    """Return *image* as it comes back from a JPEG."""
    data = io.BytesIO()
    image.save(data, "JPEG", quality=quality)
    return Image.open(data).convert("RGB")


def draw_thread(seed: int) -> DrawnScreen:
    """Draw the thread of *seed*."""
    return ThreadDrawing(seed).draw()


def draw_inbox(seed: int) -> DrawnScreen:
    """Draw a list of conversations: sender and time on a row, one or two rows of snippet."""
    rng = random.Random(seed)
    look = random_look(rng)
    em, width = look.em, look.width
    height = round(width * rng.uniform(1.6, 2.1))
    sheet = Sheet(Image.new("RGB", (width, height), look.page), rng)
    if look.status:
        sheet.write(em, 0.4 * em, "9:41", round(em * 0.72), look.ink)
        sheet.write(width - 4 * em, 0.4 * em, "5G 76%", round(em * 0.72), look.ink)
    y = 2.0 * em
    sheet.write(em, y, rng.choice(["信息", "短信", "消息"]), round(em * 1.6), look.ink)
    y += 3.2 * em
    left = (rng.uniform(3.6, 4.6) if rng.random() < 0.7 else 1.0) * em
    lines, messages = rng.choice([1, 2]), []
    size, pale = round(em * rng.uniform(0.82, 0.95)), look.pale
    while y < height - (2.4 + lines) * em * 1.3:
        messages.append(_entry(sheet, look, y, left, lines, size))
        y += (1.5 + 1.35 * lines) * em + rng.uniform(0.7, 0.75) * em
        if rng.random() < 0.9:
            sheet.pen.line((left, y - 0.35 * em, width, y - 0.35 * em), pale, 1)
    reading = Reading(IDENTITY, width, height, tuple(sorted(sheet.lines, key=lambda li: li.box.y0)))
    clock = "9:41" if look.status else None
    return DrawnScreen(sheet.image, reading, "inbox", None, clock, messages, look)


def _entry(sheet: Sheet, look: Look, y: float, left: float, lines: int, size: int) -> Drawn:
    rng, em, width = sheet.rng, look.em, look.width
    sender, text = rng.choice(SENDERS), rng.choice(TEXTS)
    label = rng.choice([*CLOCKS, "昨天", "星期四", "2026/1/4", "1月3日"])
    if left > 2 * em:
        sheet.pen.ellipse((em * 0.6, y, em * 3.0, y + 2.4 * em), (158, 163, 175))
    sheet.write(left, y, sender, em, look.ink)
    small = round(em * 0.8)
    sheet.write(width - measure(label, small) - 0.8 * em, y + 0.1 * em, label, small, look.pale)
    rows = wrapped(text, size, width - left - 1.2 * em)
    cut = len(rows) > lines
    if cut:
        rows = rows[:lines]
        rows[-1] = rows[-1][:-2] + "…"
    for index, row in enumerate(rows):
        sheet.write(left, y + (1.4 + 1.35 * index) * em, row, size, look.pale)
    box = Box(left, y + 1.4 * em, width - em, y + (1.4 + 1.35 * len(rows)) * em)
    return Drawn("".join(rows), "in", box, label, "own", sender=sender, snippet=cut)
