"""Turn a folder with a payload into a bag (RFC 8493), with bagit's own hashing and checking.

`bagit.make_bag` changes the working folder of the whole program while it runs and cannot be
stopped, which a window cannot have; so the tag files are written here, file by file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import bagit

from smsdesk.domain.errors import ExportMismatch

PAYLOAD = "data"
ALGORITHMS = ("sha256", "sha512")

OnFile = Callable[[int, int, str], None]
"""Is told (files done, files in all, name of the next); what it raises stops the work."""


def payload_files(folder: Path) -> list[str]:
    """Return the payload's files in the order of their names: "data/…", with forward slashes."""
    files = (path for path in (folder / PAYLOAD).rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in files)


def seal(
    folder: Path, info: Mapping[str, str], tags: Mapping[str, bytes], on_file: OnFile
) -> tuple[int, int]:
    """Make a bag of *folder*, whose payload lies in "data"; return its files and bytes.

    *tags* are further files of the bag's own by name, *info* the entries of bag-info.txt.
    ExportMismatch if the bagit library does not find the finished bag complete.
    """
    names = payload_files(folder)
    manifests: dict[str, list[str]] = {algorithm: [] for algorithm in ALGORITHMS}
    for done, name in enumerate(names):
        on_file(done, len(names), Path(name).name)
        for algorithm, digest in _hashes(folder / name):
            manifests[algorithm].append(f"{digest}  {name}")
    octets = sum((folder / name).stat().st_size for name in names)
    entries = {**info, "Payload-Oxum": f"{octets}.{len(names)}"}
    _write(folder / "bagit.txt", ["BagIt-Version: 1.0", "Tag-File-Character-Encoding: UTF-8"])
    _write(folder / "bag-info.txt", [f"{key}: {_one_line(entries[key])}" for key in entries])
    for algorithm, lines in manifests.items():
        _write(folder / f"manifest-{algorithm}.txt", lines)
    for name, content in tags.items():
        (folder / name).write_bytes(content)
    _seal_tags(folder)
    _check(folder)
    return len(names), octets


def _hashes(path: Path) -> list[tuple[str, str]]:
    lines = bagit.generate_manifest_lines(str(path), ALGORITHMS)
    return [(algorithm, digest) for algorithm, digest, _, _ in lines]


def _seal_tags(folder: Path) -> None:
    names = sorted(path.name for path in folder.iterdir() if path.is_file())
    hashes = {name: dict(_hashes(folder / name)) for name in names}
    for algorithm in ALGORITHMS:
        lines = [f"{hashes[name][algorithm]}  {name}" for name in names]
        _write(folder / f"tagmanifest-{algorithm}.txt", lines)


def _check(folder: Path) -> None:
    """Let the library find fault; the hashes are checked when the finished ZIP is read back."""
    try:
        bagit.Bag(str(folder)).validate(completeness_only=True)
    except bagit.BagError as error:
        raise ExportMismatch(detail=error) from error


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _write(path: Path, lines: list[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
