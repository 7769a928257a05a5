"""Picture data that wait on disk until they are drawn, so that none stays in memory."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self


class Vault:
    """A file of byte strings, known by where they begin."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w+b")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, data: bytes) -> int:
        """Keep *data*; return where they begin."""
        start = self._file.seek(0, 2)
        self._file.write(data)
        return start

    def read(self, start: int, size: int) -> bytes:
        """Return what was kept."""
        self._file.seek(start)
        return self._file.read(size)
