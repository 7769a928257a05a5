"""Undo the disguises of a text (立·案, 起訴, 诈偏) and remember where every character came from.

Everything is one pass over the characters, so the time grows with the length of the text only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_CJK = "\u3400-\u9fff\uf900-\ufaff"
_DROP = "\x00"
_INVISIBLE = (
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2065),
    *range(0xFE00, 0xFE10),
    0x00AD,
    0xFEFF,
)
# Marks that senders push between two Chinese characters to hide a word. Quotation marks, commas and
# full stops are not among them: they carry meaning, and taking them out would glue sentences.
_MARKS = r"\s.*_~^`'+=#|/\\\-·•‧∙・●○◆◇★☆■□▲△※¸¨˙\u2600-\u27bf\U0001f300-\U0001faff"
_NOISE = re.compile(rf"(?<=[{_CJK}])[{_DROP}{_MARKS}]++(?=[{_CJK}])|{_DROP}++")
_PAUSE = re.compile(r"[\s.]")
_CJK_CHARACTER = re.compile(rf"[{_CJK}]")

_FORMS = {
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(map(ord, "“”„‟«»＂〝〞「」『』"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛"), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—―－"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u3000"), " "),
    ord("｡"): "。",
}
_COMPATIBLE = ((0x2E80, 0x2FE0), (0xF900, 0xFB00), (0x2460, 0x2474))
"""Radicals, compatibility ideographs and circled digits look like the characters they stand for."""


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text without disguises.

    `positions[i]` is the index in the original of character i, None where the two agree
    everywhere. `pauses` are indices in `text` at which a blank or dot stood: they part clauses.
    """

    text: str
    positions: tuple[int, ...] | None
    pauses: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the (start, end) in the original of the non-empty slice start..end."""
        if self.positions is None:
            return start, end
        return self.positions[start], self.positions[end - 1] + 1


class Normaliser:
    """Folds full width, traditional and look-alike characters, and takes out inserted marks.

    `characters` maps one character to one; `words` maps disguised words to plain ones of the same
    length, so that positions survive.
    """

    def __init__(self, characters: Mapping[str, str], words: Iterable[tuple[str, str]]) -> None:
        self._table = _table(characters)
        self._words = [(self._fold(bad), self._fold(good)) for bad, good in words]

    def __call__(self, text: str) -> Normalised:
        """Return *text* without its disguises."""
        folded = self._fold(text)
        if _NOISE.search(folded) is None:
            return Normalised(self._plain(folded), None, ())
        kept: list[str] = []
        positions: list[int] = []
        pauses: list[int] = []
        last = 0
        for noise in _NOISE.finditer(folded):
            kept.append(folded[last : noise.start()])
            positions.extend(range(last, noise.start()))
            last = noise.end()
            if _parts_clauses(folded, noise):
                pauses.append(len(positions))
        kept.append(folded[last:])
        positions.extend(range(last, len(folded)))
        return Normalised(self._plain("".join(kept)), tuple(positions), tuple(pauses))

    def _fold(self, text: str) -> str:
        return text.translate(self._table)

    def _plain(self, text: str) -> str:
        for bad, good in self._words:
            if bad in text:
                text = text.replace(bad, good)
        return text


def _parts_clauses(text: str, noise: re.Match[str]) -> bool:
    """Say whether blanks or dots stand between two phrases rather than inside a spaced-out word.

    立 案 has a single character on one side; 机主注意 你的案子 has at least two on both.
    """
    before, after = text[noise.start() - 2 : noise.start() - 1], text[noise.end() + 1 :][:1]
    return bool(
        _PAUSE.search(noise.group())
        and _CJK_CHARACTER.match(before)
        and _CJK_CHARACTER.match(after)
    )


def _table(characters: Mapping[str, str]) -> dict[int, str]:
    table = dict.fromkeys(_INVISIBLE, _DROP) | _FORMS
    for first, beyond in _COMPATIBLE:
        for code in range(first, beyond):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                table[code] = plain
    table |= {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    table |= {ord(odd): plain for odd, plain in characters.items()}
    return {code: _settled(plain, table) for code, plain in table.items()}


def _settled(plain: str, table: Mapping[int, str]) -> str:
    """Follow the table to its end, so that folding twice changes nothing more."""
    for _ in range(4):
        plain = table.get(ord(plain), plain)
    return plain
