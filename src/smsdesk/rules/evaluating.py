"""Work out what kind of message a text is, and whether a condition of the pack holds for it."""

from __future__ import annotations

from smsdesk.domain.findings import Recipient
from smsdesk.domain.numbers import Sender, SenderKind
from smsdesk.rules.matcher import Scan, Span
from smsdesk.rules.pack import Condition, RulePack
from smsdesk.rules.signature import signature_of


def facts_of(text: str, recipient: Recipient | None, sender: Sender | None) -> set[str]:
    """Return the traits that come from signature, recipient and number (pack.FACTS)."""
    facts = set()
    if recipient is not None:
        facts.add("to_third" if recipient == Recipient.THIRD else "to_self")
    if signature_of(text):
        facts.add("signed")
    if sender is not None:
        facts |= {
            name
            for name, holds in (
                ("from_mobile", sender.kind == SenderKind.MOBILE),
                ("from_foreign", sender.kind == SenderKind.FOREIGN),
                ("from_resale", sender.resale),
            )
            if holds
        }
    return facts


def traits_in(pack: RulePack, seen: Scan, traits: set[str]) -> set[str]:
    """Add to *traits* those of the pack that hold; each may build on the ones before it."""
    for trait in pack.traits:
        when = trait.when
        if not when.finders:
            if _fits(when, traits):
                traits.add(trait.name)
        elif when.hinges & seen.present and holds(when, seen, traits):
            traits.add(trait.name)
    return traits


def holds(when: Condition, seen: Scan, traits: set[str]) -> bool:
    """Say whether a condition with patterns holds; far cheaper than asking where."""
    present = seen.present
    for finder in when.finders:
        if finder.needs & present == finder.needs and (
            finder.simple or next(finder.matches(seen), None) is not None
        ):
            return _fits(when, traits)
    return False


def matched(when: Condition, seen: Scan, traits: set[str]) -> tuple[Span, ...]:
    """Return the spans of all matches, none if the condition does not hold."""
    if not when.hinges & seen.present:
        return ()
    return _found(when, seen) if _fits(when, traits) else ()


def _fits(when: Condition, traits: set[str]) -> bool:
    if not when.unless.isdisjoint(traits):
        return False
    return not (when.needs and any(map(traits.isdisjoint, when.needs)))


def _found(when: Condition, seen: Scan) -> tuple[Span, ...]:
    return tuple(
        span
        for finder in when.finders
        if finder.needs & seen.present == finder.needs
        for match in finder.matches(seen)
        for span in match
    )
