"""Which senders belong to one institution: by 【signature】, by call-back number, or by hand.

A collector sends from many numbers. Two senders are taken for one institution if their texts carry
the same signature, if one's text asks to call the other, or if both ask to call the same number.
Hotlines of banks and authorities (95…, 123…) stand in everybody's texts and join nobody. What a
person says of a sender goes before all of this.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from smsdesk.domain.institutions import Basis, Institution, Tie
from smsdesk.domain.messages import Message
from smsdesk.domain.numbers import SenderKind, parse_sender
from smsdesk.domain.screens import Direction
from smsdesk.rules.signature import signature_of

_NUMBER = re.compile(r"(?<!\d)[01348]\d{0,4}(?:[- ]?\d{3,8}){1,3}(?!\d)")
_OWN = frozenset({SenderKind.MOBILE, SenderKind.LANDLINE, SenderKind.SERVICE400})
_LONGEST_TEXT = 2000
"""Characters searched for numbers: far more than any message has."""


@dataclass(slots=True)
class Marks:
    """What a sender's texts carry: each mark, and how often it signs."""

    seen: dict[str, None] = field(default_factory=dict)
    signed: Counter[str] = field(default_factory=Counter)

    def add(self, marks: Iterable[str]) -> None:
        """Take the marks of one more text."""
        for mark in marks:
            self.seen[mark] = None
            if mark.startswith("【"):
                self.signed[mark[1:-1]] += 1


def institutions_in(
    messages: Iterable[Message], by_hand: Mapping[str, str]
) -> tuple[Institution, ...]:
    """Group the senders of received messages; *by_hand* gives sender keys a person's name."""
    senders: dict[str, Marks] = {}
    for message in messages:
        if message.direction == Direction.IN:
            senders.setdefault(message.sender.key, Marks()).add(marks_in([message.text]))
    return institutions_from(senders, by_hand)


def institutions_from(
    senders: Mapping[str, Marks], by_hand: Mapping[str, str]
) -> tuple[Institution, ...]:
    """Group senders (keys in order of appearance) by the marks in their texts."""
    roots = _Roots()
    for key, marks in senders.items():
        if key in by_hand:
            roots.join(key, f"={by_hand[key]}")
            continue
        roots.root(key)
        for mark in marks.seen:
            if mark not in by_hand:
                roots.join(key, mark)
    members: dict[str, list[str]] = defaultdict(list)
    for key in senders:
        members[roots.root(key)].append(key)
    return tuple(_institution(keys, senders, by_hand) for keys in members.values())


def keys_of(institutions: Iterable[Institution]) -> dict[str, str]:
    """Return for each sender key the name by which its institution can be told from others."""
    return {key: one.senders[0] for one in institutions for key in one.senders}


def callbacks_in(text: str) -> list[str]:
    """Return the numbers of persons and companies that a text gives, in normal form."""
    found = (parse_sender(match.group()) for match in _NUMBER.finditer(text[:_LONGEST_TEXT]))
    return list(dict.fromkeys(s.number for s in found if s.number and s.kind in _OWN))


def marks_in(texts: Sequence[str]) -> list[str]:
    """Return what ties a sender to others: signatures (in brackets) and call-back numbers."""
    marks = [f"【{name}】" for text in texts if (name := signature_of(text))]
    return list(
        dict.fromkeys([*marks, *(number for text in texts for number in callbacks_in(text))])
    )


def _institution(
    keys: Sequence[str], senders: Mapping[str, Marks], by_hand: Mapping[str, str]
) -> Institution:
    named = [by_hand[key] for key in keys if key in by_hand]
    signed: Counter[str] = Counter()
    for key in keys:
        signed.update(senders[key].signed)
    name = named[0] if named else max(signed, key=signed.__getitem__, default=keys[0])
    basis = {key: _basis(key, keys, senders[key], by_hand) for key in keys}
    return Institution(name, tuple(keys), basis, _ties(keys, senders, by_hand))


def _basis(key: str, keys: Sequence[str], marks: Marks, by_hand: Mapping[str, str]) -> Basis:
    if key in by_hand:
        return Basis.HAND
    if marks.signed:
        return Basis.SIGNATURE
    return Basis.CALLBACK if len(keys) > 1 else Basis.ALONE


def _ties(
    keys: Sequence[str], senders: Mapping[str, Marks], by_hand: Mapping[str, str]
) -> tuple[Tie, ...]:
    """Return the marks that tie two senders at least; a number may be that of a sender itself."""
    bearing: dict[str, list[str]] = defaultdict(list)
    free = [key for key in keys if key not in by_hand]
    for key in free:
        for mark in senders[key].seen:
            bearing[mark].append(key)
    members = set(free)
    ties = (
        Tie(mark, tuple(dict.fromkeys([*found, mark] if mark in members else found)))
        for mark, found in bearing.items()
        if mark not in by_hand
    )
    return tuple(tie for tie in ties if len(tie.senders) > 1)


class _Roots:
    """Sets of names that were joined, each with one name that stands for all."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, node: str) -> str:
        while self._parent.setdefault(node, node) != node:
            self._parent[node] = self._parent[self._parent[node]]
            node = self._parent[node]
        return node

    def join(self, first: str, second: str) -> None:
        self._parent[self.root(second)] = self.root(first)
