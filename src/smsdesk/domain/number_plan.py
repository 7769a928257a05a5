"""The number plan: bare digits -> what kind of number they are, and whose prefix.

Prefixes by operator, resale and satellite prefixes are as the ministry (工信部) announced them,
state of 2023-03. What no source tells (whose 1066 or 1069 is, whose 1064) is not said.
"""

from __future__ import annotations

import re

from smsdesk.domain.area_codes import AREA_CODES
from smsdesk.domain.calling_codes import CALLING_CODES, LENGTHS
from smsdesk.domain.senders import Sender, SenderKind

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

_MOBILE_CARRIERS = {
    prefix: carrier for carrier, group in _CARRIER_PREFIXES.items() for prefix in group.split()
}
_RESALE_PREFIXES = ("162", "165", "167", "170", "171")
"""Reserved for virtual operators (移动转售业务)."""

_SATELLITE_PREFIXES = ("1349", "1619", "174")
"""Reserved for satellite telephones (卫星移动通信业务)."""

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
    (SenderKind.SHORT, re.compile(r"1(?!06)[0-2]\d{1,4}|100(?:00|01|10|86|99)\d{1,15}|96110")),
    (SenderKind.IOT, re.compile(r"1064\d{9}|14[014]\d{10}")),  # 13 digits: cards of machines
    (SenderKind.SP106, re.compile(r"106\d{5,17}")),
    (SenderKind.SERVICE400, re.compile(r"[48]00\d{7}|1010\d{4}")),
    (SenderKind.SERVICE95, re.compile(r"95\d{3,14}|96\d{3,6}")),  # 5 or 6, and what firms add
)
_FIXED = re.compile(r"(10|2\d|[3-9]\d{2})([2-9]\d{6,7})")
_TWO_DIGIT_AREA = ("10", "2")

_PLUS_LOST = (SenderKind.MOBILE, SenderKind.LANDLINE, SenderKind.SP106, SenderKind.SERVICE400)
"""What 86 may stand before without its +. With a shorter code it could be a local number."""

_LOST_FROM = 11
"""Digits from which on 86 may be the country code: local numbers have eight at most."""


def planned(digits: str, *, international: bool) -> Sender | None:
    """Return what the plan says of bare *digits*, None if it knows no such number.

    *international*: a + stood before them. `raw` of the result is empty.
    """
    if international:
        return _after_plus(digits)
    if digits.startswith("00"):
        return _after_idd(digits[2:])
    if digits.startswith("86") and len(digits) >= _LOST_FROM:
        sender = _domestic(digits[2:], from_abroad=True)
        if sender and sender.kind in _PLUS_LOST:
            return sender
    return _domestic(digits, from_abroad=False)


def _after_plus(digits: str) -> Sender | None:
    """Allow for phones that print a + before domestic codes as well: +10690123480, +95588."""
    if digits.startswith("00"):
        return _after_idd(digits[2:])
    if digits.startswith("86"):
        return _domestic(digits[2:], from_abroad=True)
    if digits.startswith("106"):
        return _code(digits)
    return _foreign(digits) or _code(digits)


def _after_idd(digits: str) -> Sender | None:
    if digits.startswith("86"):
        return _domestic(digits[2:], from_abroad=True)
    return _foreign(digits)


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
    satellite = digits.startswith(_SATELLITE_PREFIXES)
    kind = SenderKind.SATELLITE if satellite else SenderKind.MOBILE
    return Sender("", f"+86{digits}", None, kind, carrier, digits.startswith(_RESALE_PREFIXES))


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
    if not 8 <= len(digits) <= 15 or digits.startswith("0"):  # E.164
        return None
    code = next((digits[:n] for n in (3, 2, 1) if digits[:n] in CALLING_CODES), "")
    if code in LENGTHS and len(digits) not in LENGTHS[code]:
        return None
    return Sender("", f"+{digits}", None, SenderKind.FOREIGN, region=CALLING_CODES.get(code))
