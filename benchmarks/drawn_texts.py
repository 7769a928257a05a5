"""Texts made at random for drawn screenshots: what such messages hold, in no one's words.

Sentences alone would flatter an engine whose training saw many like them, so names, places, codes,
links and sums are drawn character by character.
"""

from __future__ import annotations

import random

_PATTERNS = (
    "【{name}】{name}您好，您尾号{d4}的借款{sum}元已逾期{d1}天，请于{day}{clock}前还款。",
    "【{name}金融】您的账单({month})应还{sum}元，最低{sum}元，还款日{date}；如已还请忽略。退订回T",
    "{name}，你住{place}{d2}号，别以为我们不知道！",
    "案号：（{year}）粤{d4}民初{d4}号，原告{name}，被告{name}，开庭时间{date}{clock}。",
    "请加微信 {code} 或致电 {phone} 处理，工号{d4}。",
    "详情点击 {link} 查看，验证码{d6}，5分钟内有效。",
    "我是{name}，{phone}，收到请回电……",
    "“{name}”你到底还不还？通讯录里{name}、{name}、{name}都会接到电话～",
    "到账¥{sum}，余额¥{sum}。【{name}银行】",
    "快递放在{place}{d2}栋{d1}单元{d3}，取件码{d1}-{d1}-{d4}",
    "OK，{clock}见。",
    "T",
    "1",
    "？",
    "好",
    "还钱!!!",
    "Dear {latin}, your loan of {sum} CNY is due on {iso}. Reply R to stop.",
    "《{name}{name}通知书》编号：{code}—{d4}，{date}起生效",
    "{name}{name}{name}{name}{name}{name}{name}",
    "最后{d1}天：未结清将上报征信，影响{name}的工作、子女上学；{place}村委会已备案。",
)
_REPLIES = (
    "我不是{name}，打错了",
    "下周{d1}号发工资先还{sum}元可以吗？",
    "你们是哪家公司？{phone}是谁的号码",
    "收到",
    "已转{sum}，单号{code}",
    "N",
)
_COMMON = [
    bytes((high, low)).decode("gb2312", "ignore")
    for high in range(0xB0, 0xD8)
    for low in range(0xA1, 0xFF)
]
"""The 3,755 characters of level 1 of GB/T 2312, which most texts are written with."""
_COMMON = [char for char in _COMMON if char]
_CODE = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


def texts(seed: int, count: int) -> tuple[list[str], list[str]]:
    """Return *count* received texts and as many replies."""
    rng = random.Random(seed)
    return [_filled(_PATTERNS, rng) for _ in range(count)], [
        _filled(_REPLIES, rng) for _ in range(count)
    ]


def _filled(patterns: tuple[str, ...], rng: random.Random) -> str:
    text = rng.choice(patterns)
    while "{" in text:
        before, rest = text.split("{", 1)
        slot, after = rest.split("}", 1)
        text = before + _slot(slot, rng) + after
    return text


def _slot(slot: str, rng: random.Random) -> str:
    if slot[0] == "d":
        if slot[1:].isdigit():
            return "".join(rng.choice("0123456789") for _ in range(int(slot[1:])))
        return f"{rng.randint(1, 12)}月{rng.randint(1, 28)}日"
    made = {
        "name": lambda: _drawn(_COMMON, rng, 2, 4),
        "place": lambda: f"{_drawn(_COMMON, rng, 2, 3)}路",
        "sum": lambda: f"{rng.uniform(10, 90000):{rng.choice([',.2f', '.2f', ',.0f'])}}",
        "clock": lambda: f"{rng.randint(0, 23)}:{rng.randint(0, 59):02}",
        "month": lambda: f"{rng.randint(1, 12):02}月",
        "year": lambda: f"{rng.randint(2019, 2026)}",
        "iso": lambda: f"20{rng.randint(19, 26)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
        "code": lambda: _drawn(_CODE, rng, 6, 12),
        "latin": lambda: _drawn("abcdefghijklmnopqrstuvwxyz", rng, 3, 8).title(),
        "link": lambda: (
            f"https://{_drawn(_CODE[36:], rng, 3, 6)}.example/{_drawn(_CODE, rng, 4, 8)}"
        ),
        "phone": lambda: f"1{rng.randint(30, 99)}0123{rng.randint(0, 9999):04}",
    }
    return made[slot]()


def _drawn(characters: list[str] | str, rng: random.Random, least: int, most: int) -> str:
    return "".join(rng.choice(characters) for _ in range(rng.randint(least, most)))
