"""Compare messages as read with messages as drawn: what is found, wrong, and marked doubtful.

What counts as a wrong character. Both texts lose their white space, and marks their width (，and ,
are one mark, … is three dots), as far as figures are called folded. Then the fewest edits that make
the text read into the true one are taken, and each is one wrong character:

- another character stands where this one does: it is marked if that character is doubtful;
- a character was read where none is: it is marked if it is doubtful;
- a character was not read at all: it is marked if a character beside the place is doubtful, for
  whoever looks there sees what is missing.

Of more than LONGEST_SLIP edits of one kind in a row none is the recogniser's doing: a row went to
another message or came from one. They count as wrong, but are also told apart as `misplaced`, for
no character's own doubt can mark them.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

LEAST_ALIKE = 0.5
"""Texts less alike than this are not the same message."""

LONGEST_SLIP = 5
"""So many characters in a row may be lost or invented in a line that was read."""

_ONE_MARK = str.maketrans("。、“”‘’【】—–～￥•《》「」", '.,""\'\'[]--~¥·<>""')


@dataclass(frozen=True, slots=True)
class Told:
    """A message as an engine's pipeline tells it; `doubtful` are (start, end) in `text`."""

    text: str
    doubtful: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """A message as drawn. One that an edge cuts may be told or not; `whole` is its full text."""

    text: str
    clipped: bool
    whole: str


def folded(text: str) -> tuple[str, list[int]]:
    """Return *text* without white space and widths, and where each character comes from."""
    characters, places = [], []
    for place, char in enumerate(text):
        plain = unicodedata.normalize("NFKC", char.translate(_ONE_MARK)).translate(_ONE_MARK)
        for part in plain:
            if not (part.isspace() or part in "\u200b\ufe0f"):
                characters.append(part)
                places.append(place)
    return "".join(characters), places


def compare(told: Sequence[Told], truths: Sequence[Truth]) -> Counter[str]:
    """Count one picture: messages, told, found, characters, wrong ones, marked ones.

    `strict` are wrong characters where widths count.
    """
    counts: Counter[str] = Counter()
    counts["messages"] = sum(not truth.clipped for truth in truths)
    pairs = _pairs(told, truths)
    absorbed = sum(truths[index].clipped for index in pairs)
    counts["told"] = len(told) - absorbed
    for index, other in pairs.items():
        if not truths[index].clipped:
            counts["found"] += 1
            counts += _characters(told[other], truths[index].text)
    return counts


def _pairs(told: Sequence[Told], truths: Sequence[Truth]) -> dict[int, int]:
    """Pair whole messages first, the likest first, of equals those that stand at the same place."""
    plain = [folded(each.text)[0] for each in told]
    scored = sorted(
        (truth.clipped, -alike, abs(index - other), index, other)
        for index, truth in enumerate(truths)
        for other, text in enumerate(plain)
        if (alike := _alike(text, truth)) >= LEAST_ALIKE
    )
    pairs: dict[int, int] = {}
    for _, _, _, index, other in scored:
        if index not in pairs and other not in pairs.values():
            pairs[index] = other
    return pairs


def _alike(text: str, truth: Truth) -> float:
    wanted = folded(truth.text)[0]
    if not truth.clipped:
        return Levenshtein.normalized_similarity(text, wanted)
    whole = folded(truth.whole)[0]
    parts = wanted, whole, whole[: len(text)], whole[-len(text) :]
    return max(Levenshtein.normalized_similarity(text, part) for part in parts)


def _characters(told: Told, truth: str) -> Counter[str]:
    text, places = folded(told.text)
    wanted = folded(truth)[0]
    marked = [_within(place, told.doubtful) for place in places]
    counts: Counter[str] = Counter(characters=len(wanted), read=len(text), doubtful=sum(marked))
    for slip in _slips(Levenshtein.editops(text, wanted)):
        found = sum(_is_marked(kind, here, marked) for kind, here in slip)
        counts += Counter(wrong=len(slip), marked=found)
        if len(slip) > LONGEST_SLIP:
            counts += Counter(misplaced=len(slip), misplaced_marked=found)
    counts["strict"] = Levenshtein.distance(_bare(told.text), _bare(truth))
    counts["strict_characters"] = len(_bare(truth))
    return counts


def _slips(edits: Iterable[tuple[str, int, int]]) -> list[list[tuple[str, int]]]:
    """Group the edits of one kind that follow one another."""
    slips: list[list[tuple[str, int]]] = []
    for kind, here, _ in edits:
        last = slips[-1][-1] if slips else ("", 0)
        if last in ((kind, here), (kind, here - 1)):
            slips[-1].append((kind, here))
        else:
            slips.append([(kind, here)])
    return slips


def _is_marked(kind: str, here: int, marked: Sequence[bool]) -> bool:
    return any(marked[max(0, here - 1) : here + 1]) if kind == "insert" else marked[here]


def _within(place: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _bare(text: str) -> str:
    return "".join(char for char in text if not char.isspace())
