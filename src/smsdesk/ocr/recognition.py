"""Read one line of text: PP-OCRv6 recognition, characters with confidences and positions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import islice, pairwise
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from PIL import Image

from smsdesk.domain.characters import likeness
from smsdesk.domain.geometry import Box
from smsdesk.domain.reading import TextLine
from smsdesk.ocr.detection import as_input

Floats: TypeAlias = npt.NDArray[np.float32]
Ints: TypeAlias = npt.NDArray[np.int64]

LINE_HEIGHT = 48
"""What the model was trained on."""
MIN_WIDTH = 96
"""Shorter lines are filled up to the right with middle grey; narrower input reads worse."""
WIDTH_STEP = 8
"""The model makes one frame of eight columns."""
FAINT = 0.001
"""What the model holds less likely than this is not looked at: there are 18,710 candidates."""


class Recognizer:
    """Reads lines with the given onnxruntime session; safe to share between threads."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._input = session.get_inputs()[0].name
        listed = session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._characters = ["", *listed, " "]
        self._kinds = _kinds(self._characters)

    def line(self, image: Image.Image, box: Box) -> TextLine:
        """Return what stands in *box* of *image* (RGB); the text is empty if nothing does."""
        line = _cut(image, box)
        frames: Floats = self._session.run(None, {self._input: _padded(line)})[0][0]
        return self._decoded(frames, box, box.width / line.width)

    def _decoded(self, frames: Floats, box: Box, pixels_a_column: float) -> TextLine:
        """Take the likeliest character of each frame; repeats and blanks (0) fall away (CTC)."""
        best = frames.argmax(axis=1)
        starts = np.flatnonzero(np.diff(best, prepend=-1))
        stops = np.append(starts[1:], len(best))
        runs = [(a, b) for a, b in zip(starts.tolist(), stops.tolist(), strict=True) if best[a]]
        column = WIDTH_STEP * pixels_a_column
        return TextLine(
            "".join(self._characters[best[start]] for start, _ in runs),
            box,
            self._confidences(frames, runs, [int(best[start]) for start, _ in runs]),
            _spans([box.x0 + (start + stop) / 2 * column for start, stop in runs], box),
        )

    def _confidences(
        self, frames: Floats, runs: Sequence[tuple[int, int]], read: Sequence[int]
    ) -> tuple[float, ...]:
        """Return for each character how likely it is, and that no other stands beside it.

        The likelihood of characters that look the same is one: whether a mark is full-width is
        no doubt about the mark. Where frames between two characters hold a third one likely, if
        less so than none, the model may have lost it: both neighbours are as unlikely.
        """
        held = np.flatnonzero(frames.ravel() > FAINT)  # much faster than in two dimensions
        frame, candidate = np.divmod(held, frames.shape[1])
        likely, kind = frames.ravel()[held], self._kinds[candidate]
        own = [int(self._kinds[index]) for index in read]
        none = int(self._kinds[0]), int(self._kinds[-1])
        gaps = pairwise([0, *(edge for run in runs for edge in run), len(frames)])
        lost = [
            _most_likely_other(
                likely, kind, frame, gap, {*none, *own[max(0, place - 1) : place + 1]}
            )
            for place, gap in enumerate(islice(gaps, 0, None, 2))
        ]
        return tuple(
            min(_likelihood(likely, kind, frame, run, kind_read), 1 - lost[i], 1 - lost[i + 1])
            for i, (run, kind_read) in enumerate(zip(runs, own, strict=True))
        )


def _kinds(characters: Sequence[str]) -> Ints:
    """Return a number for each character, the same for those that look the same."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(likeness(char), len(numbers)) for char in characters])


def _likelihood(
    likely: Floats, kind: Ints, frame: Ints, run: tuple[int, int], wanted: int
) -> float:
    """Return how likely *wanted* is in the frame of *run* that is surest of it."""
    first, last = np.searchsorted(frame, run)
    own = kind[first:last] == wanted
    sums = np.bincount(frame[first:last][own] - run[0], weights=likely[first:last][own])
    return min(1.0, float(sums.max()))


def _most_likely_other(
    likely: Floats, kind: Ints, frame: Ints, gap: tuple[int, int], known: set[int]
) -> float:
    """Return how likely the likeliest character in *gap* is that is none of *known*."""
    first, last = np.searchsorted(frame, gap)
    others = ~np.isin(kind[first:last], list(known))
    return float(likely[first:last][others].max(initial=0.0))


def _cut(image: Image.Image, box: Box) -> Image.Image:
    """Return what stands in *box* at the model's height.

    Sharper filters and tighter cuts were measured and read worse: the model learned from
    bilinear crops with just such a margin.
    """
    width = max(WIDTH_STEP, math.ceil(LINE_HEIGHT * box.width / box.height))
    area = (box.x0, box.y0, box.x1, box.y1)
    return image.resize((width, LINE_HEIGHT), Image.Resampling.BILINEAR, box=area)


def _padded(line: Image.Image) -> Floats:
    width = max(MIN_WIDTH, -(-line.width // WIDTH_STEP) * WIDTH_STEP)
    batch = np.zeros((1, 3, LINE_HEIGHT, width), np.float32)
    batch[0, :, :, : line.width] = as_input(line)
    return batch


def _spans(centers: list[float], box: Box) -> tuple[tuple[float, float], ...]:
    """Return left and right of each character: half way to its neighbours, the ends mirrored."""
    if not centers:
        return ()
    middles = [(a + b) / 2 for a, b in pairwise(centers)]
    first = 2 * centers[0] - middles[0] if middles else box.x0
    last = 2 * centers[-1] - middles[-1] if middles else box.x1
    edges = [max(box.x0, first), *middles, min(box.x1, last)]
    return tuple(pairwise(edges))
