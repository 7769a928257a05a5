"""Domain dataclasses to plain JSON values and back, by their type hints.

The JSON can be read without this program: field names are keys, enums their values, datetimes
ISO 8601 with offset, tuples lists. A field that is missing in old JSON takes its default.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
import typing
from enum import Enum
from functools import cache
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
    return typing.cast("T", _decode(kind, data))


def _decode(kind: Any, data: Any) -> Any:
    if data is None:
        return None
    origin = typing.get_origin(kind)
    if origin in (types.UnionType, typing.Union):
        (kind,) = (part for part in typing.get_args(kind) if part is not types.NoneType)
        return _decode(kind, data)
    if origin is tuple:
        return _decode_tuple(typing.get_args(kind), data)
    if dataclasses.is_dataclass(kind):
        hints = _hints(typing.cast("type", kind))
        known = {
            name: _decode(hints[name], part) for name, part in dict(data).items() if name in hints
        }
        return typing.cast("Any", kind)(**known)
    return dt.datetime.fromisoformat(data) if kind is dt.datetime else kind(data)


def _decode_tuple(parts: tuple[Any, ...], data: list[Any]) -> tuple[Any, ...]:
    if parts[-1] is Ellipsis:
        return tuple([_decode(parts[0], part) for part in data])
    return tuple([_decode(kind, part) for kind, part in zip(parts, data, strict=True)])


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)
