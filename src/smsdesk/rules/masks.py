"""Find what a copy for outsiders must not show: names, numbers and addresses of third persons.

Third persons are all but the borrower and the sender. The borrower's own numbers and address are
masked too; names of the parties stay. Every mask found anywhere is masked everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from smsdesk.domain.masks import MaskKind
from smsdesk.rules.mask_names import names_in, surname_of

INK = "█"
"""Stands for each masked character, so that places counted in a text stay right."""

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SHADES = "█■▓▒▪"
"""A masked name ends in a letter, so that a reader can tell persons apart: ██A, █B. Those beyond
the 26th get another shade before the letter."""

_GAP = r"[\s\-—－.·]{0,2}"
_WIDE = {ord("０") + n: str(n) for n in range(10)} | {
    ord("Ｘ"): "X",
    ord("ｘ"): "x",
    ord("＊"): "*",
}
_NO_DIGIT_BEFORE, _NO_DIGIT_AFTER = r"(?<![\dA-Za-z])", r"(?![\dA-Za-z])"

_PHONE = re.compile(
    rf"{_NO_DIGIT_BEFORE}(?:(?:\+|00)?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}{_NO_DIGIT_AFTER}"
)
_LANDLINE = re.compile(rf"{_NO_DIGIT_BEFORE}[(（]?0\d{{2,3}}[)）]?{_GAP}\d{{7,8}}{_NO_DIGIT_AFTER}")
_ID_NUMBER = re.compile(
    rf"{_NO_DIGIT_BEFORE}[1-9]\d{{5}}{_GAP}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    rf"{_GAP}\d{{3}}[\dXx]{_NO_DIGIT_AFTER}"
)
_OLD_ID_NUMBER = re.compile(
    rf"{_NO_DIGIT_BEFORE}[1-9]\d{{7}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{{3}}"
    rf"{_NO_DIGIT_AFTER}"
)
_PART_OF_ID = re.compile(r"(?:身份证|证件)[^\d，。；,;]{0,10}(?P<words>[\d*Xx]{4,18})")
_TAIL = re.compile(r"(?:尾号|后四位|末四位)[^\d，。]{0,4}(?P<words>\d{3,6})(?!\d)")
_LONG_NUMBER = re.compile(rf"{_NO_DIGIT_BEFORE}\d(?:[ \-]?\d){{12,18}}{_NO_DIGIT_AFTER}")
_ACCOUNT = re.compile(r"(?:卡号|账号|帐号|账户|帐户|卡)[^\d，。；]{0,8}$")
_CHAT_NAME = re.compile(
    r"(?:微信|QQ|扣扣|支付宝|抖音)(?:号|账号)?[\s:：是为]*(?P<words>[A-Za-z0-9][A-Za-z0-9_\-.]{4,19})",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_ROAD = r"(?:路|街|大道|道|巷|弄|胡同|里|镇|乡|村|屯|小区|花园|新村|家园|公寓|苑|城|府|社区)"
_UNIT = r"(?:号楼|号院|号|栋|幢|座|单元|层|楼|室|户|组|队)"
_ADDRESS = re.compile(
    rf"[\u4e00-\u9fff]{{1,30}}?{_ROAD}[\u4e00-\u9fffA-Za-z0-9\-－#（）()]{{0,20}}?"
    rf"[0-9一二三四五六七八九十百]+{_UNIT}(?:[0-9一二三四五六七八九十A-Za-z\-－]+{_UNIT}?)*"
)
_PLACE = r"(?:省|市|区|县|旗|镇|乡|村|街道|路|街|巷|小区|花园|苑|庄|屯)"
_SPOKEN_ADDRESS = re.compile(
    r"(?:家住|住址|地址|住在|户籍地|户籍|老家|籍贯)[是为在于:：\s]*(?![地及所辖镇乡村])"
    rf"(?P<words>(?:[\u4e00-\u9fff]{{1,8}}?{_PLACE}){{1,5}}[0-9A-Za-z\-号栋幢单元室楼组层]*)"
)
_CHILDS_PLACE = re.compile(
    r"[\u4e00-\u9fff]{2,6}(?:路|街|大道|巷|镇|乡|村|区)[\u4e00-\u9fff]{0,8}(?:幼儿园|小学|中学|学校)"
)
_LEAD = re.compile(
    r"^.*(?:家住|住址|地址|住在|位于|户籍地?|女儿在|儿子在|孩子在|[你您]家|住|[是为在到去你您])"
)


@dataclass(frozen=True, slots=True)
class Masked:
    """A run of *text* that is to be masked: text[start:end]."""

    kind: MaskKind
    start: int
    end: int


@dataclass(frozen=True)
class Masker:
    """What is masked in one case.

    `words` are masked wherever they stand; `lifted` never; `senders` are numbers of senders, and
    `parties` names of parties, which stay. Its patterns find further words in each text.
    """

    words: Mapping[str, MaskKind] = field(default_factory=dict)
    lifted: frozenset[str] = frozenset()
    senders: frozenset[str] = frozenset()
    parties: tuple[str, ...] = ()

    def find(self, text: str) -> list[Masked]:
        """Return what is masked in *text*, in order; runs never overlap."""
        plain = text.translate(_WIDE)
        found = [*self._known(plain), *self._numbers(plain)]
        found += self._names(plain, [one.start for one in found if one.kind in _PERSONAL])
        found += _addresses(plain)
        return _apart(one for one in found if self._stays_hidden(plain[one.start : one.end]))

    def mask(self, text: str) -> str:
        """Return *text* with ink in the place of each masked character."""
        parts, at = [], 0
        for one in self.find(text):
            parts += [text[at : one.start], self._cover(text[one.start : one.end], one.kind)]
            at = one.end
        return "".join([*parts, text[at:]]) if parts else text

    def _cover(self, words: str, kind: MaskKind) -> str:
        number = self._persons.get(squeezed(words)) if kind is MaskKind.NAME else None
        if number is None or len(words) < 2:
            return INK * len(words)
        shade = _SHADES[number // len(_LETTERS) % len(_SHADES)]
        return shade * (len(words) - 1) + _LETTERS[number % len(_LETTERS)]

    @cached_property
    def _persons(self) -> dict[str, int]:
        names = (words for words, kind in self.words.items() if kind is MaskKind.NAME)
        return {squeezed(name): number for number, name in enumerate(dict.fromkeys(names))}

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        longest_first = sorted(filter(None, map(squeezed, self.words)), key=len, reverse=True)
        spaced = (r"\s*".join(map(re.escape, words)) for words in longest_first)
        choices = "|".join(f"(?:{words})" for words in spaced)
        return re.compile(choices, re.IGNORECASE) if choices else None

    @cached_property
    def _kinds(self) -> dict[str, MaskKind]:
        return {squeezed(words).casefold(): kind for words, kind in self.words.items()}

    def _known(self, text: str) -> Iterator[Masked]:
        for match in self._pattern.finditer(text) if self._pattern else ():
            kind = self._kinds.get(squeezed(match[0]).casefold(), MaskKind.OTHER)
            yield Masked(kind, *match.span())

    def _numbers(self, text: str) -> Iterator[Masked]:
        for kind, pattern in _NUMBERS:
            for match in pattern.finditer(text):
                name = "words" if "words" in pattern.groupindex else 0
                if not self._is_sender(match[name]):
                    yield Masked(kind, *match.span(name))
        for match in _LONG_NUMBER.finditer(text):
            if not self._is_sender(match[0]) and _is_account(match[0], text[: match.start()]):
                yield Masked(MaskKind.CARD, *match.span())

    def _names(self, text: str, numbers: Sequence[int]) -> Iterator[Masked]:
        for start, end in names_in(text, numbers):
            if not self._is_party(text[start:end]):
                yield Masked(MaskKind.NAME, start, end)

    def _is_sender(self, words: str) -> bool:
        digits = re.sub(r"\D", "", words)
        return digits in self.senders or digits.removeprefix("86") in self.senders

    def _is_party(self, name: str) -> bool:
        """Whether a party's own name, or how people call a party (张女士, 小张, 张姐)."""
        if any(name in party for party in self.parties):
            return True
        surnames = {surname_of(party) for party in self.parties} - {""}
        short = len(name) == 1 or (len(name) == 2 and bool(_CALLED.fullmatch(name)))
        return short and any(surname in name for surname in surnames)

    def _stays_hidden(self, words: str) -> bool:
        return bool(words.strip()) and squeezed(words) not in self.lifted


