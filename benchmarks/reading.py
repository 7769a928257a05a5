"""Measure reading on screenshots whose text is known: errors, doubt, and time as a ratio.

    python -m benchmarks.reading [FOLDER] [--drawn N] [--font FILE] [--engines A,B] [--variants A,B]

FOLDER (default: the bundled samples) holds pictures with a JSON file of their truth beside each.
`--drawn N` draws N more threads anew, from fixed seeds, in the bundled fonts and every `--font`.
Each picture is degraded in each way of `benchmarks/degraded.py` and read by each engine in turn, so
that a machine whose speed drifts slows them alike; the time is the median, picture by picture, of
the ratio to the first engine. Everything is measured through the whole program: engine, layout,
repairs, doubt. `benchmarks/alignment.py` says what counts as a wrong and as a marked character.

rapidocr is measured as it comes if it is installed (`pip install -e .[benchmark]`); it tells no
confidence for single characters, so that its doubt cannot be compared.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.alignment import Told, Truth, compare
from benchmarks.degraded import VARIANTS
from benchmarks.drawn_texts import texts
from smsdesk.domain.errors import EngineUnavailable
from smsdesk.domain.geometry import Box
from smsdesk.domain.reading import EngineIdentity, Reading, TextLine
from smsdesk.domain.times import capture_moment
from smsdesk.ocr.engine import Engine, in_reading_order
from smsdesk.ocr.loading import Picture, load_picture
from smsdesk.ocr.registry import engine
from smsdesk.resources import resource
from smsdesk.services.reading import read_picture
from tests.layout.drawn_threads import ThreadDrawing, random_look, typeface

FIRST_SEED = 4000
NAMES = ("ppocr", "tesseract", "rapidocr")
TALL = 4
"""Pictures so many times as tall as wide are read as drawn only: they would outweigh all others."""
HEAD = (
    f"{'engine':10}{'variant':16}{'pictures':>9}{'recall':>8}{'precision':>10}{'strict':>8}"
    f"{'folded':>8}{'wrong':>12}{'misplaced':>10}{'marked':>15}{'doubtful':>9}{'time':>7}"
)


@dataclass(frozen=True)
class Known:
    """A picture and what is on it."""

    image: Image.Image
    messages: list[Truth]


class RapidOcr:
    """The rapidocr package as it comes, as an engine of ours."""

    def __init__(self) -> None:
        try:
            release = version("rapidocr")
            from rapidocr import RapidOCR
        except (ImportError, PackageNotFoundError) as missing:
            raise EngineUnavailable(engine="rapidocr", reason=str(missing)) from missing
        self._reader = RapidOCR(params={"Global.log_level": "error"})
        self.identity = EngineIdentity("rapidocr", release, "")

    def read(self, image: Image.Image) -> Reading:
        """Return its lines, characters spread evenly over each."""
        found = self._reader(np.asarray(image)[:, :, ::-1])
        lines = []
        if found.boxes is not None:
            for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
                x0, y0 = corners.min(axis=0).tolist()
                x1, y1 = corners.max(axis=0).tolist()
                edges = np.linspace(x0, x1, len(text) + 1).tolist()
                spans = tuple(pairwise(edges))
                lines.append(TextLine(text, Box(x0, y0, x1, y1), (score,) * len(text), spans))
        return Reading(self.identity, image.width, image.height, tuple(in_reading_order(lines)))


def main() -> None:
    """Print a table: one row for each engine and variant."""
    options = _options()
    readers = dict(_readers(options.engines.split(",")))
    pictures = [*_stored(Path(options.folder)), *_drawn(options.drawn, options.font)]
    wanted = options.variants.split(",") if options.variants else list(VARIANTS)
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    ratios: dict[tuple[str, str], list[float]] = defaultdict(list)
    for known in pictures[:: options.every]:
        is_tall = known.image.height > TALL * known.image.width
        for variant in wanted[:1] if is_tall else wanted:
            _measure(known, variant, readers, counts, ratios)
    print(HEAD)
    for name in readers:
        for variant in (*wanted, "all"):
            print(_row(name, variant, counts[name, variant], ratios[name, variant]))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure reading on pictures with known text.")
    parser.add_argument("folder", nargs="?", default=str(resource("samples")))
    parser.add_argument("--drawn", type=int, default=0, help="draw so many threads anew")
    parser.add_argument("--font", action="append", default=[], help="a further font to draw with")
    parser.add_argument("--engines", default=",".join(NAMES))
    parser.add_argument("--variants", default="", help=", ".join(VARIANTS))
    parser.add_argument("--every", type=int, default=1, help="take every so manieth picture")
    return parser.parse_args()


def _readers(names: Sequence[str]) -> Iterator[tuple[str, Engine]]:
    for name in names:
        try:
            yield name, RapidOcr() if name == "rapidocr" else engine(name)
        except EngineUnavailable as missing:
            print(f"{name} is not measured, for it is not installed: {missing.fields['reason']}")


def _stored(folder: Path) -> Iterator[Known]:
    for path in sorted(folder.glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(truth, dict) and "image" in truth and "messages" in truth:
            yield Known(
                load_picture((folder / truth["image"]).read_bytes()).image,
                [
                    Truth(each["text"], each["clipped"], each.get("full_text") or each["text"])
                    for each in truth["messages"]
                ],
            )


def _drawn(count: int, fonts: Sequence[str]) -> Iterator[Known]:
    bundled = [str(resource("fonts", f"NotoSansSC-{weight}.ttf")) for weight in ("Regular", "Bold")]
    faces = [*bundled, *fonts]
    for seed in range(FIRST_SEED, FIRST_SEED + count):
        look = replace(random_look(random.Random(seed)), quality=None, half=False)
        with typeface(faces[seed % len(faces)]):
            drawn = ThreadDrawing(seed, look, *texts(seed, count=12)).draw()
        yield Known(drawn.image, [Truth(m.text, m.clipped, m.text) for m in drawn.messages])


def _measure(
    known: Known,
    variant: str,
    readers: dict[str, Engine],
    counts: dict[tuple[str, str], Counter[str]],
    ratios: dict[tuple[str, str], list[float]],
) -> None:
    image = VARIANTS[variant](known.image)
    base = None
    for name, reader in readers.items():
        timed = _Timed(reader)
        told = _told(image, timed)
        base = base or timed.seconds
        for row in (variant, "all"):
            counts[name, row] += compare(told, known.messages)
            counts[name, row]["pictures"] += 1
            ratios[name, row].append(timed.seconds / base)


class _Timed:
    """An engine that keeps how long it took."""

    def __init__(self, reader: Engine) -> None:
        self._reader, self.seconds = reader, 0.0
        self.identity = reader.identity

    def read(self, image: Image.Image) -> Reading:
        start = time.perf_counter()
        reading = self._reader.read(image)
        self.seconds = time.perf_counter() - start
        return reading


def _told(image: Image.Image, reader: Engine) -> list[Told]:
    picture = Picture(image, "image/png", None, image.width, image.height)
    read = read_picture(picture, capture_moment("", None, None, None), reader)
    return [Told(sighting.text, sighting.doubtful) for sighting in read.sightings]


def _row(name: str, variant: str, c: Counter[str], ratios: Sequence[float]) -> str:
    knows = name != "rapidocr"
    return (
        f"{name:10}{variant:16}{c['pictures']:9}{_share(c['found'], c['messages'], 1)}"
        f"{_share(c['found'], c['told'], 3)}{_share(c['strict'], c['strict_characters'])}"
        f"{_share(c['wrong'], c['characters'])}{c['wrong']:>6}/{c['characters']:<5}"
        f"{c['misplaced']:>10}{_marked(c) if knows else '–':>15}"
        f"{_share(c['doubtful'], c['read'], 2) if knows else '       –'}"
        f"{statistics.median(ratios) if ratios else 0:7.2f}"
    )


def _marked(c: Counter[str]) -> str:
    """Say how many wrong characters are marked, of those that no lost or foreign row holds."""
    wrong, marked = c["wrong"] - c["misplaced"], c["marked"] - c["misplaced_marked"]
    return f"{marked}/{wrong} {marked / wrong if wrong else 1:.0%}"


def _share(part: int, whole: int, room: int = 1) -> str:
    return f"{part / whole if whole else 0:>{7 + room}.2%}"


if __name__ == "__main__":
    main()
