"""Time the rules on one core: texts a second, and how the time grows on hostile texts.

    python benchmarks/rules.py

Texts are those of tests/data/rules, judged three times; the best round counts, because other
programs can only slow a round down. `classify` is the whole command, JSON in and out. A hostile
text of twice the length must take about twice the time: a ratio far above 2 is no longer linear.
"""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

from smsdesk.cli.app import run
from smsdesk.rules.judging import judge_text
from smsdesk.rules.pack import load_pack

DATA = Path(__file__).parents[1] / "tests" / "data" / "rules"
ROUNDS = 3
HOSTILE = (
    "你",
    "欠",
    "·",
    "【",
    "(",
    "还",
    " ",
    "a",
    "1",
    "立·",
    "打断",
    "通讯录",
    "孩子学校",
    "\n",
)
LENGTH = 100_000


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of the fastest of some rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def texts() -> list[str]:
    """Return all texts that the tests use."""
    lines = [
        line
        for path in sorted(DATA.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    return [json.loads(line)["text"] for line in lines]


def classify(lines: Sequence[str], folder: Path) -> float:
    """Return the time of `smsdesk classify --json` on *lines*."""
    file = folder / "texts.jsonl"
    rows = [json.dumps({"text": line}, ensure_ascii=False) for line in lines]
    file.write_text("\n".join(rows), encoding="utf-8")

    def once() -> None:
        with redirect_stdout(io.StringIO()):
            run(["classify", str(file), "--json"])

    return seconds(once)


def main() -> None:
    """Print one line for each measurement."""
    pack, found = load_pack(), texts()
    judged = seconds(lambda: [judge_text(pack, text) for text in found])
    print(f"judge_text: {len(found) / judged:,.0f} texts a second ({len(found)} texts)")
    with TemporaryDirectory() as folder:
        whole = classify(found, Path(folder))
    print(f"classify:   {len(found) / whole:,.0f} texts a second")
    for unit in HOSTILE:
        short, long = (unit * (length // len(unit)) for length in (LENGTH, 2 * LENGTH))
        one, two = (seconds(lambda text=text: judge_text(pack, text)) for text in (short, long))
        print(f"{unit!r} x {LENGTH:,}: {one:.2f} s; twice as long takes {two / one:.1f} times")


if __name__ == "__main__":
    main()
