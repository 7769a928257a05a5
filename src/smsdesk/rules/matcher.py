"""Find a pack's word groups in a text, and patterns among what was found.

All words are looked for at once (Aho and Corasick, 1975), so the time grows with the length of the
text, not with the number of words. Which groups a word belongs to is one number (bit n for group
n), so that what stands in a text is known at once; where a group stands is worked out only when a
pattern asks for it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import itemgetter, or_

import ahocorasick

from smsdesk.rules.normalise import Normalised
from smsdesk.rules.patterns import BEFORE_REACH, Element, Pattern, Place, Scope, Step

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


@dataclass(frozen=True, slots=True)
class Group:
    """Words that mean the same to a rule, besides those of the groups that it takes in.

    Words in `exceptions` hide the group's words inside them: 垃圾 is not found in 垃圾分类.
    """

    words: tuple[str, ...]
    exceptions: tuple[str, ...] = ()
    taken_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expression:
    """What a word list cannot say; each match `holds` one of these characters (none: any text may).

    To look for characters is far cheaper than to look for an expression.
    """

    regex: re.Pattern[str]
    holds: frozenset[str] = frozenset()


class Lexicon:
    """All words of a pack, each with the bits of the groups that it belongs to.

    Groups are numbered in the order given; one that takes in another comes after it. `numbers` has
    all, `named` those that the pack itself names.
    """

    def __init__(self, groups: Mapping[str, Group], expressions: Mapping[str, Expression]) -> None:
        names = [*groups, *expressions]
        self.numbers = {name: number for number, name in enumerate(names)}
        self._chances = _chances(groups, self.numbers)
        # A union made for one pattern ("@kin|甲") is named after its parts; a group never is.
        self.named = {name: n for name, n in self.numbers.items() if "|" not in name}
        bits = _with_those_above(groups, self.numbers)
        words = _united((group.words, bits[name]) for name, group in groups.items())
        hiding = _united((group.exceptions, bits[name]) for name, group in groups.items())
        self._automaton = _automaton(words.keys() | hiding.keys())
        self._found, self._hidden = _Beginnings(words), _Beginnings(hiding)
        self._expressions = {1 << self.numbers[name]: x for name, x in expressions.items()}

    def rarest(self, bits: Iterable[int]) -> int:
        """Return the one of some groups' bits that is least likely to be found in a text."""
        return min(bits, key=self._chances.__getitem__)

    def find(self, text: str) -> tuple[list[Hit], int]:
        """Return the words in *text*, and the bits of all groups found."""
        longest: dict[int, str] = {}  # of two words from the same start, the longer ends later
        for last, word in self._automaton.iter(text) if self._automaton else ():
            longest[last + 1 - len(word)] = word
        placed = sorted(longest.items())
        found, hidden = self._found, self._hidden
        hits = [(at, at + size, bits) for at, word in placed for size, bits in found[word]]
        covers = [(at, at + size, bits) for at, word in placed for size, bits in hidden[word]]
        if covers:
            hits = _revealed(hits, covers)
        expressed = self._expressed(text)
        if expressed:
            hits = sorted(hits + expressed)
        return hits, reduce(or_, map(itemgetter(2), hits), 0)

    def _expressed(self, text: str) -> list[Hit]:
        held = {*text}
        return [
            (*match.span(), bit)
            for bit, expression in self._expressions.items()
            if not (expression.holds and expression.holds.isdisjoint(held))
            for match in expression.regex.finditer(text)
        ]


class _Beginnings(dict[str, _Prefixes]):
    """What words begin with, worked out when one is first met: few texts hold many of them."""

    def __init__(self, words: Mapping[str, int]) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, word: str) -> _Prefixes:
        self[word] = prefixes = _prefixes(word, self._words)
        return prefixes


def _revealed(hits: Sequence[Hit], covers: Iterable[Hit]) -> list[Hit]:
    """Take the bits of a group from its words inside its exceptions; hits are in text order."""
    left = list(hits)
    for first, last, hides in covers:
        for number in range(bisect_left(left, (first,)), len(left)):
            start, end, bits = left[number]
            if start >= last:
                break
            if end <= last:
                left[number] = (start, end, bits & ~hides)
    return [hit for hit in left if hit[2]]


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


def _automaton(words: Iterable[str]) -> ahocorasick.Automaton:
    """Return what finds all *words* in one pass; to each end of a word it gives the word."""
    automaton = ahocorasick.Automaton()
    for word in words:
        automaton.add_word(word, word)
    automaton.make_automaton()
    return automaton


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


