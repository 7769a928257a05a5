"""Who sent a message, as far as the number itself tells."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum

from smsdesk.domain.area_codes import AREA_CODES, CALLING_CODES, PROVINCES


class SenderKind(StrEnum):
    """What the number plan says of a number; never who owns it."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    SP106 = "sp106"
    SERVICE95 = "service95"
    SERVICE400 = "service400"
    SHORT = "short"
    FOREIGN = "foreign"
    NAME = "name"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Sender:
    """A sender as shown (`raw`), its normal form, and what the number plan says.

    `number` is E.164 for telephone numbers (+86…), bare digits for codes (106…, 95…, 400…);
    None for a name. `carrier` is the operator that the prefix is assigned to (numbers may have been
    carried over); `resale` marks the prefixes of virtual operators; `region` a landline's city, or
    the country or region of a number from abroad.
    """

    raw: str
    number: str | None
    name: str | None
    kind: SenderKind
    carrier: str | None = None
    resale: bool = False
    region: str | None = None

    @property
    def key(self) -> str:
        """What tells this sender from others: the number, else the name."""
        return self.number or self.name or ""


UNKNOWN_SENDER = Sender("", None, None, SenderKind.UNKNOWN)

# --- the number plan ------------------------------------------------------------------------------

_CARRIER_PREFIXES = {
    "中国电信": (
        "133 1349 149 153 162 1700 1701 1702 173 17400 17401 17402 17403 17404 17405 177 180 181 "
        "189 190 191 193 199"
    ),
    "中国移动": (
        "1340 1341 1342 1343 1344 1345 1346 1347 1348 135 136 137 138 139 147 148 150 151 152 157 "
        "158 159 165 1703 1705 1706 172 178 182 183 184 187 188 195 197 198"
    ),
    "中国联通": ("130 131 132 145 146 155 156 166 167 1704 1707 1708 1709 171 175 176 185 186 196"),
    "中国广电": "192",
}
"""Prefixes by operator as the ministry (工信部) announced them, state of 2023-03."""

_MOBILE_CARRIERS = {
    prefix: carrier for carrier, group in _CARRIER_PREFIXES.items() for prefix in group.split()
}
_RESALE_PREFIXES = ("162", "165", "167", "170", "171")
"""Prefixes that the same announcement reserves for virtual operators (移动转售业务)."""

_CODE_CARRIERS = {
    "10655": "中国联通",
    "10657": "中国移动",
    "10659": "中国电信",
    "10000": "中国电信",
    "10001": "中国电信",
    "10010": "中国联通",
    "10086": "中国移动",
    "10099": "中国广电",
}

_MOBILE = re.compile(r"1[3-9]\d{9}")
_CODES = (
    (SenderKind.SP106, re.compile(r"106\d{5,17}")),
    (SenderKind.SERVICE400, re.compile(r"[48]00\d{7}|1010\d{4}")),
    (SenderKind.SERVICE95, re.compile(r"95\d{3,6}")),
    (SenderKind.SHORT, re.compile(r"1[0-2]\d{1,4}|100(?:00|01|10|86|99)\d{1,4}|96\d{3,4}")),
)
_FIXED = re.compile(r"(10|2\d|[3-9]\d{2})([2-9]\d{6,7})")
_TWO_DIGIT_AREA = ("10", "2")


def _planned(digits: str, international: bool) -> Sender | None:
    """Return what the plan says of bare *digits*; *international*: a + stood before them."""
    if digits.startswith("00"):
        digits, international = digits[2:], True
    if international and digits.startswith("86"):
        return _domestic(digits[2:], from_abroad=True)
    if international and not digits.startswith("106") and len(digits) >= 7:
        return _foreign(digits)
    if re.fullmatch(r"861[3-9]\d{9}", digits):
        return _domestic(digits[2:], from_abroad=True)
    return _domestic(digits, from_abroad=False)


def _domestic(digits: str, *, from_abroad: bool) -> Sender | None:
    """*from_abroad*: the country code stood before, so that an area code has lost its 0."""
    trunk = digits.startswith("0")
    subscriber = digits[1:] if trunk else digits
    if _MOBILE.fullmatch(subscriber):
        return _mobile(subscriber)
    fixed = _fixed(subscriber) if trunk or from_abroad else None
    return fixed or (None if trunk else _code(digits))


