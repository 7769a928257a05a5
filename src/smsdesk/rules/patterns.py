"""The small language of a rule pack's patterns, parsed into values.

A pattern is a row of elements joined by operators, separated by blanks:

    @known > 孩子|小孩 . @school -@polite

`@name` is a concept (word group) of the pack, `甲|乙` are words given on the spot, and `@name|甲`
is either; before them may stand `sig:` (inside the signature), `body:` (outside it) or `head:`
(among the body's first words).

    a . b    b follows a with at most 2 characters between
    a > b    b follows a in the same clause, at most 12 characters between
    a >> b   b follows a in the same sentence, at most 36 characters between
    a + b    same clause, either order, at most 24 characters between
    a & b    same sentence, either order, at most 80 characters between
    a && b   anywhere in the message, either order
    <-b      (guard) b must not stand inside the match or up to 6 characters before it
    -b       (guard) b must not stand in the clauses of the match
    --b      (guard) ... in its sentences
    ---b     (guard) ... in the message

Distances are in characters without disguises: a Chinese clause seldom has more than 24 and a
sentence seldom more than 80, so larger ones would join what does not belong together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import product


class Place(StrEnum):
    """Where in the message an element must stand."""

    ANYWHERE = ""
    SIGNATURE = "sig"
    BODY = "body"
    HEAD = "head"


class Scope(StrEnum):
    """How far apart two elements may be."""

    CLAUSE = "clause"
    SENTENCE = "sentence"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Step:
    """How an element is reached from the one before it; `reach` in characters."""

    reach: int
    scope: Scope
    ordered: bool


STEPS = {
    ".": Step(2, Scope.CLAUSE, ordered=True),
    ">": Step(12, Scope.CLAUSE, ordered=True),
    ">>": Step(36, Scope.SENTENCE, ordered=True),
    "+": Step(24, Scope.CLAUSE, ordered=False),
    "&": Step(80, Scope.SENTENCE, ordered=False),
    "&&": Step(100_000, Scope.MESSAGE, ordered=False),
}
GUARDS = ("---", "--", "<-", "-")
BEFORE_REACH = 6
"""How far before a match a `<-` guard still belongs to it: 不会、请勿、如遇 and the like."""


class PatternError(ValueError):
    """A pattern that cannot be read; the message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Element:
    """Word groups of the pack and words on the spot, any of which may stand at `place`."""

    concepts: tuple[str, ...]
    words: tuple[str, ...]
    place: Place

    @property
    def group(self) -> str:
        """Name the element's words: the concept itself, or a union of its own."""
        if len(self.concepts) == 1 and not self.words:
            return self.concepts[0]
        return "|".join([*(f"@{name}" for name in self.concepts), *self.words])


@dataclass(frozen=True, slots=True)
class Guard:
    """An element that must be absent: `kind` is one of GUARDS."""

    kind: str
    element: Element


@dataclass(frozen=True, slots=True)
class Pattern:
    """`elements[i + 1]` is reached from `elements[i]` by `steps[i]`."""

    elements: tuple[Element, ...]
    steps: tuple[Step, ...]
    guards: tuple[Guard, ...]


def parse_pattern(source: str) -> Pattern:
    """Read a pattern; PatternError says what is wrong with it."""
    tokens = source.split()
    guards = tuple(_guard(token) for token in tokens if token.startswith(("-", "<-")))
    row = [token for token in tokens if not token.startswith(("-", "<-"))]
    if len(row) % 2 == 0:
        raise PatternError(f"应为「词 符号 词 …」的形式：{source}")
    unknown = [token for token in row[1::2] if token not in STEPS]
    if unknown:
        raise PatternError(f"没有这种连接符号：{unknown[0]}")
    return Pattern(
        tuple(_element(token) for token in row[0::2]),
        tuple(STEPS[token] for token in row[1::2]),
        guards,
    )


def _guard(token: str) -> Guard:
    kind = next(kind for kind in GUARDS if token.startswith(kind))
    return Guard(kind, _element(token[len(kind) :]))


def _element(token: str) -> Element:
    prefix, colon, rest = token.partition(":")
    place = Place.ANYWHERE
    if colon and prefix in set(Place):
        place, token = Place(prefix), rest
    if token in STEPS or not token:
        raise PatternError("少了一个词")
    parts = _alternatives(token)
    concepts = tuple(part[1:] for part in parts if part.startswith("@"))
    words = [word for part in parts if not part.startswith("@") for word in _filled(part)]
    return Element(concepts, tuple(words), place)


def expand(template: str) -> list[str]:
    """Return the words that a template stands for: "打{断|折}{你的|}腿|砍人" gives five.

    A bar outside braces parts words; braces hold alternatives and do not nest.
    """
    if template and template.isalnum():  # so are most: one word as it stands
        return [template]
    return [word for part in _alternatives(template) for word in _filled(part)]


def _alternatives(template: str) -> list[str]:
    return re.split(r"\|(?![^{}]*\})", template)


def _filled(template: str) -> list[str]:
    parts = re.split(r"\{([^{}]*)\}", template)
    if any(mark in part for part in parts for mark in "{}"):
        raise PatternError(f"花括号不成对：{template}")
    choices = [part.split("|") if i % 2 else [part] for i, part in enumerate(parts)]
    words = ["".join(choice) for choice in product(*choices)]
    if not all(words):
        raise PatternError(f"有空词：{template}")
    return words
