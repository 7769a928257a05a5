"""From the rows of a message to its text, with a confidence for every character."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
    text, raw = "", ""
    confidences: list[float] = []
    for row in rows:
        part, part_confidences = _trimmed(row)
        gap = " " if text and part and _word_gap(text, part) else ""
        confidences += [1.0] * len(gap) + part_confidences
        raw += gap + part
        text += gap + part
    return MessageText(text, raw, tuple(confidences))


def _trimmed(row: Row) -> tuple[str, list[float]]:
    start = len(row.text) - len(row.text.lstrip())
    text = row.text.strip()
    return text, list(row.confidences[start : start + len(text)])


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
