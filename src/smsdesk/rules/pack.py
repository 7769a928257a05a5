"""Rule packs: a dated TOML file of word groups, patterns, labels and provisions.

`[concepts]` are word groups (a word that begins with "-" is an exception: the group is not found
inside it; "@name" takes in another group); `[expressions]` are regular expressions without
unbounded repetition (`is`; each match `holds` one of these characters); a `[[trait]]` says what
kind of message it is, and a `[[rule]]` proposes a label. Both hold if any pattern of `any` is
found, all of `needs` hold ("a|b": one of them) and none of `unless` does; a trait without patterns
gathers others. A rule may be `sure` or a `cue` (see Rule). The language of the patterns is
described in smsdesk.rules.patterns. `[fold]` says how disguises are undone before anything is
matched.
`[weights]` names a file beside the pack with fitted weights of wordings (smsdesk.rules.weighing)
and its SHA-256, so that the pack's own hash vouches for both.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from smsdesk.domain.errors import RulePackError
from smsdesk.domain.findings import PackIdentity, ViolationType
from smsdesk.resources import resource
from smsdesk.rules.matcher import Expression, Finder, Group, Lexicon, compile_pattern
from smsdesk.rules.normalise import Normaliser
from smsdesk.rules.patterns import Element, Pattern, PatternError, expand, parse_pattern
from smsdesk.rules.provisions import in_force, load_provisions
from smsdesk.rules.weighing import Weigher, WeightsError, load_weights

FACTS = frozenset({"to_self", "to_third", "signed", "from_mobile", "from_foreign", "from_resale"})
"""Traits that come from the sender and recipient rather than from words."""

_OFFICE_KEYS = frozenset({"version", "concepts", "trait", "rule", "thresholds"})
_KEYS = frozenset({"id", "label", "why", "any", "needs", "unless", "sure", "cue"})
_UNBOUNDED = re.compile(r"(?<!\\)[*+]|\{\d*,\}|\\\d|\(\?P?[=<]")


@dataclass(frozen=True, slots=True)
class LabelInfo:
    """A label's Chinese name, what it means in one sentence, and provisions, highest rank first."""

    name_zh: str
    definition: str
    provisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """What makes a trait or a rule hold; each entry of `needs` is a set of which one suffices.

    `hinges` has a bit for one group of each finder: where none of them is found, no finder matches.
    """

    finders: tuple[Finder, ...]
    needs: tuple[frozenset[str], ...]
    unless: frozenset[str]
    hinges: int


@dataclass(frozen=True, slots=True)
class Trait:
    """A kind of message (`name`), such as a court notice, and how it is recognised."""

    name: str
    when: Condition


