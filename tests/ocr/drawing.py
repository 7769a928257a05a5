"""Draw lines of Chinese text, and compare what was read with what was drawn."""

from __future__ import annotations

import difflib
import unicodedata
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from smsdesk.resources import resource


@cache
def font(size):
    return ImageFont.truetype(str(resource("fonts", "NotoSansSC-Regular.ttf")), size)


def page(size, ground="white"):
    return Image.new("RGB", size, ground)


def write(image, x, y, text, size=44, ink="black"):
    ImageDraw.Draw(image).text((x, y), text, font=font(size), fill=ink)


def folded(text):
    """Without spaces, and with punctuation of one width: what all engines agree to read."""
    plain = unicodedata.normalize("NFKC", text.translate(str.maketrans("【】。、", "[].,")))
    return "".join(plain.split())


def errors(read, drawn):
    """How many characters differ (insertions and deletions count, a swap once)."""
    matcher = difflib.SequenceMatcher(None, folded(read), folded(drawn), autojunk=False)
    return sum(max(b - a, d - c) for op, a, b, c, d in matcher.get_opcodes() if op != "equal")
