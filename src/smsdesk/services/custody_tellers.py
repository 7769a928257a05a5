"""What a person did, as the custody log keeps it in lists of changes, told in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from smsdesk.wording import say

_MOST = 3
"""Changes told one by one; the whole entry can be looked at below the list."""

Details = Mapping[str, Any]


def edited(details: Details, language: str) -> str:
    """Tell what was put right in messages, and what it was before."""
    return _joined([_edit(row, language) for row in details["messages"]], language)


def _edit(row: Details, language: str) -> str:
    field = say(f"custody.field_{row['field']}", language)
    ends = {name: _value(row[name], language) for name in ("before", "after")}
    return say("custody.edit", language, message=row["message"], field=field, **ends)


def _value(value: Any, language: str) -> str:
    """Return a value of a message in words; None is what the machine read."""
    if value is None:
        return say("custody.as_read", language)
    if isinstance(value, bool):
        return say("custody.yes" if value else "custody.no", language)
    if not isinstance(value, Mapping):
        return say(f"custody.way_{value}", language) if value in ("in", "out") else f"“{value}”"
    if "earliest" in value:
        return _range(value, language)
    return str(value["number"] or value["name"] or value["shown"])


def _range(value: Details, language: str) -> str:
    ends = [str(end)[:16].replace("T", " ") for end in (value["earliest"], value["latest"]) if end]
    if not ends:
        return say("custody.no_time", language)
    return "–".join(dict.fromkeys(ends))


def recipient_set(details: Details, language: str) -> str:
    """Tell whom a conversation was said to be sent to."""
    ends = {name: _recipient(details[name], language) for name in ("before", "after")}
    relation = f"（{details['relation']}）" if details["relation"] else ""
    told = say("custody.recipient", language, thread=details["thread"], **ends)
    return told + relation


def _recipient(value: str | None, language: str) -> str:
    return say(f"custody.to_{value}" if value else "custody.nobody_said", language)


def institution_set(details: Details, language: str) -> str:
    """Tell under which institution senders were put."""
    after = details["after"] or say("custody.no_institution", language)
    return say("custody.institution", language, senders="、".join(details["before"]), after=after)


def joined_by_hand(details: Details, language: str) -> str:
    """Tell of which messages a person said that they are one, or several."""
    told = [_decided(row, language) for row in details["threads"]]
    return _joined(told, language)


def _decided(row: Details, language: str) -> str:
    said = {bool(one["same"]) for one in row["after"]}
    key = {frozenset({True}): "one", frozenset({False}): "several"}.get(frozenset(said), "anew")
    messages = "、".join(str(i) for i in row["messages"])
    return say(f"custody.joined_as_{key}", language, messages=messages)


def exhibits_changed(details: Details, language: str) -> str:
    """Tell how much of the catalogue was changed."""
    return say("custody.exhibits", language, count=len(details["changed"]))


def mask_chosen(details: Details, language: str) -> str:
    """Tell which words a person hid from a masked copy, or showed in it."""
    return say("custody.mask", language, words=details["words"])


def _joined(told: Sequence[str], language: str) -> str:
    shown = "；".join(told[:_MOST])
    if len(told) <= _MOST:
        return shown
    return shown + say("custody.and_more", language, count=len(told) - _MOST)


TELLERS: Mapping[str, Callable[[Details, str], str]] = {
    "edited": edited,
    "recipient_set": recipient_set,
    "institution_set": institution_set,
    "joined_by_hand": joined_by_hand,
    "exhibits_changed": exhibits_changed,
    "mask_chosen": mask_chosen,
}
"""By the action that they tell of; they raise KeyError or TypeError for other fields."""
