"""File names that Windows, macOS, Linux, ZIP and BagIt all take."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_REFUSED = re.compile(r'[<>:"/\\|?*%]')
"""What Windows refuses in names, and the percent sign, by which BagIt spells line ends."""

_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)", re.IGNORECASE)
"""Names that Windows keeps for devices, whatever their extension."""

_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Kinds of characters that are not seen: control and direction marks, halves, line ends."""

_LONGEST = 60
"""Characters of a name before its extension: 180 bytes of Chinese; Linux takes 255 in all, and
Windows 260 for the whole path, of which people's own folders need half."""

_LONGEST_ENDING = 10


def safe_name(name: str) -> str:
    """Return *name* as all systems take it; "_" if nothing is left of it."""
    shown = "".join(
        "_" if unicodedata.category(c) in _UNSEEN else c for c in unicodedata.normalize("NFC", name)
    )
    stem, ending = _parts(_REFUSED.sub("_", shown).strip(" ."))
    short = stem[:_LONGEST].rstrip(" .") + ending
    return "_" + short if _DEVICES.match(short) else short or "_"


def _parts(name: str) -> tuple[str, str]:
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem or len(ending) > _LONGEST_ENDING:
        return name, ""
    return stem, dot + ending


def distinct(names: Iterable[str]) -> list[str]:
    """Return *names* made safe and numbered where two would be one file: "a.png", "a (2).png"."""
    taken: set[str] = set()
    return [_free(safe_name(name), taken) for name in names]


def _free(name: str, taken: set[str]) -> str:
    """Return *name* or the first numbered form of it that is not in *taken*; take it."""
    stem, ending = _parts(name)
    free, number = name, 1
    while free.casefold() in taken:  # Windows and macOS do not tell capitals from small letters
        number += 1
        free = f"{stem} ({number}){ending}"
    taken.add(free.casefold())
    return free
