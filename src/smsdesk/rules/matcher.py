"""Find a pack's word groups in a text, and patterns among what was found.

At every place the text's next two characters say which lengths a word may have there, and a table
of all words says which word it is: the time grows with the length of the text, not with the number
of words. Which groups a word belongs to is one number (bit n for group n), so that what stands in a
text is known at once; where a group stands is worked out only when a pattern asks for it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add, itemgetter, or_

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


Hit = tuple[int, int, int]
"""Start and end of a word, and the bits of its groups, longest words first at each start."""
_Prefixes = tuple[tuple[int, int], ...]
"""Length and bits of the words that a word begins with, itself included."""
_Beginnings = tuple[_Prefixes, _Prefixes]
"""Those that are found, and those that hide others."""


@dataclass(frozen=True, slots=True)
class Group:
    """Words that mean the same to a rule, besides those of the groups that it takes in.

    Words in `exceptions` hide the group's words inside them: 垃圾 is not found in 垃圾分类.
    """

    words: tuple[str, ...]
    exceptions: tuple[str, ...] = ()
    taken_in: tuple[str, ...] = ()


class Lexicon:
    """All words of a pack, each with the bits of the groups that it belongs to.

    Groups are numbered in the order given; one that takes in another comes after it.
    """

    def __init__(
        self, groups: Mapping[str, Group], expressions: Mapping[str, re.Pattern[str]]
    ) -> None:
        names = [*groups, *expressions]
        self.numbers = {name: number for number, name in enumerate(names)}
        self._chances = _chances(groups, self.numbers)
        # A union made for one pattern ("@kin|甲") is named after its parts; a group never is.
        self._names = {1 << n: name for name, n in self.numbers.items() if "|" not in name}
        self._named = sum(self._names)
        bits = _with_those_above(groups, self.numbers)
        self._words = _united((group.words, bits[name]) for name, group in groups.items())
        self._hiding = _united((group.exceptions, bits[name]) for name, group in groups.items())
        every = self._words.keys() | self._hiding.keys()
        self._lengths = _lengths(every)
        self._beginning: dict[str, _Beginnings | None] = dict.fromkeys(every)
        self._longest_exception = max(map(len, self._hiding), default=0)
        self._expressions = [(1 << self.numbers[name], x) for name, x in expressions.items()]

    def rarest(self, bits: Iterable[int]) -> int:
        """Return the one of some groups' bits that is least likely to be found in a text."""
        return min(bits, key=self._chances.__getitem__)

    def groups_in(self, present: int) -> list[str]:
        """Return the names of those groups in *present* that the pack itself names."""
        names, left = [], present & self._named
        while left:
            lowest = left & -left
            names.append(self._names[lowest])
            left ^= lowest
        return names

    def find(self, text: str) -> tuple[list[Hit], int]:
        """Return the words in *text*, and the bits of all groups found."""
        hits: list[Hit] = []
        covers: list[Hit] = []
        lengths_of, beginning = self._lengths.get, self._beginning
        pairs = map(add, text, text[1:] + "\0")
        for start, (character, pair) in enumerate(zip(text, pairs, strict=True)):
            for length in lengths_of(pair) or lengths_of(character, ()):
                word = text[start : start + length]
                if word in beginning:
                    words, hiding = beginning[word] or self._begin(word)
                    for size, bits in words:
                        hits.append((start, start + size, bits))
                    if hiding:
                        covers += [(start, start + size, bits) for size, bits in hiding]
                    break
        if covers:
            hits = _revealed(hits, covers, self._longest_exception)
        expressed = self._expressed(text)
        if expressed:
            hits = sorted(hits + expressed)
        return hits, reduce(or_, map(itemgetter(2), hits), 0)

    def _expressed(self, text: str) -> list[Hit]:
        return [(*m.span(), bit) for bit, x in self._expressions for m in x.finditer(text)]

    def _begin(self, word: str) -> _Beginnings:
        """Work out what *word* begins with when it is first met: few texts hold many words."""
        found = _prefixes(word, self._words), _prefixes(word, self._hiding)
        self._beginning[word] = found
        return found


def _revealed(hits: Iterable[Hit], covers: Sequence[Hit], longest: int) -> list[Hit]:
    """Take from words inside an exception of their group the bits of that group.

    *longest*: how far before a word an exception that holds it can begin.
    """
    starts = [start for start, _, _ in covers]
    left = []
    for start, end, bits in hits:
        near = covers[bisect_left(starts, start - longest) : bisect_right(starts, start)]
        hidden = 0
        for _, last, hides in near:
            if end <= last:
                hidden |= hides
        if bits & ~hidden:
            left.append((start, end, bits & ~hidden))
    return left


def _with_those_above(groups: Mapping[str, Group], numbers: Mapping[str, int]) -> dict[str, int]:
    """Return for each group its bit and those of all groups that take it in."""
    bits = {name: 1 << numbers[name] for name in groups}
    for name in reversed([*groups]):  # those above come later, so they are complete
        for part in groups[name].taken_in:
            bits[part] |= bits[name]
    return bits


