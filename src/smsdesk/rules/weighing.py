"""Weigh a text's wording against wordings that people have labelled.

Rules name what somebody thought of; threats are worded otherwise every day. So every run of one or
two characters, every word group and every trait of the pack has weights, fitted to labelled texts
(benchmarks/weigh_wordings.py). They say how close a text's wording is to texts with each label:
smsdesk.rules.deciding asks it whether a cue counts and whether a rule matched by chance.

The weights are a network of two layers. What is found in a text adds to each of a hundred shades
of wording; of a shade, what is above zero adds to each label. Shades tell 发到家长群 of a school
from that of a collector, which a plain sum cannot (docs/rules.md has both measured). All numbers
are whole, so that the sums are the same on every machine. The time is linear in the length.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from operator import add
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from smsdesk.domain.findings import ViolationType

ANY = "any"
"""The extra column that says how close a text is to texts with any label at all."""
_DIGITS = str.maketrans("123456789", "000000000")
"""Sums, dates and numbers differ in every message; that there is one is what counts."""

_LONGEST = 2
"""Characters of the longest run."""
_CHARACTER = 21
"""Bits of a character's number."""

Codes = npt.NDArray[np.uint64]
Rows = npt.NDArray[np.intp]
Sums = npt.NDArray[np.int64]


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


