"""What an engine read from one picture (识读)."""

from __future__ import annotations

from dataclasses import dataclass

from smsdesk.domain.geometry import Box


@dataclass(frozen=True, slots=True)
class TextLine:
    """One recognised line.

    `confidences` (0 to 1) and `char_spans` (left and right x in pixels) hold one entry for each
    character of `text`.
    """

    text: str
    box: Box
    confidences: tuple[float, ...]
    char_spans: tuple[tuple[float, float], ...]

    @property
    def confidence(self) -> float:
        """The mean over the characters; 0 for an empty line."""
        return sum(self.confidences) / len(self.confidences) if self.confidences else 0.0


@dataclass(frozen=True, slots=True)
class EngineIdentity:
    """Which program read a picture, exactly enough to repeat it."""

    name: str
    version: str
    model_sha256: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All lines of one picture, top to bottom, with the engine that read them."""

    engine: EngineIdentity
    width: int
    height: int
    lines: tuple[TextLine, ...]
