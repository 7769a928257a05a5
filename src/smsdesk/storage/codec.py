"""Domain dataclasses to plain JSON values and back, by their type hints.

The JSON can be read without this program: field names are keys, enums their values, datetimes
ISO 8601 with offset, tuples lists. A field that is missing in old JSON takes its default.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import types
import typing
from collections.abc import Callable
from enum import Enum
from functools import cache, lru_cache
from typing import Any, TypeVar

from smsdesk.storage.columns import unbroken

T = TypeVar("T")


def to_json(value: object) -> Any:
    """Return *value* (a dataclass, or anything that its fields may hold) as JSON values."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [to_json(part) for part in value]
    if dataclasses.is_dataclass(value):
        return {f.name: to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return float(typing.cast("typing.SupportsFloat", value))  # numpy's floats too


@unbroken
def from_json(kind: type[T], data: Any) -> T:
    """Return the object of *kind* that `to_json` made *data* from; CaseDamaged if it was none."""
    return typing.cast("T", _decoder(typing.cast("Any", kind))(data))


def from_text(kind: type[T], data: Any) -> T:
    """Do what `from_json` does with a value as the database keeps it: text, on SQLite.

    The same text gives the same object, so that *kind* must be frozen. Of thousands of sightings
    most share their sender, and many their time.
    """
    if not isinstance(data, str):
        return from_json(kind, data)
    return typing.cast("T", _of_text(typing.cast("Any", kind), data))


@lru_cache(maxsize=4096)
def _of_text(kind: Any, text: str) -> Any:
    return from_json(kind, _parsed(text))


_parsed = unbroken(json.loads)

_Decoder = Callable[[Any], Any]


@cache
def _decoder(kind: Any) -> _Decoder:
    """Return what turns JSON into *kind*; type hints are looked at once, not for every value."""
    decode = _decoder_of_some(kind)
    return lambda data: None if data is None else decode(data)


def _decoder_of_some(kind: Any) -> _Decoder:
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        (kind,) = (part for part in typing.get_args(kind) if part is not types.NoneType)
        return _decoder(kind)
    if origin is tuple:
        return _decoder_of_tuple(typing.get_args(kind))
    if dataclasses.is_dataclass(kind):
        return _decoder_of_fields(typing.cast("type", kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _decoder_of_members(kind)
    return dt.datetime.fromisoformat if kind is dt.datetime else typing.cast("_Decoder", kind)


def _decoder_of_members(kind: type[Enum]) -> _Decoder:
    members: dict[Any, Enum] = {member.value: member for member in kind}
    return lambda data: members.get(data) or kind(data)


def _decoder_of_tuple(kinds: tuple[Any, ...]) -> _Decoder:
    if kinds[-1] is Ellipsis:
        decode = _decoder(kinds[0])
        return lambda data: tuple(map(decode, data))
    parts = [_decoder(kind) for kind in kinds]
    return lambda data: tuple([part(item) for part, item in zip(parts, data, strict=True)])


def _decoder_of_fields(kind: type) -> _Decoder:
    parts = {name: _decoder(hint) for name, hint in typing.get_type_hints(kind).items()}

    def decode(data: Any) -> Any:
        known = dict(data).items()
        return kind(**{name: parts[name](part) for name, part in known if name in parts})

    return decode