@dataclass(frozen=True, slots=True, eq=False)
class Shades:
    """The two layers: `rows` holds for each feature its part in each shade, in 1 / `unit`.

    rows: features x shades; start: what each shade has before anything is found; out: shades x
    columns, in hundredths; base: what each column has before, in hundredths.
    """

    rows: npt.NDArray[np.int8]
    start: Sums
    out: Sums
    base: Sums
    unit: int

    def columns(self, numbers: Rows) -> Sums:
        """Return the sum of each column, in hundredths, for the features with these *numbers*."""
        found = self.rows.take(numbers, axis=0)
        return self.columns_of(np.add.reduce(found, axis=0, dtype=np.int32))

    def columns_of(self, found: npt.NDArray[np.signedinteger[Any]]) -> Sums:
        """Return the same for the sum of the rows of a text, or of many, a line each."""
        shades = np.maximum(found + self.start, 0)
        return np.asarray(shades @ self.out // self.unit + self.base)


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Fitted weights, one column a label and the last for ANY.

    The rows of `shades` are those of the runs, in the order of their `codes` (codes_of, ascending),
    then those of the `signs`, then one of nothing.
    """

    labels: tuple[ViolationType, ...]
    bars: Bars
    shades: Shades
    codes: Codes
    signs: Mapping[str, int]

    @property
    def nothing(self) -> int:
        """The row of what has no weight."""
        return len(self.shades.rows) - 1


class Weigher:
    """Weights joined to the word groups of a pack: `groups` gives the number of each by name."""

    def __init__(self, weights: Weights, groups: Mapping[str, int]) -> None:
        self.bars = weights.bars
        self._columns = (*weights.labels, ANY)
        self._shades = weights.shades
        self._traits = weights.signs
        self._nothing = weights.nothing
        self._codes = np.append(weights.codes, np.iinfo(np.uint64).max)
        rows = {number: weights.signs.get(group_sign(name)) for name, number in groups.items()}
        known = {number: row for number, row in rows.items() if row is not None}
        self._weighed = sum(1 << number for number in known)
        self._bytes = max(known, default=0) // 8 + 1
        self._groups = np.full(self._bytes * 8, self._nothing, dtype=np.intp)
        self._groups[[*known]] = [*known.values()]

    def sums(self, text: str, present: int, traits: Iterable[str]) -> Mapping[str, int]:
        """Return the sum of each column for a normalised text and its groups (bits) and traits."""
        known = [self._traits.get(trait, self._nothing) for trait in traits]
        rows = (self._of_runs(text), self._of_groups(present), np.array(known, dtype=np.intp))
        columns = self._shades.columns(np.concatenate(rows)).tolist()
        return dict(zip(self._columns, columns, strict=True))

    def _of_runs(self, text: str) -> Rows:
        """Return the rows of a text's runs, each once: equal codes lie beside each other."""
        wanted = codes_in(text)
        places = self._codes.searchsorted(wanted)
        rows: Rows = places[self._codes[places] == wanted]
        first = np.ones(len(rows), dtype=np.bool_)
        np.not_equal(rows[1:], rows[:-1], out=first[1:])
        return rows[first]

    def _of_groups(self, present: int) -> Rows:
        weighed = (present & self._weighed).to_bytes(self._bytes, "little")
        held = np.frombuffer(weighed, dtype=np.uint8)
        rows: Rows = self._groups[np.unpackbits(held, bitorder="little").view(np.bool_)]
        return rows


def runs_of(text: str) -> Set[str]:
    """Return all runs of one and two characters; all digits count as 0.

    Most Chinese words have two characters. With runs of three, unseen authors were judged as well
    (F .918 and .918), by a table twice as large.
    """
    plain = text.translate(_DIGITS)
    return {*plain, *map(add, plain, plain[1:])}


def codes_of(runs: Collection[str]) -> Codes:
    """Return a number of its own for each run; ValueError names one that is no run."""
    odd = next((run for run in runs if not 0 < len(run) <= _LONGEST), None)
    if odd is not None:
        raise ValueError(odd)
    both = "".join(run.ljust(_LONGEST, "\0") for run in runs).encode("utf-32-le", "surrogatepass")
    first, second = np.frombuffer(both, dtype="<u4").reshape(-1, _LONGEST).T.astype(np.uint64)
    codes: Codes = np.where(second, first << np.uint64(_CHARACTER) | second, first)
    return codes


def codes_in(text: str) -> Codes:
    """Return the codes of all runs of a text, ascending, each as often as it stands there.

    The same as of `runs_of`, but a tenth of the time: to look up strings costs most of a weighing.
    """
    plain = text.translate(_DIGITS).encode("utf-32-le", "surrogatepass")
    single = np.frombuffer(plain, dtype="<u4").astype(np.uint64)
    codes = np.concatenate((single, single[:-1] << np.uint64(_CHARACTER) | single[1:]))
    codes.sort()
    return codes


def group_sign(group: str) -> str:
    """Return the name that a word group has among the signs; a trait has its own."""
    return f"@{group}"


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
    except (LookupError, TypeError, ValueError) as error:
        line = error.line if isinstance(error, WeightsError) else 1
        raise WeightsError(_line_of(source, line, error), f"权重表内容有误：{error}") from error


def _weights(table: Mapping[str, Any]) -> Weights:
    labels = tuple(map(ViolationType, table["labels"]))
    start = np.array(table["start"], dtype=np.int64)
    out = np.array(table["out"], dtype=np.int64).reshape(len(start), len(labels) + 1)
    base = np.array(table["base"], dtype=np.int64).reshape(len(labels) + 1)
    codes = codes_of(table["runs"])
    order = np.argsort(codes)
    rows = _rows([*table["runs"].items(), *table["signs"].items()], len(start))
    signed, nothing = rows[len(codes) :], np.zeros((1, len(start)), dtype=np.int8)
    return Weights(
        labels,
        Bars(**table["bars"]),
        Shades(np.vstack((rows[order], signed, nothing)), start, out, base, int(table["unit"])),
        codes[order],
        {sign: number for number, sign in enumerate(table["signs"], len(codes))},
    )


def _rows(named: Sequence[tuple[str, str]], shades: int) -> npt.NDArray[np.int8]:
    """Decode rows of base64; of *shades* by threes, so that all can be decoded as one."""
    size = shades * 4 // 3
    damaged = next((name for name, coded in named if len(coded) != size), None)
    if damaged is not None:
        raise ValueError(damaged)
    joined = base64.urlsafe_b64decode("".join(coded for _, coded in named))
    return np.frombuffer(joined, dtype=np.int8).reshape(len(named), shades)


def _line_of(source: str, default: int, error: Exception) -> int:
    near = json.dumps(str(error), ensure_ascii=False)
    return next((n for n, line in enumerate(source.splitlines(), 1) if near in line), default)
