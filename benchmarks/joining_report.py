"""How rightly generated threads of heavy repeats are joined: pairs of sightings, and continuity.

    python benchmarks/joining_report.py [THREADS] [FIRST_SEED]

Each thread is joined in its shuffled order of importing. `false`: pairs of two messages joined as
if that were sure. What a person is asked about is counted apart: `asked_right`, `asked_false`.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from smsdesk.layout.joining import join
from tests.layout.generated_threads import Score, generate, score


def main() -> None:
    """Print a line for each way of drawing times, and the sum."""
    threads = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    by_style: defaultdict[str, Score] = defaultdict(Score)
    for seed in range(first, first + threads):
        thread = generate(seed)
        result = join(thread.screens)
        asked = {i for question in result.questions for i in question.sighting_ids}
        found = score(thread.truth, result.messages, asked, thread.adjacent)
        by_style[thread.style] += found
        by_style["all"] += found
    for style, total in sorted(by_style.items(), key=lambda item: item[0] == "all"):
        counts = ", ".join(f"{name} {value}" for name, value in vars(total).items())
        print(f"{style:8} joined {total.recall:.4f}, continuity {total.continuity:.4f}: {counts}")


if __name__ == "__main__":
    main()