def _mobile(digits: str) -> Sender:
    carrier = next(
        (_MOBILE_CARRIERS[digits[:n]] for n in (5, 4, 3) if digits[:n] in _MOBILE_CARRIERS), None
    )
    resale = digits.startswith(_RESALE_PREFIXES)
    return Sender("", f"+86{digits}", None, SenderKind.MOBILE, carrier, resale)


def _fixed(subscriber: str) -> Sender | None:
    match = _FIXED.fullmatch(subscriber)
    if match is None or (subscriber.startswith(_TWO_DIGIT_AREA) and len(match[2]) != 8):
        return None
    region = AREA_CODES.get("0" + match[1])
    return Sender("", f"+86{subscriber}", None, SenderKind.LANDLINE, region=region)


def _code(digits: str) -> Sender | None:
    for kind, pattern in _CODES:
        if pattern.fullmatch(digits):
            return Sender("", digits, None, kind, _CODE_CARRIERS.get(digits[:5]))
    return None


def _foreign(digits: str) -> Sender | None:
    if not 7 <= len(digits) <= 15:  # E.164
        return None
    regions = (CALLING_CODES[digits[:n]] for n in (3, 2, 1) if digits[:n] in CALLING_CODES)
    return Sender("", f"+{digits}", None, SenderKind.FOREIGN, region=next(regions, None))


# --- from what stands on the screen to a number ---------------------------------------------------

_DECORATION = re.compile(r"[<>‹›«»〈〉←→↗⋮…☎✆]|(?<!\d)99\+|^返回")
_UNREAD_COUNT = re.compile(r"(?<=.)\s*\(\d{1,3}\+?\)\s*$")
_EXTENSION = re.compile(r"(?<=\d)\s*(?:转|ext\.?)\s*\d{1,6}$", re.IGNORECASE)
_DASHES = re.compile(r"[\u00ad\u2010-\u2015\u2212\ufe58\ufe63]")
_RUN = re.compile(r"(?<![A-Za-z\d])\+?[\d(][\d\s().·-]*\d(?![A-Za-z])")
_SINGLE = re.compile(r"\d+")
_MASKED = re.compile(r"\d{2,}\s*[*×xX•＊]{2,}\s*\d{2,}|[*＊]{3,}\s*\d{2,}")
_SIGNATURE_MARKS = re.compile(r"[【】\[\]]")
_TELEPHONES = (SenderKind.MOBILE, SenderKind.LANDLINE, SenderKind.FOREIGN)
_NO_NAME = re.compile(
    r"标记|骚扰|诈骗|推销|陌生|未知|无号码|归属地|^(?:短信|信息|通知信息|来自|号码|电话|手机|虚拟)$"
)
_MISREAD = re.compile(r"\+?[\dOolI|BSZ][\dOolI|BSZ\s().-]{5,}[\dOolI|BSZ]")
_MISREAD_DIGITS = str.maketrans("OolI|BSZ", "00111852")


def parse_sender(raw: str | None) -> Sender:
    """Return who a header, a row or a note names, as far as it tells; `raw` is kept as it came.

    A number may stand beside a name (中国移动 10086), an unread count, arrows, a city or a mark
    (骚扰电话) that the phone put there. Digits of no plan are kept as a number of kind UNKNOWN; a
    masked number (138****1234) is none. Letters in digits (O, l, B) are repaired only where the
    result is a full number of the plan. +86 means nothing but China.
    """
    text = _normal(raw or "")
    if not text:
        return replace(UNKNOWN_SENDER, raw=raw or "")
    if _MASKED.search(text):
        return Sender(raw or "", None, None, SenderKind.UNKNOWN)
    text = _MISREAD.sub(_repaired, text)
    found = _numbered(text) or _unplanned(text)
    if found:
        sender, rest = found
        return replace(sender, raw=raw or "", name=_name_in(rest, sender.kind))
    name = _name_in(text, SenderKind.NAME)
    return Sender(raw or "", None, name, SenderKind.NAME if name else SenderKind.UNKNOWN)


def _normal(raw: str) -> str:
    text = unicodedata.normalize("NFKC", _DASHES.sub("-", raw))
    text = "".join(c for c in text if unicodedata.category(c) != "Cf")  # marks of direction
    text = _DECORATION.sub(" ", text).strip()
    return _EXTENSION.sub("", _UNREAD_COUNT.sub("", text)).strip()


