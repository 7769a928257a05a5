"""Undo the disguises of a text (立·案, 起訴, 诈偏) and remember where every character came from.

Everything is one pass over the characters, so the time grows with the length of the text only.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import add

_CJK = "\u3400-\u9fff\uf900-\ufaff"
_DROP = "\x00"
_APART = "\ue000"
"""A character for private use, which no text should hold."""
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
_EDGE = re.compile(rf"(?<=[{_CJK}])(?=[a-z])|(?<=[a-z])(?=[{_CJK}])")
_LOOSE = r"[\s.*·]{0,2}+"
_LOOSE_MARKS = re.compile(r"[\s.*·]")
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
_COMPATIBLE = (
    (0x2E80, 0x2FE0),
    (0xF900, 0xFB00),
    (0x2460, 0x2474),
    (0x24B6, 0x24EA),
    (0x1D400, 0x1D800),
)
"""Radicals, compatibility ideographs, circled and mathematical signs look like what they mean."""


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text without disguises.

    Character i stands for `starts[i]` up to `ends[i]` (excluded) of the original; None where the
    two agree everywhere. `pauses` are indices in `text` at which a blank or dot stood: they part
    clauses.
    """

    text: str
    starts: tuple[int, ...] | None
    ends: tuple[int, ...] | None
    pauses: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the (start, end) in the original of the non-empty slice start..end."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


class Normaliser:
    """Folds full width, traditional and look-alike characters, and takes out inserted marks.

    `characters` maps one character to one; `words` maps disguised words to plain ones, which are
    never longer: 氵由 is 油, 老lai is 老赖. Letters at the edge of a disguised word must be the
    whole of a run of letters, or 傻b would be found in 傻baby.
    """

    def __init__(self, characters: Mapping[str, str], words: Iterable[tuple[str, str]]) -> None:
        self._table = _table(characters)
        self._words = {self._fold(bad): self._fold(good) for bad, good in words}
        bad_words = [bad for bad, good in self._words.items() if bad != good]
        self._noise = _noise("".join(bad_words))
        self._disguised = _any_of(bad_words)
        plain = Counter("".join(self._words.values()))
        odd = {bad: _odd_character(bad, self._words[bad], plain) for bad in bad_words}
        self._odd = _one_of(odd.values())
        self._telling = frozenset(_telling(bad, character) for bad, character in odd.items())

    def __call__(self, text: str) -> Normalised:
        """Return *text* without its disguises."""
        folded = self._fold(text)
        if self._noise.search(folded) is not None:
            return self._unmasked(*_without(self._noise, folded))
        if self._may_be_disguised(folded) and self._disguised.search(folded) is not None:
            return self._unmasked(folded, [*range(len(folded))], ())
        return Normalised(folded, None, None, ())

    def plain(self, words: Sequence[str]) -> list[str]:
        """Return many words without their disguises, as each alone would become, but faster."""
        folded = self._fold(_APART.join(words)).split(_APART)
        if len(folded) != len(words):  # a word holds what was to part them
            return [self(word).text for word in words]
        return [
            word if word.isalnum() and not self._may_be_disguised(word) else self(word).text
            for word in folded
        ]

    def _may_be_disguised(self, text: str) -> bool:
        """Say whether the text holds what tells a disguised word: far cheaper than to find it."""
        if self._odd.search(text) is None:
            return False
        pairs = map(add, text, text[1:])
        return not (self._telling.isdisjoint(text) and self._telling.isdisjoint(pairs))

    def _unmasked(self, text: str, places: list[int], pauses: Sequence[int]) -> Normalised:
        """Put plain words for disguised ones; *places* are where the characters came from."""
        parts: list[str] = []
        shares: list[tuple[int, int]] = []
        last = 0
        for match in self._disguised.finditer(text):
            good, begin = self._words[_LOOSE_MARKS.sub("", match.group())], match.start()
            parts += (text[last:begin], good)
            shares += [(at, at + 1) for at in range(last, begin)]
            shares += [(begin + a, begin + b) for a, b in _shares(match.group(), good)]
            last = match.end()
        parts.append(text[last:])
        shares += [(at, at + 1) for at in range(last, len(text))]
        firsts = [first for first, _ in shares]
        moved = {bisect_left(firsts, pause) for pause in pauses}
        return Normalised(
            "".join(parts),
            tuple(places[first] for first in firsts),
            tuple(places[beyond - 1] + 1 for _, beyond in shares),
            tuple(sorted(at for at in moved if at < len(firsts))),
        )

    def _fold(self, text: str) -> str:
        return text.translate(self._table)


