"""Which engines there are; a new one needs a line in _ENGINES and its module."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from smsdesk.domain.errors import EngineUnavailable, WrongUse
from smsdesk.ocr.engine import Engine


def _ppocr() -> Engine:
    from smsdesk.ocr.ppocr import PpocrEngine

    return PpocrEngine()


def _tesseract() -> Engine:
    from smsdesk.ocr.tesseract import TesseractEngine

    return TesseractEngine()


_ENGINES: dict[str, Callable[[], Engine]] = {"ppocr": _ppocr, "tesseract": _tesseract}
ENGINES = tuple(_ENGINES)
"""The engines' names, the default first."""


@dataclass(frozen=True, slots=True)
class EngineStatus:
    """Whether an engine can run here; `reason` is a key of the catalogue's area "engines"."""

    name: str
    available: bool
    reason: str | None = None


def available() -> list[EngineStatus]:
    """Return the state of every engine, in the order of ENGINES."""
    return [_status(name) for name in ENGINES]


@cache
def engine(name: str = ENGINES[0]) -> Engine:
    """Return the engine *name*, one object for the whole program.

    WrongUse if there is no such engine, EngineUnavailable if it cannot run here.
    """
    if name not in _ENGINES:
        raise WrongUse(detail=f"engine {name}: {', '.join(ENGINES)}")
    return _ENGINES[name]()


def _status(name: str) -> EngineStatus:
    try:
        engine(name)
    except EngineUnavailable as unavailable:
        return EngineStatus(name, False, unavailable.fields["reason"])
    return EngineStatus(name, True)