def _numbered(text: str) -> tuple[Sender, str] | None:
    """Return the number of the plan in *text* and what stands beside it.

    Of several the longest is the sender (12 beside 106…); two telephone numbers are a group, whose
    messages may be from either, so that neither is returned.
    """
    found: list[tuple[Sender, str]] = []
    for match in _RUN.finditer(text):
        sender = _in_run(match.group())
        rest = f"{text[: match.start()]} {text[match.end() :]}".strip()
        if sender and not _is_part_of_name(sender, rest):
            found.append((sender, rest))
    if sum(sender.kind in _TELEPHONES for sender, _ in found) > 1:
        return None
    return max(found, key=lambda pair: len(pair[0].key), default=None)


def _in_run(run: str) -> Sender | None:
    """Return the number in a run of digits; a count of at most three digits may stand before."""
    whole = _planned(_digits(run), run.lstrip("( ").startswith("+"))
    if whole:
        return whole
    count = re.match(r"\d{1,3}\s+", run)
    return _planned(_digits(run[count.end() :]), international=False) if count else None


def _is_part_of_name(sender: Sender, rest: str) -> bool:
    """Digits such as 张三110 belong to the name: beside words, short codes need five digits."""
    return sender.kind is SenderKind.SHORT and bool(rest) and len(sender.number or "") < 5


def _unplanned(text: str) -> tuple[Sender, str] | None:
    """Return a number that no plan knows, if the text is nothing else."""
    if not re.fullmatch(r"\+?[\d\s().·-]+", text) or not 3 <= len(_digits(text)) <= 20:
        return None
    plus = "+" if text.startswith("+") else ""
    return Sender("", plus + _digits(text), None, SenderKind.UNKNOWN), ""


def _digits(run: str) -> str:
    return "".join(_SINGLE.findall(run))


def _repaired(match: re.Match[str]) -> str:
    """Put digits for letters where few of many are letters and the result is in the plan."""
    run = match.group()
    letters = sum(c.isalpha() or c == "|" for c in run)
    if not letters:
        return run
    fixed = run.translate(_MISREAD_DIGITS)
    sender = _planned(_digits(fixed), fixed.startswith("+"))
    safe = sender is not None and sender.kind is not SenderKind.SHORT
    return fixed if safe and letters * 4 <= len(_digits(fixed)) else run


_CAPTION_WORDS = re.compile(
    "|".join(
        sorted(
            {city for cities in AREA_CODES.values() for city in cities.split("、")}
            | {*PROVINCES, "中国移动", "中国联通", "中国电信", "中国广电", "移动", "联通", "电信"}
            | {"广电", "虚拟运营商", "虚拟", "中国", "省", "市", "自治区"},
            key=len,
            reverse=True,
        )
    )
    + r"|[\s·,|/-]"
)
"""What phones print below a telephone number: where it is from and by which operator."""


def without_caption(text: str) -> str:
    """Return what is left of *text* without cities, provinces and operators of numbers."""
    return _CAPTION_WORDS.sub("", text)


def _name_in(text: str, kind: SenderKind) -> str | None:
    name = _without_loose_ends(_SIGNATURE_MARKS.sub(" ", text))
    if not any(c.isalpha() for c in name) or _NO_NAME.search(name):
        return None
    if len(_digits(name)) >= 6 and len(_digits(name)) * 2 > len(name) and "@" not in name:
        return None  # a number that could not be read
    return None if kind in _TELEPHONES and not without_caption(name) else name


_ENDS = " \t·,|/:;-+"
_HOLLOW = re.compile(r"\(\s*\)")
_CHINESE_BRACKETS = re.compile(r"\(([^()]*[\u4e00-\u9fff][^()]*)\)")


def _without_loose_ends(text: str) -> str:
    """Strip marks from both ends, and brackets that are empty, alone or around the whole.

    A bracket that belongs to a name, 陈主管（催收）, is kept, in the width of what it holds.
    """
    name, before = _HOLLOW.sub(" ", text).strip(_ENDS), ""
    while name != before:
        before, name = name, _without_a_bracket(name).strip(_ENDS)
    return _CHINESE_BRACKETS.sub(r"（\1）", name)


def _without_a_bracket(name: str) -> str:
    surplus = name.count("(") - name.count(")")
    if re.fullmatch(r"\([^()]*\)", name):
        return name[1:-1]
    if name.startswith(")") or (surplus > 0 and name.startswith("(")):
        return name[1:]
    if name.endswith("(") or (surplus < 0 and name.endswith(")")):
        return name[:-1]
    return name
