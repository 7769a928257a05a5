"""Find personal names in Chinese messages: by who stands before them and what follows.

A name cannot be told from other words for certain. What is found is masked in copies for outsiders,
where one too many does no harm and a person may lift it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from smsdesk.resources import resource

_BETWEEN = r"(?:\s|[:：,，、“”\"'（(]|名叫|叫做|叫|姓名|是|为|即)*"
_BEFORE_NUMBER = re.compile(
    r"[\s:：,，（(]*(?:的|电话|手机|号码|联系电话|身份证|证件号|号)*[\s:：]*$"
)
_KIN = "[你您他她我](?:的|家)?[爸妈爹娘哥姐弟妹叔舅姨姑爷奶婶嫂]"
"""Who somebody's next of kin are, in one character; by itself it would be found everywhere."""

_CHARACTER = "[\u4e00-\u9fff]"


@dataclass(frozen=True, slots=True)
class _Words:
    surnames: str
    compounds: tuple[str, ...]
    titles: str
    not_in_names: frozenset[str]
    not_names: tuple[str, ...]
    after_relation: re.Pattern[str]
    with_title: re.Pattern[str]
    called: re.Pattern[str]
    before_relation: re.Pattern[str]
    whole: re.Pattern[str]


@cache
def _words() -> _Words:
    with resource("rules", "masks", "names.toml").open("rb") as file:
        data = tomllib.load(file)
    surnames = "".join(data["surnames"].split())
    compounds = tuple(data["compound_surnames"])
    family = f"(?:{'|'.join(compounds)}|[{surnames}])"
    name = f"{family}{_CHARACTER}{{1,2}}"
    relations = "|".join([_KIN, *sorted(data["relations"], key=len, reverse=True)])
    titles = "|".join(data["titles"])
    return _Words(
        surnames,
        compounds,
        titles,
        frozenset(data["not_in_names"]),
        tuple(data["not_names"]),
        re.compile(f"(?:{relations}){_BETWEEN}(?P<name>{name})"),
        re.compile(f"(?P<name>{family}{_CHARACTER}{{0,2}}?)(?:{titles})"),
        re.compile(
            f"(?P<name>(?<!{_CHARACTER})[{data['forenames']}][{surnames}](?!{_CHARACTER})"
            f"|[{data['forenames']}]?[{surnames}][{data['short_titles']}])"
        ),
        re.compile(f"(?P<name>{name})[（(](?:{relations})[）)]"),
        re.compile(f"{family}{_CHARACTER}{{1,2}}"),
    )


def names_in(text: str, numbers: Iterable[int] = ()) -> Iterator[tuple[int, int]]:
    """Yield where names stand in *text*; *numbers* are where personal numbers begin in it."""
    words = _words()
    for pattern in (words.after_relation, words.before_relation):
        for match in pattern.finditer(text):
            yield from _trimmed(text, match.start("name"), match.end("name"))
    for match in words.with_title.finditer(text):
        name = match["name"].rstrip("".join(words.not_in_names))
        if name and _is_name(name):
            yield match.start(), match.start() + len(name)
    for match in words.called.finditer(text):
        if _is_name(match["name"]):
            yield match.span("name")
    for start in numbers:
        yield from _before_number(text, start)


def is_whole_name(text: str) -> bool:
    """Say whether *text* looks like a full name and nothing else."""
    return bool(_words().whole.fullmatch(text)) and _is_name(text)


def surname_of(name: str) -> str:
    """Return the family name that *name* begins with, "" if it begins with none."""
    words = _words()
    compound = next((one for one in words.compounds if name.startswith(one)), "")
    return compound or (name[:1] if name[:1] in words.surnames else "")


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the name that begins at *start*, without a last character of the next word."""
    name = text[start:end]
    least = len(surname_of(name)) + 1
    followed = text[end : end + 1]
    known = _words().not_in_names
    while len(name) > least and name[-1] in known:
        name = name[:-1]
    titled = re.match(_words().titles, text[start + len(name) - 1 :] + followed)
    if titled and len(name) > least:
        name = name[:-1]
    if _is_name(name) and name[-1] not in known:
        yield start, start + len(name)


def _is_name(name: str) -> bool:
    """Whether *name* is no everyday word, and not made nameless already (张某, 王*)."""
    return "某" not in name and not name.startswith(_words().not_names)


def _before_number(text: str, number: int) -> Iterator[tuple[int, int]]:
    """Yield the name right before a number: 李雷 13800001111, 李雷（电话：138…）."""
    link = _BEFORE_NUMBER.search(text[max(0, number - 16) : number])
    end = number - len(link[0]) if link else number
    for length in (3, 2, 4):
        start = end - length
        if start >= 0 and is_whole_name(text[start:end]) and _starts_word(text, start):
            yield start, end
            return


def _starts_word(text: str, start: int) -> bool:
    before = text[start - 1 : start]
    return not before or not re.match(_CHARACTER, before) or before in "叫是为找给向和与"
