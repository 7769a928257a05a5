"""Link cards: the preview that a phone draws of a link, in its bubble or in one below it.

Nobody wrote what a card says, so it is no part of a message's text; it is kept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from smsdesk.layout.messages import Candidate
from smsdesk.layout.rows import Row, is_wide
from smsdesk.layout.text import join_rows
from smsdesk.layout.words import is_button, time_label

_DOMAIN = re.compile(r"(?:www\.)?((?:[a-z\d-]+\.)+[a-z]{2,})(?:/\S*)?", re.IGNORECASE)

_UNLOADED = re.compile(r"点[按击]以?加载预览|tap to load preview", re.IGNORECASE)
"""What iPhones write on a preview that they did not fetch."""

_TITLE = 2
"""A card has so many ideographs at least, or a domain; a region with fewer is a button's."""


def find_cards(messages: Sequence[Candidate]) -> tuple[list[Candidate], dict[int, list[Row]]]:
    """Return the messages without those that are cards, and each one's card by its `id`.

    A card is a region inside a bubble, or a bubble that ends in the bare domain of a link of the
    message above it. A link alone that the phone shows as a card is a message.
    """
    cards = {id(m): rows for m in messages if (rows := _held_card(m))}
    kept: list[Candidate] = []
    for message in messages:
        if kept and _is_card_of(message, kept[-1]):
            cards[id(kept[-1])] = [*cards.get(id(kept[-1]), []), *message.rows]
        else:
            kept.append(message)
    return kept, cards


def card_text(message: Candidate, cards: Mapping[int, Sequence[Row]]) -> str:
    """Return what the card of a message says, empty where it has none."""
    rows = cards.get(id(message))
    return join_rows(rows).text if rows else ""


def _held_card(message: Candidate) -> list[Row]:
    rows = [row for block in message.block.held for row in block.rows]
    rows = [row for row in rows if not is_button(row.text) and not time_label(row.text)]
    text = "".join(row.text for row in rows)
    titled = sum(is_wide(char) for char in text) >= _TITLE
    return rows if titled or any(_domain(row) for row in rows) else []


def _is_card_of(card: Candidate, message: Candidate) -> bool:
    """Say whether a bubble shows the domain that the message above it links to, on its side."""
    domain = _domain(card.rows[-1])
    ends = ((card.block.box.x0, message.block.box.x0), (card.block.box.x1, message.block.box.x1))
    same_side = any(abs(one - other) < card.block.em for one, other in ends)
    text = "".join(row.text for row in message.rows).casefold()
    unloaded = any(_UNLOADED.fullmatch(row.text.strip()) for row in card.rows)
    return domain is not None and same_side and (unloaded or domain in text)


def _domain(row: Row) -> str | None:
    match = _DOMAIN.fullmatch(row.text.strip())
    return match[1].casefold() if match else None