def _noise(disguises: str) -> re.Pattern[str]:
    """Return what finds inserted marks; those that make a disguised word (你🐴) are none."""
    telling = "".join(map(re.escape, sorted({*re.findall(f"[{_MARKS}]", disguises)})))
    mark = f"[{_DROP}{_MARKS}]" + (f"(?<![{telling}])" if telling else "")
    return re.compile(
        rf"(?<=[{_CJK}])(?:{mark})++(?=[{_CJK}])|{_DROP}++"
        r"|(?<=[a-z])(?<![a-z]{2})[\s.*·]++(?=[a-z](?![a-z]))"  # l i 案, s.b
    )


def _without(noise: re.Pattern[str], folded: str) -> tuple[str, list[int], list[int]]:
    """Return the text without inserted marks, where its characters stood, and its pauses."""
    kept: list[str] = []
    places: list[int] = []
    pauses: list[int] = []
    last = 0
    for found in noise.finditer(folded):
        kept.append(folded[last : found.start()])
        places.extend(range(last, found.start()))
        last = found.end()
        if _parts_clauses(folded, found):
            pauses.append(len(places))
    kept.append(folded[last:])
    places.extend(range(last, len(folded)))
    return "".join(kept), places, pauses


def _odd_character(bad: str, good: str, plain: Counter[str]) -> str:
    """Return the character of *bad* that plain words hold least: a text without it is no match."""
    return min(sorted(set(bad) - set(good)), key=plain.__getitem__, default=bad[0])


def _telling(bad: str, odd: str) -> str:
    """Return two characters of *bad* that always stand together, *odd* one of them, or it alone.

    Blanks may part letters from other characters (_bounded).
    """
    part = next(part for part in _EDGE.split(bad) if odd in part)
    at = max(part.index(odd) - 1, 0)
    return part[at : at + 2]


def _one_of(characters: Iterable[str]) -> re.Pattern[str]:
    found = "".join(map(re.escape, sorted(set(characters))))
    return re.compile(f"[{found}]" if found else r"(?!)")


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return an expression that finds any of *words*, the longest at each place, in one pass."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_first.setdefault(word[0], []).append(word)
    if not by_first:
        return re.compile(r"(?!)")
    parts = [_bounded(word) for found in by_first.values() for word in found]
    first = "".join(map(re.escape, by_first))
    return re.compile(f"(?=[{first}])(?:{'|'.join(parts)})")


def _bounded(word: str) -> str:
    """Return the expression of a word; blanks may part its letters from its other characters."""
    before = "(?<![a-z])" if word[0].isascii() else ""
    after = "(?![a-z])" if word[-1].isascii() else ""
    return before + _LOOSE.join(map(re.escape, _EDGE.split(word))) + after


def _shares(bad: str, good: str) -> list[tuple[int, int]]:
    """Return for each character of *good* the slice of *bad* that it stands for, in order.

    What both begin and end with stands for itself; between, each takes one character, and the last
    takes what is left.
    """
    size, spare = len(good), len(bad) - len(good)
    tail = next((n for n in range(size) if bad[-1 - n] != good[-1 - n]), size)
    cut = max(size - tail, 1)
    slices = [(n, n + 1) for n in range(cut - 1)]
    slices.append((cut - 1, cut + spare))
    return slices + [(n + spare, n + spare + 1) for n in range(cut, size)]


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