@dataclass(frozen=True, slots=True)
class Rule:
    """Proposes `label` when its condition holds; `why` is the reason's middle part, in Chinese.

    `sure`: the condition alone decides, and the wording as a whole cannot speak against it.
    `cue`: the condition alone is too little; it counts where the wording as a whole bears it out.
    """

    id: str
    label: ViolationType
    why: str
    when: Condition
    sure: bool = False
    cue: bool = False


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where night begins and ends, and how many messages a day are worth a note or stand out.

    The two numbers are the user's own lines (自设，非法定标准); only the second makes a proposal.
    """

    night_from: dt.time
    night_to: dt.time
    notice_a_day: int
    many_a_day: int


@dataclass(frozen=True, slots=True)
class RulePack:
    """A loaded pack, ready to judge with."""

    identity: PackIdentity
    labels: Mapping[ViolationType, LabelInfo]
    thresholds: Thresholds
    normaliser: Normaliser
    lexicon: Lexicon
    traits: tuple[Trait, ...]
    rules: tuple[Rule, ...]
    cues: tuple[Rule, ...]
    contexts: tuple[Rule, ...]
    weigher: Weigher | None

    def provisions_for(
        self, label: ViolationType, on: dt.date | None, until: dt.date | None = None
    ) -> tuple[str, ...]:
        """Return the ids of the provisions on *label* in force on a day (None: of all times).

        With *until* those of both ends of a range: no one can say which of them holds.
        """
        provisions = self.labels[label].provisions
        if on is None and until is None:
            return provisions
        ends = {*in_force(provisions, on), *in_force(provisions, until or on)}
        return tuple(name for name in provisions if name in ends)


def bundled_pack() -> Path:
    """Return the newest pack that ships with the program; packs are named by year and month."""
    return max(resource("rules").glob("*.toml"), key=lambda path: path.stem)


@cache
def load_pack(path: Path | None = None) -> RulePack:
    """Load and check a pack (default: the newest bundled); RulePackError says where it is wrong."""
    path = path or bundled_pack()
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise RulePackError(path=path, line=0, detail=f"无法读取（{error.strerror}）") from error
    source, table = _parsed(path, raw)
    return _Reader(path, source, table).pack(hashlib.sha256(raw).hexdigest())


def read_office_pack(name: str, raw: bytes) -> RulePack:
    """Read the pack of an office, which adds to the newest bundled one; RulePackError as above.

    It has a `version` of its own and [[rule]] entries that may use the bundled groups and traits;
    it may add groups and traits and set other [thresholds]. Judging with it gives its own rules
    only.
    """
    path = Path(name)
    source, table = _parsed(path, raw)
    _, base = _parsed(bundled_pack(), bundled_pack().read_bytes())
    merged = _Addition(path, source, table).on(base)
    return _Reader(path, source, merged).pack(hashlib.sha256(raw).hexdigest())


def _parsed(path: Path, raw: bytes) -> tuple[str, dict[str, Any]]:
    try:
        source = raw.decode("utf-8")
        return source, tomllib.loads(source)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise RulePackError(path=path, line=line, detail="不是 UTF-8 文本") from error
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        line = int(place[1]) if place else source.count("\n") + 1
        raise RulePackError(path=path, line=line, detail=f"TOML 语法：{error}") from error


class _Source:
    """A pack's text, and how to say at which line it makes no sense."""

    def __init__(self, path: Path, source: str, table: dict[str, Any]) -> None:
        self._path = path
        self._lines = source.splitlines()
        self._table = table

    def _fail(self, near: str, detail: str) -> NoReturn:
        """Raise the error at the first line that holds *near*."""
        line = next((n for n, text in enumerate(self._lines, 1) if near in text), 1)
        raise RulePackError(path=self._path, line=line, detail=detail)

    def _part(self, table: Mapping[str, Any], key: str, kind: type, near: str) -> Any:
        value = table.get(key)
        if not isinstance(value, kind):
            self._fail(near, f"缺少「{key}」，或其类型不对")
        return value


class _Addition(_Source):
    """An office's pack, put on top of the bundled one."""

    def on(self, base: Mapping[str, Any]) -> dict[str, Any]:
        """Return the tables of both; the rules are the office's alone."""
        for key in self._table.keys() - _OFFICE_KEYS:
            self._fail(key, f"附加规则包不能有「{key}」")
        taken = {entry["id"] for entry in (*base["trait"], *base["rule"])} | {*base["concepts"]}
        traits = self._table.get("trait", [])
        for entry in (*traits, *self._table.get("rule", [])):
            if isinstance(entry, dict) and entry.get("id") in taken:
                self._fail(f'"{entry["id"]}"', f"编号「{entry['id']}」已为内置规则包所用")
        for entry in self._table.get("rule", []):
            if isinstance(entry, dict) and entry.get("cue"):
                self._fail(f'"{entry.get("id")}"', "附加规则包没有词句权重，不能用「cue」")
        groups = self._table.get("concepts", {})
        for name in groups.keys() & taken:
            self._fail(f"{name} =", f"词组「{name}」已为内置规则包所用")
        if self._part(self._table, "version", str, "version") == base["version"]:
            self._fail("version", "版本号不能与内置规则包相同")
        return {
            **{key: value for key, value in base.items() if key not in ("weights", "context")},
            "version": self._table["version"],
            "concepts": {**base["concepts"], **groups},
            "thresholds": {**base["thresholds"], **self._table.get("thresholds", {})},
            "trait": [*base["trait"], *traits],
            "rule": self._part(self._table, "rule", list, "version"),
        }


