"""Measure the spreadsheet and the JSON of a large case: time as a ratio, and peak memory.

    python -m benchmarks.tables [--messages 10000] [--screenshots 500]

The yardstick is reading all messages of the case once, in the same run.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.made_cases import make_case
from smsdesk.domain.queries import MessageQuery
from smsdesk.services import exhibits, listing
from smsdesk.services.case_json import export_json
from smsdesk.services.jobs import Task
from smsdesk.services.sheets import export_sheet
from smsdesk.storage.case_file import CaseFile

EVERYTHING = MessageQuery()


def main() -> None:
    """Make the case, measure each step, print a line for it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--screenshots", type=int, default=500)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with make_case(folder / "made.smscase", wanted.messages, wanted.screenshots) as case:
            _measure_all(case, folder)


def _measure_all(case: CaseFile, folder: Path) -> None:
    print(f"before: peak memory {_peak()} MB")
    steps: dict[str, Callable[[], object]] = {
        "read the messages, 500 at a time": lambda: _read(case),
        "plan the exhibits": lambda: exhibits.plan(case),
        "JSON": lambda: export_json(case, folder / "a.json", EVERYTHING, Task()),
        "spreadsheet": lambda: export_sheet(case, folder / "a.xlsx", EVERYTHING, Task()),
    }
    yardstick = 0.0
    for name, step in steps.items():
        started = time.perf_counter()
        step()
        taken = time.perf_counter() - started
        yardstick = yardstick or taken
        print(f"{name}: {taken / yardstick:.1f}, peak memory {_peak()} MB")


def _read(case: CaseFile) -> None:
    ids = listing.message_ids(case, EVERYTHING)
    for start in range(0, len(ids), 500):
        listing.messages(case, ids[start : start + 500])


def _peak() -> int:
    """Return the largest memory of this process so far, in MB (Linux counts in KB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