def _united(parts: Iterable[tuple[Iterable[str], int]]) -> dict[str, int]:
    """Return each word with the bits of all its groups."""
    united: dict[str, int] = {}
    for words, bits in parts:
        for word in filter(None, words):
            united[word] = united.get(word, 0) | bits
    return united


def _chances(groups: Mapping[str, Group], numbers: Mapping[str, int]) -> dict[int, float]:
    """Estimate for each group's bit how often it stands in a text, relative to one character.

    Each further character makes a word some thirty times rarer; an expression (no words) counts as
    one word of two.
    """
    chances = dict.fromkeys(numbers, 1 / 30)
    for name, group in groups.items():
        own = sum(30.0 ** (1 - len(word)) for word in group.words)
        chances[name] = own + sum(chances[part] for part in group.taken_in)
    return {1 << numbers[name]: chance for name, chance in chances.items()}


def _lengths(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Return for the first characters (two, where two begin a word) the lengths of such words.

    Longest first; words of one character are among them, for these two begin with it too.
    """
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[:2], set()).add(len(word))
    for start in [start for start in lengths if len(start) == 2 and start[0] in lengths]:
        lengths[start].add(1)
    return {start: tuple(sorted(found, reverse=True)) for start, found in lengths.items()}


def _prefixes(word: str, words: Mapping[str, int]) -> _Prefixes:
    """Return (length, bits) of *word* and of the words that it begins with.

    A group counts with its longest word only.
    """
    taken, found = 0, []
    for length in range(len(word), 0, -1):
        bits = words.get(word[:length], 0) & ~taken
        if bits:
            found.append((length, bits))
            taken |= bits
    return tuple(found)


def standing(hits: Iterable[Hit], bit: int) -> list[Span]:
    """Return where the group of *bit* stands, in text order."""
    return [(start, end) for start, end, bits in hits if bits & bit]


@dataclass(frozen=True, slots=True)
class Scan:
    """A text and what was found in it; `present` has bit n set if group n was found."""

    text: str
    hits: list[Hit]
    present: int
    signature: Span
    clause_ends: tuple[int, ...]
    sentence_ends: tuple[int, ...]
    _spans: dict[tuple[int, Place], Sequence[Span]]

    def ends(self, scope: Scope) -> tuple[int, ...]:
        """Return where clauses or sentences end; nothing ends inside the message as a whole."""
        if scope == Scope.CLAUSE:
            return self.clause_ends
        return self.sentence_ends if scope == Scope.SENTENCE else ()

    def standing(self, bit: int, place: Place) -> Sequence[Span]:
        """Return where the group of *bit* stands, in text order, as far as *place* allows."""
        spans = self._spans.get((bit, place))
        if spans is None:
            spans = standing(self.hits, bit) if self.present & bit else ()
            self._spans[bit, place] = spans = self._placed(spans, place)
        return spans

    def _placed(self, spans: Sequence[Span], place: Place) -> Sequence[Span]:
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
    hits, present = lexicon.find(text)
    signature = _SIGNATURE.search(text)
    marks = [mark.start() for mark in _CLAUSE_END.finditer(text)]
    clause_ends = sorted({*marks, *normalised.pauses}) if normalised.pauses else marks
    return Scan(
        text,
        hits,
        present,
        signature.span() if signature else (-1, -1),
        tuple(clause_ends),
        tuple(mark for mark in marks if text[mark] in _SENTENCE_END),
        {},
    )


@dataclass(frozen=True, slots=True)
class Finder:
    """A pattern with its groups resolved to bits; `needs` are those it cannot do without."""

    needs: int
    elements: tuple[tuple[int, Place], ...]
    steps: tuple[Step, ...]
    guards: tuple[tuple[str, int, Place], ...]
    simple: bool
    """One group anywhere, unguarded: to have found it is enough."""

    def matches(self, seen: Scan) -> Iterator[tuple[Span, ...]]:
        """Yield the spans of the elements of each match, at most MOST_MATCHES."""
        if self.needs & seen.present != self.needs:
            return
        count = 0
        for first in seen.standing(*self.elements[0]):
            row = self._row(seen, first)
            if row and not any(_stands(seen, guard, row) for guard in self.guards):
                yield tuple(row)
                count += 1
                if count == MOST_MATCHES:
                    return

    def _row(self, seen: Scan, first: Span) -> list[Span]:
        row = [first]
        for step, element in zip(self.steps, self.elements[1:], strict=True):
            following = _partner(seen, row[-1], seen.standing(*element), step)
            if following is None:
                return []
            row.append(following)
        return row


def compile_pattern(pattern: Pattern, numbers: Mapping[str, int]) -> Finder:
    """Resolve the names of a pattern's groups (`Element.group`) to their bits."""
    elements = tuple((1 << numbers[element.group], element.place) for element in pattern.elements)
    needs = 0
    for bit, _ in elements:
        needs |= bit
    guards = tuple((g.kind, 1 << numbers[g.element.group], g.element.place) for g in pattern.guards)
    simple = len(elements) == 1 and not guards and elements[0][1] == Place.ANYWHERE
    return Finder(needs, elements, pattern.steps, guards, simple)


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
    kind, bit, place = guard
    spans = seen.standing(bit, place)
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
