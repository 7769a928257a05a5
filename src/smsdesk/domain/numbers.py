"""From what stands on the screen to a sender; the one door to what is known of senders."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from smsdesk.domain.number_plan import planned
from smsdesk.domain.sender_names import name_in, without_caption
from smsdesk.domain.senders import UNKNOWN_SENDER, Sender, SenderKind

__all__ = ["UNKNOWN_SENDER", "Sender", "SenderKind", "parse_sender", "without_caption"]

_DECORATION = re.compile(r"[<>‹›«»〈〉←→↗⋮…☎✆]|(?<!\d)99\+|^返回")
_UNREAD_COUNT = re.compile(r"(?<=.)\s*\(\d{1,3}\+?\)\s*$|^\([1-9]\d{0,2}\+?\)(?=\s*\+?\d)")
_EXTENSION = re.compile(r"(?<=\d)\s*(?:转|ext\.?)\s*\d{1,6}$", re.IGNORECASE)
_DASHES = re.compile(r"[\u00ad\u2010-\u2015\u2212\ufe58\ufe63]")

_EMAIL = re.compile(r"[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}", re.ASCII)
_MASKED = re.compile(r"\d{2,}\s*[*×xX•＊]{2,}\s*\d{2,}|[*＊]{3,}\s*\d{2,}")
_CUT = re.compile(r"\d(?:…|⋯|\.{3})|(?:…|⋯|\.{3})\d")
"""Digits that the phone itself left out, for want of room: what is left is no number."""

_SEVERAL = re.compile(r"等\s*\d+\s*人")
"""A conversation of several: the number named may not be the one that wrote."""

_RUN = re.compile(r"(?<![A-Za-z\d])(?<!\d[,.:/])\+?[\d(][\d\s().·-]*\d(?![A-Za-z\d]|[,:/]\d)")
_SINGLE = re.compile(r"\d+")
_COUNT_BEFORE = re.compile(r"(\d{1,3})\s+(?=[\d(])")
_COUNT_AFTER = re.compile(r"\s+\d{1,3}$")
_DASHED_EXTENSION = re.compile(r"-\d{1,5}$")
_OF_SOMETHING_ELSE = re.compile(
    r"(?:尾号|卡号|单号|订单|编号|案号|合同|验证码|[¥￥$第])[\s:为号]*$"
)
_IN_A_UNIT = re.compile(r"\s*(?:元|块|[年月日天号期笔条次楼岁%])")
_DATE = re.compile(r"20\d\d([-.])\d{1,2}\1\d{1,2}")
_SHORTS = (SenderKind.SHORT, SenderKind.SERVICE95)
_TELEPHONES = (
    SenderKind.MOBILE,
    SenderKind.SATELLITE,
    SenderKind.IOT,
    SenderKind.LANDLINE,
    SenderKind.FOREIGN,
)
_MISREAD = re.compile(r"\+?[\dOolI|BSZ][\dOolI|BSZ\s().-]{5,}[\dOolI|BSZ]")
_MISREAD_DIGITS = str.maketrans("OolI|BSZ", "00111852")


def parse_sender(raw: str | None) -> Sender:
    """Return who a header, a row or a note names, as far as it tells; `raw` is kept as it came.

    A number may stand beside a name (中国移动 10086), an unread count, arrows, a city or a mark
    (骚扰电话) that the phone put there. Digits of no plan are kept as a number of kind UNKNOWN; a
    masked number (138****1234), or one that the phone cut (1069 0123…), is none. Letters in digits
    (O, l, B) are repaired only where the result is a full number of the plan. +86 means nothing
    but China.
    """
    raw = raw or ""
    text = _normal(raw)
    if not text:
        return replace(UNKNOWN_SENDER, raw=raw)
    if _MASKED.search(text) or _CUT.search(_even(raw)):
        return Sender(raw, None, None, SenderKind.UNKNOWN)
    if address := _EMAIL.search(text):
        return Sender(raw, None, address.group(), SenderKind.EMAIL)
    text = _MISREAD.sub(_repaired, text)
    found = None if _SEVERAL.search(text) else _numbered(text) or _unplanned(text)
    if found:
        sender, rest = found
        name = name_in(rest, of_telephone=sender.kind in _TELEPHONES)
        return replace(sender, raw=raw, name=name)
    name = name_in(text, of_telephone=False)
    return Sender(raw, None, name, SenderKind.NAME if name else SenderKind.UNKNOWN)


def _even(raw: str) -> str:
    """Return *raw* in one width, with plain dashes and digits, without marks of direction."""
    text = unicodedata.normalize("NFKC", _DASHES.sub("-", raw))
    text = "".join(str(unicodedata.decimal(c, c)) for c in text)
    return "".join(c for c in text if unicodedata.category(c) != "Cf")


def _normal(raw: str) -> str:
    text = _UNREAD_COUNT.sub("", _DECORATION.sub(" ", _even(raw)).strip())
    return _EXTENSION.sub("", text).strip()


def _numbered(text: str) -> tuple[Sender, str] | None:
    """Return the number of the plan in *text* and what stands beside it.

    Of several the longest is the sender (12 beside 106…); two telephone numbers are a group, whose
    messages may be from either, so that neither is returned.
    """
    found: list[tuple[Sender, str]] = []
    for match in _RUN.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        sender = _in_run(match.group().strip())
        rest = f"{before} {after}".strip()
        if sender and not _is_something_else(sender, before, after, rest):
            found.append((sender, rest))
    if sum(sender.kind in _TELEPHONES for sender, _ in found) > 1:
        return None
    return max(found, key=lambda pair: len(pair[0].key), default=None)


def _in_run(run: str) -> Sender | None:
    """Return the number in a run of digits; an unread count may stand before or after it."""
    whole = _plain(run)
    before = _COUNT_BEFORE.match(run)
    alone = _plain(run[before.end() :]) if before else None
    if alone and before and _is_count(before[1], alone, whole):
        return alone
    if whole and not _has_count_after(run, whole):
        return whole
    shorter = _COUNT_AFTER.sub("", _DASHED_EXTENSION.sub("", run))
    return (_plain(shorter) if shorter != run else None) or whole


def _plain(run: str) -> Sender | None:
    """Return the number that all digits of *run* make; phones print short codes in one piece."""
    sender = planned(_digits(run), international=run.lstrip("( ").startswith("+"))
    parted = bool(re.search(r"\d[().·-]+\d|\d\s+\d\s+\d", run.removeprefix("+86").lstrip(" -")))
    return None if sender and sender.kind is SenderKind.SHORT and parted else sender


def _is_count(count: str, rest: Sender, whole: Sender | None) -> bool:
    """Say whether *count* is one of unread messages before *rest*, not the head of *whole*."""
    if whole is None:
        return True
    if whole.kind is SenderKind.SHORT:
        return len(rest.number or "") >= 5
    return len(count) == 1 and rest.kind is SenderKind.SERVICE400  # 1 400-…: no mobile number


def _has_count_after(run: str, whole: Sender) -> bool:
    """Say whether a short code ends before a space: phones print 955331 in one piece."""
    if whole.kind not in _SHORTS:
        return False
    head = _plain(_COUNT_AFTER.sub("", run))
    return head is not None and len(_digits(run)) > 5 and head != whole


def _is_something_else(sender: Sender, before: str, after: str, rest: str) -> bool:
    """Digits such as 张三110 belong to the name, those of 尾号… and …元 to what they count."""
    if _OF_SOMETHING_ELSE.search(before) or _IN_A_UNIT.match(after):
        return True
    return sender.kind is SenderKind.SHORT and bool(rest) and len(sender.number or "") < 5


def _unplanned(text: str) -> tuple[Sender, str] | None:
    """Return a number that no plan knows, if the text is nothing else."""
    if not re.fullmatch(r"\+?[\d\s()·-]+", text) or not 3 <= len(_digits(text)) <= 20:
        return None
    if _DATE.fullmatch(text) or (len(_digits(text)) < 5 and not text.isdecimal()):
        return None  # 10-19, too
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
    sender = planned(_digits(fixed), international=fixed.startswith("+"))
    safe = sender is not None and sender.kind is not SenderKind.SHORT
    return fixed if safe and letters * 4 <= len(_digits(fixed)) else run
