"""Find a pack's word groups in a text, and patterns among what was found.

One walk over a tree of all words finds every word at every place, so the time is bounded by the
length of the text times the longest word; patterns then look only at what was found, by bisection.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from smsdesk.rules.normalise import Normalised
from smsdesk.rules.patterns import BEFORE_REACH, Pattern, Place, Scope, Step

Span = tuple[int, int]
_CLAUSE_END = re.compile(r"[,。!?;:…\n]")
_SENTENCE_END = frozenset("。!?;\n")
_SIGNATURE = re.compile(
    r"\A\s{0,8}[【\[][^【】\[\]]{1,30}[】\]]|[【\[][^【】\[\]]{1,30}[】\]]\s{0,8}\Z"
)
HEAD = 14
"""A greeting, a name and the first words of what follows: 尊敬的张某某女士,您好."""
MOST_MATCHES = 6
"""More examples of one pattern in one message explain nothing more."""


@dataclass(slots=True)
class _Node:
    """A place in the tree of words; `numbers` are the groups of the word that ends here."""

    children: dict[str, _Node]
    numbers: tuple[int, ...]


class Lexicon:
    """All words of a pack in one tree; each word carries the numbers of the groups it belongs to.

    Groups are numbered in the order given. Words in `exceptions` hide a group's words inside them:
    垃圾 is not found in 垃圾分类.
    """

    def __init__(
        self,
        groups: Mapping[str, Iterable[str]],
        exceptions: Mapping[str, Iterable[str]],
        expressions: Mapping[str, re.Pattern[str]],
    ) -> None:
        names = [*groups, *expressions]
        self.numbers = {name: number for number, name in enumerate(names)}
        # An expression counts as one word: few texts hold what it finds.
        self.sizes = {n: len([*groups.get(name, "?")]) for name, n in self.numbers.items()}
        # A union made for one pattern ("@kin|甲") is named after its parts; a group never is.
        self._names = {n: name for name, n in self.numbers.items() if "|" not in name}
        self._tree: dict[str, _Node] = {}
        for name, words in groups.items():
            for word in words:
                self._plant(word, self.numbers[name])
        self._hidden: dict[int, int] = {}
        for name, words in exceptions.items():
            hiding = len(names) + len(self._hidden)
            self._hidden[hiding] = self.numbers[name]
            for word in words:
                self._plant(word, hiding)
        self._expressions = [(self.numbers[name], found) for name, found in expressions.items()]

    def _plant(self, word: str, number: int) -> None:
        children, node = self._tree, None
        for character in word:
            node = children.setdefault(character, _Node({}, ()))
            children = node.children
        if node is not None:
            node.numbers = (*node.numbers, number)

    def groups_in(self, found: Mapping[int, object]) -> list[str]:
        """Return the names of those groups in *found* that the pack itself names."""
        return [self._names[number] for number in found if number in self._names]

    def find(self, text: str) -> dict[int, list[Span]]:
        """Return where each group's words stand, by group number; the longest at each start."""
        found: dict[int, list[Span]] = {}
        tree, length = self._tree, len(text)
        for start, character in enumerate(text):
            node = tree.get(character)
            end = start + 1
            while node is not None:
                if node.numbers:
                    _note(found, node.numbers, (start, end))
                node = node.children.get(text[end]) if end < length else None
                end += 1
        for number, expression in self._expressions:
            spans = [match.span() for match in expression.finditer(text)]
            if spans:
                found[number] = spans
        self._hide(found)
        return found

    def _hide(self, found: dict[int, list[Span]]) -> None:
        for hiding, number in self._hidden.items():
            covers = found.pop(hiding, None)
            if covers is None or number not in found:
                continue
            left = [span for span in found[number] if not _covered(span, covers)]
            if left:
                found[number] = left
            else:
                del found[number]


def _note(found: dict[int, list[Span]], numbers: Iterable[int], span: Span) -> None:
    """Enter a word for its groups, in place of a shorter one at the same start."""
    for number in numbers:
        spans = found.get(number)
        if spans is None:
            found[number] = [span]
        elif spans[-1][0] == span[0]:
            spans[-1] = span
        else:
            spans.append(span)


def _covered(span: Span, covers: Sequence[Span]) -> bool:
    """Say whether one of the last covers that start at or before *span* holds it."""
    at = bisect_right(covers, (span[0], 1 << 60))
    return any(end >= span[1] for _, end in covers[max(0, at - 3) : at])