class _Reader(_Source):
    """Turns a pack's tables into values, and says at which line they make no sense."""

    def __init__(self, path: Path, source: str, table: dict[str, Any]) -> None:
        super().__init__(path, source, table)
        self._groups: dict[str, Group] = {}

    def pack(self, sha256: str) -> RulePack:
        fold = self._part(self._table, "fold", dict, "fold")
        self._normaliser = Normaliser(self._look_alikes(fold), self._disguises(fold))
        for name in self._part(self._table, "concepts", dict, "concepts"):
            self._concept(name)
        parsed = {id(entry): self._patterns(entry) for entry in self._entries()}
        labels = self._labels()
        lexicon = self._lexicon()
        traits, rules = self._conditions(parsed, lexicon)
        contexts = {entry["id"] for entry in self._table.get("context", [])}
        return RulePack(
            PackIdentity(self._part(self._table, "version", str, "version"), sha256),
            labels,
            self._thresholds(),
            self._normaliser,
            lexicon,
            traits,
            tuple(rule for rule in rules if not rule.cue and rule.id not in contexts),
            tuple(rule for rule in rules if rule.cue),
            tuple(rule for rule in rules if rule.id in contexts),
            self._weigher(lexicon.named),
        )

    def _weigher(self, groups: Mapping[str, int]) -> Weigher | None:
        if "weights" not in self._table:
            return None
        entry = self._part(self._table, "weights", dict, "[weights]")
        path = self._path.with_name(self._part(entry, "file", str, "[weights]"))
        try:
            weights = load_weights(path)
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except WeightsError as error:
            raise RulePackError(path=path, line=error.line, detail=str(error)) from error
        if digest != self._part(entry, "sha256", str, "[weights]"):
            self._fail("sha256", f"「{path.name}」与所记的 SHA-256 不符")
        return Weigher(weights, groups)

    def _entries(self) -> list[dict[str, Any]]:
        rules = self._part(self._table, "rule", list, "rule")
        return [*self._table.get("trait", []), *rules, *self._table.get("context", [])]

    def _look_alikes(self, fold: Mapping[str, Any]) -> dict[str, str]:
        traditional, simplified = fold.get("traditional", ""), fold.get("simplified", "")
        if len(traditional) != len(simplified):
            self._fail("traditional =", "繁体表与简体表字数不同")
        pairs = {odd: row[0] for row in fold.get("characters", []) for odd in row[1:]}
        return pairs | dict(zip(traditional, simplified, strict=True))

    def _disguises(self, fold: Mapping[str, Any]) -> list[tuple[str, str]]:
        split = [(word[:-1], word[-1]) for word in fold.get("split", [])]
        pairs = [(bad, good) for good, *rest in fold.get("words", []) for bad in rest]
        for bad, good in (*split, *pairs):
            if len(bad) < len(good) or not good:
                self._fail(f'"{bad}"', f"「{bad}」比「{good}」短")
        return split + pairs

    def _concept(self, name: str, above: tuple[str, ...] = ()) -> None:
        """Read a group, and before it those that it takes in."""
        if name in self._groups:
            return
        entries = self._table["concepts"].get(name)
        if not isinstance(entries, list) or name in above:
            near = f"@{name}" if above else f"{name} ="
            self._fail(near, f"没有「{name}」这个词组，或它不是列表，或包含了自己")
        taken_in = tuple(entry[1:] for entry in entries if entry.startswith("@"))
        for part in taken_in:
            self._concept(part, (*above, name))
        words = [entry for entry in entries if not entry.startswith(("@", "-"))]
        exceptions = [entry[1:] for entry in entries if entry.startswith("-")]
        self._groups[name] = Group(self._plain(words), self._plain(exceptions), taken_in)

    def _plain(self, templates: Iterable[str]) -> tuple[str, ...]:
        """Return the words of templates without disguises, as they stand in a scanned text."""
        words = [word for template in templates for word in self._expanded(template)]
        return tuple(self._normaliser.plain(words))

    def _expanded(self, template: str) -> list[str]:
        try:
            return expand(template)
        except PatternError as error:
            self._fail(template, str(error))

    def _patterns(self, entry: Mapping[str, Any]) -> list[Pattern]:
        near = f'"{entry.get("id", "any")}"'
        for key in entry.keys() - _KEYS:
            self._fail(near, f"不认识的字段「{key}」")
        sources = self._part(entry, "any", list, near)
        patterns = []
        for source in sources:
            try:
                patterns.append(parse_pattern(source))
            except PatternError as error:
                self._fail(source, str(error))
            self._know(patterns[-1], source)
        return patterns

    def _know(self, pattern: Pattern, source: str) -> None:
        """Check the groups that a pattern names, and enter the words it gives on the spot."""
        elements: Iterable[Element] = (*pattern.elements, *(g.element for g in pattern.guards))
        for element in elements:
            if not element.words and len(element.concepts) == 1:
                known = {*self._table["concepts"], *self._table.get("expressions", {})}
            else:
                known = set(self._table["concepts"])
            for missing in (name for name in element.concepts if name not in known):
                self._fail(source, f"没有「{missing}」这个词组，或它是正则式而不能与词并列")
            self._unite(element)

    def _unite(self, element: Element) -> None:
        if element.group in self._groups or element.group in self._table.get("expressions", {}):
            return
        for name in element.concepts:
            self._concept(name)
        words = self._normaliser.plain(element.words)
        self._groups[element.group] = Group(tuple(words), (), element.concepts)

    def _lexicon(self) -> Lexicon:
        names = self._table.get("expressions", {})
        return Lexicon(self._groups, {name: self._expression(name) for name in names})

    def _expression(self, name: str) -> Expression:
        entry = self._table["expressions"][name]
        table = {"is": entry} if isinstance(entry, str) else entry
        source = self._part(table, "is", str, f"{name} =")
        holds = self._part({"holds": "", **table}, "holds", str, f"{name} =")
        if _UNBOUNDED.search(source):
            self._fail(f"{name} =", "正则式不得含 *、+、无上限的重复、回引或环视")
        try:
            return Expression(re.compile(source), frozenset(holds))
        except re.error as error:
            self._fail(f"{name} =", f"正则式有误：{error}")

    def _conditions(
        self, parsed: Mapping[int, Sequence[Pattern]], lexicon: Lexicon
    ) -> tuple[tuple[Trait, ...], tuple[Rule, ...]]:
        known = set(FACTS)
        traits: list[Trait] = []
        for entry in self._table.get("trait", []):
            name = self._part(entry, "id", str, "[[trait]]")
            traits.append(Trait(name, self._condition(entry, parsed, lexicon, known)))
            known.add(name)
        rules: dict[str, Rule] = {}
        for entry in (*self._table["rule"], *self._table.get("context", [])):
            rule = self._rule(entry, self._condition(entry, parsed, lexicon, known))
            if rule.id in rules:
                self._fail(f'"{rule.id}"', f"规则编号重复：{rule.id}")
            rules[rule.id] = rule
        return tuple(traits), tuple(rules.values())

    def _condition(
        self,
        entry: Mapping[str, Any],
        parsed: Mapping[int, Sequence[Pattern]],
        lexicon: Lexicon,
        known: set[str],
    ) -> Condition:
        needs = tuple(frozenset(need.split("|")) for need in entry.get("needs", []))
        unless = frozenset(entry.get("unless", []))
        for name in sorted(unless.union(*needs) - known):
            self._fail(f'"{entry.get("id")}"', f"没有「{name}」这种短信特征，或它在后面才定义")
        finders = tuple(compile_pattern(p, lexicon.numbers) for p in parsed[id(entry)])
        hinges = {lexicon.rarest(spot.bit for spot in finder.elements) for finder in finders}
        return Condition(finders, needs, unless, sum(hinges))

    def _rule(self, entry: Mapping[str, Any], when: Condition) -> Rule:
        name = self._part(entry, "id", str, "[[rule]]")
        label = str(entry.get("label"))
        if label not in self._table.get("labels", {}):
            self._fail(f'"{name}"', f"没有「{label}」这种违规类型")
        why = self._part(entry, "why", str, f'"{name}"')
        return Rule(
            name,
            ViolationType(label),
            why,
            when,
            entry.get("sure") is True,
            entry.get("cue") is True,
        )

    def _labels(self) -> dict[ViolationType, LabelInfo]:
        tables = self._part(self._table, "labels", dict, "labels")
        known = load_provisions()
        labels = {}
        for name, info in tables.items():
            near = f"[labels.{name}]"
            if name not in set(ViolationType):
                self._fail(near, f"没有「{name}」这种违规类型")
            provisions = self._part(info, "provisions", list, near)
            for missing in (p for p in provisions if p not in known):
                self._fail(f'"{missing}"', f"没有「{missing}」这条规定")
            labels[ViolationType(name)] = LabelInfo(
                self._part(info, "name", str, near),
                self._part(info, "definition", str, near),
                tuple(provisions),
            )
        for absent in (label for label in ViolationType if label not in labels):
            self._fail("[labels", f"缺少违规类型「{absent}」的说明")
        return labels

    def _thresholds(self) -> Thresholds:
        table = self._part(self._table, "thresholds", dict, "thresholds")
        return Thresholds(
            self._part(table, "night_from", dt.time, "[thresholds]"),
            self._part(table, "night_to", dt.time, "[thresholds]"),
            self._part(table, "notice_a_day", int, "[thresholds]"),
            self._part(table, "many_a_day", int, "[thresholds]"),
        )