def squeezed(words: str) -> str:
    """Return *words* as they are compared: without spaces, wide digits made narrow."""
    return "".join(words.split()).translate(_WIDE)


def id_number_fits(number: str) -> bool:
    """Say whether the last digit of an identity number is right (GB 11643-1999)."""
    digits = re.sub(r"[^\dXx]", "", number)
    if len(digits) != 18 or "X" in digits[:17].upper():
        return False
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))
    return digits[17].upper() == "10X98765432"[total % 11]


def luhn_fits(number: str) -> bool:
    """Say whether a card number's last digit is right (ISO/IEC 7812-1)."""
    digits = [int(c) for c in number if c.isdigit()]
    doubled = (2 * d - 9 * (d > 4) for d in digits[-2::-2])
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


_CALLED = re.compile("[小老阿].|.[姐哥叔姨婶嫂伯]")
_NUMBERS = (
    (MaskKind.ID_NUMBER, _ID_NUMBER),
    (MaskKind.ID_NUMBER, _OLD_ID_NUMBER),
    (MaskKind.ID_NUMBER, _PART_OF_ID),
    (MaskKind.PHONE, _PHONE),
    (MaskKind.PHONE, _LANDLINE),
    (MaskKind.PHONE, _CHAT_NAME),
    (MaskKind.PHONE, _MAIL),
    (MaskKind.CARD, _TAIL),
)
_PERSONAL = (MaskKind.PHONE, MaskKind.ID_NUMBER)


def _is_account(number: str, before: str) -> bool:
    """Whether a long number is a card's: by its check digit, its UnionPay head, or what it says.

    A number that a machine misread has a wrong check digit; so the head or the words are enough.
    """
    digits = re.sub(r"\D", "", number)
    if _ACCOUNT.search(before[-16:]) or id_number_fits(digits):
        return True
    if not 16 <= len(digits) <= 19:
        return False
    return digits.startswith("62") or luhn_fits(digits)


def _addresses(text: str) -> Iterator[Masked]:
    for pattern in (_ADDRESS, _CHILDS_PLACE):
        for match in pattern.finditer(text):
            lead = _LEAD.match(match[0])
            yield Masked(MaskKind.ADDRESS, match.start() + (lead.end() if lead else 0), match.end())
    for match in _SPOKEN_ADDRESS.finditer(text):
        yield Masked(MaskKind.ADDRESS, *match.span("words"))


def _apart(found: Iterable[Masked]) -> list[Masked]:
    """Return runs that share characters as one, of the kind of the longest."""
    apart: list[Masked] = []
    for one in sorted(found, key=lambda m: (m.start, -m.end)):
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
        elif one.end > apart[-1].end:
            apart[-1] = Masked(apart[-1].kind, apart[-1].start, one.end)
    return apart
