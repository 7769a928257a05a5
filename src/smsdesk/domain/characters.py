"""Which characters a reader takes for one: a mark's two widths, two forms of one ideograph."""

from __future__ import annotations

import unicodedata

_FORMS = (
    "粵粤別别湊凑戶户戸户冊册內内沒没淨净黃黄眞真値值強强拋抛査查換换溫温毀毁稅税脫脱悅悦呂吕"
    "宮宫侶侣卽即旣既晩晚羨羡盜盗虛虚歩步黒黑徳德毎每恵惠槪概刪删決决況况涼凉減减沖冲淒凄丟丢"
    "吳吴娛娱兌兑奧奥門门"
)
"""Traditional and Japanese forms, each before the simplified form that is drawn (nearly) alike."""

SIMPLIFIED = dict(zip(_FORMS[::2], _FORMS[1::2], strict=True))
"""From a form that no text in simplified characters holds to the one that such a text has."""

_MARKS = str.maketrans("。、“”‘’【】—–～￥•《》「」", '.,""\'\'[]--~¥·<>""')


def is_simplified(text: str) -> bool:
    """Say whether *text* may be in simplified characters: all it has are in GB/T 2312.

    Forms in SIMPLIFIED are set aside, and so is all that is no ideograph.
    """
    return all(_in_gb2312(char) for char in text if "\u4e00" <= char <= "\u9fff")


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return char in SIMPLIFIED
    return True


def likeness(char: str) -> str:
    """Return what all characters have in common that a reader takes for *char*."""
    plain = unicodedata.normalize("NFKC", char.translate(_MARKS)).translate(_MARKS)
    return SIMPLIFIED.get(plain, plain)