@dataclass(frozen=True, slots=True)
class Spot:
    """A group, by its bit, and where in the message it counts; `key` is a short name of both."""

    key: int
    bit: int
    place: Place


def _spot(element: Element, numbers: Mapping[str, int]) -> Spot:
    number, places = numbers[element.group], [*Place]
    return Spot(number * len(places) + places.index(element.place), 1 << number, element.place)


@dataclass(frozen=True, slots=True)
class Scan:
    """A text and what was found in it; `present` has bit n set if group n was found."""

    text: str
    hits: list[Hit]
    present: int
    signature: Span
    clause_ends: tuple[int, ...]
    sentence_ends: tuple[int, ...]
    _spans: dict[int, Sequence[Span]]

    def ends(self, scope: Scope) -> tuple[int, ...]:
        """Return where clauses or sentences end; nothing ends inside the message as a whole."""
        if scope == Scope.CLAUSE:
            return self.clause_ends
        return self.sentence_ends if scope == Scope.SENTENCE else ()

    def standing(self, spot: Spot) -> Sequence[Span]:
        """Return where the group of *spot* stands, in text order, as far as its place allows."""
        spans = self._spans.get(spot.key)
        if spans is None:
            bit = spot.bit
            if not bit & self.present:
                return ()
            spans = [(start, end) for start, end, bits in self.hits if bits & bit]
            if spot.place != Place.ANYWHERE:
                spans = self._placed(spans, spot.place)
            self._spans[spot.key] = spans
        return spans

    def _placed(self, spans: Sequence[Span], place: Place) -> Sequence[Span]:
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
    elements: tuple[Spot, ...]
    links: tuple[tuple[Step, Spot], ...]
    """How each element but the first is reached from the one before it."""
    guards: tuple[tuple[str, Spot], ...]
    simple: bool
    """One group anywhere, unguarded: to have found it is enough."""

    def matches(self, seen: Scan) -> Iterator[tuple[Span, ...]]:
        """Yield the spans of the elements of each match, at most MOST_MATCHES."""
        if self.needs & seen.present != self.needs:
            return
        count = 0
        for first in seen.standing(self.elements[0]):
            row = self._row(seen, first)
            if row and not self._guarded(seen, row):
                yield tuple(row)
                count += 1
                if count == MOST_MATCHES:
                    return

    def _row(self, seen: Scan, first: Span) -> list[Span]:
        row = [first]
        for step, spot in self.links:
            following = _partner(seen, row[-1], seen.standing(spot), step)
            if following is None:
                return []
            row.append(following)
        return row

    def _guarded(self, seen: Scan, row: Sequence[Span]) -> bool:
        """Say whether something stands near a match that must not."""
        for kind, spot in self.guards:
            spans = seen.standing(spot)
            if spans and _near(seen, kind, spans, row):
                return True
        return False


def compile_pattern(pattern: Pattern, numbers: Mapping[str, int]) -> Finder:
    """Resolve the names of a pattern's groups (`Element.group`) to their bits."""
    elements = tuple(_spot(element, numbers) for element in pattern.elements)
    needs = reduce(or_, (spot.bit for spot in elements))
    links = tuple(zip(pattern.steps, elements[1:], strict=True))
    guards = tuple((guard.kind, _spot(guard.element, numbers)) for guard in pattern.guards)
    simple = len(elements) == 1 and not guards and elements[0].place == Place.ANYWHERE
    return Finder(needs, elements, links, guards, simple)


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


def _near(seen: Scan, kind: str, spans: Sequence[Span], row: Sequence[Span]) -> bool:
    """Say whether one of *spans* stands as near to a match as a guard of this *kind* minds."""
    if kind == "---":
        return True
    low, high = min(span[0] for span in row), max(span[1] for span in row)
    if kind == "<-":
        low -= BEFORE_REACH
    else:
        low, high = _around(low, high, seen.clause_ends if kind == "-" else seen.sentence_ends)
    at = bisect_left(spans, (low,))
    return at < len(spans) and spans[at][0] < high


def _around(low: int, high: int, ends: Sequence[int]) -> Span:
    """Widen low..high to whole clauses or sentences."""
    first, last = bisect_right(ends, low), bisect_left(ends, high)
    begin = ends[first - 1] if first else 0
    return begin, ends[last] if last < len(ends) else 1 << 60