@dataclass(frozen=True, slots=True)
class Scan:
    """A text and what was found in it; `present` has bit n set if group n was found."""

    text: str
    found: dict[int, list[Span]]
    present: int
    signature: Span
    clause_ends: tuple[int, ...]
    sentence_ends: tuple[int, ...]

    def ends(self, scope: Scope) -> tuple[int, ...]:
        """Return where clauses or sentences end; nothing ends inside the message as a whole."""
        if scope == Scope.CLAUSE:
            return self.clause_ends
        return self.sentence_ends if scope == Scope.SENTENCE else ()

    def standing(self, number: int, place: Place) -> Sequence[Span]:
        """Return where group *number* stands, in text order, as far as *place* allows."""
        spans = self.found.get(number, [])
        if place == Place.ANYWHERE or not spans:
            return spans
        first, last = self.signature
        if place == Place.SIGNATURE:
            return [span for span in spans if first <= span[0] < last]
        body = [span for span in spans if not first <= span[0] < last]
        if place == Place.BODY:
            return body
        begin = last if first == 0 else 0
        return [span for span in body if span[0] <= begin + HEAD]


def scan(lexicon: Lexicon, normalised: Normalised) -> Scan:
    """Find all word groups in a text and cut it into clauses and sentences."""
    text = normalised.text
    found = lexicon.find(text)
    signature = _SIGNATURE.search(text)
    marks = [mark.start() for mark in _CLAUSE_END.finditer(text)]
    clause_ends = sorted({*marks, *normalised.pauses}) if normalised.pauses else marks
    return Scan(
        text,
        found,
        sum(map((1).__lshift__, found)),
        signature.span() if signature else (-1, -1),
        tuple(clause_ends),
        tuple(mark for mark in marks if text[mark] in _SENTENCE_END),
    )


@dataclass(frozen=True, slots=True)
class Finder:
    """A pattern with its groups resolved to numbers; `needs` are the bits it cannot do without."""

    needs: int
    elements: tuple[tuple[int, Place], ...]
    steps: tuple[Step, ...]
    guards: tuple[tuple[str, int, Place], ...]

    def matches(self, seen: Scan) -> Iterator[tuple[Span, ...]]:
        """Yield the spans of the elements of each match, at most MOST_MATCHES."""
        if self.needs & seen.present != self.needs:
            return
        places = [seen.standing(*element) for element in self.elements]
        count = 0
        for first in places[0]:
            row = self._row(seen, first, places)
            if row and not any(_stands(seen, guard, row) for guard in self.guards):
                yield tuple(row)
                count += 1
                if count == MOST_MATCHES:
                    return

    def _row(self, seen: Scan, first: Span, places: Sequence[Sequence[Span]]) -> list[Span]:
        row = [first]
        for step, spans in zip(self.steps, places[1:], strict=True):
            following = _partner(seen, row[-1], spans, step)
            if following is None:
                return []
            row.append(following)
        return row


def compile_pattern(pattern: Pattern, numbers: Mapping[str, int]) -> Finder:
    """Resolve the names of a pattern's groups (`Element.group`) to their numbers."""
    elements = tuple((numbers[element.group], element.place) for element in pattern.elements)
    return Finder(
        sum({1 << number for number, _ in elements}),
        elements,
        pattern.steps,
        tuple((g.kind, numbers[g.element.group], g.element.place) for g in pattern.guards),
    )


def _partner(seen: Scan, anchor: Span, spans: Sequence[Span], step: Step) -> Span | None:
    """Return the nearest of *spans* that *step* reaches from *anchor*, those behind it first."""
    after = bisect_left(spans, (anchor[1],))
    ends = seen.ends(step.scope)
    if after < len(spans) and _reached(anchor, spans[after], step.reach, ends):
        return spans[after]
    if step.ordered:
        return None
    before = bisect_left(spans, (anchor[0],))
    for span in reversed(spans[max(0, before - 2) : before]):
        if span[1] <= anchor[0] and _reached(span, anchor, step.reach, ends):
            return span
    return None


def _reached(first: Span, second: Span, reach: int, ends: Sequence[int]) -> bool:
    if second[0] - first[1] > reach:
        return False
    return bisect_right(ends, first[1] - 1) == bisect_right(ends, second[0])


def _stands(seen: Scan, guard: tuple[str, int, Place], row: Sequence[Span]) -> bool:
    kind, number, place = guard
    spans = seen.standing(number, place)
    if not spans:
        return False
    low, high = min(span[0] for span in row), max(span[1] for span in row)
    if kind == "<-":
        low -= BEFORE_REACH
    elif kind != "---":
        low, high = _around(low, high, seen.clause_ends if kind == "-" else seen.sentence_ends)
    else:
        return True
    at = bisect_left(spans, (low,))
    return at < len(spans) and spans[at][0] < high


def _around(low: int, high: int, ends: Sequence[int]) -> Span:
    """Widen low..high to whole clauses or sentences."""
    first, last = bisect_right(ends, low), bisect_left(ends, high)
    begin = ends[first - 1] if first else 0
    return begin, ends[last] if last < len(ends) else 1 << 60
