"""A person's word on what is one message and what is two; it holds whatever the screens show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from smsdesk.domain.messages import Continuity
from smsdesk.domain.threads import JoinDecision, OpenOverlap
from smsdesk.layout.matching import Seen
from smsdesk.layout.stretches import Place


@dataclass(slots=True)
class Entry:
    """One message of the result, and how it follows the one above it."""

    place: Place
    before: Continuity


class Decisions:
    """The decisions on the sightings of one thread."""

    def __init__(self, decisions: Iterable[JoinDecision]) -> None:
        self.all = tuple(decisions)
        self._word: dict[int, dict[int, bool]] = defaultdict(dict)
        for decision in self.all:
            self._word[decision.one][decision.other] = decision.same
            self._word[decision.other][decision.one] = decision.same

    def on(self, ones: Iterable[Seen], others: Sequence[Seen]) -> list[bool]:
        """Return all that was said on one of *ones* and one of *others*."""
        return [
            word
            for one in ones
            if (words := self._word.get(one.sighting.id))
            for other in others
            if (word := words.get(other.sighting.id)) is not None
        ]

    def parted(self, place: Place) -> list[Place]:
        """Return the messages that *place* is by a person's word: itself, or several."""
        if all(self.on(place.seen, place.seen)):
            return [place]
        groups: list[list[Seen]] = []
        for seen in place.seen:
            fitting = (group for group in groups if all(self.on([seen], group)))
            group = next(fitting, None)
            if group is None:
                groups.append([seen])
            else:
                group.append(seen)
        return [place.part(group) for group in groups]

    def united(self, entries: Sequence[Entry]) -> list[Entry]:
        """Return *entries* with those made one that a person said to be one.

        The one further down joins the one further up; screens that contradict it stay as they are.
        """
        kept = list(entries)
        for decision in self.all:
            if not decision.same:
                continue
            one, other = (_holding(kept, i) for i in (decision.one, decision.other))
            if one is None or other is None or one is other:
                continue
            upper, lower = sorted((one, other), key=kept.index)
            upper.place = upper.place.part([*upper.place.seen, *lower.place.seen])
            below = kept.index(lower) + 1
            if lower.before is not Continuity.CONTINUOUS and below < len(kept):
                kept[below].before = lower.before
            kept.remove(lower)
        return kept

    def still_open(self, questions: Iterable[OpenOverlap]) -> list[OpenOverlap]:
        """Return the questions on which nobody has said anything yet."""
        return [
            question
            for question in questions
            if not any(other in self._word.get(one, ()) for one, other in question.pairs)
        ]


def bridged(decisions: Sequence[JoinDecision], shown: Collection[int]) -> list[JoinDecision]:
    """Return what *decisions* say of the sightings that are *shown*.

    What was said by way of others still holds: of one message with a third one, two are of one.
    """
    if all(d.one in shown and d.other in shown for d in decisions):
        return list(decisions)
    group: dict[int, set[int]] = {}
    for d in decisions:
        ones, others = (group.get(i) or {i} for i in (d.one, d.other))
        united = [ones | others] if d.same else [ones, others]
        group.update({i: members for members in united for i in members})
    words: dict[tuple[int, int], bool] = {}
    for d in decisions:
        left = [sorted(group[i].intersection(shown)) for i in (d.one, d.other)]
        if d.same and len(left[0]) < len(group[d.one]):
            words |= dict.fromkeys(pairwise(left[0]), True)
        elif not d.same:
            ends = (
                [i] if i in shown else rest for i, rest in zip((d.one, d.other), left, strict=True)
            )
            words |= {(min(pair), max(pair)): False for pair in product(*ends)}
    said = {(d.one, d.other): d.same for d in decisions if d.one in shown and d.other in shown}
    return [JoinDecision(*pair, same=same) for pair, same in sorted((words | said).items())]


def _holding(entries: Sequence[Entry], sighting_id: int) -> Entry | None:
    return next(
        (e for e in entries if any(s.sighting.id == sighting_id for s in e.place.seen)), None
    )
