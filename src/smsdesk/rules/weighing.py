"""Weigh a text's wording against wordings that people have labelled.

Rules name what somebody thought of; threats are worded otherwise every day. So every run of one or
two characters, every word group and every trait of the pack has a weight for each label, fitted to
labelled texts (benchmarks/weigh_wordings.py). Their sum says how close a text's wording is to texts
with that label: smsdesk.rules.deciding asks it whether a cue counts and whether a rule matched by
chance. It is a sum: anybody can add it up again from the file. The time is linear in the length.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any

from smsdesk.domain.findings import ViolationType

LONGEST_RUN = 2
"""Most Chinese words have two characters. Runs of three and four cost a third of the speed and made
texts of an unseen author no better judged: what they have in common with others is too rare."""
ANY = "any"
"""The extra column that says how close a text is to texts with any label at all."""
_DIGITS = str.maketrans("123456789", "000000000")
"""Sums, dates and numbers differ in every message; that there is one is what counts."""

Row = tuple[int, ...]
_FIELD = 24
"""Bits a column has in a packed row: room for 80,000 weights of 100 (hundredths)."""
_HALF, _MASK = 1 << (_FIELD - 1), (1 << _FIELD) - 1


def packed(row: Sequence[int]) -> int:
    """Put a row of weights into one number: adding those adds all columns at once."""
    total = 0
    for weight in reversed(row):
        total = (total << _FIELD) + weight
    return total


def unpacked(total: int, width: int) -> Row:
    """Return the columns of a sum of packed rows."""
    columns = []
    for _ in range(width):
        low = ((total + _HALF) & _MASK) - _HALF  # with its sign
        columns.append(low)
        total = (total - low) >> _FIELD
    return tuple(columns)


class WeightsError(ValueError):
    """A weights file that cannot be used; `line` is where, the message says why, in Chinese."""

    def __init__(self, line: int, detail: str) -> None:
        super().__init__(detail)
        self.line = line


@dataclass(frozen=True, slots=True)
class Bars:
    """The sums (hundredths) that must be reached.

    `alone`: by each label without a rule; `beside`: by each where a rule says the same; `any_…`: by
    the column ANY then.
    """

    alone: Mapping[str, int]
    beside: Mapping[str, int]
    any_alone: int
    any_beside: int


@dataclass(frozen=True, slots=True)
class Weights:
    """Fitted weights in hundredths, one column a label and the last for ANY, in packed rows."""

    labels: tuple[ViolationType, ...]
    bars: Bars
    start: int
    runs: Mapping[str, int]
    signs: Mapping[str, int]

    def sums(self, text: str, signs: Iterable[str]) -> Mapping[str, int]:
        """Return the sum of each column for a normalised text and its signs (`signs_of`)."""
        total = sum(map(self.runs.get, runs_of(text), repeat(0)), self.start)
        total += sum(self.signs.get(sign, 0) for sign in signs)
        columns = (*self.labels, ANY)
        return dict(zip(columns, unpacked(total, len(columns)), strict=True))


def runs_of(text: str) -> Set[str]:
    """Return all runs of one to LONGEST_RUN characters; all digits count as 0."""
    plain = text.translate(_DIGITS)
    lengths = range(1, LONGEST_RUN + 1)
    return {plain[i : i + n] for n in lengths for i in range(len(plain) - n + 1)}


def signs_of(groups: Iterable[str], traits: Iterable[str]) -> list[str]:
    """Name the word groups found in a text ("@police") and its traits ("signed")."""
    return [*(f"@{group}" for group in groups), *traits]


def load_weights(path: Path) -> Weights:
    """Read a weights file; WeightsError says at which line it makes no sense."""
    try:
        source = path.read_text(encoding="utf-8")
        table = json.loads(source)
    except (OSError, UnicodeDecodeError) as error:
        raise WeightsError(0, "无法读取词句权重") from error
    except json.JSONDecodeError as error:
        raise WeightsError(error.lineno, f"JSON 语法：{error.msg}") from error
    try:
        return _weights(table)
    except (KeyError, TypeError, ValueError) as error:
        line = error.line if isinstance(error, WeightsError) else 1
        raise WeightsError(_line_of(source, line, error), f"权重表内容有误：{error}") from error


def _weights(table: Mapping[str, Any]) -> Weights:
    labels = tuple(map(ViolationType, table["labels"]))
    width = len(labels) + 1
    return Weights(
        labels,
        Bars(**table["bars"]),
        _packed("start", table["start"], width),
        {run: _packed(run, row, width) for run, row in table["runs"].items()},
        {sign: _packed(sign, row, width) for sign, row in table["signs"].items()},
    )


def _packed(name: str, row: Sequence[int], width: int) -> int:
    if len(row) != width:
        raise ValueError(name)
    return packed(row)


def _line_of(source: str, default: int, error: Exception) -> int:
    near = json.dumps(str(error), ensure_ascii=False)
    return next((n for n, line in enumerate(source.splitlines(), 1) if near in line), default)
