"""What a masked copy hides: found by rules, added or lifted by a person, kept in the case."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict

from smsdesk.domain.cases import CaseCard, SourceDevice
from smsdesk.domain.errors import WrongUse
from smsdesk.domain.findings import Recipient
from smsdesk.domain.masks import MaskChange, MaskChoice, MaskKind, MaskState, ProposedMask
from smsdesk.domain.messages import Message
from smsdesk.rules.mask_names import is_whole_name
from smsdesk.rules.masks import Masker, squeezed
from smsdesk.services.cases import actor, now
from smsdesk.storage.case_file import CaseFile
from smsdesk.storage.unit_of_work import UnitOfWork
from smsdesk.wording import say

_FEWEST_CHARACTERS = {MaskKind.NAME: 2, MaskKind.ADDRESS: 4}
_FEWEST_DIGITS = 7
"""Shorter words are masked only where a rule finds them: alone they would hide half the case."""

_CARD_KINDS = {
    "claimant_id": MaskKind.ID_NUMBER,
    "claimant_phone": MaskKind.PHONE,
    "claimant_address": MaskKind.ADDRESS,
}
"""Fields of the case card that are the borrower's own, and masked as a whole."""


def masker_of(work: UnitOfWork) -> Masker:
    """Return what masks the case that *work* sees."""
    messages = work.messages.get(work.messages.ids())
    card, devices = work.case.card(), work.devices.all()
    choices = work.mask_choices.all()
    added = {c.words: c.kind for c in choices if c.state is MaskState.ADDED}
    lifted = frozenset(squeezed(c.words) for c in choices if c.state is MaskState.LIFTED)
    known = {**_named(card, devices, messages), **added}
    known = {words: kind for words, kind in known.items() if squeezed(words) not in lifted}
    parties = tuple(filter(None, (card.claimant, card.respondent, card.submitter)))
    owners = tuple(d.owner for d in devices if d.owner and d.recipient is Recipient.SELF)
    first = Masker(known, lifted, _sender_digits(messages), parties + owners)
    return Masker({**known, **_carried(first, _texts(card, devices, messages))}, lifted,
                  first.senders, first.parties)  # fmt: skip


def masks(case: CaseFile) -> list[ProposedMask]:
    """Return all words that a masked copy hides, and those that a person lifted, as they come."""
    with case.view() as work:
        masker = masker_of(work)
        messages = work.messages.get(work.messages.ids())
        texts = list(_texts(work.case.card(), work.devices.all(), messages))
        choices = {squeezed(c.words): c for c in work.mask_choices.all()}
    counts: Counter[str] = Counter()
    kinds: dict[str, MaskKind] = {}
    for text in texts:
        for one in masker.find(text):
            words = squeezed(text[one.start : one.end])
            counts[words] += 1
            kinds.setdefault(words, one.kind)
    for words, choice in choices.items():
        kinds.setdefault(words, choice.kind)
        if choice.state is MaskState.LIFTED:
            counts[words] = sum(squeezed(text).count(words) for text in texts)
    return [
        ProposedMask(words, kind, counts[words], choices[words].state if words in choices else None)
        for words, kind in kinds.items()
    ]


def plan_choice(
    case: CaseFile, words: str, state: MaskState | None, kind: MaskKind = MaskKind.OTHER
) -> MaskChange:
    """Return the change that adds or lifts a mask on *words*, or (None) leaves it to the rules.

    *kind* is what added words are; of lifted ones the rules say it. WrongUse if there are no words.
    """
    plain = squeezed(words)
    if not plain:
        raise WrongUse(detail=say("masks.no_words"))
    if state is MaskState.LIFTED:
        kind = next((mask.kind for mask in masks(case) if mask.words == plain), MaskKind.OTHER)
    with case.view() as work:
        before = next((c for c in work.mask_choices.all() if c.words == plain), None)
    return MaskChange(plain, before, MaskChoice(plain, state, kind) if state else None)


def choose(case: CaseFile, words: str, state: MaskState | None, kind: MaskKind) -> MaskChange:
    """Plan a choice and keep it; see `plan_choice`. Return what was done."""
    change = plan_choice(case, words, state, kind)
    apply(case, change)
    return change


def apply(case: CaseFile, change: MaskChange) -> None:
    """Carry out *change*, with its line in the custody log."""
    details = {
        "words": change.words,
        "before": asdict(change.before) if change.before else None,
        "after": asdict(change.after) if change.after else None,
    }
    with case.work() as work:
        work.mask_choices.put(change.words, change.after)
        work.custody.append("mask_chosen", details, actor(), now())
        work.commit()


def counted(work: UnitOfWork, masker: Masker) -> Counter[MaskKind]:
    """Return how many places of each kind are masked in the texts of the case."""
    messages = work.messages.get(work.messages.ids())
    shown = [*_own_texts(work.case.card(), work.devices.all()), *(m.text for m in messages)]
    return Counter(one.kind for text in shown for one in masker.find(text))


def _named(
    card: CaseCard, devices: Iterable[SourceDevice], messages: Iterable[Message]
) -> dict[str, MaskKind]:
    """Return what the case itself names: own numbers, third persons' phones, contacts' names."""
    named: dict[str, MaskKind] = {}
    for field, kind in _CARD_KINDS.items():
        named[getattr(card, field)] = kind
    for device in devices:
        named[device.own_number] = MaskKind.PHONE
        if device.recipient is Recipient.THIRD and is_whole_name(device.owner):
            named[device.owner] = MaskKind.NAME
    for message in messages:
        if message.sender.name and is_whole_name(message.sender.name):
            named[message.sender.name] = MaskKind.NAME
    named.pop("", None)
    return named


def _sender_digits(messages: Iterable[Message]) -> frozenset[str]:
    shown = (s for m in messages for s in (m.sender.number, m.sender.raw, *m.sender.readings) if s)
    digits = (re.sub(r"\D", "", number) for number in shown)
    return frozenset(d.removeprefix("86") if len(d) == 13 else d for d in digits if d)


def _carried(masker: Masker, texts: Iterable[str]) -> dict[str, MaskKind]:
    """Return the words found in *texts* that are to be masked wherever else they stand."""
    carried: dict[str, MaskKind] = {}
    for text in texts:
        for one in masker.find(text):
            words = squeezed(text[one.start : one.end])
            if len(words) >= _FEWEST_CHARACTERS.get(one.kind, _FEWEST_DIGITS):
                carried.setdefault(words, one.kind)
    return carried


def _texts(
    card: CaseCard, devices: Iterable[SourceDevice], messages: Iterable[Message]
) -> Iterator[str]:
    yield from _own_texts(card, devices)
    for message in messages:
        yield message.text
        yield message.note
        yield message.sender.name or ""
        if message.corrected_text is not None:
            yield message.machine_text


def _own_texts(card: CaseCard, devices: Iterable[SourceDevice]) -> Iterator[str]:
    for values in (asdict(card), *map(asdict, devices)):
        yield from (value for value in values.values() if isinstance(value, str))
