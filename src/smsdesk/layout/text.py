"""From the rows of a message to its text, with a confidence for every character."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from smsdesk.layout.repairs import Glyph, repaired
from smsdesk.layout.rows import Row, is_wide

_LINK = frozenset("/.?=&%#:@_-~+")


@dataclass(frozen=True, slots=True)
class MessageText:
    """`text` with repairs and `raw_text` without; `confidences` belong to `text`."""

    text: str
    raw_text: str
    confidences: tuple[float, ...]


def join_rows(rows: Sequence[Row]) -> MessageText:
    """Join the wrapped rows of one message; nothing stands between Chinese characters."""
    glyphs: list[Glyph] = []
    for row in rows:
        part = _glyphs(row)
        if glyphs and part and _word_gap(_string(glyphs), _string(part)):
            glyphs.append(Glyph(" ", 1.0, None))
        glyphs += part
    fixed = repaired(glyphs)
    return MessageText(_string(fixed), _string(glyphs), tuple(g.confidence for g in fixed))


def _glyphs(row: Row) -> list[Glyph]:
    starts = [span[0] for span in row.char_spans]
    rooms = [(b - a) / row.em for a, b in pairwise(starts)]
    glyphs = [
        Glyph(char, 0.0 if index in row.unread else confidence, room)
        for index, (char, confidence, room) in enumerate(
            zip(row.text, row.confidences, [*rooms, None], strict=True)
        )
    ]
    while glyphs and glyphs[0].char.isspace():
        del glyphs[0]
    while glyphs and glyphs[-1].char.isspace():
        del glyphs[-1]
    if glyphs:
        glyphs[-1] = replace(glyphs[-1], room=None)
    return glyphs


def _string(glyphs: Sequence[Glyph]) -> str:
    return "".join(glyph.char for glyph in glyphs)


def _word_gap(before: str, after: str) -> bool:
    """Say whether the wrap between two rows stands for a space.

    Only words need one. Digits and links that go on in the next row are one number or one link.
    """
    last, first = before[-1], after[0]
    if not (_latin(last) and _latin(first)) or (last.isdigit() and first.isdigit()):
        return False
    word, rest = before.rsplit(maxsplit=1)[-1], after.split(maxsplit=1)[0]
    return not _is_link(_tail(word)) and not (_is_link(_head(rest)) and "." not in rest[:1])


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _tail(word: str) -> str:
    for index in range(len(word) - 1, -1, -1):
        if is_wide(word[index]) or not word[index].isascii():
            return word[index + 1 :]
    return word


def _head(word: str) -> str:
    for index, char in enumerate(word):
        if is_wide(char) or not char.isascii():
            return word[:index]
    return word


def _is_link(word: str) -> bool:
    return any(c in _LINK for c in word[:-1]) and any(c.isalpha() for c in word)
