"""How the command line speaks: sentences, JSON lines, progress and exit codes."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from smsdesk.services.jobs import Progress, Task
from smsdesk.wording import LANGUAGES, say

DONE, SET_ASIDE, WRONG_USE, MISMATCH, BUG, INTERRUPTED = 0, 1, 2, 4, 70, 130
"""Exit codes of the contract; BUG (EX_SOFTWARE of sysexits.h) is a failure of ours."""

errors = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
_language = "zh"
_asked = False


def choose_language(arguments: list[str]) -> list[str]:
    """Take `--lang X` out of *arguments*, wherever it stands; SMSDESK_LANG is the default."""
    global _language, _asked  # noqa: PLW0603 - one process speaks one language
    rest, wanted = [], os.environ.get("SMSDESK_LANG", "")
    words = iter(arguments)
    for word in words:
        if word == "--lang":
            wanted = next(words, "")
        elif word.startswith("--lang="):
            wanted = word.removeprefix("--lang=")
        else:
            rest.append(word)
    _asked = wanted[:2] in LANGUAGES
    _language = wanted[:2] if _asked else "zh"
    return rest


def language() -> str:
    """Return the language of this run, "zh" or "en"."""
    return _language


def language_was_asked() -> bool:
    """Return whether the language was given, by `--lang` or SMSDESK_LANG."""
    return _asked


def words(key: str, /, **fields: object) -> str:
    """Return a sentence of the command line's catalogue."""
    return say(f"cli.{key}", _language, **fields)


def tell(text: str) -> None:
    """Print a line for people: to standard error, where it cannot get into the data."""
    errors.print(text)


def put(text: str) -> None:
    """Print a line of the result to standard output."""
    sys.stdout.write(text + "\n")


def put_json(row: Mapping[str, object]) -> None:
    """Print one JSON object a line."""
    put(json.dumps(row, ensure_ascii=False))


@contextmanager
def shown_task() -> Iterator[Task]:
    """Give a Task whose progress is a bar on standard error and that Ctrl+C cancels.

    The first Ctrl+C lets the operation stop in good order; a second one stops it at once.
    """
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=errors, transient=True) as bar:
        row = bar.add_task("", total=None)

        def show(progress: Progress) -> None:
            bar.update(
                row,
                completed=progress.done,
                total=progress.total,
                description=progress.label[-32:],
            )

        task = Task(on_progress=show)
        with _cancelled_by_interrupt(task):
            yield task


@contextmanager
def _cancelled_by_interrupt(task: Task) -> Iterator[None]:
    def on_interrupt(_number: int, _frame: FrameType | None) -> None:
        if task.cancelled:
            raise KeyboardInterrupt
        task.cancel()

    before = signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
