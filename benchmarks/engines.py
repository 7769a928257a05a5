"""Compare the engines on the bundled screenshots: time as a ratio within this run, and errors.

    python benchmarks/engines.py [PICTURES]

Each picture is read by every engine in turn, so that a machine whose speed drifts slows them alike;
the ratio is taken picture by picture and its median printed. Errors are characters (edit distance
over truth, spaces and punctuation width set aside) inside the boxes where messages were drawn.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
import unicodedata

from rapidfuzz.distance import Levenshtein

from smsdesk.domain.reading import Reading
from smsdesk.ocr.loading import load_picture
from smsdesk.ocr.registry import available, engine
from smsdesk.resources import resource


def folded(text: str) -> str:
    """Return *text* without spaces, full-width forms as half-width ones."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def text_within(reading: Reading, box: list[float]) -> str:
    """Return the lines whose centre lies in *box* (x0, y0, x1, y1 in pixels), top to bottom."""
    x0, y0, x1, y1 = box
    inside = [
        line
        for line in reading.lines
        if x0 <= line.box.center_x <= x1 and y0 <= line.box.center_y <= y1
    ]
    return folded("".join(line.text for line in sorted(inside, key=lambda one: one.box.y0)))


def errors(reading: Reading, messages: list[dict[str, object]]) -> tuple[int, int]:
    """Return how many characters of the messages are wrong, and how many there are."""
    wrong = total = 0
    for message in messages:
        if message["clipped"]:
            continue
        truth = folded(str(message["text"]))
        wrong += Levenshtein.distance(truth, text_within(reading, message["bbox"]))
        total += len(truth)
    return wrong, total


def main() -> None:
    """Print one line for each engine."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 8
    truths = [
        truth
        for path in sorted(resource("samples").glob("*.json"))
        if "messages" in (truth := json.loads(path.read_text(encoding="utf-8")))
        and truth.get("kind") == "thread"
    ][:count]
    names = [status.name for status in available() if status.available]
    seconds: dict[str, list[float]] = {name: [] for name in names}
    counts: dict[str, tuple[int, int]] = dict.fromkeys(names, (0, 0))
    for truth in truths:
        picture = load_picture(resource("samples", truth["image"]).read_bytes())
        for name in names:
            reader = engine(name)
            start = time.perf_counter()
            reading = reader.read(picture.image)
            seconds[name].append(time.perf_counter() - start)
            wrong, total = errors(reading, truth["messages"])
            counts[name] = counts[name][0] + wrong, counts[name][1] + total
    base = seconds[names[0]]
    print(f"{len(truths)} pictures; time as a ratio to {names[0]}")
    for name in names:
        ratio = statistics.median(a / b for a, b in zip(seconds[name], base, strict=True))
        wrong, total = counts[name]
        print(
            f"{name:10} time {ratio:5.2f}   wrong characters {wrong}/{total} = {wrong / total:.2%}"
        )


if __name__ == "__main__":
    main()
